"""The desk: today at this location, the next free times, and the work that waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.scheduling.tokens import write_token
from frontdesk.entrypoints.desk.scheduling.wording import age, how_many, said_day
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit import clock
from frontdesk.kit.walltime import CELL, midnight_utc, to_wall
from frontdesk.office.patients.queries import merge_queue_length
from frontdesk.office.scheduling import queries as book
from frontdesk.office.scheduling import services as scheduling

HERE = {"arrived", "checked_in", "roomed", "with_provider", "checkout"}
OVER = {"done", "no_show", "cancelled"}
SHORTEST = 4  # cells of five minutes that make a time worth offering
MOST = 200
# A hundred rows of "Later" help nobody at eight in the morning; the list of the day has them all.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of today's list. `late` says by how much, in words."""

    id: int
    patient_id: int
    clock: str
    half: str
    name: str
    about: str
    what: str
    status: str
    late: str


@dataclass(frozen=True, slots=True)
class Free:
    """The next free time of somebody's day."""

    when: str
    who: str
    long: str
    href: str


@dataclass(frozen=True, slots=True)
class Work:
    """A list that waits to be worked, and how long it is."""

    words: str
    count: str
    href: str


@desk_view()
def home(request: DeskRequest) -> HttpResponse:
    """Show today's list beside the free times and the work that waits."""
    zone = request.location.zone
    today = clock.today(zone)
    visits = book.agenda(today, request.location.pk, zone)
    groups = _groups(visits)
    names = [line.patient_id for _, _, lines in groups for line in lines]
    scheduling.open_list(request.actor, name="today", location_id=request.location.pk, patient_ids=names)
    context = {
        "title": said_day(today),
        "note": _note(visits),
        "groups": groups,
        "cut": any(number > len(lines) for _, number, lines in groups),
        "free": _free(request) if request.actor.can("scheduling.view") else [],
        "work": _work(request),
    }
    return page(request, "desk/home.html", context)


def _groups(visits: list[book.Visit]) -> list[tuple[str, int, list[Line]]]:
    """Return the groups with how many are in each; of a long one only the first are drawn."""
    now = clock.now()
    named: dict[str, list[book.Visit]] = {
        "Late": [],
        "Next hour": [],
        "Later": [],
        "In the office": [],
        "Earlier": [],
    }
    for visit in visits:
        named[_group(visit, now)].append(visit)
    return [
        (name, len(those), [_line(visit, now) for visit in those[:SHOWN]])
        for name, those in named.items()
        if those
    ]


def _group(visit: book.Visit, now: datetime) -> str:
    if visit.status in HERE:
        return "In the office"
    if visit.status in OVER:
        return "Earlier"
    if visit.starts < now:
        return "Late"
    return "Next hour" if visit.starts <= now + timedelta(hours=1) else "Later"


def _line(visit: book.Visit, now: datetime) -> Line:
    written = wall_time(visit.wall)
    minutes = int((now - visit.starts).total_seconds() // 60)
    late = visit.status in {"scheduled", "confirmed"} and minutes > 0
    return Line(
        id=visit.id,
        patient_id=visit.patient_id,
        clock=written[:-3],
        half=written[-2:],
        name=visit.patient_name,
        about=f"{age(visit.birth_date, visit.wall.date())} · {us_date(visit.birth_date)}",
        what=" · ".join(part for part in (visit.visit_type, visit.provider) if part),
        status=visit.status,
        late=f"{minutes} min late" if late and minutes < 120 else "not here" if late else "",
    )


def _note(visits: list[book.Visit]) -> str:
    here = sum(v.status in HERE for v in visits)
    waiting = sum(v.status in {"scheduled", "confirmed"} for v in visits)
    return f"{len(visits)} visits · {here} in the office · {waiting} still to come" if visits else ""


def _free(request: DeskRequest) -> list[Free]:
    """Return the next time of each provider that is free today, soonest first."""
    zone, now = request.location.zone, clock.now()
    today = clock.today(zone)
    midnight = midnight_utc(today, zone)
    at = int((now - midnight) / CELL) + 1
    found: list[tuple[datetime, Free]] = []
    for column in book.day_grid(today, request.location.pk).columns:
        runs = [
            (max(row, at), row + cells)
            for row, cells in column.free
            if row + cells - max(row, at) >= SHORTEST
        ]
        if not runs:
            continue
        begins, ends = runs[0]
        starts = midnight + begins * CELL
        token = write_token(starts, column.provider_id, request.location.pk)
        words = wall_time(to_wall(starts, zone))
        free = Free(words, column.name, _long((ends - begins) * 5), f"/openings/slot?offer={token}")
        found.append((starts, free))
    return [free for _, free in sorted(found, key=lambda pair: pair[0])[:6]]


def _long(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (how_many(hours, "hour") if hours else "", f"{rest} min" if rest else "") if part
    )


def _work(request: DeskRequest) -> list[Work]:
    by, place = request.actor, request.location.pk
    work = []
    if by.can("scheduling.view"):
        today = clock.today(request.location.zone)
        waiting, due, lost = book.how_much_waits(place, today, MOST)
        work = [
            Work("Waiting for a time", _count(waiting), "/waitlist"),
            Work("Recalls due", _count(due), "/recalls"),
            Work("Visits without open hours", _count(lost), "/schedule/stranded"),
        ]
    if by.can("patients.merge"):
        work.append(
            Work("Charts that may be one person", _count(merge_queue_length(MOST)), "/patients/merge-queue")
        )
    return work


def _count(number: int) -> str:
    return f"{number}+" if number >= MOST else str(number)

"""The desk: today by who needs it now, the selected visit beside it, the waiting work below."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from jinja2_fragments import render_block

from frontdesk.entrypoints.desk.drawers.drawer import tills
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.scheduling.tokens import write_token
from frontdesk.entrypoints.desk.scheduling.wording import how_many, said_day
from frontdesk.entrypoints.desk.templating import wall_time
from frontdesk.entrypoints.desk.visits.following import key_of, know
from frontdesk.entrypoints.desk.visits.live import Drawn, drawn_once, personal, stamp_of, token
from frontdesk.entrypoints.desk.visits.money import money_of
from frontdesk.entrypoints.desk.visits.rows import GROUPS, Row, drawn, row
from frontdesk.kit import clock
from frontdesk.kit.walltime import CELL, midnight_utc, to_wall
from frontdesk.office.messaging.queries import how_many_failed
from frontdesk.office.oversight.queries import how_many_scrape
from frontdesk.office.patients.queries import how_many_broken, merge_queue_length
from frontdesk.office.privacy import queries as privacy
from frontdesk.office.scheduling import queries as book
from frontdesk.office.visits import queries, rules
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.queries import Stamp

SHORTEST = 4  # cells of five minutes that make a time worth offering
MOST = 200
# Of what is over, or far away, a hundred rows help nobody at eight in the morning; the list of the day has them all.
SHOWN = {"later": 60, "done": 30}


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the list, with how many are in it; of a long one only the first are drawn."""

    code: str
    words: str
    number: int
    rows: list[Row]


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
    """Show today's list, and beside it the card of the visit that is chosen."""
    place, zone, now = request.location, request.location.zone, clock.now()
    today, stamp = clock.today(zone), stamp_of(request.location.pk)
    lines = queries.day_of(today, place.pk, zone, money_of(request.actor))
    patients = [line.patient_id for line in lines]
    visits.open_day(request.actor, name="desk", location_id=place.pk, patient_ids=patients)
    groups = _groups(request, lines, now)
    context = {
        "title": said_day(today),
        "note": _note(lines),
        "groups": groups,
        "line": drawn,
        "stamp": stamp,
        "live": token(place.pk),
        "now": now.isoformat(),
        "late": queries.behind(lines, queries.usual_minutes(place.pk), now),
        "guests": queries.visitors_for(request.person.pk),
    }
    html = page(request, "desk/visits/desk.html", context).content.decode()
    return HttpResponse(personal(request, html, get_token(request)))


@desk_view()
def changed(request: DeskRequest) -> HttpResponse:
    """Answer with the lines that changed since a stamp; with `all`, with every line, because time has passed."""
    place, now = request.location, clock.now()
    since, stamp = Stamp.parse(request.GET.get("since", "")), stamp_of(place.pk)
    everybody = "all" in request.GET
    looks_at = ("desk", place.pk, request.actor.permissions)
    key = key_of(looks_at, since, stamp, now, everybody=everybody)
    made = drawn_once(key, lambda: _changes(request, since, stamp, now, everybody=everybody))
    know(request, looks_at)
    html = personal(request, made.html, get_token(request))
    if made.visitors:
        guests = {"guests": queries.visitors_for(request.person.pk)}
        html += page(request, "desk/visits/desk.html", guests, block="for_me").content.decode()
    return HttpResponse(html)


def _changes(request: DeskRequest, since: Stamp, stamp: Stamp, now: datetime, *, everybody: bool) -> Drawn:
    place = request.location
    today = clock.today(place.zone)
    patients, visitors = queries.changed_since(since)
    if everybody:
        lines = queries.day_of(today, place.pk, place.zone, money_of(request.actor))
    else:
        lines = queries.lines_of(patients, today, place.pk, place.zone, money_of(request.actor))
    context = {
        "rows": [row(line, request.actor, now) for line in lines],
        "line": drawn,
        "patients": sorted(patients),
        "stamp": stamp,
        "everybody": everybody,
        "late": queries.behind(lines, queries.usual_minutes(place.pk), now) if everybody else [],
        "actor": request.actor,
    }
    env = engines["jinja2"].env  # type: ignore[attr-defined]  # the Jinja2 backend has it
    return Drawn(render_block(env, "desk/visits/desk.html", "changes", **context), visitors)


@desk_view()
def strip(request: DeskRequest) -> HttpResponse:
    """Show the work that waits and the times that are free: below the list, and loaded after it."""
    context = {
        "free": _free(request) if request.actor.can("scheduling.view") else [],
        "work": _work(request),
        "tills": tills(request),
    }
    return page(request, "desk/visits/desk.html", context, block="strip")


def _groups(request: DeskRequest, lines: list[queries.Line], now: datetime) -> list[Group]:
    rows: dict[str, list[Row]] = {code: [] for code, _ in GROUPS}
    for line in lines:
        drawn = row(line, request.actor, now)
        rows[drawn.group].append(drawn)
    rows["done"].reverse()
    return [
        Group(code, words, len(rows[code]), rows[code][: SHOWN.get(code, MOST)]) for code, words in GROUPS
    ]


def _note(lines: list[queries.Line]) -> str:
    here = sum(line.status in rules.HERE for line in lines)
    waiting = sum(line.status in rules.AHEAD for line in lines)
    return f"{len(lines)} visits · {here} in the office · {waiting} still to come" if lines else ""


def _free(request: DeskRequest) -> list[Free]:
    """Return the next time of each provider that is free today, soonest first."""
    zone, now = request.location.zone, clock.now()
    today = clock.today(zone)
    midnight = midnight_utc(today, zone)
    at = int((now - midnight) / CELL) + 1
    found: list[tuple[datetime, Free]] = []
    for column in book.day_grid(today, request.location.pk).columns:
        runs = [
            (max(first, at), first + cells)
            for first, cells in column.free
            if first + cells - max(first, at) >= SHORTEST
        ]
        if not runs:
            continue
        begins, ends = runs[0]
        starts = midnight + begins * CELL
        offer = write_token(starts, column.provider_id, request.location.pk)
        words = wall_time(to_wall(starts, zone))
        free = Free(words, column.name, _long((ends - begins) * 5), f"/openings/slot?offer={offer}")
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
    if by.can("messaging.settle"):
        work.append(
            Work("Messages that did not arrive", _count(how_many_failed(place, most=MOST)), "/messages")
        )
    if by.can("patients.merge"):
        work.append(
            Work("Charts that may be one person", _count(merge_queue_length(MOST)), "/patients/merge-queue")
        )
    if by.can("patients.review_glass"):
        work.append(Work("Broken glass to look at", _count(how_many_broken(MOST)), "/privacy/glass"))
    if by.can("oversight.snooping") and (scraping := how_many_scrape(MOST)):
        work.append(Work("Over 300 charts in an hour", _count(scraping), "/audit/snooping"))
    if by.can("privacy.settle_alarm"):
        work.append(
            Work("Failed verifications to look at", _count(privacy.how_many_alarms(MOST)), "/privacy")
        )
    return work


def _count(number: int) -> str:
    return f"{number}+" if number >= MOST else str(number)

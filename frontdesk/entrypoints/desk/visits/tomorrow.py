"""Tomorrow: the next working day's visits by how far each is prepared, worked one by one or many at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.scheduling.asking import number
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.wording import how_many
from frontdesk.entrypoints.desk.templating import long_date
from frontdesk.entrypoints.desk.visits.days import planned_day
from frontdesk.entrypoints.desk.visits.tomorrow_rows import (
    GROUPS,
    OWNERS,
    PERMITTED,
    Prepared,
    Wanted,
    prepared,
)
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound, Refusal
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.visits import queries, rules
from frontdesk.office.visits import services as visits

MOST = 500  # visits in one piece of bulk work: more than a site sees on a day


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one visit of a piece of work: done, or the sentence why not."""

    id: int
    name: str
    sentence: str = ""


def _accept(by: Actor, pk: int, data: QueryDict) -> str:
    visits.accept(by, appointment_id=pk, reason=data.get("reason", ""))
    return "Accepted."


def _confirmed(by: Actor, pk: int, _data: QueryDict) -> str:
    scheduling.confirm(by, appointment_id=pk)
    return "Confirmed."


def _interpreter(by: Actor, pk: int, _data: QueryDict) -> str:
    visits.arrange_interpreter(by, appointment_id=pk)
    return "Interpreter arranged."


def _unchanged(by: Actor, pk: int, _data: QueryDict) -> str:
    visits.settle(by, appointment_id=pk, item="changes")
    return "Address and phone confirmed."


VERBS: dict[str, Callable[[Actor, int, QueryDict], str]] = {
    "confirmed": _confirmed,
    "interpreter": _interpreter,
    "unchanged": _unchanged,
    "accept": _accept,
}


@desk_view()
def tomorrow(request: DeskRequest) -> HttpResponse:
    """Show a day to prepare: what needs somebody first, and how much is ready."""
    return _page(request, [])


@desk_view(("POST",))
def work(request: DeskRequest, verb: str) -> HttpResponse:
    """Do one thing for each ticked visit, each by itself; answer with its line, or with the list and what was not done."""
    if verb not in VERBS:
        msg = "There is no such step."
        raise NotFound(msg)
    chosen = [pk for pk in (number(text) for text in request.POST.getlist("visit")[:MOST]) if pk]
    if request.is_fragment and len(chosen) == 1:
        said = VERBS[verb](_keyed(request, chosen[0]), chosen[0], request.POST)
        return tell(_line(request, chosen[0]), said, changed=False, close=True)
    return _page(request, [_one(request, verb, pk) for pk in chosen])


@desk_view()
def accepting(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Ask why what is missing is accepted as it is."""
    line = _standing(request, appointment_id)
    visits.open_day(
        request.actor, name="tomorrow", location_id=request.location.pk, patient_ids=[line.patient_id]
    )
    missing = [one.words for one in line.findings if one.level == "todo" and one.item]
    context = {"r": prepared(line, request.actor), "missing": missing, "day": line.wall.date().isoformat()}
    return panel(request, "desk/visits/accept_panel.html", context, title="Tomorrow")


def _one(request: DeskRequest, verb: str, pk: int) -> Outcome:
    """Do one visit's part; a refusal is its own and stops no other."""
    line = queries.line_of(request.actor, pk)
    name = line.name if line else f"Visit {pk}"
    try:
        VERBS[verb](_keyed(request, pk), pk, request.POST)
    except Refusal as refusal:
        return Outcome(pk, name, refusal.sentence)
    return Outcome(pk, name)


def _keyed(request: DeskRequest, pk: int) -> Actor:
    """Return who asks, with a form key of each visit's own: one form may do the same to many."""
    by = request.actor
    return by.keyed(f"{by.key[:48]}-{pk}", by.body) if by.key else by


def _page(request: DeskRequest, outcomes: list[Outcome]) -> HttpResponse:
    place, day = request.location, planned_day(request)
    data = request.POST if request.method == "POST" else request.GET
    wanted = _wanted(data)
    whole = queries.day_of(day, place.pk, place.zone)
    lines = wanted.narrowed(whole)
    shown = [line for line in lines if wanted.holds(line)]
    visits.open_day(
        request.actor, name="tomorrow", location_id=place.pk, patient_ids=[line.patient_id for line in shown]
    )
    rows = [prepared(line, request.actor) for line in shown]
    context = {
        "day": day.isoformat(),
        "title": long_date(day),
        "note": _note(day, clock.today(place.zone), lines),
        "groups": [(code, words, hint, _of(code, rows)) for code, words, hint in GROUPS],
        "providers": sorted({(line.provider_id, line.provider) for line in whole if line.provider}, key=lambda one: one[1]),
        "owners": list(OWNERS.items())[:2],
        "chips": list(rules.CHIP_WORDS.items()),
        "wanted": wanted,
        "query": _query(day, wanted),
        "before": _query(day - timedelta(days=1), wanted),
        "after": _query(day + timedelta(days=1), wanted),
        "outcomes": outcomes,
        "undone": [one for one in outcomes if one.sentence],
        "verbs": {verb for verb, permission in PERMITTED.items() if request.actor.can(permission)},
        **_progress(lines),
    }  # fmt: skip
    return page(request, "desk/visits/tomorrow.html", context)


def _line(request: DeskRequest, pk: int) -> HttpResponse:
    """Return one line as it now stands, and with it how much of its day is ready."""
    line = _standing(request, pk)
    day = queries.day_of(line.wall.date(), request.location.pk, line.zone)
    lines = Wanted(provider_id=number(request.POST.get("provider"))).narrowed(day)
    context = {
        "row": prepared(line, request.actor),
        "day": line.wall.date().isoformat(),
        "wanted": _wanted(request.POST),
        **_progress(lines),
    }
    return page(request, "desk/visits/tomorrow.html", context, block="answer")


def _standing(request: DeskRequest, pk: int) -> queries.Line:
    """Return a visit that still stands in the book."""
    line = queries.line_of(request.actor, pk)
    if line is None:
        msg = "That visit was cancelled."
        raise NotFound(msg)
    return line


def _wanted(data: QueryDict) -> Wanted:
    chip, owner = data.get("chip", ""), data.get("owner", "")
    return Wanted(
        number(data.get("provider")),
        owner if owner in OWNERS else "",
        chip if chip in rules.CHIPS else "",
    )


def _progress(lines: list[queries.Line]) -> dict[str, int]:
    return {"ready": sum(line.is_ready for line in lines), "all": len(lines)}


def _of(code: str, rows: list[Prepared]) -> list[Prepared]:
    return [row for row in rows if row.group == code]


def _query(day: date, wanted: Wanted) -> str:
    pairs = {
        "day": day.isoformat(),
        "provider": wanted.provider_id,
        "owner": wanted.owner,
        "chip": wanted.chip,
    }
    return urlencode({name: value for name, value in pairs.items() if value})


def _note(day: date, today: date, lines: list[queries.Line]) -> str:
    ahead = (day - today).days
    away = {0: "Today", 1: "Tomorrow"}.get(ahead, f"In {ahead} days" if ahead > 0 else "Gone by")
    return f"{away} · {how_many(len(lines), 'visit')}"

"""Tomorrow: the next working day's visits by how far each is prepared, worked one by one or many at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse, QueryDict
from django.middleware.csrf import get_token

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.panels import panel, tell
from frontdesk.entrypoints.desk.scheduling.wording import when
from frontdesk.entrypoints.desk.templating import long_date
from frontdesk.entrypoints.desk.visits.days import planned_day
from frontdesk.entrypoints.desk.visits.live import personal, stamp_of, token
from frontdesk.entrypoints.desk.visits.money import money_of
from frontdesk.entrypoints.desk.visits.tomorrow_rows import (
    GROUPS,
    OWNERS,
    PERMITTED,
    Prepared,
    Wanted,
    prepared,
    progress,
    query,
    read_wanted,
)
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound, Refusal, Refused
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.visits import queries, rules
from frontdesk.office.visits import services as visits

TEMPLATE = "desk/visits/tomorrow.html"
MOST = 500  # visits in one piece of bulk work: more than a site sees on a day


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one visit of a piece of work: done, or the sentence why not. `aside` is what is to be known of it."""

    id: int
    name: str
    sentence: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What to say of a visit that is done, and what of it is to be known among many: that it comes later."""

    said: str
    aside: str = ""


def _accept(by: Actor, pk: int, data: QueryDict) -> Done:
    visits.accept(by, appointment_id=pk, reason=data.get("reason", ""))
    return Done("Accepted.")


def _confirmed(by: Actor, pk: int, _data: QueryDict) -> Done:
    scheduling.confirm(by, appointment_id=pk)
    return Done("Confirmed.")


def _interpreter(by: Actor, pk: int, _data: QueryDict) -> Done:
    visits.arrange_interpreter(by, appointment_id=pk)
    return Done("Interpreter arranged.")


def _unchanged(by: Actor, pk: int, _data: QueryDict) -> Done:
    visits.settle(by, appointment_id=pk, item="changes")
    return Done("Address and phone confirmed.")


def _remind(by: Actor, pk: int, _data: QueryDict) -> Done:
    made = visits.remind(by, appointment_id=pk)
    if made.not_before > clock.now():
        later = f"Too early or too late for a text where they are: it goes out {when(made.not_before, made.after['zone'])}."
        return Done(later, later)
    return Done("The reminder is on its way.")


def _verify(by: Actor, pk: int, _data: QueryDict) -> Done:
    asked = visits.verify(by, appointment_id=pk)
    return Done("The payer is being asked." if asked else "No insurance on file that day.")


VERBS: dict[str, Callable[[Actor, int, QueryDict], Done]] = {
    "confirmed": _confirmed,
    "interpreter": _interpreter,
    "unchanged": _unchanged,
    "accept": _accept,
    "remind": _remind,
    "verify": _verify,
}


@desk_view()
def tomorrow(request: DeskRequest) -> HttpResponse:
    """Show a day to prepare: what needs somebody first, and how much is ready."""
    return _page(request, [])


@desk_view(("POST",))
def work(request: DeskRequest, verb: str) -> HttpResponse:
    """Do one thing for each ticked visit, each by itself; answer with its line, or with the list and what was not done.

    A list with a visit that is not theirs was not made by this page: nothing of it is done.
    """
    if verb not in VERBS:
        msg = "There is no such step."
        raise NotFound(msg)
    ticked = request.POST.getlist("visit")
    if len(ticked) > MOST:
        msg = f"That is more than {MOST} visits at once. Narrow the list first."
        raise Refused(msg)
    chosen = list(dict.fromkeys(number(text) or 0 for text in ticked))
    visits.take_up(request.actor, appointment_ids=chosen)
    if request.is_fragment and len(chosen) == 1:
        done = VERBS[verb](_keyed(request, chosen[0]), chosen[0], request.POST)
        return tell(_line(request, chosen[0], done.aside), done.said, changed=False, close=True)
    return _page(request, [_one(request, verb, pk) for pk in chosen])


@desk_view()
def accepting(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Ask why what is missing is accepted as it is."""
    line = _standing(request, appointment_id)
    visits.open_day(
        request.actor, name="tomorrow", location_id=request.location.pk, patient_ids=[line.patient_id]
    )
    missing = [one.words for one in line.findings if one.level == "todo" and one.item]
    context = {
        "r": prepared([line], request.actor)[0],
        "missing": missing,
        "day": line.wall.date().isoformat(),
    }
    return panel(request, "desk/visits/accept_panel.html", context, title="Tomorrow")


def _one(request: DeskRequest, verb: str, pk: int) -> Outcome:
    """Do one visit's part; a refusal is its own and stops no other."""
    line = queries.line_of(request.actor, pk, money_of(request.actor))
    name = line.name if line else f"Visit {pk}"
    try:
        done = VERBS[verb](_keyed(request, pk), pk, request.POST)
    except Refusal as refusal:
        return Outcome(pk, name, refusal.sentence)
    return Outcome(pk, name, aside=done.aside)


def _keyed(request: DeskRequest, pk: int) -> Actor:
    """Return who asks, with a form key of each visit's own: one form may do the same to many."""
    by = request.actor
    return by.keyed(f"{by.key[:48]}-{pk}", by.body) if by.key else by


def _page(request: DeskRequest, outcomes: list[Outcome]) -> HttpResponse:
    place, day, stamp = request.location, planned_day(request), stamp_of(request.location.pk, ahead=True)
    data = request.POST if request.method == "POST" else request.GET
    wanted = read_wanted(data)
    whole = queries.day_of(day, place.pk, place.zone, money_of(request.actor))
    lines = wanted.narrowed(whole)
    shown = [line for line in lines if wanted.holds(line)]
    visits.open_day(
        request.actor, name="tomorrow", location_id=place.pk, patient_ids=[line.patient_id for line in shown]
    )
    rows = prepared(shown, request.actor)
    context = {
        "day": day.isoformat(),
        "title": long_date(day),
        "note": _note(day, clock.today(place.zone)),
        "groups": [(code, words, hint, _of(code, rows)) for code, words, hint in GROUPS],
        "providers": sorted({(line.provider_id, line.provider) for line in whole if line.provider}, key=lambda one: one[1]),
        "owners": list(OWNERS.items())[:2],
        "chips": list(rules.CHIP_WORDS.items()),
        "wanted": wanted,
        "query": query(day, wanted),
        "before": query(day - timedelta(days=1), wanted),
        "after": query(day + timedelta(days=1), wanted),
        "outcomes": outcomes,
        "undone": sum(bool(one.sentence) for one in outcomes),
        "reasons": _by_reason(outcomes),
        "stamp": stamp,
        "live": token(place.pk, ahead=True),
        "now": clock.now().isoformat(),
        "verbs": {verb for verb, permission in PERMITTED.items() if request.actor.can(permission)},
        **progress(lines),
    }  # fmt: skip
    return _mine(request, page(request, TEMPLATE, context))


def _by_reason(outcomes: list[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """Return what is to be known of a piece of work: each sentence with those it is true of, the unusual first."""
    found: dict[str, list[Outcome]] = {}
    for one in outcomes:
        if one.sentence or one.aside:
            found.setdefault(one.sentence or one.aside, []).append(one)
    return sorted(found.items(), key=lambda pair: (not pair[1][0].sentence, len(pair[1])))


def _line(request: DeskRequest, pk: int, aside: str = "") -> HttpResponse:
    """Return one line as it now stands, and with it how much of its day is ready."""
    line = _standing(request, pk)
    day = queries.day_of(line.wall.date(), request.location.pk, line.zone, money_of(request.actor))
    lines = Wanted(provider_id=number(request.POST.get("provider"))).narrowed(day)
    context = {
        "row": prepared([line], request.actor)[0],
        "aside": aside,
        "day": line.wall.date().isoformat(),
        "wanted": read_wanted(request.POST),
        **progress(lines),
    }
    return _mine(request, page(request, TEMPLATE, context, block="answer"))


def _mine(request: DeskRequest, answer: HttpResponse) -> HttpResponse:
    """Fill in what is one person's own: lines are drawn alike for all who see them."""
    return HttpResponse(personal(request, answer.content.decode(), get_token(request)))


def _standing(request: DeskRequest, pk: int) -> queries.Line:
    """Return a visit that still stands in the book."""
    line = queries.line_of(request.actor, pk, money_of(request.actor))
    if line is None:
        msg = "That visit was cancelled."
        raise NotFound(msg)
    return line


def _of(code: str, rows: list[Prepared]) -> list[Prepared]:
    return [row for row in rows if row.group == code]


def _note(day: date, today: date) -> str:
    ahead = (day - today).days
    return {0: "Today", 1: "Tomorrow"}.get(ahead, f"In {ahead} days" if ahead > 0 else "Gone by")

"""The card of a visit: who, how far, what is still to do in a list that shrinks, and what may be done by letters."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.http import HttpResponse

from frontdesk.entrypoints.desk.billing.at_visit import Papers, papers
from frontdesk.entrypoints.desk.coverage.card_faces import on_file
from frontdesk.entrypoints.desk.coverage.verdicts import Strip, covered
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.scheduling.tokens import write_token
from frontdesk.entrypoints.desk.scheduling.wording import short_day, when
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.entrypoints.desk.visits.money import ToCollect, to_collect
from frontdesk.entrypoints.desk.visits.paid import Paid, paid
from frontdesk.entrypoints.desk.visits.rows import Row, row
from frontdesk.kit import clock
from frontdesk.kit.errors import NotFound
from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage.queries import card_on_file
from frontdesk.office.practice.models import Room
from frontdesk.office.privacy.rules.clocks import HOWS, SIGNED
from frontdesk.office.scheduling import queries as book
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.services import OpeningsAsk
from frontdesk.office.visits import queries, rules
from frontdesk.office.visits.models import Check, FollowUp

AROUND, LATEST = timedelta(days=3), timedelta(days=18)
OFFERED = 3


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of the check-in list. `done` says how it was settled, "" while it is open."""

    item: str
    title: str
    words: str
    tone: str
    key: str
    verb: str
    done: str = ""
    by: str = ""
    collects: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """A free time near the day a follow-up is due."""

    token: str
    time: str
    day: str
    who: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """An ordered follow-up: what, when about, and what came of it or could."""

    id: int
    words: str
    due: str
    note: str
    outcome: str
    offers: list[Offered] = field(default_factory=list)


# (item, title, key, what its button says). The order is the order of the work at the counter.
LIST = (
    ("identity", "Identity", "i", "Stated and seen"),
    ("changes", "Changes", "u", "Unchanged"),
    ("card", "Insurance card", "k", "Seen"),
    ("forms", "Forms", "f", "Signed"),
    ("notice", "Privacy notice", "t", "Given and signed"),
    ("money", "Money", "y", "Settled"),
)
_HELD = "The insurance holds. Look whether the card is still the same"
BEFORE = {
    "interpreter": ("Interpreter", "Arranged"),
    "no_phone": ("Telephone", "Accepted"),
    "no_address": ("Address", "Accepted"),
    "no_guardian": ("Guardian", "Accepted"),
    "not_confirmed": ("Confirmation", "Accepted"),
    "referral": ("Referral", "Accepted"),
    "authorization": ("Authorization", "Accepted"),
}


@dataclass(frozen=True, slots=True)
class VisitCard:
    """What the card shows beside its row."""

    row: Row
    line: queries.Line
    until: str
    expected: str
    promised: int | None
    open: list[Todo]
    settled: list[Todo]
    policy: str
    also: list[tuple[int, str, str, bool]]
    rooms: list[Room]
    orders: list[Ordered]
    history: list[tuple[str, str, str, str]]
    corrections: list[tuple[str, str]]
    can_undo: bool
    rev: str
    no_signature: list[tuple[str, str]]
    cover: Strip | None
    card_file: str
    paid: Paid | None
    money: ToCollect | None
    papers: Papers | None


@desk_view()
def card(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Show the card: beside the list, or as a page of its own."""
    return show(request, appointment_id)


def show(request: DeskRequest, appointment_id: int, *, elsewhere: str = "") -> HttpResponse:
    """Return the card alone, or as a page. `elsewhere` is the sentence that the visit is at another site."""
    context = _context(request, appointment_id, elsewhere=elsewhere)
    template = "desk/visits/_card.html" if request.is_fragment else "desk/visits/visit.html"
    return page(request, template, context)


def _context(request: DeskRequest, appointment_id: int, *, elsewhere: str = "") -> dict[str, object]:
    scheduling.open_appointment(request.actor, appointment_id=appointment_id, bare=True)
    told = to_collect(request.actor, appointment_id)
    line = queries.line_of(request.actor, appointment_id, told.of_line if told else None)
    if line is None:
        msg = "That visit was cancelled."
        raise NotFound(msg)
    return {
        "c": _card(request, line, told),
        "elsewhere": elsewhere,
        "visit_types": [(str(kind.pk), kind.name) for kind in book.visit_types()]
        if line.status in rules.HERE
        else [],
    }


def _card(request: DeskRequest, line: queries.Line, money: ToCollect | None) -> VisitCard:
    now = clock.now()
    drawn = row(line, request.actor, now)
    todo = _todo(line, queries.settled_of(line.id))
    near = queries.around(line)
    steps = queries.steps_of(line.id)
    usual = queries.usual_minutes(line.location_id) if _waits(line) else {}
    expected = queries.waits(near, usual, now).get(line.id)
    return VisitCard(
        row=drawn,
        line=line,
        until=wall_time(to_wall(line.ends, line.zone)),
        expected=rules.said_wait(expected) if expected else "",
        promised=line.promised_minutes,
        open=[one for one in todo if not one.done],
        settled=[one for one in todo if one.done],
        policy=rules.lateness(line.minutes_late) if line.status in {rules.ARRIVED, rules.CHECKED_IN} else "",
        also=[
            (
                one.id,
                wall_time(to_wall(one.starts, line.zone)),
                one.visit_type,
                one.status in rules.AHEAD,
            )
            for one in near
            if one.patient_id == line.patient_id and one.id != line.id
        ],
        rooms=queries.rooms_of(line.location_id) if line.status in rules.HERE else [],
        orders=[_ordered(request, line, order) for order in queries.follow_ups_of(line.id)],
        history=[
            (
                rules.WORDS[step.after],
                wall_time(to_wall(step.at, line.zone)),
                step.by_name,
                {"step": step.reason, "correction": f"corrected: {step.reason}", "undo": "taken back"}[
                    step.kind
                ],
            )
            for step in steps
        ][::-1],
        corrections=[(code, rules.WORDS[code]) for code in rules.CORRECTIONS.get(line.status, ())],
        can_undo=bool(
            steps and steps[-1].after == line.status and now - steps[-1].at <= timedelta(minutes=10)
        )
        and steps[-1].kind != "undo",
        rev=drawn.rev,
        no_signature=[(how, words) for how, words in HOWS.items() if how != SIGNED],
        cover=covered(line.cover, line.zone) if line.status not in rules.OVER else None,
        card_file=_card_file(request, line, todo),
        paid=paid(line) if line.cover is not None else None,
        money=money,
        papers=papers(request, line),
    )


def _card_file(request: DeskRequest, line: queries.Line, todo: list[Todo]) -> str:
    """Say whether a picture of the card is on file, where the card is to be looked at and insurance may be seen."""
    if not request.actor.can("coverage.view") or not any(one.item == "card" for one in todo):
        return ""
    return on_file(card_on_file(line.patient_id), line.zone)


def _waits(line: queries.Line) -> bool:
    return line.status in {*rules.AHEAD, rules.ARRIVED, rules.CHECKED_IN, rules.ROOMED}


def _todo(line: queries.Line, settled: dict[str, Check]) -> list[Todo]:
    if line.status in rules.OVER:
        return []
    findings = {one.item: one for one in line.findings if one.item}
    lines = []
    for item, title, key, verb in LIST:
        found, check = findings.get(item), settled.get(item)
        collects = found is not None and found.action == "collect"
        check = None if collects else check  # what is owed is settled by paying it, not by a word
        words = found.words if found else _HELD if item == "card" else "Nothing has to be asked"
        tone = {"todo": "bad", "ask": "warn", "note": "quiet"}[found.level] if found else "good"
        # That the payer says yes does not say that this is still the card they carry.
        if found or check or (item == "card" and line.cover is not None and line.cover.state == "active"):
            lines.append(
                Todo(
                    item,
                    title,
                    words,
                    tone,
                    key,
                    verb,
                    check.answer if check else "",
                    check.by_name if check else "",
                    collects,
                )
            )
    for item, (title, verb) in BEFORE.items():
        found, check = findings.get(item), settled.get(item)
        if found or check:
            lines.append(
                Todo(
                    item,
                    title,
                    found.words if found else "",
                    "bad",
                    "",
                    verb,
                    check.answer if check else "",
                    check.by_name if check else "",
                )
            )
    return lines


def _ordered(request: DeskRequest, line: queries.Line, order: FollowUp) -> Ordered:
    with_whom = f" with {order.provider.spoken_name}" if order.provider else ""
    due = line.wall.date() + timedelta(weeks=order.weeks)
    return Ordered(
        id=order.pk,
        words=f"{order.visit_type.name}{with_whom}",
        due=f"in {order.weeks} weeks, about {short_day(due)}" if order.weeks else "as soon as can be",
        note=order.note,
        outcome=_outcome(order),
        offers=_offers(request, line, order)
        if order.settled_at is None and request.actor.can("scheduling.view")
        else [],
    )


def _outcome(order: FollowUp) -> str:
    if order.booked:
        return f"Booked for {when(order.booked.starts, order.booked.zone)}"
    if order.recall:
        return f"On recall for {us_date(order.recall.due)}"
    return f"Not wanted: {order.declined}" if order.settled_at else ""


def _offers(request: DeskRequest, line: queries.Line, order: FollowUp) -> list[Offered]:
    today = clock.today(line.zone)
    due = line.wall.date() + timedelta(weeks=order.weeks)
    ask = OpeningsAsk(
        visit_type_id=order.visit_type_id,
        from_day=max(due - AROUND, today),
        to_day=max(due, today) + LATEST,
        patient_id=line.patient_id,
        provider_ids=(order.provider_id,) if order.provider_id else (),
        location_ids=(request.location.pk,),
        limit=OFFERED,
    )
    return [
        Offered(
            token=write_token(one.starts, one.provider_id, one.location_id),
            time=wall_time(one.wall),
            day=short_day(one.wall.date()),
            who=one.provider_name,
            spoken=one.spoken,
        )
        for one in scheduling.find_openings(request.actor, ask=ask).offers[:OFFERED]
    ]

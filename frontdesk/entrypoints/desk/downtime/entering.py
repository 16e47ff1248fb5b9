"""A paper form on screen: found by its number, filled with what stands on it, entered once."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from frontdesk.entrypoints.desk.downtime.overview import show
from frontdesk.entrypoints.desk.downtime.wording import SAYS, line, read_moments
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.scheduling.people import person
from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.kit.walltime import to_wall
from frontdesk.office.downtime import rules, services
from frontdesk.office.downtime.errors import MaybeTwice, NoSuchNumber
from frontdesk.office.downtime.models import PaperForm
from frontdesk.office.downtime.services import Paper, WalkIn
from frontdesk.office.practice.queries import providers
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.scheduling.queries import veil, visit_types
from frontdesk.office.visits.queries import rooms_of


@dataclass(slots=True)
class Draft:
    """What was typed, and what is wrong with it."""

    values: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    ask_twice: bool = False


@desk_view(("POST",))
def find(request: DeskRequest) -> HttpResponse:
    """Go on to the form whose number was typed; a number that cannot be right is said beside the field."""
    typed = request.POST.get("number", "")
    try:
        found = services.open_form(request.actor, number=typed)
    except NoSuchNumber as refusal:
        return show(request, number=typed, problem=refusal.sentence, code=refusal.code, status=422)
    return HttpResponseRedirect(f"/downtime/forms/{found.pk}")


@desk_view(("POST",))
def adopt(request: DeskRequest) -> HttpResponse:
    """Take over a form this database never issued, and go on to it."""
    given = {"number": request.POST.get("number", ""), "reason": request.POST.get("reason", "")}
    try:
        day = datetime.fromisoformat(request.POST.get("day", "")).date()
        made = services.adopt_form(request.actor, location_id=request.location.pk, day=day, **given)
    except (Refusal, ValueError) as wrong:
        words = wrong.sentence if isinstance(wrong, Refusal) else "Say which day the form is of."
        return show(request, number=given["number"], problem=words, code="unknown_number", status=422)
    return HttpResponseRedirect(f"/downtime/forms/{made.pk}")


@desk_view(("GET", "POST"))
def form(request: DeskRequest, form_id: int) -> HttpResponse:
    """Show a form: to be filled, or what was entered from it. Posted, enter it."""
    found = services.open_form(request.actor, form_id=form_id)
    if request.method == "GET":
        return _show(request, found, Draft({"outcome": rules.SEEN}))
    draft = Draft({name: text.strip() for name, text in request.POST.items() if isinstance(text, str)})
    try:
        entered = _enter(request, found, request.POST)
    except MaybeTwice as refusal:
        draft.ask_twice = True
        return _show(request, found, draft, refusal)
    except Refusal as refusal:
        return _show(request, found, draft, refusal)
    return done(request, f"/downtime?day={entered.day}", f"Form {rules.shown(entered.number)} is entered.")


@desk_view(("POST",))
def void(request: DeskRequest, form_id: int) -> HttpResponse:
    """Note that a form will not be entered."""
    found = services.open_form(request.actor, form_id=form_id)
    try:
        services.void_form(request.actor, number=found.number, reason=request.POST.get("void_reason", ""))
    except Invalid as refusal:
        draft = Draft({"outcome": rules.SEEN}, errors={"void_reason": refusal.sentence})
        return _show(request, found, draft, refusal)
    return done(request, f"/downtime?day={found.day}", f"Form {rules.shown(found.number)} is void.")


def _enter(request: DeskRequest, found: PaperForm, data: QueryDict) -> PaperForm:
    zone, typed = found.location.zone, {name: data.get(name, "").strip() for name in rules.MOMENTS}
    weeks = data.get("weeks", "").strip()
    if weeks and number(weeks) is None:
        msg = "In how many weeks? A number."
        raise Invalid(msg, fields={"weeks": msg})
    paper = Paper(
        outcome=data.get("outcome", ""),
        moments=read_moments(typed, found.day, zone),
        room_id=number(data.get("room")),
        companion=data.get("companion", "").strip(),
        note=data.get("note", "").strip(),
        weeks=number(weeks),
        twice=bool(data.get("twice")),
    )
    return services.enter_form(
        request.actor,
        number=found.number,
        paper=paper,
        appointment_id=number(data.get("appointment")),
        walk_in=_walk_in(data),
    )


def _walk_in(data: QueryDict) -> WalkIn | None:
    """Return who walked in; None when a booked visit was chosen, or nobody."""
    if data.get("appointment") or not data.get("patient"):
        return None
    kind = number(data.get("type"))
    if kind is None:
        msg = "What did they come for?"
        raise Invalid(msg, fields={"type": msg})
    patient = number(data.get("patient")) or 0
    return WalkIn(patient, kind, number(data.get("provider")), data.get("reason", "").strip())


def _show(
    request: DeskRequest, found: PaperForm, draft: Draft, refusal: Refusal | None = None
) -> HttpResponse:
    if refusal is not None:
        draft.problem = refusal.sentence
        draft.errors = draft.errors or (refusal.fields if isinstance(refusal, Invalid) else {})
    row = found.appointment
    context: dict[str, object] = {
        "f": found, "number": rules.shown(found.number), "d": draft, "v": draft.values, "day": short_day(found.day),
        "visit": _visit(row) if row else None, "outcomes": list(rules.OUTCOMES.items()),
        "moments": list(rules.MOMENTS.items()), "says": SAYS, "may_void": request.actor.can("downtime.void"),
        "entered": _entered(found) if found.state == rules.ENTERED else [],
        "entered_at": wall_time(to_wall(found.entered_at, found.location.zone)) if found.entered_at else "",
    }  # fmt: skip
    if found.state == rules.ISSUED and found.kind != rules.RECEIPT:
        context |= {"rooms": [(room.pk, room.name) for room in rooms_of(found.location_id)]}
        context |= _choices(request, found, draft) if row is None else {}
    status = STATUS[refusal.kind] if refusal else 200
    return page(request, "desk/downtime/form.html", context, status=status)


def _choices(request: DeskRequest, found: PaperForm, draft: Draft) -> dict[str, object]:
    day = services.open_recovery(request.actor, location_id=found.location_id, day=found.day)
    lines = [line(one) for one in [*day.missing, *day.later]]
    patient_id = number(draft.values.get("patient"))
    return {
        "open_visits": [(one.appointment_id, f"{one.time} · {one.name} · {one.birth}") for one in lines],
        "visit_types": [(kind.pk, kind.name) for kind in visit_types()],
        "providers": [(one.pk, one.name) for one in providers()],
        "shown": person(request, patient_id).shown if patient_id else "",
    }


def _visit(row: Appointment) -> dict[str, object]:
    wall = to_wall(row.starts, row.zone)
    veil(row)
    return {
        "id": row.pk,
        "patient_id": row.patient_id,
        "name": row.patient.name,
        "birth": us_date(row.patient.birth_date),
        "about": f"{wall_time(wall)} · {row.visit_type.name}{f' · {row.provider.spoken_name}' if row.provider else ''}",
    }


def _entered(found: PaperForm) -> list[tuple[str, str]]:
    """Return what was entered from a form, in its own words."""
    zone = found.location.zone
    given = [(rules.MOMENTS[name], found.moments[name]) for name in rules.MOMENTS if name in found.moments]
    times = [(words, wall_time(to_wall(datetime.fromisoformat(at), zone))) for words, at in given]
    return [("Outcome", rules.OUTCOMES[found.outcome]), *times]

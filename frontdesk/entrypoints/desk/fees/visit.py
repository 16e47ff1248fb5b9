"""A visit's charges, and what was not collected of it: panels of its card."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.fees.wording import cents, code_of, read_lines, written
from frontdesk.entrypoints.desk.forms import Field, Form, Panel, days, draw, draw_again
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.entrypoints.desk.visits.paying import beside
from frontdesk.kit.errors import NotFound, Refusal
from frontdesk.kit.money import dollars, plain
from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing import queries
from frontdesk.office.billing import services as billing
from frontdesk.office.billing.models import Uncollected, VisitCharge
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.visits.queries import Line, line_of

WHY = tuple(
    (str(code), str(words)) for code, words in Uncollected.Why.choices if code != Uncollected.Why.WAIVED
)


@desk_view(("GET", "POST"))
def charges(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Show what a visit is charged, or its usual services to be charged; post them, or take them back."""
    line = _standing(request, appointment_id)
    rows = queries.charges_of(appointment_id)
    charge = rows[0] if rows and rows[0].taken_back_at is None else None
    ask = _charged(request, line, charge) if charge else _to_charge(line)
    if request.method == "GET":
        return draw(request, ask, patient_id=line.patient_id)
    data = request.POST
    key = data.get("_key", "")[:40] or f"visit-{appointment_id}"
    try:
        if data.get("do") == "take_back":
            charge_id = number(data.get("charge")) or (charge.pk if charge else 0)
            billing.take_back_charge(
                request.actor, charge_id=charge_id, reason=data.get("reason", ""), key=key
            )
            said = "The charges are taken back."
        else:
            lines = read_lines(data.get("lines", ""))
            made = billing.charge_visit(request.actor, appointment_id=appointment_id, lines=lines, key=key)
            said = f"Charged {dollars(made.cents)}."
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=line.patient_id)
    return _answer(request, appointment_id, said)


@desk_view(("GET", "POST"))
def not_collected(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Show what is due at a visit; note why it was not collected, or waive a part of it."""
    line = _standing(request, appointment_id)
    ask = _why(request, line)
    if request.method == "GET":
        return draw(request, ask, patient_id=line.patient_id)
    data = request.POST
    try:
        if data.get("do") == "waive":
            billing.waive(
                request.actor, appointment_id=appointment_id, cents=cents(data.get("cents", ""), "cents"),
                reason=data.get("reason", ""), key=data.get("_key", "")[:40] or f"visit-{appointment_id}",
            )  # fmt: skip
            said = "It is waived."
        else:
            billing.note_uncollected(
                request.actor, appointment_id=appointment_id, why=data.get("why", ""), words=data.get("words", ""),
                promised_on=days(data, "promised_on")["promised_on"],
            )  # fmt: skip
            said = "It is noted why."
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=line.patient_id)
    return _answer(request, appointment_id, said)


def _answer(request: DeskRequest, appointment_id: int, said: str) -> HttpResponse:
    if request.is_fragment:
        return beside(request, appointment_id, said)
    return done(request, f"/visits/{appointment_id}", said)


def _standing(request: DeskRequest, appointment_id: int) -> Line:
    scheduling.open_appointment(request.actor, appointment_id=appointment_id, bare=True)
    line = line_of(request.actor, appointment_id)
    if line is None:
        msg = "That visit was cancelled."
        raise NotFound(msg)
    return line


def _note(line: Line) -> str:
    return f"{line.visit_type}, {us_date(line.wall.date())}"


def _to_charge(line: Line) -> Panel:
    usual = queries.known_of([line.id])[line.id].facts.services
    facts = tuple(
        (
            code_of(one.code, one.modifier),
            f"{one.words or 'No fee is on file'}{f', {dollars(one.fee)}' if one.fee is not None else ''}",
        )
        for one in usual
    )
    field = Field(
        "lines", "What was done", needed=True, width="l", value=written((one.code, one.modifier, one.units) for one in usual),
        hint="Codes with commas between them: 99213-25, 80053 x2",
    )  # fmt: skip
    return Panel("Charge the visit", (Form("charge", "", "Post the charges", (field,)),), _note(line), facts)


def _charged(request: DeskRequest, line: Line, charge: VisitCharge) -> Panel:
    facts = [
        (
            code_of(one.code, one.modifier),
            f"{one.words}, {f'{one.units} x ' if one.units > 1 else ''}{dollars(one.cents)}",
        )
        for one in charge.lines.all()
    ]
    facts += [
        ("In all", dollars(charge.cents)),
        ("Of it the patient's", dollars(charge.patient_cents)),
        ("Posted", f"{us_date(to_wall(charge.at, request.location.zone).date())} by {charge.by_name}"),
    ]
    forms: tuple[Form, ...] = ()
    if request.actor.can("billing.take_back_charge"):
        reason = Field("reason", "Why", needed=True, width="l")
        forms = (Form("take_back", "Take them back", "Take back", (reason,), danger=True),)
    return Panel("Charges", forms, _note(line), tuple(facts))


def _why(request: DeskRequest, line: Line) -> Panel:
    told = queries.expected(line.id)
    facts = tuple((dollars(one.cents), one.words) for one in told.due)
    fields = (
        Field("why", "Why", "select", WHY, needed=True, width="m"),
        Field("promised_on", "Will pay by", "date", hint="Where they promised"),
        Field("words", "In their words", width="l"),
    )
    forms = [Form("note", "", "Note it", fields)]
    if request.actor.can("billing.waive") and told.of_visit():
        waived = (
            Field("cents", "How much", needed=True, value=plain(told.of_visit()), width="s"),
            Field("reason", "Why", needed=True, hint="It is reported with your name", width="l"),
        )
        forms.append(Form("waive", "Waive it for good", "Waive", waived, danger=True))
    say = "" if told.due else "Nothing is to be collected for this visit."
    return Panel("Not collected", tuple(forms) if told.due else (), _note(line), facts, say)

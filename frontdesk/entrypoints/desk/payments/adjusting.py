"""Write off a part of what is owed, and move it between patient and payer: panels of the tab Money."""

from collections.abc import Sequence

from django.http import HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw, draw_again
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.payments import wording
from frontdesk.entrypoints.desk.payments.lines import NO_AMOUNT
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.kit.money import cents_of, dollars, plain
from frontdesk.office.coverage.queries import policies_of
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.queries import OpenItem
from frontdesk.office.payments.queries.receipts import visit_days
from frontdesk.office.payments.rules.writing_off import WHY

REASON = Field("reason", "Why", needed=True, width="l")


@desk_view(("GET", "POST"))
def adjust(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Ask what is written off and why, and write it off."""
    open_unmerged(request, patient_id, "write off")
    items = queries.owed_items(patient_id)
    fields = (
        *_what(items),
        Field("why", "It is", "select", tuple(WHY.items()), needed=True, width="m"),
        REASON,
    )
    ask = Panel("Write off", (Form("adjust", "", "Write it off", fields, danger=True),) if items else (),
                "" if items else "Nothing is owed.")  # fmt: skip
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id)
    data = request.POST
    try:
        cents = _cents(data.get("cents", ""))
        payments.adjust(
            request.actor, patient_id=patient_id, location_id=request.location.pk, line_id=number(data.get("line")) or 0,
            cents=cents, why=data.get("why", ""), reason=data.get("reason", ""), key=data.get("_key", "")[:64],
        )  # fmt: skip
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=patient_id)
    return done(request, f"/patients/{patient_id}/money", f"{dollars(cents)} was written off.")


@desk_view(("GET", "POST"))
def transfer(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Ask what is moved between patient and payer, and move it."""
    open_unmerged(request, patient_id, "move between patient and payer")
    owed, by_payers = queries.owed_items(patient_id), queries.owed_by_payers(patient_id)
    names = {one.policy.payer_id: one.payer for one in policies_of(patient_id)}
    forms = []
    if by_payers:
        forms.append(
            Form("to_patient", "From the payer to the patient", "Move it", (*_what(by_payers), REASON))
        )
    if owed and names:
        payer = Field(
            "payer", "To", "select", tuple((str(pk), name) for pk, name in names.items()), needed=True, width="m"
        )  # fmt: skip
        forms.append(
            Form("to_payer", "From the patient to the payer", "Move it", (*_what(owed), payer, REASON))
        )
    ask = Panel("Move between patient and payer", tuple(forms), "" if forms else "There is nothing to move.")
    if request.method == "GET":
        return draw(request, ask, patient_id=patient_id)
    data = request.POST
    try:
        to_payer = data.get("do") == "to_payer"
        payer_id = number(data.get("payer")) if to_payer else None
        if to_payer and payer_id not in names:
            raise Invalid("Choose the payer.", fields={"payer": "Choose the payer."})
        cents = _cents(data.get("cents", ""))
        payments.transfer(
            request.actor, patient_id=patient_id, location_id=request.location.pk, line_id=number(data.get("line")) or 0,
            cents=cents, payer_id=payer_id, reason=data.get("reason", ""), key=data.get("_key", "")[:64],
        )  # fmt: skip
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=patient_id)
    return done(request, f"/patients/{patient_id}/money", f"{dollars(cents)} was moved.")


def _what(items: Sequence[OpenItem]) -> tuple[Field, ...]:
    """Return the fields that say which open amount, and how much of it."""
    days = visit_days({one.about for one in items if one.about})
    options = tuple(
        (str(one.line_id), f"{wording.about(one.about, days)}, {us_date(one.day)}: {dollars(one.left)}")
        for one in items
    )
    first = items[0] if items else None
    return (
        Field("line", "Of", "select", options, needed=True, value=str(first.line_id) if first else "", width="l"),
        Field("cents", "Amount", needed=True, value=plain(first.left) if first else "", width="m"),
    )  # fmt: skip


def _cents(text: str) -> int:
    cents = cents_of(text)
    if not cents:
        raise Invalid(NO_AMOUNT, fields={"cents": NO_AMOUNT})
    return cents

"""Put a credit against what is owed: the visit it was paid for first, then the oldest; what is left is seen while one types."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.entrypoints.desk.payments import wording
from frontdesk.entrypoints.desk.payments.lines import NO_AMOUNT
from frontdesk.entrypoints.desk.scheduling.panels import panel
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refusal
from frontdesk.kit.money import cents_of, dollars, plain
from frontdesk.office.ledger.rules import Open, allot
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.queries import OpenItem
from frontdesk.office.payments.queries.receipts import visit_days


@desk_view(("GET", "POST"))
def apply(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Show what is owed with a proposal, and put the credit there."""
    open_unmerged(request, patient_id, "apply a credit")
    owed, held = queries.owed_items(patient_id), queries.credits_of(patient_id)
    if request.method == "GET":
        return _draw(request, patient_id, owed, held, _proposed(owed, held))
    sent = dict(zip(request.POST.getlist("line"), request.POST.getlist("cents"), strict=False))
    try:
        onto = {line: _cents(text) for text_id, text in sent.items() if (line := number(text_id))}
        total = payments.apply_credit(
            request.actor, patient_id=patient_id, location_id=request.location.pk, onto=onto,
            key=request.POST.get("_key", "")[:64],
        )  # fmt: skip
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound):
            raise
        values = {line: text for text_id, text in sent.items() if (line := number(text_id))}
        return _draw(request, patient_id, owed, held, values, refusal)
    return done(request, f"/patients/{patient_id}/money", f"{dollars(total)} of the credit was applied.")


def _cents(text: str) -> int:
    cents = cents_of(text) if text.strip() else 0
    if cents is None:
        raise Invalid(NO_AMOUNT, fields={"amount": NO_AMOUNT})
    return cents


def _proposed(owed: list[OpenItem], held: list[OpenItem]) -> dict[int, str]:
    """Return what goes where when nobody says otherwise: each credit to its own visit first, then to the oldest."""
    found: dict[int, int] = {}
    targets = {one.line_id: one.left for one in owed}
    for credit in held:
        onto = [_open(one, targets[one.line_id]) for one in owed if targets[one.line_id]]
        for part in allot([_open(credit, credit.left)], onto, first=credit.about):
            targets[part.target] -= part.amount
            found[part.target] = found.get(part.target, 0) + part.amount
    return {line: plain(cents) for line, cents in found.items()}


def _open(one: OpenItem, left: int) -> Open:
    return Open(one.line_id, one.entry_id, one.day, one.about, one.amount, left)


def _draw(
    request: DeskRequest,
    patient_id: int,
    owed: list[OpenItem],
    held: list[OpenItem],
    values: dict[int, str],
    refusal: Refusal | None = None,
) -> HttpResponse:
    days = visit_days({one.about for one in [*owed, *held] if one.about})
    context = {
        "patient_id": patient_id,
        "credit": sum(one.left for one in held),
        "held": [(wording.about(one.about, days), us_date(one.day), one.left) for one in held],
        "owed": [
            (one.line_id, wording.about(one.about, days), us_date(one.day), one.left, values.get(one.line_id, ""))
            for one in owed
        ],
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }  # fmt: skip
    status = STATUS[refusal.kind] if refusal else 200
    return panel(request, "desk/payments/apply_panel.html", context, title="Apply a credit", status=status)

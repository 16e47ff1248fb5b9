"""Take a payment back, give money back, note a check that came back: panels opened from a receipt."""

from collections.abc import Callable

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw, draw_again
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.payments import wording
from frontdesk.entrypoints.desk.payments.lines import NO_AMOUNT
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.kit.money import cents_of, dollars, plain
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import Payment, Tender
from frontdesk.office.payments.queries.accounts import credits_of_payment
from frontdesk.office.payments.rules import BY_CARD, KIND

WHY = Field("reason", "Why", needed=True, width="l")


@desk_view(("GET", "POST"))
def take_back(request: DeskRequest, payment_id: int) -> HttpResponse:
    """Ask why a payment of today is taken back, and take it back."""
    row = payments.open_payment(request.actor, payment_id=payment_id)
    cash = sum(one.cents for one in row.tenders.all() if one.kind == KIND.CASH)
    say = f"Hand back {dollars(cash)} in cash." if cash else "Hand the check back."
    ask = Panel(
        f"Take back receipt {row.receipt}",
        (Form("take_back", "", "Take it back", (WHY,), danger=True),),
        f"{dollars(row.cents)}. What it paid is owed again.",
        say=say,
    )
    return _answer(
        request, row, ask, lambda key: payments.take_back(
            request.actor, payment_id=row.pk, reason=request.POST.get("reason", ""), key=key
        ), f"Receipt {row.receipt} was taken back. {say}",
    )  # fmt: skip


@desk_view(("GET", "POST"))
def refund(request: DeskRequest, payment_id: int, tender_id: int) -> HttpResponse:
    """Ask how much is given back the way it came, and give it back."""
    row, tender = _found(request, payment_id, tender_id)
    left = tender.cents - queries.fates([row])[row.pk].refunded[tender.pk]
    free = min(sum(one.left for one in credits_of_payment(row.entry_id)), left)
    how = {
        KIND.CASH: "Cash out of the open drawer.",
        KIND.CARD: "Back to the card it came from.",
        KIND.HEALTH_ACCOUNT: "Back to the card it came from.",
    }.get(KIND(tender.kind), "The practice owes it, and pays it by a check of its own.")
    fields = (
        Field(
            "cents", "Amount", hint=f"Up to {dollars(left)}; {dollars(free)} of it is not put against anything.",
            needed=True, value=plain(free or left), width="m",
        ),
        WHY,
        Field("unapply", "Also what it paid: that is owed again", "check", value="" if free else "on"),
    )  # fmt: skip
    ask = Panel(
        "Give money back", (Form("refund", "", "Give it back", fields),),
        f"Receipt {row.receipt}, {wording.tender(tender)}", say=how,
    )  # fmt: skip

    def give(key: str) -> object:
        data = request.POST
        cents = cents_of(data.get("cents", ""))
        if not cents:
            raise Invalid(NO_AMOUNT, fields={"cents": NO_AMOUNT})
        reason = data.get("reason", "")
        if tender.kind in BY_CARD:
            return payments.refund_card(
                request.actor, tender_id=tender.pk, cents=cents, reason=reason, key=key,
                unapply=bool(data.get("unapply")),
            )  # fmt: skip
        return payments.refund(
            request.actor, tender_id=tender.pk, cents=cents, reason=reason, key=key,
            location_id=request.location.pk, unapply=bool(data.get("unapply")),
        )  # fmt: skip

    return _answer(request, row, ask, give, "It was given back.")


@desk_view(("GET", "POST"))
def returned(request: DeskRequest, payment_id: int, tender_id: int) -> HttpResponse:
    """Ask why a check came back and whether the fee is charged, and note it."""
    row, tender = _found(request, payment_id, tender_id)
    fee = queries.returned_check_fee()
    fields = (
        Field("reason", "What the bank says", hint="Insufficient funds, account closed, …", needed=True, width="l"),
        *([Field("fee", f"Charge the fee of {dollars(fee)}", "check", value="on")] if fee else []),
    )  # fmt: skip
    ask = Panel(
        "The check came back",
        (Form("returned", "", "Note it", fields, danger=True),),
        f"{wording.tender(tender)}, {dollars(tender.cents)}. What it paid is owed again.",
    )
    return _answer(
        request, row, ask, lambda key: payments.return_check(
            request.actor, tender_id=tender.pk, reason=request.POST.get("reason", ""), key=key,
            with_fee=bool(request.POST.get("fee")),
        ), "Noted. What the check paid is owed again.",
    )  # fmt: skip


def _found(request: DeskRequest, payment_id: int, tender_id: int) -> tuple[Payment, Tender]:
    row = payments.open_payment(request.actor, payment_id=payment_id)
    tender = next((one for one in row.tenders.all() if one.pk == tender_id), None)
    if tender is None:
        raise Http404
    return row, tender


def _answer(
    request: DeskRequest, row: Payment, ask: Panel, deed: Callable[[str], object], said: str
) -> HttpResponse:
    if request.method == "GET":
        return draw(request, ask, patient_id=row.patient_id)
    try:
        deed(request.POST.get("_key", "")[:64])
    except Refusal as refusal:
        return draw_again(request, ask, refusal, patient_id=row.patient_id)
    return done(request, f"/patients/{row.patient_id}/money", said)

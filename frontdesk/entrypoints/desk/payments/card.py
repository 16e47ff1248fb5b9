"""Charge a card at the reader: the desk asks, the panel follows until it is known, and Esc calls it off."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.payments import receipt
from frontdesk.entrypoints.desk.payments.offering import Sending, sending
from frontdesk.entrypoints.desk.scheduling.panels import panel
from frontdesk.exchange.gateway.processor import Reader, readers_at
from frontdesk.kit.money import dollars
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.errors import NoReader
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.models.cards import UNDER_WAY
from frontdesk.office.payments.queries import sending as money
from frontdesk.office.payments.rules import CONSENT, Sheet, sheet_of, why_not

State = CardCharge.State
ON_FILE = "file-"


def charge_card(request: DeskRequest, sheet: Sheet, key: str) -> HttpResponse:
    """Have the card of a payment sheet charged; answer with the panel that follows it.

    It is the card on file that was chosen, else one at this desk's reader. Where the sheet has `keep_card` ticked, beside
    the words of `rules.CONSENT`, the card is kept on file.

    Raises `NoReader`, `CardUnderWay`, `DrawerClosed`, `NotCovered`, `Invalid`.
    """
    kept = kept_card(request.POST)
    if kept is not None:
        return shown(request, payments.charge_on_file(request.actor, card_id=kept, sheet=sheet, key=key))
    consent = CONSENT if request.POST.get("keep_card") else ""
    reader = reader_of(request).id
    row = payments.begin_card(request.actor, sheet=sheet, key=key, reader=reader, consent=consent)
    return shown(request, row)


def kept_card(data: Any) -> int | None:
    """Return the card on file a sheet is paid with first, None for another way."""
    chosen = data.get("tender", "")
    return number(chosen.removeprefix(ON_FILE)) if chosen.startswith(ON_FILE) else None


def reader_of(request: DeskRequest) -> Reader:
    """Return the reader of this desk: the one chosen in this browser, else the location's first. Raises `NoReader`."""
    here = readers_at(request.location.pk)
    chosen = request.session.get("card_reader")
    found = next((one for one in here if one.id == chosen), None) or next(iter(here), None)
    if found is None:
        msg = "No card reader is set up. Take it another way."
        raise NoReader(msg)
    return found


@desk_view()
def follow(request: DeskRequest, charge_id: int) -> HttpResponse:
    """Answer with a charge once it stands otherwise than the panel `knows`; until then with nothing, and no look on record."""
    knows = request.GET.get("knows", "")
    if knows and queries.charge_stamp(charge_id) == knows:
        return HttpResponse(status=204)
    return shown(request, payments.open_charge(request.actor, charge_id=charge_id))


@desk_view(("POST",))
def call_off(request: DeskRequest, charge_id: int) -> HttpResponse:
    """Call a charge off; answer with how it stands."""
    row = payments.call_off(request.actor, charge_id=charge_id)
    return shown(request, row)


@desk_view(("POST",))
def again(request: DeskRequest, charge_id: int) -> HttpResponse:
    """Begin anew with the same sheet, after a card that was not charged: another card, the same amount."""
    row = payments.open_charge(request.actor.keyless(), charge_id=charge_id)
    key = request.POST.get("_key", "")[:64] or uuid4().hex
    if row.state in {State.DECLINED, State.CANCELLED}:
        return charge_card(request, sheet_of(row.sheet), key)
    return shown(request, row)


def shown(request: DeskRequest, row: CardCharge) -> HttpResponse:
    """Draw the panel of a charge as it stands. `visit` is carried along: its check-in is settled with the receipt."""
    visit = number((request.GET if request.method == "GET" else request.POST).get("visit"))
    if row.payment is not None and not row.ended_at and row.sheet.get("posted_as") != "credit":
        # As after cash: the receipt is what one sees. Whoever watched it come is the one whose check-in it settles.
        watched = request.method == "POST" or bool(request.GET.get("knows"))
        return (
            receipt.taken(request, row.payment, visit=visit)
            if watched
            else receipt.shown(request, row.payment)
        )
    told, advice = why_not(row.code)
    here = reverse("card_charge", args=[row.pk])
    more = f"&visit={visit}" if visit else ""
    context = {
        "c": row,
        "dollars": dollars(row.cents),
        "whole": dollars(sum(one["cents"] for one in row.sheet["parts"])),
        "here": here,
        "visit": visit or "",
        "follows": f"{here}?knows={queries.stamp(row)}{more}" if row.state in UNDER_WAY else "",
        "reader": next(
            (one.name for one in readers_at(row.location_id) if one.id == row.reader), "the reader"
        ),
        "told": told,
        "advice": advice,
        "receipt": reverse("payment", args=[row.payment_id]) if row.payment_id else "",
        "sheet": _sheet(row, visit),
        "as_credit": row.sheet.get("posted_as") == "credit",
        "sending": _sending(request, row),
    }
    return panel(request, "desk/payments/_card.html", context, title="Card")


def _sending(request: DeskRequest, row: CardCharge) -> Sending:
    """Return the ways to send a link; another charge has none, and nothing is asked of the database for it."""
    if row.how != CardCharge.How.LINK or row.state not in UNDER_WAY:
        return Sending()
    facts = money.link_facts(row) if money.can_be_paid(row) else None
    return sending(request, row.patient_id, "pay_link", money.link_ref(row.pk), facts)


def _sheet(row: CardCharge, visit: int | None) -> str:
    return reverse("payment_sheet", args=[row.patient_id]) + (f"?visit={visit}" if visit else "")

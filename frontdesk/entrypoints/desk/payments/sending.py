"""Send a receipt or the address of a payment page: one letter in the panel, which answers with how it stands."""

from typing import Any

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.payments import card, receipt
from frontdesk.entrypoints.desk.scheduling.panels import tell
from frontdesk.office.payments import services as payments


@desk_view(("POST",))
def send_receipt(request: DeskRequest, payment_id: int) -> HttpResponse:
    """Send a receipt; answer with its panel as it is now, the change of a payment taken just now still in sight."""
    made = payments.send_receipt(request.actor, payment_id=payment_id, **_asked(request))
    words = _said("The receipt", made.channel)
    if not request.is_fragment:
        return done(request, f"/payments/{payment_id}", words)
    row_ = payments.open_payment(request.actor.keyless(), payment_id=payment_id)
    return tell(receipt.drawn(request, row_, fresh=bool(request.POST.get("fresh"))), words)


@desk_view(("POST",))
def send_link(request: DeskRequest, charge_id: int) -> HttpResponse:
    """Send the address of a payment link; answer with its panel."""
    made = payments.send_link(request.actor, charge_id=charge_id, **_asked(request))
    words = _said("The link", made.channel)
    if not request.is_fragment:
        return done(request, f"/payments/cards/{charge_id}", words)
    charge = payments.open_charge(request.actor.keyless(), charge_id=charge_id)
    return tell(card.shown(request, charge), words, changed=False)


def _asked(request: DeskRequest) -> dict[str, Any]:
    return {"channel": request.POST.get("channel", ""), "key": request.POST.get("_key", "")[:64]}


def _said(what: str, channel: str) -> str:
    return f"{what} goes out by {'e-mail' if channel == 'email' else 'text'}."

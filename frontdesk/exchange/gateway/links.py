"""One step of a payment link: have its page made, ask whether it was paid, end it."""

from typing import Any

from django.conf import settings

from frontdesk.exchange.gateway.charging import EARLIER, MARK, heard, standing
from frontdesk.exchange.gateway.processor import client
from frontdesk.office.payments.charging import Wish
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.rules import Outcome

State = CardCharge.State
Told = dict[str, Any]
_EXPAND: Any = {"expand": ["payment_intent.latest_charge"]}


def step(wish: Wish) -> Outcome:
    """Do the next thing for a link, and return how it stands. The page shows an amount, and nothing of the patient."""
    return heard(wish, _step)


def _step(wish: Wish) -> Outcome:
    if not wish.page:
        known = _found(wish) if wish.attempts else None
        if known is None and wish.called_off:
            return Outcome(State.CANCELLED, code="ended")
        return _open(known or _made(wish))
    page = _asked(wish.page)
    if page["status"] == "open" and wish.called_off:
        return _ended(wish)
    return _stands(page, wish)


def _stands(page: Told, wish: Wish) -> Outcome:
    if page["status"] == "complete":
        intent = page.get("payment_intent")
        return (
            standing(intent)
            if isinstance(intent, dict)
            else Outcome(State.DOUBT, code="unpaid", page=page["id"])
        )
    if page["status"] == "expired":
        return Outcome(State.CANCELLED, code="ended" if wish.called_off else "expired", page=page["id"])
    return _open(page)


def _open(page: Told) -> Outcome:
    return Outcome(State.LINK, page=page["id"], link=page.get("url") or "")


def _made(wish: Wish) -> Told:
    item = {
        "price_data": {
            "currency": "usd",
            "unit_amount": wish.cents,
            "product_data": {"name": "Medical services"},
        },
        "quantity": 1,
    }
    back = {"success_url": f"{settings.PUBLIC_URL}/paid"} if settings.PUBLIC_URL else {}
    ends = {"expires_at": int(wish.over_at.timestamp())} if wish.over_at else {}
    asked: Any = {
        "mode": "payment", "line_items": [item], "metadata": {MARK: wish.key},
        "payment_intent_data": {"metadata": {MARK: wish.key}}, **ends, **back,
    }  # fmt: skip
    made: Told = (
        client().v1.checkout.sessions.create(asked, {"idempotency_key": f"{wish.key}:page"}).to_dict()
    )
    return made


def _found(wish: Wish) -> Told | None:
    since = int(wish.at.timestamp()) - EARLIER
    for one in (
        client().v1.checkout.sessions.list({"created": {"gte": since}, "limit": 100}).auto_paging_iter()
    ):
        told: Told = one.to_dict()
        if (told.get("metadata") or {}).get(MARK) == wish.key:
            return told
    return None


def _asked(page: str) -> Told:
    told: Told = client().v1.checkout.sessions.retrieve(page, _EXPAND).to_dict()
    return told


def _ended(wish: Wish) -> Outcome:
    """End a page; it may have been paid in that very moment."""
    import stripe  # noqa: PLC0415 - as in `processor`

    try:
        client().v1.checkout.sessions.expire(wish.page)
    except stripe.InvalidRequestError:
        return _stands(_asked(wish.page), wish)
    return Outcome(State.CANCELLED, code="ended", page=wish.page)

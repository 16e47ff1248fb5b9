"""One step of a charge: make it ready, have the card asked for, ask what became of it, call it off.

A charge is a PaymentIntent of the processor: it can succeed once, however often it is confirmed. Its reference is noted
before any card is charged; a reference whose telling was lost is found by the key in its metadata. So each step may be
done again, and what was charged is found out by asking.
"""

import logging
from collections.abc import Callable
from typing import Any

from frontdesk.exchange.gateway.processor import NotSetUp, client
from frontdesk.office.payments.charging import Wish
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.rules import Outcome

State = CardCharge.State
MARK = "frontdesk_charge"
"""The metadata that carries our key: a random word, nothing of the patient."""
EARLIER = 3600
_UNEXPECTED = "payment_intent_unexpected_state"
log = logging.getLogger(__name__)
Told = dict[str, Any]


def step(wish: Wish) -> Outcome:
    """Do the next thing for a charge, and return how it stands. An answer that was lost is `DOUBT`."""
    return heard(wish, _reader_or_file)


def heard(wish: Wish, do: Callable[[Wish], Outcome]) -> Outcome:
    """Do a step, and put what the library raises into the office's words."""
    import stripe  # noqa: PLC0415 - as in `processor`

    try:
        return do(wish)
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError):
        return Outcome(State.DOUBT, code="lost")
    except NotSetUp:
        return _refused(wish, "not_set_up")
    except (stripe.AuthenticationError, stripe.PermissionError):
        return _refused(wish, "not_let_in")
    except stripe.StripeError as refused:
        code = code_of(refused) or "refused"
        log.warning("card processor: %s", code)
        return _refused(wish, code)


def code_of(refused: Exception) -> str:
    """Return the processor's code of an error, "" where it has none: the library drops that of some kinds."""
    body = getattr(refused, "json_body", None)
    error = body.get("error") if isinstance(body, dict) else None
    return str(error.get("code") or "") if isinstance(error, dict) else ""


def _refused(wish: Wish, code: str) -> Outcome:
    """What the processor would not even begin was not charged; of what it has begun nothing is known by that."""
    return Outcome(State.DOUBT if wish.processor or wish.page else State.DECLINED, code=code)


def _reader_or_file(wish: Wish) -> Outcome:
    if not wish.processor:
        return _begun(wish)
    intent = _asked(wish.processor)
    if intent["status"] in {"succeeded", "canceled", "processing"}:
        return standing(intent)
    if wish.called_off:
        return _ended(wish, State.CANCELLED, "called_off")
    if failed := intent.get("last_payment_error"):
        return _ended(wish, State.DECLINED, failed.get("decline_code") or failed.get("code") or "refused")
    return _on_file(wish) if wish.how == CardCharge.How.ON_FILE else _at_reader(wish)


def _begun(wish: Wish) -> Outcome:
    """Make the intent; or find it, where it may have been made and the answer was lost. Nothing is charged by that."""
    known = found(wish) if wish.attempts else None
    if known is None and wish.called_off:
        return Outcome(State.CANCELLED, code="called_off")
    if known is None:
        asked: Any = {
            "amount": wish.cents, "currency": "usd", "metadata": {MARK: wish.key},
            "payment_method_types": ["card" if wish.method else "card_present"],
        }  # fmt: skip
        if wish.keeps:
            customer = client().v1.customers.create(
                {"metadata": {MARK: wish.key}}, {"idempotency_key": f"{wish.key}:customer"}
            )
            asked |= {"customer": customer.id, "setup_future_usage": "off_session"}
        if wish.method:
            asked |= {"payment_method": wish.method} | ({"customer": wish.customer} if wish.customer else {})
        made = client().v1.payment_intents.create(asked, {"idempotency_key": f"{wish.key}:intent"})
        known = made.to_dict()
    return Outcome(State.WAITING, processor=known["id"])


def found(wish: Wish) -> Told | None:
    """Return the intent that carries this charge's key, None where there is none. Lists are complete at once; searches are not."""
    since = int(wish.at.timestamp()) - EARLIER
    listed = client().v1.payment_intents.list({"created": {"gte": since}, "limit": 100})
    for one in listed.auto_paging_iter():
        told: Told = one.to_dict()
        if (told.get("metadata") or {}).get(MARK) == wish.key:
            return told
    return None


def _asked(processor: str) -> Told:
    told: Told = client().v1.payment_intents.retrieve(processor, {"expand": ["latest_charge"]}).to_dict()
    return told


def _at_reader(wish: Wish) -> Outcome:
    """Have the reader ask for a card, unless it does; or say why it does not."""
    import stripe  # noqa: PLC0415 - as in `processor`

    try:
        action, readers = _action(wish.reader), client().v1.terminal.readers
        if _for(action) != wish.processor:
            readers.process_payment_intent(wish.reader, {"payment_intent": wish.processor})
            return Outcome(State.AT_READER, processor=wish.processor)
    except stripe.StripeError as refused:
        code = code_of(refused)
        if code == _UNEXPECTED:  # charged or ended meanwhile
            return standing(_asked(wish.processor))
        if not code:
            raise
        return _ended(wish, State.DECLINED, code)
    if action["status"] == "failed":
        return _ended(wish, State.DECLINED, action.get("failure_code") or "refused")
    return Outcome(State.AT_READER, processor=wish.processor)


def _on_file(wish: Wish) -> Outcome:
    import stripe  # noqa: PLC0415 - as in `processor`

    try:
        client().v1.payment_intents.confirm(
            wish.processor,
            {"payment_method": wish.method, "off_session": True},
            {"idempotency_key": f"{wish.key}:confirm"},
        )
    except stripe.CardError as refused:
        body: Any = refused.json_body
        return _ended(wish, State.DECLINED, body["error"].get("decline_code") or refused.code or "refused")
    return standing(_asked(wish.processor))


def _ended(wish: Wish, state: str, code: str) -> Outcome:
    """End an intent, so that it is never charged; it may have succeeded in that very moment."""
    import stripe  # noqa: PLC0415 - as in `processor`

    if wish.reader:
        try:
            action = _action(wish.reader)
            if _for(action) == wish.processor and action.get("status") == "in_progress":
                client().v1.terminal.readers.cancel_action(wish.reader)
        except stripe.StripeError as refused:
            # A reader that is not there, or says no, is no reason to let the intent stand: ended, it charges nothing.
            if not code_of(refused):
                raise
    try:
        client().v1.payment_intents.cancel(wish.processor)
    except stripe.InvalidRequestError as refused:
        if refused.code != _UNEXPECTED:
            raise
        known = standing(_asked(wish.processor))
        return known if known.state != State.CANCELLED else Outcome(state, wish.processor, code)
    return Outcome(state, wish.processor, code)


def _action(reader: str) -> Told:
    told: Told = client().v1.terminal.readers.retrieve(reader).to_dict()
    return told.get("action") or {}


def _for(action: Told) -> str:
    told = (action.get("process_payment_intent") or {}).get("payment_intent") or ""
    return str(told["id"] if isinstance(told, dict) else told)


def standing(intent: Told) -> Outcome:
    """Return how an intent stands. Of the card only what a receipt shows."""
    if intent["status"] == "canceled":
        return Outcome(State.CANCELLED, processor=intent["id"], code=intent.get("cancellation_reason") or "")
    if intent["status"] != "succeeded":
        return Outcome(State.DOUBT, processor=intent["id"], code=intent["status"])
    charge = intent.get("latest_charge")
    details = (charge.get("payment_method_details") or {}) if isinstance(charge, dict) else {}
    card = details.get(details.get("type", "")) or {}
    return Outcome(
        State.SUCCEEDED, processor=intent["id"], cents=intent["amount_received"], brand=str(card.get("brand") or ""),
        last4=str(card.get("last4") or "")[-4:], customer=str(intent.get("customer") or ""),
        method=str(card.get("generated_card") or ""),
        authorization=str((charge or {}).get("authorization_code") or "") if isinstance(charge, dict) else "",
    )  # fmt: skip

"""Give back to a card what was charged, and ask what became of it."""

from typing import Any

from frontdesk.exchange.gateway.processor import NotSetUp, client
from frontdesk.office.payments.models import CardRefund
from frontdesk.office.payments.refunding import Wanted
from frontdesk.office.payments.rules import Outcome

State = CardRefund.State
MARK = "frontdesk_refund"
NO_WORD = frozenset({"lost", "not_set_up"})
"""The codes of doubt where nobody answered: it may be asked again."""


def step(wish: Wanted) -> Outcome:
    """Ask the processor for a refund, or what became of it. An answer that was lost is `DOUBT`: the next step looks for it."""
    import stripe  # noqa: PLC0415 - as in `processor`

    try:
        return _told(_asked(wish))
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError):
        return Outcome(State.DOUBT, code="lost")
    except (NotSetUp, stripe.AuthenticationError, stripe.PermissionError):
        return Outcome(State.DOUBT, code="not_set_up")
    except stripe.StripeError as refused:
        return Outcome(State.DOUBT if wish.processor else State.FAILED, code=refused.code or "refused")


def _asked(wish: Wanted) -> dict[str, Any]:
    if wish.processor:
        return client().v1.refunds.retrieve(wish.processor).to_dict()
    if wish.attempts:
        for one in client().v1.refunds.list({"payment_intent": wish.charge, "limit": 100}).auto_paging_iter():
            told: dict[str, Any] = one.to_dict()
            if (told.get("metadata") or {}).get(MARK) == wish.key:
                return told
    return client().v1.refunds.create(
        {"payment_intent": wish.charge, "amount": wish.cents, "metadata": {MARK: wish.key}},
        {"idempotency_key": f"{wish.key}:refund"},
    ).to_dict()  # fmt: skip


def _told(refund: dict[str, Any]) -> Outcome:
    states = {"succeeded": State.SUCCEEDED, "failed": State.FAILED, "canceled": State.FAILED}
    code = refund.get("failure_reason") or ""
    return Outcome(
        states.get(refund["status"], State.SENT),
        processor=refund["id"],
        code=str(code),
        cents=refund["amount"],
    )

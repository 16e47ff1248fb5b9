"""What the processor charged and gave back in a span of time: for the day's close, beside what the books say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdesk.exchange.gateway.processor import NotSetUp, client


class NotTold(Exception):
    """The processor cannot be asked now; the words are for the desk."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that moved at the processor: `reference` is the PaymentIntent's, or the refund's; `cents` below nothing went back."""

    reference: str
    cents: int
    at: int


def moved(begins: datetime, ends: datetime) -> list[Moved]:
    """Return what was charged and given back from `begins` until before `ends`. Raises `NotTold`."""
    import stripe  # noqa: PLC0415 - as in `processor`

    span: Any = {"created": {"gte": int(begins.timestamp()), "lt": int(ends.timestamp())}, "limit": 100}
    try:
        charges = [one.to_dict() for one in client().v1.charges.list(span).auto_paging_iter()]
        refunds = [one.to_dict() for one in client().v1.refunds.list(span).auto_paging_iter()]
    except (stripe.StripeError, NotSetUp) as away:
        msg = (
            "The card processor cannot be asked now. Close the day without its figures, and look again later."
        )
        raise NotTold(msg) from away
    found = [Moved(one["payment_intent"], one["amount"], one["created"]) for one in charges if one["paid"]]
    gone = {"failed", "canceled"}
    return found + [
        Moved(one["id"], -one["amount"], one["created"]) for one in refunds if one["status"] not in gone
    ]

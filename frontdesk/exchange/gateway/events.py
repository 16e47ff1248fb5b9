"""What the processor tells by itself: read once it is proved to be its own, and asked about; and the events it has told."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from frontdesk.exchange.gateway.processor import NotSetUp, client
from frontdesk.kit import clock

TOLERANCE = timedelta(minutes=5)
MOST = 256 * 1024


class NotGenuine(Exception):
    """It is not signed, not with our secret, or long ago: whoever sent it learns nothing more."""


class Unreadable(Exception):
    """It is the processor's, but no event of it."""


class NoWord(Exception):
    """Nobody answers now: it is to be asked about again."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its name, its kind, and the processor's reference of what it is about."""

    name: str
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class Disputed:
    """A dispute as it stands. `charge` is the PaymentIntent it is about."""

    processor: str
    charge: str
    cents: int
    reason: str
    state: str
    respond_by: datetime | None


def read(body: bytes, signature: str, secrets: Collection[str]) -> Event:
    """Return the event in a webhook. `signature` is its Stripe-Signature: HMAC-SHA256 over its moment and its body.

    Raises `NotGenuine` before anything is made of it, `Unreadable`.
    """
    import stripe  # noqa: PLC0415 - as in `processor`

    if not any(_is_signed(stripe, body, signature, secret) for secret in secrets if secret):
        raise NotGenuine
    sent = [part[2:] for part in signature.split(",") if part.startswith("t=")]
    if len(sent) != 1 or not sent[0].isdecimal() or len(sent[0]) > 12:
        raise NotGenuine
    if abs(clock.now() - datetime.fromtimestamp(int(sent[0]), UTC)) > TOLERANCE:
        raise NotGenuine
    try:
        return _event(json.loads(body))
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise Unreadable from wrong


def since(moment: datetime) -> Iterator[Event]:
    """Return the events the processor has told since a moment: for those that never came. Raises what its library does."""
    listed = client().v1.events.list({"created": {"gte": int(moment.timestamp())}, "limit": 100})
    for one in listed.auto_paging_iter():
        yield _event(one.to_dict())


def disputed(name: str) -> Disputed | None:
    """Ask how a dispute stands; None where the processor knows of none. Raises `NoWord` where nobody answers now."""
    import stripe  # noqa: PLC0415 - as in `processor`

    try:
        told: dict[str, Any] = client().v1.disputes.retrieve(name).to_dict()
    except stripe.InvalidRequestError:
        return None
    except (stripe.StripeError, NotSetUp) as away:
        raise NoWord from away
    due = (told.get("evidence_details") or {}).get("due_by")
    return Disputed(
        told["id"], told.get("payment_intent") or "", told["amount"], told.get("reason") or "", told["status"],
        datetime.fromtimestamp(due, UTC) if due else None,
    )  # fmt: skip


def _is_signed(stripe: Any, body: bytes, signature: str, secret: str) -> bool:
    try:
        return bool(stripe.WebhookSignature.verify_header(body.decode(), signature, secret))
    except (stripe.SignatureVerificationError, ValueError, IndexError):
        return False


def _event(told: dict[str, Any]) -> Event:
    about = told["data"]["object"]
    return Event(str(told["id"]), str(told["type"]), str(about.get("id", "")))

"""Putting a message back among those that wait, as if it had never been taken up."""

from datetime import datetime

from frontdesk.office.messaging.models import Message
from frontdesk.office.messaging.rules import Way


def queued_again(way: Way, not_before: datetime) -> dict[str, object]:
    """Return the fields of a message that goes out by `way` from `not_before` (UTC) on, and has not gone out yet."""
    return {
        "state": Message.State.QUEUED,
        "channel": way.channel,
        "address": way.address,
        "not_before": not_before,
        "attempts": 0,
        "why": "",
        "receipt": "",
        "words": "",
        "subject": "",
        "via": "",
        "sending_at": None,
        "ended_at": None,
        "settled_at": None,
        "settled_by": "",
        "leased_by": "",
        "lease_until": None,
    }

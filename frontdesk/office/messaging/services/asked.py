"""Sending what somebody asks for while they are here, by the way they chose: a receipt, the address to pay at."""

from dataclasses import replace
from datetime import datetime

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.fitting import must_fit
from frontdesk.kit.refs import Ref
from frontdesk.office.audit.services import record, service
from frontdesk.office.messaging.errors import AlreadyOnItsWay, CannotSend
from frontdesk.office.messaging.models import Channel, Kind, Message
from frontdesk.office.messaging.queries.readers import leave_of
from frontdesk.office.messaging.queries.words import policy
from frontdesk.office.messaging.rules import ASKED, Facts
from frontdesk.office.messaging.services import _threads
from frontdesk.office.messaging.services._writing import write

State = Message.State


@service("messaging.send_asked", permission="messaging.send_receipts")
def send_asked(
    by: Actor,
    /,
    *,
    patient_id: int,
    kind: str,
    about: Ref,
    after: Facts,
    channel: str,
    key: str,
    not_after: datetime | None = None,
) -> Message:
    """Write a message that was asked for just now, by `channel` and no other; the same `key` again is the one that stands.

    Nothing is held: whoever asked is here, and is told why it cannot be sent. Sent once more under another key it goes
    out once more, and what failed or is in doubt by the same way needs nobody any more. A text in quiet hours waits for
    the morning. Raises `CannotSend` with the reason, `AlreadyOnItsWay`, `Invalid`.
    """
    if kind not in ASKED or kind not in Kind.values or channel not in Channel.values or not key:
        msg = "That cannot be sent this way."
        raise Invalid(msg)
    dedupe = f"{kind}:{about}:{channel}:{key}"
    must_fit(Message, {"dedupe": dedupe})
    # The thread is locked, so that of two at once the second sees the first.
    thread, asked, told = _threads.thread_of(about, None, patient_id), policy(), replace(after, only=channel)
    known = Message.objects.filter(dedupe=dedupe).first()
    if known is not None:
        record(by, subject=known, patient_id=patient_id, after={"again": True})
        return known
    same = Message.objects.filter(thread=thread, kind=kind, channel=channel)
    waiting = same.filter(state__in=(State.QUEUED, State.SENDING)).first()
    if waiting is not None:
        raise AlreadyOnItsWay(waiting)
    decision = leave_of(patient_id, kind, told, not_after=not_after, rules=asked)
    if decision.way is None:
        raise CannotSend(decision.why, about)
    moot = _threads.take_back(thread, frozenset({kind}), channel=channel)
    now = clock.now()
    made = write(by, thread, patient_id, kind, about, told, None, dedupe, (now, not_after), asked)
    record(
        by,
        subject=made,
        patient_id=patient_id,
        before={"withdrawn": moot},
        after={"kind": kind, "about": str(about), "channel": channel, "not_before": made.not_before},
    )
    return made

"""What became of a message that was handed over: accepted, refused, or nobody knows."""

from django.db.models import Q

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.messaging.events import MessageNotDelivered
from frontdesk.office.messaging.models import Message

State = Message.State
RESTORED = "The data come from a backup. It may have gone out after that was made."
DOUBT = "The connection broke while it went out. It may or may not have arrived."


@service("messaging.note_sent", permission="messaging.deliver")
def note_sent(by: Actor, /, *, message_id: int, worker: str, via: str, receipt: str = "") -> bool:
    """Note that the other side took the message. Returns False when this worker no longer had it.

    A worker that was slow, and whose message was held for doubtful meanwhile, clears the doubt with this.
    """
    now = clock.now()
    rows = Message.objects.filter(
        pk=message_id, leased_by=worker, state__in=(State.SENDING, State.IN_DOUBT), settled_at=None
    )
    row = rows.first()
    if row is None or not rows.update(
        state=State.SENT, sent_at=now, via=via, receipt=receipt[:120], why="", lease_until=None
    ):
        return False
    record(
        by, subject=row, patient_id=row.patient_id, after={"sent": row.channel, "kind": row.kind, "via": via}
    )
    return True


@service("messaging.note_failed", permission="messaging.deliver")
def note_failed(by: Actor, /, *, message_id: int, worker: str, why: str) -> bool:
    """Note that the other side will not take the message, for good: it comes back as work for the desk."""
    return _end(by, message_id, worker, State.FAILED, why)


@service("messaging.note_doubt", permission="messaging.deliver")
def note_doubt(by: Actor, /, *, message_id: int, worker: str, why: str = DOUBT) -> bool:
    """Note that nobody knows whether the message went out: it is not sent again by itself, and comes back as work."""
    return _end(by, message_id, worker, State.IN_DOUBT, why)


@service("messaging.doubt_restored", permission="messaging.deliver")
def doubt_restored(by: Actor, /) -> int:
    """Hold for doubtful whatever is due in data that come from a backup; return how many messages that are.

    They may have gone out after the backup was made, in the time that is lost. What is due later has not.
    """
    now = clock.now()
    due = Q(state=State.QUEUED, not_before__lte=now) | Q(state=State.SENDING)
    doubtful = {"state": State.IN_DOUBT, "why": RESTORED, "ended_at": now, "lease_until": None}
    found = Message.objects.filter(due).update(**doubtful)
    record(by, extra={"messages": found}, reason=RESTORED)
    return found


def _end(by: Actor, message_id: int, worker: str, state: str, why: str) -> bool:
    rows = Message.objects.filter(pk=message_id, leased_by=worker, state__in=(State.QUEUED, State.SENDING))
    row = rows.first()
    if row is None or not rows.update(state=state, why=why[:200], ended_at=clock.now(), lease_until=None):
        return False
    record(by, subject=row, patient_id=row.patient_id, after={"state": state, "kind": row.kind}, reason=why)
    publish(MessageNotDelivered(row.pk, row.patient_id, row.location_id, state))
    return True

"""Taking a message back before it goes out, and dealing with those that failed or may not have gone out."""

from uuid import uuid4

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.refs import Ref
from frontdesk.kit.scope import must_work_at
from frontdesk.office.audit.services import record, same_patient, service
from frontdesk.office.messaging.errors import CannotSend, GoneOut
from frontdesk.office.messaging.models import Channel, Message
from frontdesk.office.messaging.queries.outbox import labels_of
from frontdesk.office.messaging.queries.readers import leave_of
from frontdesk.office.messaging.rules import Facts
from frontdesk.office.messaging.services import _threads
from frontdesk.office.messaging.services._queueing import queued_again
from frontdesk.office.patients.queries import refuse_hidden

State = Message.State
NO_SUCH = "There is no such message."
SETTLED = {
    "told": "The patient was told another way.",
    "went_out": "It had gone out.",
    "not_needed": "It is not needed any more.",
}


@service("messaging.withdraw")
def withdraw(by: Actor, /, *, message_id: int, why: str = "") -> Message:
    """Take back a message that has not gone out. Raises `GoneOut`."""
    row = _message(by, message_id)
    changes = {
        "state": State.WITHDRAWN,
        "why": why.strip() or f"Taken back by {by.name}.",
        "ended_at": clock.now(),
    }
    waiting = Message.objects.filter(pk=row.pk, state__in=(State.QUEUED, State.HELD))
    if not waiting.update(**changes, leased_by="", lease_until=None):
        raise GoneOut(row)
    record(by, subject=row, patient_id=row.patient_id, before={"state": row.state}, after=changes, reason=why)
    row.refresh_from_db()
    return row


@service("messaging.withdraw_about", permission="messaging.withdraw")
def withdraw_about(by: Actor, /, *, about: Ref, why: str) -> list[int]:
    """Take back all that has not gone out about a row, reminders included; return the messages' numbers."""
    thread = _threads.find_thread(about)
    taken = _threads.take_back(thread, None, why) if thread else []
    record(
        by,
        subject=thread,
        patient_id=thread.patient_id if thread else None,
        after={"about": str(about), "withdrawn": taken},
        reason=why,
    )
    return taken


@service("messaging.settle")
def settle(by: Actor, /, *, message_id: int, how: str, note: str = "") -> Message:
    """Say what became of a message that failed or is in doubt: `how` is "told", "went_out" or "not_needed".

    Settled already is fine. Only of one in doubt can it be said that it had gone out.
    """
    row = _message(by, message_id)
    if how not in SETTLED or row.state not in {State.FAILED, State.IN_DOUBT}:
        msg = "There is nothing to settle about this message."
        raise Invalid(msg, row)
    if row.settled_at is not None:
        return row
    changes: dict[str, object] = {"settled_at": clock.now(), "settled_by": by.name}
    if how == "went_out" and row.state == State.IN_DOUBT:
        changes |= {"state": State.SENT, "sent_at": row.sending_at}
    return _changed(by, row, changes, SETTLED[how] if not note.strip() else f"{SETTLED[how]} {note.strip()}")


@service("messaging.send_again", permission="messaging.settle")
def send_again(by: Actor, /, *, message_id: int) -> Message:
    """Send a message that failed, was held or is in doubt once more, to wherever the patient may be reached now.

    An e-mail keeps its Message-ID, so that one that had arrived after all is known as the same. Raises `CannotSend`
    with the reason, `GoneOut`.
    """
    row = _message(by, message_id)
    if row.state not in {State.FAILED, State.IN_DOUBT, State.HELD}:
        raise GoneOut(row)
    decision = leave_of(row.patient_id, row.kind, Facts.read(row.after), not_after=row.not_after)
    if decision.way is None:
        raise CannotSend(decision.why, row)
    changes = queued_again(decision.way, decision.at or clock.now())
    if row.channel == Channel.TEXT:
        # A gateway takes a key it knows for a repetition, and keeps it back.
        changes["key"] = uuid4().hex
    return _changed(by, row, changes, "")


def _changed(by: Actor, row: Message, changes: dict[str, object], reason: str) -> Message:
    before = {"state": row.state, "why": row.why, "sending_at": row.sending_at}
    if not Message.objects.filter(pk=row.pk, state=row.state, settled_at=row.settled_at).update(**changes):
        raise GoneOut(row)
    record(
        by,
        subject=row,
        patient_id=row.patient_id,
        before=before,
        after={"state": changes.get("state", row.state)},
        reason=reason,
    )
    row.refresh_from_db()
    return row


def _message(by: Actor, pk: int) -> Message:
    found = (
        Message.objects.select_related("patient", "location").defer("patient__photo").filter(pk=pk).first()
    )
    if found is None:
        raise NotFound(NO_SUCH)
    must_work_at(by, found.location_id, NO_SUCH)
    same_patient(by, found.patient_id)
    refuse_hidden(by, found.patient_id, *labels_of(found, Facts.read(found.after)))
    return found

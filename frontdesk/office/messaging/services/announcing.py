"""Writing a message down, in the transaction of what it tells of, in place of what is no longer true."""

from datetime import datetime
from uuid import uuid4

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.refs import Ref
from frontdesk.office.audit.services import record, service
from frontdesk.office.messaging import rules
from frontdesk.office.messaging.models import Kind, Message, Policy, Thread
from frontdesk.office.messaging.queries.readers import leave_of, readers_of
from frontdesk.office.messaging.queries.words import policy
from frontdesk.office.messaging.rules import NOTICES, Facts, language_of
from frontdesk.office.messaging.services import _threads

State = Message.State


@service("messaging.announce", permission="messaging.send")
def announce(
    by: Actor,
    /,
    *,
    patient_id: int,
    kind: str,
    about: Ref,
    after: Facts,
    version: int | str,
    before: Facts | None = None,
    follows: Ref | None = None,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
) -> Message | None:
    """Write a message to a patient about a row (`about`) as it stands now (`after`), and was (`before`).

    `version` names the state it tells of: the same kind, row and version are announced once, however often this is
    called. What of the same matter has not gone out and is no longer true is withdrawn here. `follows` is the row that
    `about` took the place of: a moved visit keeps its thread and its calendar entry. It goes out from `not_before` (now)
    until `not_after` (the visit itself).

    Returns None when there is nothing to say: the practice does not send this kind, the patient was told exactly this
    before, or it would come too late. Returns a message that is `held` when the patient may not be written to now.
    """
    if kind not in Kind.values:
        msg = "There is no such kind of message."
        raise Invalid(msg, fields={"kind": msg})
    asked = policy()
    thread = _threads.thread_of(about, follows, patient_id)
    # However many events a state came about by, it is told of once.
    dedupe = f"{'notice' if kind in NOTICES else kind}:{about}:{version}"
    known = Message.objects.filter(dedupe=dedupe).first()
    if known is not None:
        return known
    withdrawn = _threads.take_back(thread, rules.overtakes(kind))
    last = _threads.told(thread) if kind in NOTICES else None
    says = rules.what_to_say(kind, after, last)
    ends = not_after or after.starts
    if says is None or says in asked.off or (ends is not None and ends <= clock.now()):
        record(
            by,
            subject=thread,
            patient_id=patient_id,
            after={"about": str(about), "withdrawn": withdrawn, "said": "nothing new"},
        )
        return None
    made = _write(by, thread, patient_id, says, about, after, before, dedupe, (not_before, ends), asked)
    record(
        by,
        subject=made,
        patient_id=patient_id,
        before={"withdrawn": withdrawn},
        after={"kind": made.kind, "about": str(about), "state": made.state, "not_before": made.not_before},
        reason=made.why,
    )
    return made


@service("messaging.remind", permission="messaging.send")
def remind(by: Actor, /, *, patient_id: int, about: Ref, after: Facts, version: int | str) -> list[Message]:
    """Write the reminders of a visit that are still worth sending, each for its own moment, as the policy says."""
    asked = policy()
    if after.starts is None or Kind.REMINDER in asked.off or not after.stands:
        return []
    thread, now, made = _threads.thread_of(about, None, patient_id), clock.now(), []
    for hours, due, latest in rules.reminder_moments(after.starts, now, asked.reminder_hours):
        dedupe = f"reminder:{about}:{version}:{hours}"
        if Message.objects.filter(dedupe=dedupe).exists():
            continue
        made.append(
            _write(by, thread, patient_id, "reminder", about, after, None, dedupe, (due, latest), asked)
        )
    record(
        by,
        subject=thread,
        patient_id=patient_id,
        after={"about": str(about), "reminders": [row.not_before for row in made]},
    )
    return made


def _write(
    by: Actor,
    thread: Thread,
    patient_id: int,
    kind: str,
    about: Ref,
    after: Facts,
    before: Facts | None,
    dedupe: str,
    span: tuple[datetime | None, datetime | None],
    asked: Policy,
) -> Message:
    now = clock.now()
    made = Message(
        patient_id=patient_id,
        location_id=after.location_id,
        thread=thread,
        about_kind=about.kind,
        about_id=about.id,
        kind=kind,
        before=before.stored() if before else None,
        after=after.stored(),
        dedupe=dedupe,
        key=uuid4().hex,
        sequence=thread.next_sequence,
        not_before=span[0] or now,
        not_after=span[1],
        made_at=now,
        made_by=by.name,
    )
    if kind in NOTICES:
        thread.next_sequence += 1
        thread.save(update_fields=["next_sequence"])
    _plan(made, after, asked)
    made.save(force_insert=True)
    return made


def _plan(made: Message, after: Facts, asked: Policy) -> None:
    """Say where it will go as things stand; what is due now and may not be sent is held, with the reason."""
    reader = readers_of([made.patient_id])[made.patient_id]
    decision = leave_of(
        made.patient_id, made.kind, after, not_after=made.not_after, rules=asked, reader=reader
    )
    made.language = language_of(reader.language)
    if decision.way is not None:
        made.channel, made.address = decision.way.channel, decision.way.address
        if decision.at is not None and made.not_before < decision.at:
            made.not_before = decision.at
    elif made.not_before <= made.made_at:
        made.state, made.why, made.ended_at = State.HELD, decision.why, made.made_at

"""Putting a message into the outbox, with where it will go as things stand."""

from datetime import datetime
from uuid import uuid4

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.refs import Ref
from frontdesk.office.messaging.models import Message, Policy, Thread
from frontdesk.office.messaging.queries.readers import leave_of, readers_of
from frontdesk.office.messaging.rules import NOTICES, Facts, language_of

State = Message.State


def write(
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
    """Write a message that is to go out within `span`; held when it is due now and may not be sent."""
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
    made.language = language_of(after.language or reader.language)
    if decision.way is not None:
        made.channel, made.address = decision.way.channel, decision.way.address
        if decision.at is not None and made.not_before < decision.at:
            made.not_before = decision.at
    elif made.not_before <= made.made_at:
        made.state, made.why, made.ended_at = State.HELD, decision.why, made.made_at

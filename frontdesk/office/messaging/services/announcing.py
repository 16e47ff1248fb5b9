"""Writing a message down, in the transaction of what it tells of, in place of what is no longer true."""

from datetime import datetime

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.refs import Ref
from frontdesk.office.audit.services import record, service
from frontdesk.office.messaging import rules
from frontdesk.office.messaging.models import Kind, Message
from frontdesk.office.messaging.queries.words import policy
from frontdesk.office.messaging.rules import NOTICES, Facts
from frontdesk.office.messaging.services import _threads
from frontdesk.office.messaging.services._writing import write


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
    made = write(by, thread, patient_id, says, about, after, before, dedupe, (not_before, ends), asked)
    record(
        by,
        subject=made,
        patient_id=patient_id,
        before={"withdrawn": withdrawn},
        after={"kind": made.kind, "about": str(about), "state": made.state, "not_before": made.not_before},
        reason=made.why,
    )
    return made

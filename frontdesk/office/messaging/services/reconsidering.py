"""Looking again at what was held: who says yes later, or has an address at last, is told what is still so."""

from collections.abc import Iterable

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.messaging import rules
from frontdesk.office.messaging.models import Message
from frontdesk.office.messaging.queries.readers import leave_of, readers_of
from frontdesk.office.messaging.queries.words import policy
from frontdesk.office.messaging.rules import NOTICES, Decision, Facts
from frontdesk.office.messaging.services import _threads
from frontdesk.office.messaging.services._queueing import queued_again
from frontdesk.office.messaging.services._truths import why_moot
from frontdesk.office.patients.models import Patient

State = Message.State
Fate = dict[str, object]


@service("messaging.reconsider", permission="messaging.send")
def reconsider(by: Actor, /, *, patient_id: int) -> list[Message]:
    """Look again at what is held for a patient, as after a yes or a new address; return what goes out after all.

    Only what still says how the visit stands goes, in time and in decent hours, and of several about one visit only
    one. What is no longer so is withdrawn, what may still not be sent stays held: each with the reason as it is now.
    Asked again it does nothing more.
    """
    # Whoever writes to this patient holds the same lock: nothing is held in this moment that is not seen here.
    list(Patient.objects.select_for_update(no_key=True).filter(pk=patient_id).values_list("pk", flat=True))
    reader = readers_of([patient_id]).get(patient_id)
    rows = list(
        Message.objects.filter(patient=patient_id, state=State.HELD).select_related("thread").order_by("pk")
    )
    if reader is None or not rows:
        return []
    asked = policy()
    leave = {
        row.pk: leave_of(
            patient_id, row.kind, Facts.read(row.after), not_after=row.not_after, rules=asked, reader=reader
        )
        for row in rows
    }
    fates = _fates(rows, leave)
    spoken = {row.pk: rules.language_of(Facts.read(row.after).language or reader.language) for row in rows}
    changed = [row for row in rows if _befell(by, row, fates[row.pk] | {"language": spoken[row.pk]})]
    return [row for row in changed if row.state == State.QUEUED]


def _fates(rows: Iterable[Message], leave: dict[int, Decision]) -> dict[int, Fate]:
    """Return what becomes of each held message, as fields to change; the newest that goes stands for its matter."""
    now, fates, said = clock.now(), {}, set()
    for row in sorted(rows, key=lambda row: (row.kind in NOTICES, row.pk), reverse=True):
        decision = leave[row.pk]
        if why := why_moot(row, now) or _known_already(row) or rules.why_stale(row.kind, row.made_at, now):
            fates[row.pk] = _withdrawn(why)
        elif decision.way is None:
            fates[row.pk] = {"why": decision.why}
        elif row.kind in rules.OF_THE_VISIT and row.thread_id in said:
            fates[row.pk] = _withdrawn("Another message that goes out says the same.")
        else:
            fates[row.pk] = queued_again(decision.way, max(row.not_before, decision.at or now))
            said |= {row.thread_id} if row.kind in rules.OF_THE_VISIT else set()
    return fates


def _known_already(row: Message) -> str:
    last = _threads.told(row.thread) if row.kind in NOTICES else None
    knows = last is not None and last.says_the_same(Facts.read(row.after))
    return "The patient was told already." if knows else ""


def _withdrawn(why: str) -> Fate:
    return {"state": State.WITHDRAWN, "why": why, "ended_at": clock.now()}


def _befell(by: Actor, row: Message, fate: Fate) -> bool:
    """Write down what becomes of a held message, unless somebody else has dealt with it meanwhile."""
    before = {"state": row.state, "why": row.why}
    if all(getattr(row, name) == value for name, value in fate.items()):
        return False
    if not Message.objects.filter(pk=row.pk, state=State.HELD).update(**fate):
        return False
    for name, value in fate.items():
        setattr(row, name, value)
    after = {"state": row.state, "kind": row.kind, "not_before": row.not_before}
    record(by, subject=row, patient_id=row.patient_id, before=before, after=after, reason=row.why)
    return True

"""Recalls: who is due for a visit and has none booked yet."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.rows import run
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.models import Appointment, Recall
from frontdesk.office.scheduling.services.limits import refuse_deceased


@service("scheduling.add_recall", permission="scheduling.recall")
def add_recall(
    by: Actor,
    /,
    *,
    patient_id: int,
    visit_type_id: int,
    due: date,
    provider_id: int | None = None,
    reason: str = "",
) -> Recall:
    """Note that a patient is due for a visit by a day."""
    refuse_deceased(patient_id)
    made = Recall.objects.create(
        patient_id=patient_id,
        visit_type_id=visit_type_id,
        provider_id=provider_id,
        due=due,
        reason=reason.strip(),
        added_at=clock.now(),
    )
    record(by, subject=made, patient_id=patient_id, after={"due": due, "visit_type": visit_type_id})
    return made


@service("scheduling.close_recall", permission="scheduling.recall")
def close_recall(by: Actor, /, *, recall_id: int, reason: str) -> Recall:
    """Take a recall off the list without a visit: moved away, seen elsewhere, not wanted."""
    row = Recall.objects.filter(pk=recall_id, closed_at=None).first()
    if row is None:
        msg = "This recall is closed already."
        raise NotFound(msg)
    save_changes(row, {"closed_at": clock.now()})
    record(by, subject=row, patient_id=row.patient_id, after={"closed": True}, reason=reason)
    return row


def settle_recalls(appointment: Appointment) -> int:
    """Close the patient's recalls that a booking answers: the same visit type. Return how many."""
    return run(
        "UPDATE scheduling_recall SET closed_at = %s, appointment_id = %s "
        "WHERE patient_id = %s AND visit_type_id = %s AND closed_at IS NULL",
        [clock.now(), appointment.pk, appointment.patient_id, appointment.visit_type_id],
    )


def reopen_recalls(appointment: Appointment) -> int:
    """Open again what a booking had answered that is cancelled now. Return how many."""
    return Recall.objects.filter(appointment=appointment).update(closed_at=None, appointment=None)


def move_recalls(old: Appointment, new: Appointment) -> int:
    """Let the appointment in the old one's place answer its recalls. Return how many."""
    return Recall.objects.filter(appointment=old).update(appointment=new)

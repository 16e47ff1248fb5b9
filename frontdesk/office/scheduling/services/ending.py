"""A patient has died: nothing is booked for them any more, and nobody calls the family about a visit that is due."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling.models import Appointment, Recall, WaitlistEntry
from frontdesk.office.scheduling.rules import DIED
from frontdesk.office.scheduling.services.moving import AHEAD, cancel
from frontdesk.office.scheduling.services.reasons import known_reason
from frontdesk.office.scheduling.services.recalls import close_recall
from frontdesk.office.scheduling.services.waiting import remove_from_waitlist

WAITS = (WaitlistEntry.Status.WAITING, WaitlistEntry.Status.OFFERED)
WHY = "The patient has died."


@service("scheduling.stop_for_deceased", permission="scheduling.cancel")
def stop_for_deceased(by: Actor, /, *, patient_id: int) -> int:
    """Cancel the visits ahead of a patient who has died, and take them off the waitlist and the recalls.

    Return how many things were ended: none for somebody who lives, and none the second time.
    """
    if not Patient.objects.filter(pk=patient_id, is_deceased=True).exists():
        return 0
    visits = Appointment.objects.filter(patient=patient_id, status__in=AHEAD, starts__gt=clock.now())
    ahead = list(visits.order_by("starts").values_list("pk", flat=True))
    for pk in ahead:
        cancel(by, appointment_id=pk, reason_code=known_reason(DIED).code)
    waits = list(WaitlistEntry.objects.filter(patient=patient_id, status__in=WAITS))
    for entry in waits:
        remove_from_waitlist(by, entry_id=entry.pk, reason=WHY)
    # Last, as cancelling a visit opens the recalls again that it had answered.
    due = list(Recall.objects.filter(patient=patient_id, closed_at=None))
    for recall in due:
        close_recall(by, recall_id=recall.pk, reason=WHY)
    ended = {"visits": len(ahead), "waitlist": len(waits), "recalls": len(due)}
    record(by, subject=None, patient_id=patient_id, extra=ended, reason=WHY)
    return sum(ended.values())

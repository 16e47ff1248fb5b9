"""How far a visit is, set for the room above that knows the visit day and asks which step may follow which."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.errors import NotAllowedFrom, SlotTaken
from frontdesk.office.scheduling.models import Appointment, Leg
from frontdesk.office.scheduling.services import _claims
from frontdesk.office.scheduling.services.moving import appointment_of


@service("scheduling.set_stage")
def set_stage(
    by: Actor, /, *, appointment_id: int, status: str, version: int | None = None, reason: str = ""
) -> Appointment:
    """Give an appointment that holds its time the status its visit has come to; it goes on holding it.

    Raises `NotAllowedFrom` for one that holds no time, or would not any more, and `StaleVersion`.
    """
    row = appointment_of(by, appointment_id)
    if row.status not in Appointment.HOLDING or status not in Appointment.HOLDING:
        raise NotAllowedFrom(row.status)
    before = save_changes(row, {"status": status}, expected=version)
    _tell(by, row, str(before["status"]), reason)
    return row


@service("scheduling.readmit", permission="scheduling.set_stage")
def readmit(by: Actor, /, *, appointment_id: int, status: str, version: int | None = None) -> Appointment:
    """Bring back somebody who was marked as missed and has come after all, with their time.

    What has been given to others since is shared: the visit then stands in a seat beyond the lane's capacity.
    Raises `NotAllowedFrom`, `StaleVersion`, and `SlotTaken` when even those seats are full.
    """
    row = appointment_of(by, appointment_id)
    if row.status != Appointment.Status.NO_SHOW:
        raise NotAllowedFrom(row.status)
    _claims.lock(_claims.keys_of(_claims.spans_of(row)))
    save_changes(row, {"status": status}, expected=version)
    _claim_somewhere(row)
    _tell(by, row, "no_show", "came after all")
    return row


def _claim_somewhere(row: Appointment) -> None:
    legs = list(Leg.objects.filter(appointment=row).order_by("pk"))
    for seat in (None, *range(_claims.OVERRIDE_SEAT, _claims.OVERRIDE_SEAT + 10)):
        for leg in legs if seat is not None else ():
            leg.seat = seat
            leg.save(update_fields=["seat"])
        try:
            _claims.claim(legs)
        except SlotTaken:
            continue
        return
    msg = "Too many visits share that time already. Please book another one today."
    raise SlotTaken(msg, row)


def _tell(by: Actor, row: Appointment, before: str, reason: str) -> None:
    after = {"status": str(row.status)}
    record(by, subject=row, patient_id=row.patient_id, before={"status": before}, after=after, reason=reason)

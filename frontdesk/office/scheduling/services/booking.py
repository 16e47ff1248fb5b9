"""Giving a time to a patient."""

from datetime import datetime

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.scheduling.events import AppointmentBooked
from frontdesk.office.scheduling.models import Appointment, Series
from frontdesk.office.scheduling.services._placing import (
    Wish,
    location_of,
    patient_locked,
    place,
    visit_type_of,
)
from frontdesk.office.scheduling.services.holding import own_hold
from frontdesk.office.scheduling.services.recalls import settle_recalls


@service("scheduling.book")
def book(
    by: Actor,
    /,
    *,
    patient_id: int,
    visit_type_id: int,
    location_id: int,
    starts: datetime,
    provider_id: int | None = None,
    hold_id: int | None = None,
    internal_note: str = "",
    patient_instructions: str | None = None,
    override_reason: str = "",
    series: Series | None = None,
    afterwards: bool = False,
) -> Appointment:
    """Book a visit at `starts` (aware UTC, on a five-minute mark).

    With `hold_id`, one's own hold becomes the booking. With `override_reason`, the rules that the actor may override
    (capacity, visit type, time off: three permissions) do not stand in the way. `patient_instructions` are for this
    visit; None: those of its kind. With `afterwards` the visit took place already, on a day entered from paper.
    Raises `GoneBy`, `SlotTaken`, `NotOpen`, `OnTimeOff`, `WrongVisitType`, `LimitNotMet`, `PatientBookedThen`, `HoldGone`.
    """
    wish = Wish(
        patient=patient_locked(patient_id),
        visit_type=visit_type_of(visit_type_id),
        location=location_of(by, location_id),
        provider_id=provider_id,
        starts=starts,
        reason=override_reason.strip(),
        note=internal_note,
        instructions=patient_instructions if patient_instructions is None else patient_instructions.strip(),
        hold=own_hold(by, hold_id) if hold_id is not None else None,
        series=series,
        afterwards=afterwards,
    )
    made = place(by, wish)
    settle_recalls(made)
    record(by, subject=made, patient_id=patient_id, after=facts(made), reason=wish.reason)
    publish(AppointmentBooked(made.pk, patient_id, visit_type_id, location_id, made.provider_id, made.starts))
    return made


def facts(appointment: Appointment) -> dict[str, object]:
    """Return what the record of deeds keeps of an appointment's time and place."""
    return {
        "status": str(appointment.status),
        "starts": appointment.starts,
        "ends": appointment.ends,
        "wall": appointment.wall,
        "zone": appointment.zone,
        "provider": appointment.provider_id,
        "location": appointment.location_id,
        "visit_type": appointment.visit_type_id,
    }

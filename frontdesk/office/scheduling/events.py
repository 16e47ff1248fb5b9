"""What happened in the appointment book. Moments are UTC; ids are row ids; no names, no particulars."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AppointmentBooked:
    """A time was given to a patient."""

    appointment_id: int
    patient_id: int
    visit_type_id: int
    location_id: int
    provider_id: int | None
    starts: datetime


@dataclass(frozen=True, slots=True)
class AppointmentRescheduled:
    """`old_id` was cancelled and `appointment_id` stands in its place."""

    appointment_id: int
    old_id: int
    patient_id: int
    old_starts: datetime
    starts: datetime


@dataclass(frozen=True, slots=True)
class AppointmentCancelled:
    """A time came free; `late` within the visit type's late-cancellation window, `initiator` whose side it was."""

    appointment_id: int
    patient_id: int
    visit_type_id: int
    location_id: int
    provider_id: int | None
    starts: datetime
    ends: datetime
    initiator: str
    late: bool


@dataclass(frozen=True, slots=True)
class AppointmentConfirmed:
    """The patient said they will come."""

    appointment_id: int
    patient_id: int


@dataclass(frozen=True, slots=True)
class AppointmentMissed:
    """The patient did not come."""

    appointment_id: int
    patient_id: int
    starts: datetime


@dataclass(frozen=True, slots=True)
class AppointmentRestored:
    """A cancellation, a no-show, a confirmation or a move was taken back; `status` is what it is now."""

    appointment_id: int
    patient_id: int
    status: str


@dataclass(frozen=True, slots=True)
class AppointmentReassigned:
    """Same time, other provider or room."""

    appointment_id: int
    patient_id: int
    provider_id: int | None


@dataclass(frozen=True, slots=True)
class WaitlistOffered:
    """A freed time was offered to someone who waits."""

    entry_id: int
    patient_id: int
    starts: datetime


@dataclass(frozen=True, slots=True)
class RescueOpened:
    """A provider is out; a sheet lists who is affected."""

    sheet_id: int
    provider_id: int
    first_day: date
    last_day: date
    items: int

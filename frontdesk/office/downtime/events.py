"""What happened around a downtime. Moments are UTC; ids are row ids; no names."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PackWritten:
    """A site's pack lies ready, as of `at`."""

    location_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class FormEntered:
    """What stood on a paper form is in the book now."""

    form_id: int
    appointment_id: int
    patient_id: int
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class FormVoided:
    """A paper form will not be entered."""

    form_id: int
    at: datetime

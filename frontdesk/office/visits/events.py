"""What happened on the visit day. Moments are UTC; ids are row ids; no names, no particulars."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PatientArrived:
    """Somebody stands at the desk for an appointment."""

    appointment_id: int
    patient_id: int
    location_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PayerSaid:
    """It was said who pays for a visit: the insurance on file, a case, or the patient."""

    appointment_id: int
    patient_id: int


@dataclass(frozen=True, slots=True)
class VisitMoved:
    """A visit went from one status to another, forwards or back."""

    appointment_id: int
    patient_id: int
    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitEnded:
    """The patient went out of the door; `left_unseen` without having been seen."""

    appointment_id: int
    patient_id: int
    left_unseen: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitorSignedIn:
    """Somebody who is no patient came to see `host`."""

    visitor_id: int
    location_id: int
    host: str

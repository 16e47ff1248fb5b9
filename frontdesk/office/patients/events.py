"""What happens to patients' records."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PatientRegistered:
    """Somebody is new to the practice."""

    patient_id: int


@dataclass(frozen=True, slots=True)
class PatientChanged:
    """A patient's record says something else than before; `section` says where."""

    patient_id: int
    section: str


@dataclass(frozen=True, slots=True)
class PatientsMerged:
    """Two charts were one person; everything is with the survivor now."""

    survivor_id: int
    duplicate_id: int


@dataclass(frozen=True, slots=True)
class PatientsUnmerged:
    """They were two after all."""

    survivor_id: int
    duplicate_id: int


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """Somebody opened a record that is hidden from their role; the privacy officers look at it."""

    glass_id: int
    patient_id: int
    user_id: int
    at: datetime

"""What happens to who pays."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CoverageChanged:
    """A patient's insurance says something else than before."""

    patient_id: int

"""What happens to who pays."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CoverageVerified:
    """A payer has answered, or it is settled that it does not."""

    check_id: int
    patient_id: int
    verdict: str


@dataclass(frozen=True, slots=True)
class CoverageChanged:
    """A patient's insurance says something else than before."""

    patient_id: int

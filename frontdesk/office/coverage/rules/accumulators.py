"""What a patient has to pay in a year before the plan pays, and what is left of it: deductible, out of pocket."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of a plan year in dollars. `total` or `left` is None where it was not told, or told in two ways.

    `level` is EB02 (IND, FAM…), `network` Y, N, W or blank, `service` the service type it was told for.
    """

    total: Decimal | None = None
    left: Decimal | None = None
    level: str = ""
    network: str = ""
    service: str = ""
    period: str = ""
    certain: bool = True
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """The same sum for the person and for the family; either may not be told."""

    individual: Figure | None = None
    family: Figure | None = None

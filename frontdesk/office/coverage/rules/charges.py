"""What one visit costs the patient: its copay and its coinsurance, out of the many lines of an answer."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several amounts told for the same thing, and what the payer says of it."""

    amount: Decimal
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class Charge:
    """A copay in dollars, or a coinsurance as a fraction. `low` and `high` differ where the payer told several.

    `service` is the service type it was told for, perhaps a broader one than was asked; `network` Y, N, W or blank;
    `lines` are the indexes of the benefits that say it.
    """

    low: Decimal
    high: Decimal
    service: str = ""
    network: str = ""
    period: str = ""
    level: str = ""
    lines: tuple[int, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def amount(self) -> Decimal | None:
        """The one amount; None where it has to be asked which holds."""
        return self.low if self.low == self.high else None

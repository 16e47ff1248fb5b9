"""How much of a service a plan pays for: twenty visits a year, and how many of them are left."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Allowance:
    """A limit. `unit` is VS visits, DY days… or blank for dollars; `period` is of what (23 a calendar year…)."""

    service: str
    unit: str = ""
    total: Decimal | None = None
    left: Decimal | None = None
    period: str = ""
    network: str = ""
    level: str = ""
    lines: tuple[int, ...] = ()

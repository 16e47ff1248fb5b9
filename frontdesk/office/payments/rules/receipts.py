"""What a receipt and a plan's paper say: facts kept beside the rows, so that they can be drawn again the same."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class House:
    """The practice as a paper shows it."""

    practice: str
    place: str
    line: str
    town: str
    phone: str
    zone: str


@dataclass(frozen=True, slots=True)
class Line:
    """What a part of a payment was for: whose, the purpose's code, the visit's day ("" for none), cents."""

    who: str
    purpose: str
    day: str
    cents: int


@dataclass(frozen=True, slots=True)
class Paid:
    """What it was paid with; of a card only what a receipt may show."""

    kind: str
    cents: int
    given: int
    change: int
    reference: str
    bearer: str
    brand: str
    last4: str
    authorization: str


@dataclass(frozen=True, slots=True)
class Slip:
    """The whole of a receipt. `owed` and `credit` are cents on the patient's account right after the payment."""

    number: str
    language: str
    at: datetime
    house: House
    patient: str
    payer: str
    lines: tuple[Line, ...]
    paid: tuple[Paid, ...]
    cents: int
    by: str
    owed: int
    credit: int


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """The whole of a plan's paper. `charged` is the card (kind, last four digits) its parts are charged to, `words` the leave to."""

    language: str
    at: datetime
    house: House
    patient: str
    total: int
    every: str
    parts: tuple[tuple[date, int], ...]
    by: str
    charged: tuple[str, str] | None = None
    words: str = ""


def facts(
    house: House, patient: str, lines: tuple[Line, ...] = (), owed: int = 0, credit: int = 0
) -> dict[str, Any]:
    """Return what is kept of a receipt beside the payment's rows; `house_of` and `lines_of` read it again."""
    return {
        "house": asdict(house),
        "patient": patient,
        "lines": [asdict(one) for one in lines],
        "owed": owed,
        "credit": credit,
    }


def house_of(kept: Mapping[str, Any]) -> House:
    """Return the practice as it was kept."""
    return House(**kept["house"])


def lines_of(kept: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the lines as they were kept."""
    return tuple(Line(**one) for one in kept["lines"])

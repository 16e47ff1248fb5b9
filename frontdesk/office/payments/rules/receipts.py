"""What a receipt and a plan's paper say: facts kept beside the rows, so that they can be drawn again the same."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from frontdesk.kit.money import dollars

TENDERS = {
    "en": {"cash": "Cash", "check": "Check", "card": "Card", "health": "Health account card", "order": "Money order"},
    "es": {
        "cash": "Efectivo", "check": "Cheque", "card": "Tarjeta", "health": "Tarjeta de cuenta de salud",
        "order": "Giro postal",
    },
}  # fmt: skip
ENDING = {"en": "ending {last4}", "es": "terminada en {last4}"}


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


def paid_with(paid: Sequence[Paid], language: str) -> str:
    """Say in one line how it was paid: "Visa ending 4242", "Cash $20.00, Check $15.00". No name, no authorization."""
    if len(paid) == 1:
        return _one_way(paid[0], language)
    return ", ".join(f"{_one_way(one, language)} {dollars(one.cents)}" for one in paid)


def _one_way(one: Paid, language: str) -> str:
    words = TENDERS[language][one.kind]
    if not one.last4:
        return words
    brand = one.brand[:1].upper() + one.brand[1:]
    return f"{brand or words} {ENDING[language].format(last4=one.last4)}"


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

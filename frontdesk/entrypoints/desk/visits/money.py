"""What is to be collected at visits: for the lists of the day and on a visit's card; billing says it, for whom it may be seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.kit.actor import Actor
from frontdesk.kit.money import dollars
from frontdesk.office.billing.queries import expected, expected_for
from frontdesk.office.billing.rules import chip
from frontdesk.office.visits.queries import MoneyOf, WhoPays
from frontdesk.office.visits.rules import Money


@dataclass(frozen=True, slots=True)
class DueLine:
    """One line to collect as the card shows it: the amount, the reason, and what to say."""

    amount: str
    words: str
    script: str
    certain: bool


@dataclass(frozen=True, slots=True)
class ToCollect:
    """What a visit's card says of money. `waived` is "" where nothing was."""

    id: int
    state: str
    words: str
    due: tuple[DueLine, ...]
    unknown: tuple[str, ...]
    waived: str

    def of_line(self, _visits: Sequence[WhoPays]) -> dict[int, Money]:
        """Say the same of the visit's line."""
        return {self.id: Money(self.state, self.words)}


def money_of(by: Actor) -> MoneyOf | None:
    """Return what tells the lines of a list what is to be collected; None for whom that is not to be seen."""
    return _told if by.can("billing.view_expected") else None


def to_collect(by: Actor, appointment_id: int) -> ToCollect | None:
    """Return what is to be collected for one visit, in words; None for whom that is not to be seen."""
    if not by.can("billing.view_expected"):
        return None
    told = expected(appointment_id)
    due = tuple(DueLine(dollars(one.cents), one.words, one.script, one.certain) for one in told.due)
    waived = dollars(told.waived) if told.waived else ""
    return ToCollect(appointment_id, *chip(told), due, told.unknown, waived)


def _told(visits: Sequence[WhoPays]) -> dict[int, Money]:
    return {pk: Money(*chip(one)) for pk, one in expected_for(visits).items()}

"""What one visit costs the patient: its copay and its coinsurance, out of the many lines of an answer.

Of the lines that may speak (`choosing`) the loudest wins: first one of the network asked about, of both or of none, and
only where there is no such line one of the other network, marked so; then the nearest kind of service; then the network
as asked before both before not said; then a visit's copay before one without a period before others; then the person's
own level before none before the family's. Lines that tie and agree are one; lines that tie and differ are a range,
because guessing would be wrong in half of the cases.
"""

from dataclasses import dataclass
from decimal import Decimal

from frontdesk.office.coverage.rules import choosing
from frontdesk.office.coverage.rules.benefits import Benefit
from frontdesk.office.coverage.rules.choosing import Visit

VISIT = "27"
_NOT_ONE_VISIT = frozenset(
    {"24", "29", "30", "31", "33"}
)  # spent, remaining, exceeded: not what one visit costs


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several amounts told for the same thing, and what the payer says of it."""

    amount: Decimal
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class Charge:
    """A copay in dollars, or a coinsurance as a fraction. `low` and `high` differ where the payer told several.

    `service` is the service type it was told for, perhaps a broader one than was asked (`near` 0 is exact); `network`
    Y, N, W or blank; `lines` are the indexes of the benefits that say it.
    """

    low: Decimal
    high: Decimal
    service: str = ""
    near: int = 0
    network: str = ""
    period: str = ""
    level: str = ""
    lines: tuple[int, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def amount(self) -> Decimal | None:
        """The one amount; None where it has to be asked which holds."""
        return self.low if self.low == self.high else None


def charges(visit: Visit) -> tuple[Charge | None, Charge | None]:
    """Return the copay and the coinsurance of a visit, as far as they stand beside each other.

    A share of the whole plan is not what an office visit with its own copay costs; and where one of the two was told for
    the visit's network, what was told of the other for the other network alone is not put beside it.
    """
    copaid, shared = copay(visit), coinsurance(visit)
    if copaid is None or shared is None:
        return copaid, shared
    away = [charge.network == visit.other_network for charge in (copaid, shared)]
    if away == [True, False]:
        return None, shared
    if away == [False, True] or shared.near > copaid.near:
        return copaid, None
    return copaid, shared


def copay(visit: Visit) -> Charge | None:
    """Return the copay of a visit (EB01 B), None where none was told."""
    return _loudest(visit, [(at, line, line.amount) for at, line in visit.lines("B")])


def coinsurance(visit: Visit) -> Charge | None:
    """Return the patient's share of a visit (EB01 A), None where none was told.

    The share is the patient's own (CAQH CORE 154). A payer that writes 20 for .2 means twenty percent.
    """
    return _loudest(visit, [(at, line, _fraction(line.percent)) for at, line in visit.lines("A")])


def _fraction(percent: Decimal | None) -> Decimal | None:
    if percent is None or percent > 100:
        return None
    return percent / 100 if percent > 1 else percent


_Found = tuple[int, Benefit, Decimal]


def _loudest(visit: Visit, told: list[tuple[int, Benefit, Decimal | None]]) -> Charge | None:
    found: list[tuple[tuple[int, ...], _Found]] = []
    for at, line, value in told:
        near = visit.service(line)
        if value is not None and value >= 0 and near is not None and line.period not in _NOT_ONE_VISIT:
            found.append((_loudness(visit, line, near), (at, line, value)))
    if not found:
        return None
    top = min(key for key, _ in found)
    return _charge(visit, [each for key, each in found if key == top], top[1])


def _loudness(visit: Visit, line: Benefit, near: int) -> tuple[int, ...]:
    network = visit.network(line)
    period = {VISIT: 0, "": 1}.get(line.period, 2)
    level = 1 if not line.level else 2 if line.level in choosing.FAMILY else 0
    return (int(network == choosing.OTHER_NETWORK), near, network, period, level)


def _charge(visit: Visit, same: list[_Found], near: int) -> Charge:
    amounts = [value for _, _, value in same]
    first = same[0][1]
    low, high = min(amounts), max(amounts)
    choices = tuple(Choice(value, _words(line), at) for at, line, value in same) if low != high else ()
    return Charge(
        low=low,
        high=high,
        service=visit.order[near],
        near=near,
        network="" if first.network == "U" else first.network,
        period=first.period,
        level=first.level,
        lines=tuple(at for at, _, _ in same),
        choices=choices,
    )


def _words(line: Benefit) -> str:
    """Say in the payer's words what tells a line from its like."""
    return " · ".join(filter(None, [line.plan, *line.messages, *(place.words for place in line.places)]))

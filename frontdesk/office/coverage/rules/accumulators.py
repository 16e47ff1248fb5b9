"""What a patient has to pay in a year before the plan pays, and what is left of it: deductible, out of pocket.

The total is told for a year (EB06 23 calendar, 22 service, 25 contract, 21), what is left under 29; a payer that tells
what was spent (24) instead is subtracted. Total and remainder are only put together when both were told for the same
kind of service, network and level. The nearest kind of service that has a total speaks: a deductible of 0 told for just
an office visit means that it does not apply there, whatever the plan's is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from frontdesk.office.coverage.rules import choosing
from frontdesk.office.coverage.rules.benefits import Benefit
from frontdesk.office.coverage.rules.choosing import Visit

DEDUCTIBLE, OUT_OF_POCKET = "C", "G"
LEFT, SPENT = "29", "24"
YEARS = ("23", "22", "25", "21", "", "27")
_Line = tuple[int, Benefit]


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of a plan year in dollars. `total` or `left` is None where it was not told, or told in two ways.

    `level` is EB02 (IND, FAM…), `network` Y, N, W or blank, `service` the service type it was told for; `certain` is
    False where the payer told several amounts for the same.
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

    @property
    def lines(self) -> tuple[int, ...]:
        """The benefits that say it."""
        return tuple(line for each in (self.individual, self.family) if each for line in each.lines)


NONE = Figures()


def figures(visit: Visit, information: str) -> Figures:
    """Return a sum of the plan year, `information` C or G, for the person and for the family."""
    own: dict[tuple[int, ...], list[_Line]] = {}
    family: dict[tuple[int, ...], list[_Line]] = {}
    for at, line in visit.lines(information):
        if line.amount is None or line.amount < 0:
            continue
        groups = family if line.level in choosing.FAMILY else own
        network = visit.network(line)
        for near in _nearness(visit, line):
            groups.setdefault((int(network == choosing.OTHER_NETWORK), near, network), []).append((at, line))
    return Figures(_figure(visit, own), _figure(visit, family))


def _nearness(visit: Visit, line: Benefit) -> list[int]:
    """Return every kind of service a line speaks for: one told for 30 and 98 speaks for both."""
    named = line.services or ("30",)
    return [at for at, wanted in enumerate(visit.order) if wanted in named]


def _figure(visit: Visit, groups: dict[tuple[int, ...], list[_Line]]) -> Figure | None:
    if not groups:
        return None
    ranked = sorted(groups)
    own_network = [key for key in ranked if key[0] == ranked[0][0]]
    key = next((each for each in own_network if _totals(groups[each])), own_network[0])
    return _one(groups[key], visit.order[key[1]])


def _totals(lines: Iterable[_Line]) -> list[_Line]:
    held = list(lines)
    for period in YEARS:
        found = [each for each in held if each[1].period == period]
        if found:
            return found
    return []


def _one(lines: list[_Line], service: str) -> Figure:
    totals = _levelled(_totals(lines))
    left = _levelled(each for each in lines if each[1].period == LEFT)
    spent = _levelled(each for each in lines if each[1].period == SPENT)
    total, rest, gone = _agreed(totals), _agreed(left), _agreed(spent)
    counted = left
    if not left and total is not None and gone is not None:
        rest, counted = max(total - gone, Decimal(0)), spent
    elif not left and total == 0:
        rest = Decimal(0)
    first = (totals or lines)[0][1]
    return Figure(
        total=total,
        left=rest,
        level=first.level,
        network="" if first.network == "U" else first.network,
        service=service,
        period=first.period,
        certain=not any(found and _agreed(found) is None for found in (totals, left, spent)),
        lines=tuple(at for at, _ in [*totals, *counted]) or tuple(at for at, _ in lines),
    )


def _levelled(lines: Iterable[_Line]) -> list[_Line]:
    """Prefer what was told for a level by name over what was told for none."""
    held = list(lines)
    return [each for each in held if each[1].level] or held


def _agreed(lines: list[_Line]) -> Decimal | None:
    """Return the one amount that lines tell, None where there is none or they differ."""
    amounts = {line.amount for _, line in lines}
    return amounts.pop() if len(amounts) == 1 else None

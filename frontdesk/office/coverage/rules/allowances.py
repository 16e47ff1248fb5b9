"""How much of a service a plan pays for: twenty visits a year, and how many of them are left."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from frontdesk.office.coverage.rules.accumulators import LEFT, SPENT
from frontdesk.office.coverage.rules.benefits import Benefit
from frontdesk.office.coverage.rules.choosing import Visit

UNITS = {
    "VS": "visits",
    "DY": "days",
    "DA": "days",
    "HS": "hours",
    "MN": "months",
    "FL": "units",
    "99": "units",
}
PERIODS = {
    "21": "years",
    "22": "service year",
    "23": "year",
    "25": "contract",
    "32": "lifetime",
    "34": "month",
    "35": "week",
}
_LIFETIME_LEFT = "33"


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


_Counted = tuple[int, Benefit, str, str, Decimal]  # index, line, unit, period, how many
_Key = tuple[int, str, int]


def allowances(visit: Visit) -> tuple[Allowance, ...]:
    """Return the limits of a visit's kind of service (EB01 F), the nearest first. Those of the plan as a whole are not."""
    groups: dict[_Key, list[_Counted]] = {}
    for at, line in visit.lines("F"):
        if not visit.covers(line):
            continue
        near = visit.service(line) or 0
        for unit, period, count in _counts(line):
            groups.setdefault((near, unit, visit.network(line)), []).append((at, line, unit, period, count))
    return tuple(_allowance(visit, key, groups[key]) for key in sorted(groups))


def _counts(line: Benefit) -> Iterator[tuple[str, str, Decimal]]:
    """Yield unit, period and number: of each HSD, of EB09 and EB10, or where there is no number the amount in dollars.

    A payer may say in one line what is left (EB) and of how much (HSD).
    """
    for limit in line.limits:
        if limit.quantity is not None and limit.quantity >= 0:
            yield limit.kind, limit.period or line.period, limit.quantity
    if line.quantity is not None and line.quantity >= 0:
        yield line.quantity_kind, line.period, line.quantity
    elif line.amount is not None and line.amount >= 0:
        yield "", line.period, line.amount


def _allowance(visit: Visit, key: _Key, found: list[_Counted]) -> Allowance:
    left = [each for each in found if each[3] in {LEFT, _LIFETIME_LEFT}]
    spent = [each for each in found if each[3] == SPENT]
    totals = [each for each in found if each not in left and each not in spent]
    total, rest, gone = _least(totals), _least(left), _least(spent)
    if rest is None and total is not None and gone is not None:
        rest = max(total - gone, Decimal(0))
    first = (totals or found)[0]
    return Allowance(
        service=visit.order[key[0]],
        unit=key[1],
        total=total,
        left=rest,
        period=first[3],
        network="" if first[1].network == "U" else first[1].network,
        level=first[1].level,
        lines=tuple(dict.fromkeys(each[0] for each in found)),
    )


def _least(found: list[_Counted]) -> Decimal | None:
    """Of several limits told for the same thing the tightest holds."""
    return min((each[4] for each in found), default=None)

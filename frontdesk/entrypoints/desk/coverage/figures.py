"""What a plan costs and asks for, as a strip of figures: copay, deductible, limits, authorization, primary care."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from frontdesk.entrypoints.desk.coverage.terms import NETWORKS, PERIODS
from frontdesk.entrypoints.desk.templating import phone, us_date
from frontdesk.office.coverage.rules.accumulators import Figure as Sum
from frontdesk.office.coverage.rules.accumulators import Figures
from frontdesk.office.coverage.rules.allowances import UNITS, Allowance
from frontdesk.office.coverage.rules.charges import Charge
from frontdesk.office.coverage.rules.service_types import named
from frontdesk.office.coverage.rules.verdict import Verdict
from frontdesk.office.coverage.rules.wording import count, money, percent

_YES_NO = {True: "Needed", False: "Not needed"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is, how much, what it belongs to; `used` and `whole` draw how much of it is gone."""

    name: str
    value: str
    note: str = ""
    tone: str = ""
    used: str = ""
    whole: str = ""


def figures(found: Verdict) -> tuple[Figure, ...]:
    """Return what of a verdict is worth a place in the strip; what the payer did not tell has none."""
    return tuple(_all(found))


def _all(found: Verdict) -> Iterable[Figure]:
    if found.copay:
        yield _charge("Copay", found.copay, money)
    yield from _sums("Deductible", found.deductible)
    if found.coinsurance:
        yield _charge("Coinsurance", found.coinsurance, percent)
    yield from _sums("Out of pocket", found.out_of_pocket)
    for one in found.limits:
        yield _limit(one)
    if found.needs_authorization is not None:
        yield Figure(
            "Authorization",
            _YES_NO[found.needs_authorization],
            tone="warn" if found.needs_authorization else "",
        )
    if found.needs_referral is not None:
        yield Figure("Referral", _YES_NO[found.needs_referral], tone="warn" if found.needs_referral else "")
    if found.pcp:
        name = " ".join(part for part in (found.pcp.first, found.pcp.name) if part)
        yield Figure("Primary care", name or "Named", phone(found.pcp.phone))
    if found.begins and found.ends:
        yield Figure("In force", f"{us_date(found.begins)} to {us_date(found.ends)}")
    elif found.begins or found.ends:
        yield Figure(
            "In force since" if found.begins else "In force until", us_date(found.begins or found.ends)
        )


def _charge(name: str, one: Charge, say: Callable[[Decimal], str]) -> Figure:
    value = say(one.low) if one.amount is not None else f"{say(one.low)} to {say(one.high)}"
    note = ", ".join(part for part in (named(one.service), NETWORKS.get(one.network, "")) if part)
    asked = " · ".join(f"{say(choice.amount)} {choice.words}".strip() for choice in one.choices)
    return Figure(
        name, value, f"{note}: {asked}" if asked else note, tone="warn" if one.amount is None else ""
    )


def _sums(name: str, both: Figures) -> Iterable[Figure]:
    for one, whose in ((both.individual, ""), (both.family, "family")):
        if one and (one.total is not None or one.left is not None):
            yield _sum(f"{name}, {whose}" if whose else name, one)


def _sum(name: str, one: Sum) -> Figure:
    note = ", ".join(part for part in (NETWORKS.get(one.network, ""), PERIODS.get(one.period, "")) if part)
    if not one.certain:
        return Figure(name, "Told in two ways", "look at the lines", "warn")
    if one.total is None or one.left is None:
        return Figure(
            name, f"{money(one.left)} left" if one.left is not None else money(one.total or Decimal(0)), note
        )
    used = max(one.total - one.left, Decimal(0))
    return Figure(
        name, f"{money(one.left)} left", f"of {money(one.total)}{', ' + note if note else ''}",
        used=str(used), whole=str(one.total) if one.total else "",
    )  # fmt: skip


def _limit(one: Allowance) -> Figure:
    def said(number: Decimal) -> str:
        return f"{count(number)} {UNITS.get(one.unit, '')}".strip() if one.unit else money(number)

    name = f"Limit, {named(one.service)}" if one.service else "Limit"
    period = PERIODS.get(one.period, "")
    if one.left is None:
        return Figure(name, said(one.total or Decimal(0)), period)
    of = f"of {said(one.total)}" if one.total is not None else ""
    return Figure(
        name, f"{said(one.left)} left", ", ".join(part for part in (of, period) if part),
        tone="bad" if one.left <= 0 else "",
    )  # fmt: skip

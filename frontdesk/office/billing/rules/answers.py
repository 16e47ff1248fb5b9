"""A payer's answer, as coverage judges it, in the figures a visit is priced by: dollars become cents, doubts are named."""

import re
from decimal import Decimal

from frontdesk.office.billing.rules.facts import Plan
from frontdesk.office.coverage.rules import service_types
from frontdesk.office.coverage.rules.accumulators import Figure, Figures
from frontdesk.office.coverage.rules.charges import Charge
from frontdesk.office.coverage.rules.verdict import Verdict

_SAID = {
    "30": "all services",
    "98": "office visits",
    "96": "physicians' visits",
    "BY": "sick visits",
    "BZ": "check-ups",
    "81": "routine physicals",
    "68": "well-baby visits",
    "UC": "urgent care",
}
_LETTER = re.compile(r"\bPLAN ([A-N])\b|^([A-N])$", re.IGNORECASE)


def plan_of(
    told: Verdict, *, payer: str, kind: str, in_network: bool | None, is_qmb: bool = False, stale: str = ""
) -> Plan:
    """Return what a verdict says of a visit's price. `stale` says of which earlier day an answer is, where it is of one."""
    other = "Y" if in_network is False else "N"
    speaks = [one for one in (told.copay, told.coinsurance) if one is not None]
    individual = told.deductible.individual
    return Plan(
        payer=payer,
        kind=kind,
        state=told.state,
        copay=_cents_of(told.copay),
        copay_exact=told.copay is None or told.copay.near == 0,
        service=_SAID.get(told.copay.service, service_types.named(told.copay.service))
        if told.copay
        else "this visit",
        share=(told.coinsurance.low, told.coinsurance.high) if told.coinsurance else None,
        deductible_left=_left(told.deductible),
        deductible_told=_is_told(told.deductible),
        deductible_here=bool(told.copay and individual and _goes_first(individual, told.copay)),
        pocket_left=_left(_of_network(told.out_of_pocket, other)),
        in_network=in_network,
        excluded=any(task.code == "excluded" for task in told.tasks),
        is_qmb=is_qmb,
        managed=next((task.data["name"] for task in told.tasks if task.code == "managed_payer"), ""),
        doubt=stale or _doubt(in_network, other, speaks),
    )


def medigap_letter(plan_name: str) -> str:
    """Return the letter of a Medicare supplement, "?" where its name does not tell it."""
    found = _LETTER.search(plan_name.strip())
    return (found[1] or found[2]).upper() if found else "?"


def _doubt(in_network: bool | None, other: str, speaks: list[Charge]) -> str:
    if any(one.network == other for one in speaks):
        return f"told {'in' if other == 'Y' else 'out of'} network only: ask the plan"
    if in_network is None and any(one.network in {"Y", "N"} for one in speaks):
        return "if we are in its network: ask"
    return ""


def _goes_first(figure: Figure, copay: Charge) -> bool:
    """Say whether a deductible was told for just the kind of service that the copay was told for, and is not met."""
    return (
        figure.service == copay.service
        and figure.service != service_types.PLAN
        and bool(figure.left is None or figure.left > 0)
    )


def _cents_of(charge: Charge | None) -> tuple[int, int] | None:
    return (_cents(charge.low), _cents(charge.high)) if charge else None


def _is_told(figures: Figures) -> bool:
    return any(one is not None for one in (figures.individual, figures.family))


def _left(figures: Figures) -> int | None:
    """Return what is left: the family's where less of it is left. None where either may be told in two ways."""
    known = [one for one in (figures.individual, figures.family) if one is not None]
    left = [one.left for one in known if one.left is not None]
    # What the family has met, nobody of it owes; what only the person is told of holds for the person.
    return None if not left or any(not one.certain for one in known) else _cents(min(left))


def _of_network(figures: Figures, other: str) -> Figures:
    """Leave out what was told for the other network: it is no bound of this visit."""
    kept = [
        None if one is None or one.network == other else one for one in (figures.individual, figures.family)
    ]
    return Figures(*kept)


def _cents(amount: Decimal) -> int:
    return int((amount * 100).to_integral_value())

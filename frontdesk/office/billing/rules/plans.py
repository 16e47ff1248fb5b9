"""What one plan leaves to the patient: copay, deductible, coinsurance, in this order and never beyond what is left of the year.

The copay and the figures are the payer's answer, as `coverage.rules.verdict` reads it. A copay of a visit stands for itself;
where the payer told a deductible for just this kind of service, that goes first. A share is taken of what is left of the
allowed amount after the deductible, and half a cent is rounded up.
"""

from decimal import Decimal

from frontdesk.office.billing.rules.due import Due, Priced
from frontdesk.office.billing.rules.facts import Plan, Service, allowed_of, fees_of
from frontdesk.office.billing.rules.preventive import is_preventive
from frontdesk.office.billing.rules.wording import part_of, percent, short
from frontdesk.office.payments.rules import PURPOSE

MEDICAID = frozenset({"medicaid", "medicaid_managed"})
_ASKED = "How would you like to pay?"
_ESTIMATE = "no price is agreed on file, so it is of our own fee"


def of_plan(plan: Plan, services: tuple[Service, ...], about: str) -> Priced:
    """Return what a visit costs a patient under one plan that is active."""
    if plan.managed:
        return Priced(
            unknown=(f"{plan.managed} pays in place of {plan.payer}: make it the payer, and ask it",)
        )
    if plan.is_qmb:
        return Priced(nothing=f"{plan.payer}: a qualified Medicare beneficiary is never asked for a share")
    if plan.excluded:
        return _excluded(plan, services, about)
    if plan.kind in MEDICAID:
        return _medicaid(plan, about)
    at_cost = _at_cost(plan, services)
    if services and not at_cost:
        return Priced(nothing="Preventive care in network costs the patient nothing")
    return _capped(plan, _shares(plan, at_cost, about))


def _at_cost(plan: Plan, services: tuple[Service, ...]) -> tuple[Service, ...]:
    """Return the services that a plan takes a share of: preventive ones it does not, in network, unless it says so itself."""
    if plan.in_network is False or (
        plan.copay and plan.copay[0] and plan.copay_exact and _all_free(services)
    ):
        return services
    return tuple(one for one in services if not is_preventive(one.code, one.modifier))


def _all_free(services: tuple[Service, ...]) -> bool:
    return all(is_preventive(one.code, one.modifier) for one in services)


def _excluded(plan: Plan, services: tuple[Service, ...], about: str) -> Priced:
    fees, said = fees_of(services), f"{plan.payer} does not cover this kind of service"
    if fees is None:
        return Priced(unknown=(f"{said}, and no fee is on file for it",))
    script = f"Your plan does not cover this service. It would be {short(fees)} without it."
    return Priced((Due(PURPOSE.SELF_PAY, fees, said, script, about, certain=False),) if fees else ())


def _medicaid(plan: Plan, about: str) -> Priced:
    """Of Medicaid nothing is asked but the copay the state tells (42 CFR 447.15, 447.52)."""
    if plan.copay is None or not plan.copay[1]:
        return Priced(nothing=f"{plan.payer}: no copay is asked of this patient")
    return Priced((_copay(plan, plan.copay[0], about),))


def _shares(plan: Plan, services: tuple[Service, ...], about: str) -> Priced:
    """Return deductible, copay and coinsurance as far as they are known."""
    price, agreed = allowed_of(services)
    if plan.copay is not None and not plan.deductible_here:
        return _copay_alone(plan, price if agreed else None, about)
    if plan.copay is None and plan.share is None and not plan.deductible_left:
        met = ", its deductible is met" if plan.deductible_left == 0 else ""
        return Priced(unknown=(f"{plan.payer} does not say what this visit costs{met}: ask the plan",))
    if plan.deductible_told and plan.deductible_left is None:
        return Priced(unknown=(f"{plan.payer} does not say what is left of the deductible: ask the plan",))
    left = plan.deductible_left or 0
    if price is None and (left or plan.copay is None):
        owing = (
            f"{short(left)} of the deductible is left" if left else "the plan leaves a share to the patient"
        )
        return Priced(unknown=(f"{plan.payer}: {owing}, and no price is on file for this visit",))
    return _in_order(plan, price or 0, left, agreed, about)


def _copay_alone(plan: Plan, price: int | None, about: str) -> Priced:
    """Return a visit's copay; never more than the visit's agreed price, and a share beside it that has to be asked."""
    low, high = plan.copay or (0, 0)
    if not high and plan.share is None:
        words = f"{plan.payer} tells a $0 copay for {plan.service}"
        return Priced(unknown=(_doubted(words, plan),)) if plan.doubt else Priced(nothing=words)
    cents = low if price is None else min(low, price)
    due = (_copay(plan, cents, about),) if high else ()
    if plan.share is None:
        return Priced(due)
    also = f"{plan.payer} also tells a share of {percent(plan.share[0])}: ask whether it is of this visit"
    return Priced(due, (also,))


def _in_order(plan: Plan, price: int, left: int, agreed: bool, about: str) -> Priced:
    found: list[Due] = []
    unknown: tuple[str, ...] = ()
    first = min(left, price)
    sure = agreed and not plan.doubt and (plan.deductible_told or plan.copay is not None)
    if first:
        found.append(_deductible(plan, first, agreed, about, sure=sure))
    rest = price - first
    if plan.copay is not None:
        # Where no price is on file and the deductible is met, the copay is what it is.
        cents = min(plan.copay[0], rest) if price else plan.copay[0]
        if plan.copay[1] and (cents or plan.copay[0] != plan.copay[1]):
            found.append(_copay(plan, cents, about))
    elif plan.share is not None and rest:
        found += _coinsurance(plan, rest, agreed, about, sure=sure)
    elif rest:
        unknown = (
            f"{plan.payer} does not say what it leaves to the patient after the deductible: ask the plan",
        )
    if not found and not unknown:
        return Priced(nothing=f"{plan.payer} leaves nothing to the patient")
    return Priced(tuple(found), unknown)


def _copay(plan: Plan, cents: int, about: str) -> Due:
    low, high = plan.copay or (0, 0)
    where = "" if plan.in_network is None else " in network" if plan.in_network else " out of network"
    if low != high:
        words = f"{plan.payer} tells {short(low)} to {short(high)} for {plan.service}{where}: ask which"
        script = f"Your plan tells us a copay of {short(low)} or {short(high)}. Do you know which is yours?"
        return Due(PURPOSE.COPAY, cents, words, script, about, certain=False)
    words = f"{plan.payer} tells a {short(low)} copay for {plan.service}{where}"
    script = f"Your plan tells us a {short(low)} copay for {plan.service}{where}. {_ASKED}"
    return Due(PURPOSE.COPAY, cents, _doubted(words, plan), script, about, certain=not plan.doubt)


def _deductible(plan: Plan, cents: int, agreed: bool, about: str, *, sure: bool) -> Due:
    words = f"{plan.payer}: {short(plan.deductible_left or 0)} of the deductible is left" + (
        "" if agreed else f"; {_ESTIMATE}"
    )
    script = (
        f"Your plan pays once your deductible is met, and {short(plan.deductible_left or 0)} of it is left. "
        f"For today that is {short(cents)}. {_ASKED}"
    )
    return Due(PURPOSE.DEDUCTIBLE, cents, _doubted(words, plan), script, about, certain=sure)


def _coinsurance(plan: Plan, rest: int, agreed: bool, about: str, *, sure: bool) -> list[Due]:
    low, high = plan.share or (Decimal(0), Decimal(0))
    cents, said = part_of(rest, low), percent(low) if low == high else f"{percent(low)} to {percent(high)}"
    words = f"{plan.payer} leaves {said} of {short(rest)} to the patient" + (
        "" if agreed else f"; {_ESTIMATE}"
    )
    if low != high:
        words += ": ask which"
    elif not plan.deductible_told:
        words += ", and tells no deductible: ask whether there is one"
    script = f"Your plan leaves {said} of the visit to you. For today that is {short(cents)}. {_ASKED}"
    if not cents and low == high:
        return []
    return [
        Due(PURPOSE.COINSURANCE, cents, _doubted(words, plan), script, about, certain=sure and low == high)
    ]


def _doubted(words: str, plan: Plan) -> str:
    return f"{words}; {plan.doubt}" if plan.doubt else words


def _capped(plan: Plan, priced: Priced) -> Priced:
    """Take no more than is left of the most a patient pays in a year; copays count too (45 CFR 156.130)."""
    if plan.pocket_left is None or not (priced.due or priced.unknown):
        return priced
    if plan.pocket_left == 0:
        return Priced(nothing=f"{plan.payer}: the most a patient pays in a year is reached")
    left, kept = plan.pocket_left, []
    for one in priced.due:
        cents = min(one.cents, left)
        left -= cents
        words = (
            one.words
            if cents == one.cents
            else f"{one.words}; only {short(plan.pocket_left)} is left of the most for the year"
        )
        if cents or not one.cents:
            kept.append(Due(one.purpose, cents, words, one.script, one.about, one.certain))
    return Priced(tuple(kept), priced.unknown, priced.nothing)

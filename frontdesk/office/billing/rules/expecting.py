"""What is to be collected for a visit, each line with its reason and a sentence to say. Pure; nothing is invented.

Who pays is asked first (`coverage.rules.cases`, `visits.queries.paying`); then the plan's answer, the second plan, what was
paid, waived and noted, the earlier balance by the practice's own rule, and what is paid and about nothing takes off.
"""

from dataclasses import replace

from frontdesk.office.billing.rules.due import Due, Expected, Priced, lowered
from frontdesk.office.billing.rules.facts import ACTIVE, CASE, INACTIVE, SELF_PAY, Facts, Plan, fees_of
from frontdesk.office.billing.rules.plans import of_plan
from frontdesk.office.billing.rules.second import after_second
from frontdesk.office.billing.rules.sliding import band_of, slid
from frontdesk.office.billing.rules.wording import short
from frontdesk.office.payments.rules import PURPOSE

_ASKED = "How would you like to pay?"


def expected(facts: Facts) -> Expected:
    """Return what is to be collected."""
    priced = _priced(facts)
    due, credit = lowered(_unpaid(facts, priced), facts.credit)
    balance, _ = lowered(_balance(facts), credit)
    other, _ = lowered((*balance, *_prepayment(facts)), facts.noted_earlier)
    return Expected(
        due=(*due, *other),
        paid=facts.paid,
        waived=facts.waived,
        noted=facts.noted + facts.noted_earlier,
        unknown=priced.unknown,
        nothing=priced.nothing if not priced.due else "",
        share=sum(one.cents for one in priced.due),
        sure=not priced.unknown and all(one.certain for one in priced.due),
    )


def credit_left(facts: Facts) -> int:
    """Return what of a credit that is about nothing a visit leaves over for the patient's next one of the day."""
    return lowered(_unpaid(facts, _priced(facts)), facts.credit)[1]


def _priced(facts: Facts) -> Priced:
    return of_visit(facts) if facts.charged is None else _of_charge(facts)


def _unpaid(facts: Facts, priced: Priced) -> tuple[Due, ...]:
    """Return what of the visit itself is neither paid for it nor settled otherwise."""
    settled = facts.noted if facts.charged is not None else facts.paid + facts.waived + facts.noted
    return lowered(priced.due, settled)[0]


def of_visit(facts: Facts) -> Priced:
    """Return what the visit itself costs the patient, before anything was paid."""
    if facts.how == SELF_PAY:
        return _self_pay(facts)
    if facts.how == CASE and facts.carrier is not None:
        return Priced(nothing=f"{facts.carrier} pays for this injury: no copay may be asked")
    if not facts.plans:
        return _uncovered(facts, "No insurance is on file: ask for the card")
    first = next((one for one in facts.plans if one.state != INACTIVE and not one.medigap), None)
    if first is None or first.state != ACTIVE:
        return _unanswered(first, facts)
    priced = of_plan(first, facts.services, facts.about)
    for second in facts.plans[facts.plans.index(first) + 1 :]:
        if second.state != INACTIVE:
            return after_second(priced, second)
    return priced


def _unanswered(first: Plan | None, facts: Facts) -> Priced:
    if first is None:
        return _uncovered(facts, f"{facts.plans[0].payer} does not cover this day: ask for another card")
    return Priced(unknown=(f"{first.payer} has not said what this visit costs: verify the insurance",))


def _uncovered(facts: Facts, why: str) -> Priced:
    """Tell what the visit costs without insurance, which is to be asked: another card may come out of the wallet."""
    fees = fees_of(facts.services)
    if not fees:
        return Priced(unknown=(why,))
    script = (
        f"I see no insurance for today. Do you have another card? Without one the visit is {short(fees)}."
    )
    return Priced(
        (
            Due(
                PURPOSE.SELF_PAY,
                fees,
                f"{why}; without one it is the fee",
                script,
                facts.about,
                certain=False,
            ),
        )
    )


def _self_pay(facts: Facts) -> Priced:
    fees = fees_of(facts.services)
    if fees is None:
        return Priced(unknown=("Self-pay, and no fee is on file for this visit: ask billing",))
    if facts.reason == "kept":
        words = "Paid in full by the patient, so that the health plan is told nothing"
        script = (
            f"You asked us to keep this visit from your plan: it is {short(fees)}, in full today. {_ASKED}"
        )
        return _asked_of(fees, words, script, facts)
    band = band_of(facts.bands, facts.poverty) if facts.poverty is not None else None
    if band is None:
        words, script = "Self-pay at the practice's fee", f"The visit is {short(fees)} today. {_ASKED}"
        return _asked_of(fees, words, script, facts)
    cents = slid(fees, band)
    words = (
        f"Sliding fee at {facts.poverty} % of the poverty guideline: {short(cents)} instead of {short(fees)}"
    )
    script = f"With your household's income the visit is {short(cents)} today. {_ASKED}"
    return _asked_of(cents, words, script, facts)


def _asked_of(cents: int, words: str, script: str, facts: Facts) -> Priced:
    if not cents:
        return Priced(nothing=words)
    return Priced((Due(PURPOSE.SELF_PAY, cents, words, script, facts.about),))


def _of_charge(facts: Facts) -> Priced:
    """Of a visit that was charged what is still owed of the charge is due, and nothing is estimated."""
    if not facts.charged:
        return Priced(nothing="The visit is charged, and the patient owes nothing of it")
    purpose = PURPOSE.SELF_PAY if facts.how == SELF_PAY else _purpose(facts)
    words = f"Charged: {short(facts.charged)} of this visit is the patient's and still open"
    script = f"Of today's visit {short(facts.charged)} is still open. {_ASKED}"
    return Priced((Due(purpose, facts.charged, words, script, facts.about),))


def _purpose(facts: Facts) -> str:
    estimated = of_visit(replace(facts, charged=None)).due
    return estimated[0].purpose if estimated else PURPOSE.COINSURANCE


def _balance(facts: Facts) -> tuple[Due, ...]:
    """Return what is asked of earlier visits: the instalment of a plan in its place, else by the practice's rule."""
    if facts.instalment:
        words = "Instalment of the payment plan, due now"
        script = f"Your plan's next {short(facts.instalment)} is due. {_ASKED}"
        return (Due(PURPOSE.INSTALMENT, facts.instalment, words, script, facts.instalment_of),)
    # What was agreed to be paid in parts is asked for as they are due.
    balance = max(facts.balance - facts.planned, 0)
    cents = balance_asked(balance, facts.balance_whole_upto, facts.balance_part)
    if not cents:
        return ()
    since = (
        f" since {facts.balance_since.month}/{facts.balance_since.day}/{facts.balance_since.year}"
        if facts.balance_since
        else ""
    )
    part = "" if cents == balance else f"; a part of the {short(balance)} owed"
    words = f"Earlier balance{since}{part}"
    script = f"There is {short(balance)} open from before{since}. Could you pay {short(cents)} of it today?"
    if cents == balance:
        script = f"There is {short(cents)} open from before{since}. Would you like to settle that today?"
    return (Due(PURPOSE.BALANCE, cents, words, script),)


def balance_asked(balance: int, whole_upto: int | None, part: int) -> int:
    """Return how much of an earlier balance is asked for: all up to the limit, beyond it a part, never below the limit."""
    if balance <= 0:
        return 0
    if whole_upto is None or balance <= whole_upto:
        return balance
    return min(balance, max(whole_upto, balance * part // 100))


def _prepayment(facts: Facts) -> tuple[Due, ...]:
    if not facts.prepayment:
        return ()
    words = "Prepayment the practice asks for before this visit"
    script = f"We ask {short(facts.prepayment)} ahead for this visit. {_ASKED}"
    return (Due(PURPOSE.PREPAYMENT, facts.prepayment, words, script, facts.about),)

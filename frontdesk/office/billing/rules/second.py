"""What is left to a patient whom a second plan covers too: it pays some, or all, of what the first one leaves.

A Medicare supplement is told by its letter (42 USC 1395ss): all but K and L pay the whole coinsurance of Part B, C and F
its deductible as well, N leaves up to $20 of an office visit. Medicaid after another plan takes all but its own copay.
"""

from dataclasses import replace
from decimal import Decimal

from frontdesk.office.billing.rules.due import Due, Priced
from frontdesk.office.billing.rules.facts import ACTIVE, Plan
from frontdesk.office.billing.rules.plans import MEDICAID
from frontdesk.office.billing.rules.wording import part_of, short
from frontdesk.office.payments.rules import PURPOSE

PAYS_DEDUCTIBLE = frozenset("CF")
LEAVES = {"K": Decimal("0.5"), "L": Decimal("0.25")}
"""What the partial supplements leave of the coinsurance."""
VISIT_COPAY = 2000
"""The most that Plan N leaves of an office visit, in cents."""


def after_second(first: Priced, second: Plan) -> Priced:
    """Return what the patient pays when the second plan has paid its part; the first one's `Priced` is what it leaves."""
    if not first.due:
        return first
    if second.medigap:
        return _medigap(first, second)
    if second.state != ACTIVE:
        return Priced(
            tuple(_asked(one, f"whether {second.payer} pays it is not known") for one in first.due),
            first.unknown,
        )
    if second.kind in MEDICAID:
        return _after_medicaid(first, second)
    if second.copay is not None and second.copay[0] == second.copay[1]:
        return _lesser(first, second)
    return Priced(
        unknown=first.unknown,
        nothing=f"{second.payer} pays second: what it leaves is billed when it has answered",
    )


def _medigap(first: Priced, second: Plan) -> Priced:
    kept, unknown = [], list(first.unknown)
    for one in first.due:
        if one.purpose == PURPOSE.DEDUCTIBLE:
            if second.medigap == "?":
                kept.append(
                    _asked(one, f"ask whether {second.payer} pays the Part B deductible: Plans C and F do")
                )
            elif second.medigap not in PAYS_DEDUCTIBLE:
                kept.append(replace(one, words=f"{one.words}; Plan {second.medigap} does not pay it"))
        elif second.medigap in LEAVES:
            share = LEAVES[second.medigap]
            words = f"Plan {second.medigap} pays all but its own share of the coinsurance"
            kept.append(replace(one, cents=part_of(one.cents, share), words=words))
        elif second.medigap == "N":
            words = (
                f"Plan N leaves up to {short(VISIT_COPAY)} of an office visit: billed when it has answered"
            )
            unknown.append(words)
    if kept or unknown:
        return Priced(tuple(one for one in kept if one.cents), tuple(unknown))
    return Priced(nothing=f"{second.payer} pays what Medicare leaves")


def _after_medicaid(first: Priced, second: Plan) -> Priced:
    copay = second.copay[0] if second.copay else 0
    if not copay:
        return Priced(nothing=f"{second.payer} pays what the first plan leaves")
    return _lesser(first, second)


def _lesser(first: Priced, second: Plan) -> Priced:
    """Return the second plan's copay, where it is less than what the first one leaves."""
    left, copay = sum(one.cents for one in first.due), second.copay[0] if second.copay else 0
    if copay >= left:
        return first
    if not copay:
        return Priced(nothing=f"{second.payer} pays what the first plan leaves", unknown=first.unknown)
    words = f"{second.payer} pays second and tells a {short(copay)} copay, less than the {short(left)} the first plan leaves"
    script = f"Your second plan takes over but for a {short(copay)} copay. How would you like to pay?"
    certain = all(one.certain for one in first.due) and not second.doubt
    return Priced(
        (Due(PURPOSE.COPAY, copay, words, script, first.due[0].about, certain=certain),), first.unknown
    )


def _asked(one: Due, why: str) -> Due:
    return replace(one, words=f"{one.words}; {why}", certain=False)

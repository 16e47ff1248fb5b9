"""What is known of a visit that its price is worked out of. All amounts are integer cents."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

INSURANCE, CASE, SELF_PAY = "insurance", "case", "self_pay"
ACTIVE, INACTIVE = "active", "inactive"


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the visit. `fee` and `allowed` are for one unit; None is not known.

    `allowed` is what the payer has agreed to (the contract's rate), `fee` what the practice asks.
    """

    code: str
    modifier: str = ""
    words: str = ""
    units: int = 1
    fee: int | None = None
    allowed: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What one policy's payer told of the visit.

    `state` is active, inactive or another (nobody could tell, nobody was asked). `copay` and `share` are (low, high):
    the same twice where there is one. `copay_exact` says that the copay was told for just this kind of service.
    `deductible_left` is None where it is not told; `deductible_told` that there is one, `deductible_here` that it was told
    for just this kind of service, so that it goes before a copay. `pocket_left` is what is left of the most a patient pays
    in a year. `doubt` says why all of it has to be asked ("" where it has not). `medigap` is set for a Medicare supplement:
    its letter, "?" where that is not known. `managed` names the plan that pays in this one's place.
    """

    payer: str
    kind: str = "commercial"
    state: str = ACTIVE
    copay: tuple[int, int] | None = None
    copay_exact: bool = True
    service: str = "office visits"
    share: tuple[Decimal, Decimal] | None = None
    deductible_left: int | None = None
    deductible_told: bool = False
    deductible_here: bool = False
    pocket_left: int | None = None
    in_network: bool | None = True
    excluded: bool = False
    is_qmb: bool = False
    managed: str = ""
    medigap: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One step of the sliding scale: up to `upto` percent of the poverty guideline a flat fee in cents, or a percent."""

    upto: int
    kind: str
    amount: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a visit's money.

    `how` is who pays: INSURANCE, CASE or SELF_PAY with its `reason`. `carrier` names a case's carrier where no copay may be
    asked. `poverty` is the household's percent of the guideline, None where nobody has asked. `charged` is what is open of
    the visit's charge for the patient, None while it is not charged. `paid`, `waived` and `noted` (not collected, for
    other reasons) are about the visit, `noted_earlier` is what was noted so of all else; `balance` is what is owed of earlier ones, `credit` what is paid and about none. `planned` is
    what of the balance is to be paid in parts, `instalment` what of that is due.
    """

    about: str
    how: str = INSURANCE
    reason: str = ""
    carrier: str | None = None
    plans: tuple[Plan, ...] = ()
    services: tuple[Service, ...] = ()
    poverty: int | None = None
    bands: tuple[Band, ...] = ()
    charged: int | None = None
    paid: int = 0
    waived: int = 0
    noted: int = 0
    noted_earlier: int = 0
    balance: int = 0
    balance_since: date | None = None
    balance_whole_upto: int | None = None
    balance_part: int = 100
    credit: int = 0
    planned: int = 0
    prepayment: int = 0
    instalment: int = 0
    instalment_of: str = ""


def fees_of(services: tuple[Service, ...]) -> int | None:
    """Return what the practice asks for all of it; None where one price is missing, or nothing is known."""
    prices = [None if one.fee is None else one.fee * one.units for one in services]
    return None if not prices or None in prices else sum(price or 0 for price in prices)


def allowed_of(services: tuple[Service, ...]) -> tuple[int | None, bool]:
    """Return the price a plan's shares are taken of, and whether all of it was agreed with the payer.

    Where a contract has no rate, the fee stands in, and the result is no longer sure.
    """
    prices, agreed = [], bool(services)
    for one in services:
        price = one.allowed if one.allowed is not None else one.fee
        agreed = agreed and one.allowed is not None
        prices.append(None if price is None else price * one.units)
    return (None, False) if not prices or None in prices else (sum(price or 0 for price in prices), agreed)

"""Each kind of movement as a draft of an entry: which accounts, which side. All amounts are positive cents.

Who owes is named as an account names it ("patients.patient:12", "coverage.payer:4"); a visit as its reference. Money that
comes in is a credit of whoever paid until it is applied, so that nothing paid is ever without an owner.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from frontdesk.office.ledger.models import Account, Entry

_K, _E = Account.Kind, Entry.Kind


@dataclass(frozen=True, slots=True)
class Leg:
    """What a draft does to one account: `kind` and `of` name it; `settles` is a line of that account it uses up."""

    kind: str
    of: str
    amount: int
    settles: int | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that is to be posted. `patient_id` is whose record it belongs to, None for money that is nobody's."""

    kind: str
    day: date
    key: str
    legs: tuple[Leg, ...]
    about: str = ""
    reason: str = ""
    patient_id: int | None = None

    @property
    def digest(self) -> str:
        """A mark of the whole of it: the same deed sent again has the same."""
        told = asdict(self) | {"day": self.day.isoformat()}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def charge(
    *,
    key: str,
    day: date,
    owed: Mapping[tuple[str, str], int],
    earned: Mapping[str, int],
    about: str,
    patient_id: int,
) -> Draft:
    """Charge for a service. `owed` says who owes how much, by kind and name of account; `earned` who earned it, by provider."""
    legs = [Leg(kind, of, amount, about=about) for (kind, of), amount in owed.items() if amount]
    legs += [Leg(_K.REVENUE, of, -amount, about=about) for of, amount in earned.items() if amount]
    return Draft(_E.CHARGE, day, key, tuple(legs), about, patient_id=patient_id)


def payment(
    *,
    key: str,
    day: date,
    into: Mapping[tuple[str, str], int],
    payer: str,
    about: str = "",
    patient_id: int | None = None,
) -> Draft:
    """Take money. `into` says where it lies now (drawer or clearing account) and how much of it; it is a credit of `payer`."""
    legs = [Leg(kind, of, amount) for (kind, of), amount in into.items()]
    return Draft(
        _E.PAYMENT, day, key, (*legs, Leg(_K.CREDIT, payer, -sum(into.values()), about=about)), about, patient_id=patient_id
    )  # fmt: skip


def application(
    *, key: str, day: date, parts: Iterable[tuple[Leg, Leg]], about: str = "", patient_id: int | None = None
) -> Draft:
    """Apply credits to what is owed: each part a debit that uses up a credit, and a credit that uses up a charge."""
    legs = tuple(leg for pair in parts for leg in pair)
    return Draft(_E.APPLICATION, day, key, legs, about, patient_id=patient_id)


def transfer(
    *,
    key: str,
    day: date,
    amount: int,
    away: Leg,
    to: tuple[str, str],
    reason: str,
    about: str,
    patient_id: int,
) -> Draft:
    """Move what is owed from patient to payer, or back. `away` uses up the line it stands on; `to` is who owes it now."""
    legs = (Leg(*to, amount, about=about), Leg(away.kind, away.of, -amount, away.settles, about))
    return Draft(_E.TRANSFER, day, key, legs, about, reason, patient_id)


def adjustment(
    *, key: str, day: date, amount: int, owed: Leg, why: str, reason: str, about: str, patient_id: int
) -> Draft:
    """Write off a part of what is owed. `why` is the adjustment's code ("contractual", "bad debt", "copay waived")."""
    legs = (
        Leg(_K.ADJUSTMENT, why, amount, about=about),
        Leg(owed.kind, owed.of, -amount, owed.settles, about),
    )
    return Draft(_E.ADJUSTMENT, day, key, legs, about, reason, patient_id)


def refund(
    *,
    key: str,
    day: date,
    held: Iterable[Leg],
    out_of: tuple[str, str],
    reason: str,
    patient_id: int | None = None,
) -> Draft:
    """Pay back what is a credit: the debits `held` use up the credits, and the money leaves where it lay."""
    legs = tuple(held)
    total = sum(leg.amount for leg in legs)
    return Draft(_E.REFUND, day, key, (*legs, Leg(*out_of, -total)), reason=reason, patient_id=patient_id)


def returned_check(
    *,
    key: str,
    day: date,
    amount: int,
    credit: Leg,
    bank: tuple[str, str],
    reason: str,
    patient_id: int | None = None,
) -> Draft:
    """A check came back unpaid: the credit it made is gone, and the bank has taken the money back."""
    legs = (Leg(credit.kind, credit.of, amount, credit.settles), Leg(*bank, -amount))
    return Draft(_E.RETURNED, day, key, legs, reason=reason, patient_id=patient_id)


def moved(
    *, key: str, day: date, amount: int, out_of: tuple[str, str], into: tuple[str, str], reason: str = ""
) -> Draft:
    """Move money that is the practice's own: float, safe drop, deposit, over or short."""
    return Draft(_E.MOVE, day, key, (Leg(*into, amount), Leg(*out_of, -amount)), reason=reason)


def opposite(
    legs: Iterable[tuple[int, Leg]], *, key: str, day: date, about: str, reason: str, patient_id: int | None
) -> Draft:
    """Take an entry back: each of its lines the other way. `legs` are its lines with their numbers.

    A line that used something up gives it back; a line that stood by itself is used up whole.
    """
    back = tuple(
        Leg(leg.kind, leg.of, -leg.amount, number if leg.settles is None else leg.settles, leg.about)
        for number, leg in legs
    )
    return Draft(_E.REVERSAL, day, key, back, about, reason, patient_id)

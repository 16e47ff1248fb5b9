"""What leaves a payment again: how much of each of its credits, and the entry of it."""

from collections.abc import Iterable
from datetime import date

from frontdesk.office.ledger.models import Account, Entry
from frontdesk.office.ledger.rules import Draft, Leg, Open
from frontdesk.office.payments.rules.posting import BANK, CARD, account_of, drawer_account
from frontdesk.office.payments.rules.sheet import BY_CARD, KIND


def shares(held: Iterable[tuple[str, Open]], cents: int) -> list[Leg]:
    """Return the debits that use up `cents` of the credits (account, what is open of it), in their order."""
    legs = []
    for account, one in held:
        amount = min(one.left, cents)
        if amount > 0:
            legs.append(Leg(Account.Kind.CREDIT, account, amount, one.line_id, one.about))
            cents -= amount
    return legs


def refunded(
    kind: str, legs: list[Leg], *, key: str, day: date, reason: str, patient_id: int, session_id: int | None
) -> Draft:
    """Return the entry of a refund to a tender of this kind.

    Cash leaves the drawer, a card's money its way to the bank. For a check or money order the patient is owed it, until
    the practice has written its own check.
    """
    if kind == KIND.CASH:
        out = drawer_account(session_id or 0, kind)
    elif kind in BY_CARD:
        out = CARD
    else:
        out = (str(Account.Kind.REFUND), account_of(patient_id))
    total = sum(leg.amount for leg in legs)
    return Draft(
        Entry.Kind.REFUND, day, key, (*legs, Leg(*out, -total)), reason=reason, patient_id=patient_id
    )


def returned(legs: list[Leg], *, key: str, day: date, reason: str, patient_id: int) -> Draft:
    """Return the entry of a check that came back: its credits are gone, and the bank has taken the money back."""
    total = sum(leg.amount for leg in legs)
    return Draft(
        Entry.Kind.RETURNED, day, key, (*legs, Leg(*BANK, -total)), reason=reason, patient_id=patient_id
    )

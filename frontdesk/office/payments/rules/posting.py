"""A payment as the ledger knows it: where its money lies, whose credit it is, and what it is put against."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from frontdesk.office.ledger.models import Account, Entry
from frontdesk.office.ledger.rules import Draft, Leg, Open, allot
from frontdesk.office.payments.rules.sheet import BY_CARD, KIND, PURPOSE, Sheet

CARD = (str(Account.Kind.CLEARING), "card")
BANK = (str(Account.Kind.BANK), "checking")


def account_of(patient_id: int) -> str:
    """Return how the ledger names what a patient owes, or has paid."""
    return f"patients.patient:{patient_id}"


def key_of_charge(key: str) -> str:
    """Return the key a card charge's payment is posted under: never that of a form, which may have been taken in cash."""
    return f"card:{key}"


def drawer_account(session_id: int, kind: str) -> tuple[str, str]:
    """Return where the cash, or the checks and money orders, of an open drawer lie."""
    return (
        Account.Kind.DRAWER,
        f"payments.drawersession:{session_id}/{'cash' if kind == KIND.CASH else 'check'}",
    )


def payment(sheet: Sheet, *, key: str, day: date, session_id: int | None) -> Draft:
    """Return the entry of a payment: a debit for each place its money lies, a credit for each part of it."""
    into: Counter[tuple[str, str]] = Counter()
    for one in sheet.tenders:
        into[CARD if one.kind in BY_CARD else drawer_account(session_id or 0, one.kind)] += one.cents
    legs = [Leg(kind, of, cents) for (kind, of), cents in into.items()]
    legs += [
        Leg(Account.Kind.CREDIT, account_of(part.patient_id), -part.cents, about=part.about)
        for part in sheet.parts
    ]
    about = next((part.about for part in sheet.parts if part.about), "")
    return Draft(Entry.Kind.PAYMENT, day, key, tuple(legs), about, patient_id=sheet.patient_id)


def applied(
    account: str, owed: Mapping[int, str], parts: Iterable[tuple[int, int, int]]
) -> list[tuple[Leg, Leg]]:
    """Return the legs of an application out of one account from (credit line, charge line, cents).

    `owed` says on which account each charge stands: of charts that were merged there are two.
    """
    return [
        (
            Leg(Account.Kind.CREDIT, account, cents, source),
            Leg(Account.Kind.RECEIVABLE, owed[target], -cents, target),
        )
        for source, target, cents in parts
    ]


def put_against(
    credits_: Sequence[Open], owed: Sequence[Open], purposes: dict[int, str]
) -> list[tuple[int, int, int]]:
    """Return (credit line, charge line, cents): what a payment's credits are put against at once.

    What was paid for a visit goes to that visit alone, so that today's copay does not vanish in last year's balance while
    the visit is not charged yet; what was paid on the balance, or as a part of a plan, goes to the oldest. A prepayment
    stays what it is.
    """
    parts = []
    left = {one.line_id: one.left for one in owed}
    for credit in credits_:
        purpose = purposes.get(credit.line_id, PURPOSE.BALANCE)
        if purpose == PURPOSE.PREPAYMENT:
            continue
        onto = [
            Open(one.line_id, one.entry_id, one.day, one.about, one.amount, left[one.line_id])
            for one in owed
            if left[one.line_id] > 0
            and (not credit.about or purpose == PURPOSE.INSTALMENT or one.about == credit.about)
        ]
        for part in allot([credit], onto):
            left[part.target] -= part.amount
            parts.append((part.source, part.target, part.amount))
    return parts

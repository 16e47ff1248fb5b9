"""What a patient owes, has paid in advance, and what payers owe for them; charts that were merged count together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from frontdesk.office.ledger.models import Account, Line
from frontdesk.office.ledger.queries import balances
from frontdesk.office.patients.queries import charts_of
from frontdesk.office.payments.rules import account_of

K = Account.Kind


@dataclass(frozen=True, slots=True)
class Balance:
    """Cents, none negative: what is owed, what is held as credit, and what is still to be paid back."""

    owed: int
    credit: int
    to_pay_back: int

    @property
    def left(self) -> int:
        """What is owed once the credit is put against it; negative when there is more credit."""
        return self.owed - self.credit


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something that is open on an account: `left` of `amount` cents, since `day`; `about` is the visit."""

    line_id: int
    entry_id: int
    account: str
    day: date
    about: str
    amount: int
    left: int


def names_of(patient_id: int) -> list[str]:
    """Return the accounts that are a patient's: their own, and those of charts merged into theirs."""
    return [account_of(pk) for pk in sorted(charts_of(patient_id))]


def balance_of(patient_id: int) -> Balance:
    """Return what a patient's accounts come to."""
    names, kinds = names_of(patient_id), (K.RECEIVABLE, K.CREDIT, K.REFUND)
    total = balances([(kind, name) for kind in kinds for name in names])
    owed, credit, back = (sum(total[kind, name] for name in names) for kind in kinds)
    return Balance(owed, -credit, -back)


def owed_items(patient_id: int) -> list[OpenItem]:
    """Return what a patient owes, oldest first."""
    return _open(account__kind=K.RECEIVABLE, account__of__in=names_of(patient_id))


def credits_of(patient_id: int, *, entry_id: int | None = None) -> list[OpenItem]:
    """Return what a patient has paid that is not put against anything, oldest first; of one payment where `entry_id` says so."""
    return _open(account__kind=K.CREDIT, account__of__in=names_of(patient_id), **_entry(entry_id))


def credits_of_payment(entry_id: int) -> list[OpenItem]:
    """Return what is left of one payment, on whose account ever."""
    return _open(account__kind=K.CREDIT, **_entry(entry_id))


def open_of(line_ids: Collection[int]) -> dict[int, int]:
    """Return how many cents of each of these lines are left; one that is used up is not named."""
    return {one.line_id: one.left for one in _open(pk__in=set(line_ids))}


def owed_by_payers(patient_id: int) -> list[OpenItem]:
    """Return what payers owe for a patient, oldest first."""
    return _open(account__kind=K.PAYER, entry__patient_id__in=charts_of(patient_id))


def _entry(entry_id: int | None) -> dict[str, object]:
    return {} if entry_id is None else {"entry_id": entry_id}


def _open(**where: object) -> list[OpenItem]:
    """Return lines that stand by themselves and have something left, oldest first; one query, at most 500."""
    users = Line.objects.filter(settles=OuterRef("pk")).order_by().values("settles")
    used = Subquery(users.annotate(total=Sum("amount")).values("total"))
    rows = (
        Line.objects.filter(settles=None, **where)
        .annotate(left=Coalesce(used, 0) + F("amount"))
        .exclude(left=0)
        .order_by("entry__day", "id")
        .values_list(
            "id", "entry_id", "account__of", "entry__day", "about", "entry__about", "amount", "left"
        )[:500]
    )
    return [
        OpenItem(pk, entry, of, day, about or whole, abs(amount), abs(left))
        for pk, entry, of, day, about, whole, amount, left in rows
    ]

"""A patient's account as a list of what happened on it, newest first, a page at a time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, Sum

from frontdesk.office.ledger.models import Account, Entry, Line
from frontdesk.office.patients.queries import charts_of
from frontdesk.office.payments.models import Payment
from frontdesk.office.payments.queries.receipts import visit_days
from frontdesk.office.payments.rules import account_of

K = Account.Kind
OWN = (K.RECEIVABLE, K.CREDIT, K.REFUND)


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry as it moved a patient's money, in cents: `owed`, `credit` and `payers` by how much each went up.

    `owed_after` is what the patient owed then. `visit` is the visit's day (ISO), `why` an adjustment's code, `receipt`
    and `payment_id` those of a payment, `taken_back` whether it was, `of` the kind of what a reversal took back.
    """

    number: str
    id: int
    kind: str
    day: date
    at: datetime
    by: str
    reason: str
    visit: str
    why: str
    owed: int
    credit: int
    payers: int
    owed_after: int
    receipt: str
    payment_id: int | None
    taken_back: bool
    of: str


def history(patient_id: int, *, before: int = 0, limit: int = 40) -> tuple[list[Movement], int]:
    """Return a page of movements, and the number the next page is asked for with, 0 at the end; seven queries."""
    charts = charts_of(patient_id)
    names = [account_of(pk) for pk in charts]
    own = Q(account__kind__in=OWN, account__of__in=names)
    on_account = Line.objects.filter(own).values("entry_id")
    rows = Entry.objects.filter(Q(patient_id__in=charts, kind__in=_SHOWN) | Q(pk__in=on_account))
    if before:
        rows = rows.filter(pk__lt=before)
    entries = list(rows.order_by("-pk").select_related("reverses")[: limit + 1])
    shown, more = entries[:limit], entries[limit:]
    sums = _sums([one.pk for one in shown], own, charts)
    payments = {one.entry_id: one for one in Payment.objects.filter(entry_id__in=[one.pk for one in shown])}
    gone = set(Entry.objects.filter(reverses__in=shown).values_list("reverses_id", flat=True))
    days = visit_days({one.about for one in shown})
    after = _owed_before(names, shown[0].pk + 1) if shown else 0
    found = []
    for one in shown:
        moved = sums[one.pk]
        paid = payments.get(one.pk)
        found.append(
            Movement(
                one.number, one.pk, one.kind, one.day, one.at, one.by, one.reason, days.get(one.about, ""),
                moved.why, moved.owed, moved.credit, moved.payers, after, paid.receipt if paid else "",
                paid.pk if paid else None, one.pk in gone, one.reverses.kind if one.reverses else "",
            )
        )  # fmt: skip
        after -= moved.owed
    return found, shown[-1].pk if more else 0


_SHOWN = [kind for kind in Entry.Kind.values if kind != Entry.Kind.MOVE]


@dataclass(slots=True)
class _Moved:
    owed: int = 0
    credit: int = 0
    payers: int = 0
    why: str = ""


def _sums(ids: list[int], own: Q, charts: set[int]) -> dict[int, _Moved]:
    found: dict[int, _Moved] = defaultdict(_Moved)
    payers = Q(account__kind=K.PAYER, entry__patient_id__in=charts)
    lines = Line.objects.filter(own | payers | Q(account__kind=K.ADJUSTMENT), entry_id__in=ids)
    for entry, kind, of, amount in lines.values_list("entry_id", "account__kind", "account__of", "amount"):
        moved = found[entry]
        if kind == K.RECEIVABLE:
            moved.owed += amount
        elif kind == K.CREDIT:
            moved.credit -= amount
        elif kind == K.PAYER:
            moved.payers += amount
        elif kind == K.ADJUSTMENT:
            moved.why = of
    return found


def _owed_before(names: list[str], entry_id: int) -> int:
    lines = Line.objects.filter(account__kind=K.RECEIVABLE, account__of__in=names, entry_id__lt=entry_id)
    return lines.aggregate(total=Sum("amount"))["total"] or 0

"""What rests on a payment or a charge: taken off as far as it must be, and all else put back as it was."""

from collections import defaultdict
from datetime import date

from frontdesk.kit.actor import Actor
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Entry, Line
from frontdesk.office.ledger.rules import Leg, application
from frontdesk.office.payments.queries.accounts import credits_of_payment, open_of

APPLICATION = Entry.Kind.APPLICATION


def last_entry() -> int:
    """Return the number of the newest entry, to know what was taken back since; the caller has the ledger for itself."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def make_free(by: Actor, entry_id: int, cents: int, *, reason: str, key: str, day: date) -> None:
    """Take a payment off what it was put against, the newest first, until `cents` of it are free; no more than that.

    `entry_id` is the payment's. The caller has the ledger for itself, and knows that so much of the payment is left.
    """
    since, by = last_entry(), by.showing(None)
    gone = Entry.objects.exclude(reverses=None).values("reverses")
    resting = Entry.objects.filter(lines__settles__entry=entry_id, kind=APPLICATION).exclude(pk__in=gone)
    for entry in list(resting.distinct().order_by("-pk")):
        if sum(one.left for one in credits_of_payment(entry_id)) >= cents:
            break
        ledger.reverse(
            by, entry_id=entry.pk, reason=reason, key=f"off:{entry.pk}:{key}"[:100], day=day, patient_id=entry.patient_id
        )  # fmt: skip
    put_back(by, since=since, key=key, day=day, of=entry_id, keep=cents)


def put_back(by: Actor, *, since: int, key: str, day: date, of: int | None = None, keep: int = 0) -> None:
    """Apply again, as it was, what was taken off after entry `since`: as far as both sides are still there.

    Of the payment `of` so many cents as `keep` says stay free. Each entry's pairs are an entry again, the oldest first.
    """
    undone = Entry.objects.filter(pk__gt=since, reverses__kind=APPLICATION).order_by("reverses")
    entries = [one.reverses for one in undone.select_related("reverses") if one.reverses]
    legs: dict[int, list[Line]] = defaultdict(list)
    for line in Line.objects.filter(entry__in=entries).select_related("account").order_by("id"):
        legs[line.entry_id].append(line)
    left = open_of([line.settles_id for found in legs.values() for line in found if line.settles_id])
    own = {one.line_id: one.left for one in credits_of_payment(of)} if of else {}
    spare = sum(own.values()) - keep
    for entry in entries:
        pairs = []
        for paid, owed in zip(legs[entry.pk][::2], legs[entry.pk][1::2], strict=True):
            source, target = paid.settles_id or 0, owed.settles_id or 0
            amount = min(paid.amount, left.get(source, 0), left.get(target, 0))
            if source in own:
                amount = min(amount, spare)
                spare -= amount
            if amount <= 0:
                continue
            left[source] -= amount
            left[target] -= amount
            pairs.append((_leg(paid, amount), _leg(owed, -amount)))
        if pairs:
            draft = application(
                key=f"again:{entry.pk}:{key}"[:100], day=day, parts=pairs, about=entry.about, patient_id=entry.patient_id
            )  # fmt: skip
            ledger.post(by.showing(None), draft=draft)


def _leg(line: Line, amount: int) -> Leg:
    return Leg(line.account.kind, line.account.of, amount, line.settles_id, line.about)

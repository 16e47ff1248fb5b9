"""Take an entry back: a new one the other way, with a reason. What rests on it is taken back first."""

from datetime import date

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.fitting import must_fit
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger.errors import CannotReverse, KeyReused, NoSuchEntry
from frontdesk.office.ledger.models import Entry, Line
from frontdesk.office.ledger.rules import Leg, opposite
from frontdesk.office.ledger.services.posting import alone, write


@service("ledger.reverse")
def reverse(
    by: Actor,
    /,
    *,
    entry_id: int,
    reason: str,
    key: str,
    day: date,
    patient_id: int | None = None,
    whole: bool = False,
) -> Entry:
    """Take back an entry. With `whole` also, and first, what was applied out of it or to it; their reversals have keys of their own.

    Posted again under the same key it is the reversal that stands already.
    Raises `CannotReverse`, `KeyReused`, `NoSuchEntry`, `Invalid` without a reason.
    """
    if not reason.strip():
        msg = "Say why it is taken back."
        raise Invalid(msg, fields={"reason": msg})
    must_fit(Entry, {"reason": reason.strip(), "key": key})
    alone()
    row = Entry.objects.filter(pk=entry_id).first()
    if row is None:
        msg = "There is no such entry."
        raise NoSuchEntry(msg)
    known = Entry.objects.filter(key=key).first()
    if known is not None:
        if known.reverses_id != entry_id:
            msg = "This was sent already, with other contents. Open it again."
            raise KeyReused(msg, known)
        record(by, subject=known, patient_id=patient_id, after={"again": True})
        return known
    made = _take_back(by, row, reason.strip(), key, day, patient_id, whole=whole)
    record(by, subject=made, patient_id=patient_id, after={"reverses": row.pk}, reason=reason.strip())
    return made


def _take_back(
    by: Actor, row: Entry, reason: str, key: str, day: date, patient_id: int | None, *, whole: bool
) -> Entry:
    if row.reverses_id is not None:
        msg = "What takes something back is not taken back itself. Enter it anew."
        raise CannotReverse(msg, row)
    if Entry.objects.filter(reverses=row).exists():
        msg = "It was taken back already."
        raise CannotReverse(msg, row)
    resting = resting_on(row.pk)
    if resting and not whole:
        msg = "Something was applied to it or out of it since. Take that back first."
        raise CannotReverse(msg, *resting)
    for other in resting:
        _take_back(by, other, reason, f"{key}:{other.pk}"[:100], day, patient_id, whole=True)
    lines = Line.objects.filter(entry=row).select_related("account").order_by("id")
    legs = (
        (one.pk, Leg(one.account.kind, one.account.of, one.amount, one.settles_id, one.about))
        for one in lines
    )
    return write(
        by, opposite(legs, key=key, day=day, about=row.about, reason=reason, patient_id=patient_id), row.pk
    )


def resting_on(entry_id: int) -> list[Entry]:
    """Return the entries that use up something of an entry and stand, newest first."""
    users = Line.objects.filter(settles__entry=entry_id).values("entry")
    gone = Entry.objects.exclude(reverses=None).values("reverses")
    return list(Entry.objects.filter(pk__in=users, reverses=None).exclude(pk__in=gone).order_by("-pk"))

"""Reads of the record of deeds: a question and its entries, newest first, a page at a time however long the record is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, F, Func, QuerySet

from frontdesk.office.audit.models import AuditEntry

ON_A_PAGE = 50
# An entry has its number before its transaction ends, so numbers and moments may differ by as much.
_APART = timedelta(hours=1)
_BLOCK = 1_000
_QUARTER = timedelta(days=93)
LOOKS, CHANGES = "looks", "changes"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the record; what is empty does not narrow it. `first` and `last` are moments, `last` not included.

    `patients` are all charts of one person; `kind` is `looks` or `changes`.
    """

    first: datetime
    last: datetime
    patients: tuple[int, ...] = ()
    actor_id: int | None = None
    action: str = ""
    outcome: str = ""
    source: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed or look. `changed` names the fields that were changed, `before` and `after` have their values.

    `is_restricted` says that whose record it is about, and why, was taken out for the present reader.
    """

    id: int
    at: datetime
    actor_kind: str
    actor_id: int | None
    actor_name: str
    acting_as: str
    action: str
    is_read: bool
    outcome: str
    subject: str
    patient_id: int | None
    reason: str
    changed: tuple[str, ...]
    extra: dict[str, Any]
    source: str
    location_id: int | None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    is_restricted: bool = False


def entries(ask: Ask, *, before: int | None = None, limit: int = ON_A_PAGE) -> list[Entry]:
    """Return the newest entries that answer `ask`, below number `before`; three queries."""
    found = _asked(ask)
    if before is not None:
        found = found.filter(id__lt=before)
    return [_entry(row) for row in found.order_by("-id")[:limit]]


def entries_in_order(ask: Ask) -> Iterator[Entry]:
    """Yield every entry that answers `ask`, oldest first, a thousand at a time."""
    found, after = _asked(ask), 0
    while True:
        rows = list(found.filter(id__gt=after).order_by("id")[:_BLOCK])
        if not rows:
            return
        yield from (_entry(row) for row in rows)
        after = rows[-1].pk


def entry(entry_id: int) -> Entry | None:
    """Return one entry."""
    row = AuditEntry.objects.filter(pk=entry_id).first()
    return _entry(row) if row else None


def bounds(first: datetime, last: datetime) -> tuple[int, int | None]:
    """Return numbers between which every entry from `first` until `last` lies, both themselves left out; None: no end."""
    earlier = (
        AuditEntry.objects.filter(at__lt=first - _APART).order_by("-at", "-id").values_list("id", flat=True)
    )
    later = AuditEntry.objects.filter(at__gte=last + _APART).order_by("at", "id").values_list("id", flat=True)
    return earlier.first() or 0, later.first()


def _asked(ask: Ask) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.alias(moment=_moment()).filter(moment__gte=ask.first, moment__lt=ask.last)
    # Entries of one patient, or of one person over years, are found by their own index; SQLite would go through all
    # numbers between the bounds instead. Everything else is found by the bounds.
    if not ask.patients and (ask.actor_id is None or ask.last - ask.first <= _QUARTER):
        after, until = bounds(ask.first, ask.last)
        found = found.filter(id__gt=after)
        if until is not None:
            found = found.filter(id__lt=until)
    if ask.patients:
        found = found.filter(patient_id__in=ask.patients)
    if ask.actor_id is not None:
        found = found.filter(actor_id=ask.actor_id)
    for name in ("action", "outcome", "source"):
        if value := getattr(ask, name):
            found = found.filter(**{name: value})
    return found.filter(is_read=ask.kind == LOOKS) if ask.kind else found


def _moment() -> Func | F:
    """Return the moment in a form SQLite does not look up in the index by day: it would sort all those days at each page."""
    if connection.vendor == "sqlite":
        return Func(F("at"), template="+%(expressions)s", output_field=DateTimeField())
    return F("at")


def _entry(row: AuditEntry) -> Entry:
    changed = tuple(sorted({*(row.before or {}), *(row.after or {})}))
    return Entry(
        *(
            row.pk,
            row.at,
            row.actor_kind,
            row.actor_id,
            row.actor_name,
            row.acting_as,
            row.action,
            row.is_read,
        ),
        *(row.outcome, row.subject, row.patient_id, row.reason, changed, row.extra or {}, row.source),
        *(row.location_id, row.before or {}, row.after or {}),
    )


def count_anew() -> None:
    """Tell SQLite how the record is spread, from a sample; with counts of its first days it would go through all of it.

    PostgreSQL counts by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE audit_auditentry")

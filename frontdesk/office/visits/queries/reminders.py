"""Which visits were lost, and whose patients had been reminded of them: the book and the messages beside each other."""

from dataclasses import replace

from frontdesk.office.scheduling.queries import reports as book
from frontdesk.office.scheduling.queries.reports import Source

# A cut of the book that the book itself cannot make. A message that went out after the visit was given up reminded nobody.
CUTS = {
    "told": "CASE WHEN EXISTS (SELECT 1 FROM messaging_message m WHERE m.about_kind = 'scheduling.appointment' "
    "AND m.about_id = a.id AND m.kind = 'reminder' AND m.state = 'sent' "
    "AND m.sent_at < CASE WHEN a.status = 'cancelled' THEN a.cancelled_at ELSE a.starts END) THEN 1 ELSE 0 END"
}


def lost(tables: str, among: str) -> Source:
    """Count the visits that were missed or cancelled too late, of those that took place or were lost; `among` narrows."""
    came, late = book.no_shows(), _late()
    return Source(f"({came.base} OR {late}) AND {among}", f"({came.hit} OR {late})", tables=tables)


def cancelled_late(of: Source) -> Source:
    """Count of the same visits only those that were cancelled too late."""
    return replace(of, hit=_late())


def _late() -> str:
    given = book.late_cancellations()
    return f"({given.hit} AND {given.base})"

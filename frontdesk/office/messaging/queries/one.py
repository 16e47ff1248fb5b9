"""One message, as its card shows it: its words as they went out or would go out now, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from frontdesk.office.messaging import rules
from frontdesk.office.messaging.models import Message
from frontdesk.office.messaging.queries.outbox import Line, labels_of, line_of
from frontdesk.office.messaging.queries.words import sender_for, words_for
from frontdesk.office.messaging.rules import Facts, Words, fill, values_of


@dataclass(frozen=True, slots=True)
class Opened:
    """A message with its history. `reads` is what it says; `is_draft` that it has not gone out and could yet change."""

    line: Line
    reads: Words
    is_draft: bool
    made_by: str
    not_after: datetime | None
    sending_at: datetime | None
    ended_at: datetime | None
    settled_at: datetime | None
    location_id: int | None
    labels: tuple[str, str, str]


def message_of(message_id: int) -> Opened | None:
    """Return a message, None when there is none; at most five queries."""
    row = (
        Message.objects.select_related("patient", "location")
        .defer("patient__photo")
        .filter(pk=message_id)
        .first()
    )
    if row is None:
        return None
    return Opened(
        line=line_of(row),
        reads=Words(row.subject, row.words) if row.words else _draft(row),
        is_draft=not row.words,
        made_by=row.made_by,
        not_after=row.not_after,
        sending_at=row.sending_at,
        ended_at=row.ended_at,
        settled_at=row.settled_at,
        location_id=row.location_id,
        labels=labels_of(row, Facts.read(row.after)),
    )


def _draft(row: Message) -> Words:
    after = rules.Facts.read(row.after)
    before = rules.Facts.read(row.before) if row.before else None
    channel = row.channel or "email"
    slot = (row.kind, channel, row.language)
    # The link is made as the message goes out; here it only shows where it will stand.
    link = f"{settings.PUBLIC_URL}/a/…" if settings.PUBLIC_URL and row.kind in rules.ANSWERABLE else ""
    name = row.patient.preferred_name or row.patient.legal_first
    values = values_of(
        after, before, sender_for(after), name, row.language, link=link, kind=row.kind, pay_at="…"
    )
    return fill(words_for([slot])[slot], values, channel, row.language)

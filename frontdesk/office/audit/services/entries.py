"""One line of the record, as its table takes it."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.refs import Ref
from frontdesk.kit.rows import marks
from frontdesk.kit.rows import run as run_statement

Line = list[Any]

# By hand: it is part of every page, and composing it anew cost as much as the database's own work.
_COLUMNS = (
    *("at", "actor_kind", "actor_id", "actor_name", "acting_as", "action", "is_read", "outcome", "subject"),
    *("patient_id", "reason", "before", "after", "extra", "source", "location_id"),
)
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_INSERT = f"INSERT INTO audit_auditentry ({_NAMES}) VALUES ({marks(len(_COLUMNS))})"  # noqa: S608 - names of our own table


def line(
    by: Actor,
    action: str,
    *,
    is_read: bool,
    subject: Ref | Model | None = None,
    outcome: str = "done",
    patient_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    extra: Mapping[str, Any] | None = None,
) -> Line:
    """Compose who did what to what, now."""
    ref = Ref.to(subject) if isinstance(subject, Model) else subject
    told = (_plain(values) for values in (before, after, extra))
    return [
        *(clock.now(), by.kind, by.id, by.name, by.role, action, is_read, outcome, str(ref or "")),
        *(patient_id, reason[:400], *told, by.source, by.location_id),
    ]


def write(written: Line) -> None:
    """Put a line on record, in the transaction that is open."""
    run_statement(_INSERT, written)


def _plain(values: Mapping[str, Any] | None) -> str | None:
    """Write a mapping down as JSON, rows by their number."""
    if values is None:
        return None
    return json.dumps(
        {k: v.pk if isinstance(v, Model) else v for k, v in values.items()}, cls=DjangoJSONEncoder
    )

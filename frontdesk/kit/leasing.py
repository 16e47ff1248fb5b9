"""Rows that wait to be sent: each is leased to one worker for a while, and free again when that worker is gone.

The rows have `state`, `not_before`, `lease_until`, `leased_by`, `attempts` and `sent_at`.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar

from django.db import connection
from django.db.models import F, Model, Q, QuerySet

from frontdesk.kit import clock

M = TypeVar("M", bound=Model)


def due(times: int) -> Q:
    """Return what may be sent now: its time has come, nobody has it, and it was sent fewer than `times`."""
    now = clock.now()
    return Q(not_before__lte=now, attempts__lt=times) & (Q(lease_until=None) | Q(lease_until__lt=now))


def skip_taken(rows: QuerySet[M]) -> QuerySet[M]:
    """Lock rows inside a transaction, and leave out those another worker has just locked."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True, of=("self",))
    return rows


def lease(model: type[M], rows: Iterable[M], worker: str, state: str, span: timedelta) -> None:
    """Give rows to a worker for `span`; each is in `state` from now on, and was tried once more."""
    now = clock.now()
    model._default_manager.filter(pk__in=[row.pk for row in rows]).update(
        state=state, leased_by=worker, lease_until=now + span, sent_at=now, attempts=F("attempts") + 1
    )

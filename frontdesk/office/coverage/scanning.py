"""The worker's side of a card: take what is to be read, with its pictures. Nothing here knows how a picture is read."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from frontdesk.kit import clock, leasing
from frontdesk.office.coverage.models import CardPicture, CardScan

State = CardScan.State
LEASE = timedelta(minutes=3)
"""Longer than the longest look at two sides: a worker that has not come back by then is gone."""
TIMES = 3  # a card is taken up at the most


@dataclass(frozen=True, slots=True)
class ToRead:
    """A card that waits to be read. `is_last` where it was taken up too often already: it is given up."""

    id: int
    first: str
    last: str
    pictures: tuple[bytes, ...]
    is_last: bool


def anything_to_read() -> bool:
    """Say whether a card waits, or hangs with a worker that is gone; one query."""
    return _due().exists()


def lease(worker: str) -> ToRead | None:
    """Take the card that has waited longest for `LEASE`; None when none waits."""
    with transaction.atomic():
        due = leasing.skip_taken(_due().select_related("patient").defer("patient__photo"))
        row = due.order_by("id").first()
        if row is None:
            return None
        CardScan.objects.filter(pk=row.pk).update(
            state=State.READING, leased_by=worker, lease_until=clock.now() + LEASE, attempts=F("attempts") + 1
        )
    sides = CardPicture.objects.filter(scan=row).order_by("-side")  # the front before the back
    return ToRead(
        row.pk,
        row.patient.legal_first,
        row.patient.legal_last,
        tuple(bytes(one.picture) for one in sides),
        is_last=row.attempts >= TIMES,
    )


def _due() -> QuerySet[CardScan]:
    gone = Q(lease_until=None) | Q(lease_until__lt=clock.now())
    return CardScan.objects.exclude(state=State.DONE).filter(gone)

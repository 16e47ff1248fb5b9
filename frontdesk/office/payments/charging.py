"""The worker's side of a charge: take what is to be asked about, and say with which facts.

Nothing here speaks to a network. `exchange` leases charges, asks the processor, and hands what it told to the verbs.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from frontdesk.kit import clock, leasing
from frontdesk.office.payments import rules
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.models.cards import UNDER_WAY

State = CardCharge.State
LEASE = timedelta(seconds=30)
"""Longer than one step may take; after it another worker takes the charge up."""
EVER = 30_000
"""A charge in doubt is asked about until it is known: so many times would be ten days and more."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A charge as the processor is to be asked about it. `attempts` is how often it was taken up since its last answer."""

    id: int
    key: str
    cents: int
    how: str
    state: str
    at: datetime
    processor: str
    reader: str
    customer: str
    method: str
    page: str
    over_at: datetime | None
    called_off: bool
    keeps: bool
    attempts: int


def anything_under_way() -> bool:
    """Say whether a charge is to be asked about now; one query."""
    return _due().exists()


def lease(worker: str, limit: int) -> list[Wish]:
    """Take up to `limit` charges for `LEASE`, those somebody waits for first."""
    now = clock.now()
    with transaction.atomic():
        rows = list(leasing.skip_taken(_due()).select_related("on_file").order_by("not_before", "id")[:limit])
        # Counted before it is sent: whoever dies on the way leaves behind that it may have been.
        CardCharge.objects.filter(pk__in=[row.pk for row in rows]).update(
            leased_by=worker, lease_until=now + LEASE, sent_at=now, attempts=F("attempts") + 1
        )
    return [wish(row) for row in rows]


def wish(row: CardCharge) -> Wish:
    """Return a charge as it is asked about."""
    card = row.on_file
    return Wish(
        id=row.pk, key=row.key, cents=row.cents, how=row.how, state=row.state, at=row.at, processor=row.processor,
        reader=row.reader, customer=card.customer if card else "", method=card.method if card else "", page=row.page,
        over_at=row.over_at, called_off=row.ended_at is not None, keeps=bool(row.consent), attempts=row.attempts,
    )  # fmt: skip


def still(wish: Wish, worker: str, outcome: rules.Outcome) -> bool:
    """Note that a charge is still under way, and when it is to be asked about next; return whether this worker had it.

    References are kept as soon as they are known: what was made ready once is never made ready a second time.
    """
    attempts = min(wish.attempts + 1, 1000) if outcome.state == State.DOUBT else 0
    changes = {"state": outcome.state, "code": outcome.code[:60], "attempts": attempts}
    for name in ("processor", "page", "link"):
        if told := getattr(outcome, name):
            changes[name] = told
    mine = CardCharge.objects.filter(pk=wish.id, leased_by=worker, state__in=UNDER_WAY)
    later = clock.now() + rules.pause(outcome.state, attempts)
    return bool(mine.update(**changes, leased_by="", lease_until=None, not_before=later))


def ask_now(*, processor: str = "", page: str = "") -> int:
    """Have a charge asked about at once; return how many that were."""
    rows = CardCharge.objects.filter(state__in=UNDER_WAY)
    rows = rows.filter(processor=processor) if processor else rows.filter(page=page)
    return rows.update(not_before=clock.now())


def _due() -> QuerySet[CardCharge]:
    return CardCharge.objects.filter(leasing.due(EVER), state__in=UNDER_WAY)

"""The worker's side of money that goes back to a card; as `charging`."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet

from frontdesk.kit import clock, leasing
from frontdesk.office.payments import rules
from frontdesk.office.payments.charging import EVER, LEASE
from frontdesk.office.payments.models import CardRefund

State = CardRefund.State
UNDER_WAY = (State.WAITING, State.SENT, State.DOUBT)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A refund as the processor is asked for it, or about it. `charge` is the processor's reference of what was charged."""

    id: int
    key: str
    cents: int
    charge: str
    processor: str
    attempts: int


def anything_under_way() -> bool:
    """Say whether a refund is to be asked about now; one query."""
    return _due().exists()


def lease(worker: str, limit: int) -> list[Wanted]:
    """Take up to `limit` refunds for a while."""
    now = clock.now()
    with transaction.atomic():
        rows = list(leasing.skip_taken(_due()).select_related("charge").order_by("not_before", "id")[:limit])
        # Counted before it is sent: whoever dies on the way leaves behind that it may have been.
        CardRefund.objects.filter(pk__in=[row.pk for row in rows]).update(
            leased_by=worker, lease_until=now + LEASE, sent_at=now, attempts=F("attempts") + 1
        )
    return [
        Wanted(row.pk, row.key, row.cents, row.charge.processor, row.processor, row.attempts) for row in rows
    ]


def still(wanted: Wanted, worker: str, outcome: rules.Outcome) -> bool:
    """Note that a refund is still under way; return whether this worker had it."""
    changes: dict[str, object] = {"state": outcome.state, "code": outcome.code[:60]}
    if outcome.processor:
        changes["processor"] = outcome.processor
    mine = CardRefund.objects.filter(pk=wanted.id, leased_by=worker, settled_at=None)
    later = clock.now() + rules.pause(State.DOUBT, wanted.attempts)
    return bool(mine.update(**changes, leased_by="", lease_until=None, not_before=later))


def ask_now(*, processor: str) -> int:
    """Have a refund asked about at once; return how many that were."""
    return CardRefund.objects.filter(processor=processor, settled_at=None).update(not_before=clock.now())


def _due() -> QuerySet[CardRefund]:
    return CardRefund.objects.filter(leasing.due(EVER), settled_at=None)

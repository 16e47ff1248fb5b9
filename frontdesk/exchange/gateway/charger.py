"""Sends what waits to the card processor and asks what became of it, until it is known; several at once.

A charge is leased (committed), one step is taken outside of any transaction, and what it told is kept (committed). A crash
between leaves it to be asked about once its lease is over: each step may be done again, and charges nothing twice.
"""

import logging
import traceback
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from frontdesk.exchange.gateway import charging as gateway
from frontdesk.exchange.gateway import events, links
from frontdesk.exchange.gateway import refunding as refunds
from frontdesk.exchange.gateway.processor import client
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.payments import charging, refunding
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.charging import Wish
from frontdesk.office.payments.models import CardCharge, CardRefund, ProcessorEvent
from frontdesk.office.payments.models.cards import SETTLED
from frontdesk.office.payments.refunding import Wanted

T = TypeVar("T")
AT_ONCE = 8
LOOK_BACK = timedelta(hours=2)
QUIET = timedelta(seconds=30)
"""So long an event is left alone that nobody could say anything of."""
log = logging.getLogger(__name__)


class Charger:
    """One for each worker: keeps what is on its way."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self.pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="cards")
        self.under_way: set[Future[None]] = set()
        self.asking: Future[None] | None = None
        self.unanswered: dict[int, datetime] = {}
        if settings.CARDS is not None:
            self.pool.submit(
                client
            )  # its library takes a while to come in; nobody at a reader is to wait for that

    def round(self) -> int:
        """Take up what is due, as far as there is room; return how much that was."""
        if settings.CARDS is None:
            return 0
        self.under_way = {one for one in self.under_way if not one.done()}
        free = AT_ONCE - len(self.under_way)
        charges = charging.lease(self.worker, free) if free and charging.anything_under_way() else []
        free -= len(charges)
        given = refunding.lease(self.worker, free) if free > 0 and refunding.anything_under_way() else []
        self._begin(charges, self._charge)
        self._begin(given, self._give_back)
        return len(charges) + len(given) + self._events()

    def _events(self) -> int:
        """Have somebody ask about events, beside the charges; what had no answer is left alone for a while."""
        if self.asking is not None and not self.asking.done():
            return 0
        now = clock.now()
        self.unanswered = {pk: until for pk, until in self.unanswered.items() if until > now}
        if not _to_ask(self.unanswered).exists():
            return 0
        self.asking = self.pool.submit(_guarded, self._ask, frozenset(self.unanswered))
        return 1

    def _ask(self, leave: Collection[int]) -> None:
        for pk in ask_about_events(leave):
            self.unanswered[pk] = clock.now() + QUIET

    def _begin(self, wishes: Sequence[T], do: Callable[[T], None]) -> None:
        self.under_way |= {self.pool.submit(_guarded, do, one) for one in wishes}

    def _charge(self, wish: Wish) -> None:
        how = links.step if wish.how == CardCharge.How.LINK else gateway.step
        outcome = how(wish)
        if outcome.state in SETTLED:
            payments.settle_card(SYSTEM, charge_id=wish.id, worker=self.worker, outcome=outcome)
        else:
            charging.still(wish, self.worker, outcome)

    def _give_back(self, wanted: Wanted) -> None:
        outcome = refunds.step(wanted)
        if outcome.state in {CardRefund.State.SUCCEEDED, CardRefund.State.FAILED}:
            payments.settle_card_refund(SYSTEM, refund_id=wanted.id, outcome=outcome)
        else:
            refunding.still(wanted, self.worker, outcome)


def _to_ask(leave: Collection[int]) -> QuerySet[ProcessorEvent]:
    return ProcessorEvent.objects.filter(asked_at=None).exclude(pk__in=leave)


def ask_about_events(leave: Collection[int] = ()) -> set[int]:
    """Ask about what events were told of, where it is no charge or refund under way; return those nobody answered for.

    One that cannot be asked about now keeps none of the others waiting; `leave` are those that were tried just now.
    """
    unanswered = set()
    for row in list(_to_ask(leave).order_by("at", "id")[:20]):
        if _known(row):
            ProcessorEvent.objects.filter(pk=row.pk).update(asked_at=clock.now())
        else:
            unanswered.add(row.pk)
    return unanswered


def _known(row: ProcessorEvent) -> bool:
    try:
        if row.kind.startswith("charge.dispute."):
            _dispute_again(row.about)
        elif row.kind.startswith(("refund.", "charge.refund.")):
            _refund_again(row.about)
    except events.NoWord:
        return False
    except Exception as failure:  # noqa: BLE001 - as in `_guarded`: one of them does not stop the others
        _warn(failure)
        return False
    return True


def _dispute_again(name: str) -> None:
    told = events.disputed(name)
    if told is not None:
        payments.note_dispute(
            SYSTEM, processor=told.processor, charge=told.charge, cents=told.cents, reason=told.reason,
            state=told.state, respond_by=told.respond_by,
        )  # fmt: skip


def _refund_again(processor: str) -> None:
    """A refund that was given back may fail afterwards. Raises `events.NoWord`."""
    row = (
        CardRefund.objects.filter(processor=processor, state=CardRefund.State.SUCCEEDED)
        .select_related("charge")
        .first()
    )
    if row is None:
        return
    outcome = refunds.step(Wanted(row.pk, row.key, row.cents, row.charge.processor, row.processor, 0))
    if outcome.state == CardRefund.State.FAILED:
        payments.settle_card_refund(SYSTEM, refund_id=row.pk, outcome=outcome)
    elif outcome.state == CardRefund.State.DOUBT and outcome.code in refunds.NO_WORD:
        raise events.NoWord


def read_events() -> None:
    """Read the events of the last hours: for webhooks that never came."""
    if settings.CARDS is None:
        return
    import stripe  # noqa: PLC0415 - as in `processor`

    try:
        for one in events.since(clock.now() - LOOK_BACK):
            if not ProcessorEvent.objects.filter(name=one.name[:120]).exists():
                payments.hear_event(SYSTEM, name=one.name, kind=one.kind, about=one.about)
    except stripe.StripeError as away:
        log.warning("cards: events could not be read, %s", type(away).__name__)


def _guarded(do: Callable[[T], None], one: T) -> None:
    try:
        do(one)
    except Exception as failure:  # noqa: BLE001 - a processor may answer anything; it is asked again in time
        _warn(failure)
    finally:
        connection.close()


def _warn(failure: Exception) -> None:
    place = traceback.extract_tb(failure.__traceback__)[-1]
    log.warning("cards: %s in %s, line %s", type(failure).__name__, place.name, place.lineno)

"""What the card terminal's batch of a day comes to, asked of the processor. The only place that asks for it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.exchange.gateway.batches import Moved, NotTold, moved
from frontdesk.kit.walltime import midnight_utc
from frontdesk.office.payments.queries import booked_moves

PATIENCE = 4.0
"""Seconds that a page waits for the processor; what comes later is typed from the terminal."""
BY_HAND = "From the terminal’s batch report"
NO_ANSWER = "The card processor did not answer. Type it from the terminal’s batch report."


@dataclass(frozen=True, slots=True)
class Batch:
    """A day's total in cents, None where it is typed by hand; `words` say where it is from, or is to be had."""

    cents: int | None
    words: str


def batch_total(request: DeskRequest, day: date) -> Batch:
    """Return what the processor moved on a business day of the site.

    What our books know counts at the site and day it is booked to, so that what came after the last close is the next day's.
    What they do not know counts by the clock, and at each site: somebody has to find out what it is.
    """
    if settings.CARDS is None:
        return Batch(None, BY_HAND)
    place = request.location
    before, begins, ends = (midnight_utc(day + timedelta(days=n), place.zone) for n in (-1, 0, 1))
    try:
        found = _asked(before, ends)
    except (NotTold, TimeoutError):
        return Batch(None, NO_ANSWER)
    booked = booked_moves([one.reference for one in found])
    ours = [
        one.cents
        for one in found
        if (
            booked[one.reference] == (place.pk, day)
            if one.reference in booked
            else one.at >= begins.timestamp()
        )
    ]
    return Batch(sum(ours), "Asked of the card processor")


def _asked(begins: datetime, ends: datetime) -> list[Moved]:
    """Ask, and wait no longer than `PATIENCE`. Raises `NotTold`, `TimeoutError`."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="batch")
    try:
        return pool.submit(moved, begins, ends).result(PATIENCE)
    finally:
        pool.shutdown(wait=False)

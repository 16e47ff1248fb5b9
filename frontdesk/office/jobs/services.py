"""Put work down in the transaction of the deed that causes it; take it up, once in effect."""

import traceback
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from frontdesk.kit import clock, events
from frontdesk.office.jobs.models import Job

LEASE = timedelta(seconds=60)
ATTEMPTS = 8
KEPT = timedelta(days=7)


def publish(event: object) -> None:
    """Store `event` with the deed it tells of; the worker hands it to its reactions after the commit."""
    name = events.name_of(type(event))
    if events.reactions_to(name):
        enqueue(name, events.to_payload(event))


def enqueue(
    name: str, payload: Mapping[str, Any], *, run_at: datetime | None = None, dedupe: str = ""
) -> None:
    """Ask for work called `name`, not before `run_at`; with `dedupe`, only if it was not asked for before."""
    now = clock.now()
    job = Job(name=name, payload=dict(payload), dedupe=dedupe or None, created_at=now, run_at=run_at or now)
    Job.objects.bulk_create([job], ignore_conflicts=bool(dedupe))


def lease(worker: str) -> Job | None:
    """Take the job that has waited longest, for `LEASE`; None when nothing is due."""
    now = clock.now()
    with transaction.atomic():
        due = Job.objects.filter(
            Q(lease_until=None) | Q(lease_until__lt=now), done_at=None, failed_at=None, run_at__lte=now
        )
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        job = due.order_by("run_at", "id").first()
        if job is not None:
            job.leased_by, job.lease_until, job.attempts = worker, now + LEASE, job.attempts + 1
            job.save(update_fields=["leased_by", "lease_until", "attempts"])
        return job


def perform(job: Job) -> bool:
    """Do a leased job and mark it done in one transaction; put it back with a pause when it fails.

    Returns whether it was done. A worker that lost its lease meanwhile leaves no effect behind. Long work has no such
    transaction around it: the desk would stand still for as long.
    """
    if events.is_long(job.name):
        return _perform_long(job)
    try:
        with transaction.atomic():
            if not Job.objects.filter(pk=job.pk, leased_by=job.leased_by, done_at=None).update(
                done_at=clock.now()
            ):
                return False
            _run(job)
    except Exception as failure:  # noqa: BLE001 - whatever a reaction raises, the job is kept and tried again
        _put_back(job, failure)
        return False
    return True


def _perform_long(job: Job) -> bool:
    try:
        _run(job)
    except Exception as failure:  # noqa: BLE001 - whatever it raises, the job is kept and tried again
        _put_back(job, failure)
        return False
    mine = Job.objects.filter(pk=job.pk, leased_by=job.leased_by, done_at=None)
    return bool(mine.update(done_at=clock.now()))


def work_off(worker: str, *, limit: int = 1000) -> int:
    """Do what is due, up to `limit` jobs; return how many were taken up."""
    for taken in range(limit):
        job = lease(worker)
        if job is None:
            return taken
        perform(job)
    return limit


def forget_done() -> int:
    """Remove work done more than `KEPT` ago; return how much. What has failed for good stays to be looked at."""
    gone, _ = Job.objects.filter(done_at__lt=clock.now() - KEPT).delete()
    return gone


def _run(job: Job) -> None:
    handler = events.handler_of(job.name)
    if handler is not None:
        handler(job.payload)
        return
    event = events.from_payload(job.name, job.payload)
    for reaction in events.reactions_to(job.name):
        reaction(event)


def _put_back(job: Job, failure: Exception) -> None:
    place = traceback.extract_tb(failure.__traceback__)[-1]
    job.last_error = f"{type(failure).__name__} in {place.name}, line {place.lineno}"[:200]
    job.lease_until, job.leased_by = None, ""
    job.run_at = clock.now() + timedelta(seconds=5 * 2**job.attempts)
    job.failed_at = clock.now() if job.attempts >= ATTEMPTS else None
    job.save(update_fields=["last_error", "lease_until", "leased_by", "run_at", "failed_at"])

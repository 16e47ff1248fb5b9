"""The queue of charts that may be one person: filled by looking, emptied by people."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.errors import PairDecided
from frontdesk.office.patients.models import Patient, SuspectedPair
from frontdesk.office.patients.queries.duplicates import suspects_among

AT_ONCE = 500


@service("patients.open_merge_queue", permission="patients.merge", reads=True)
def open_merge_queue(by: Actor, /, *, patient_ids: Iterable[int]) -> None:
    """Put on record that suspected pairs were looked at, and whose charts stood side by side."""
    record(by, extra={"list": "merge queue", "shown": sorted(set(patient_ids))})


@service("patients.dismiss_pair", permission="patients.merge")
def dismiss_pair(by: Actor, /, *, pair_id: int) -> SuspectedPair:
    """Say that two charts are two people; the pair is not suggested again. Raises `PairDecided`."""
    pair = SuspectedPair.objects.select_for_update().filter(pk=pair_id).first()
    if pair is None:
        msg = "There is no such pair."
        raise NotFound(msg)
    if pair.status != SuspectedPair.Status.OPEN:
        msg = "A colleague has decided about this pair already."
        raise PairDecided(msg, pair)
    save_changes(pair, {"status": SuspectedPair.Status.DISTINCT})
    for patient_id in (pair.first_id, pair.second_id):
        record(by, subject=pair, patient_id=patient_id, after={"distinct": [pair.first_id, pair.second_id]})
    return pair


@service("patients.queue_suspected_pairs", permission="patients.merge")
def queue_suspected_pairs(by: Actor, /, *, patient_ids: Iterable[int]) -> list[SuspectedPair]:
    """Look for others who may be these patients, and put the pairs on the merge queue; return those that are new."""
    rows = _queued(patient_ids)
    record(by, extra={"pairs": len(rows)})
    return rows


@service("patients.sweep_for_duplicates", permission="patients.merge")
def sweep_for_duplicates(by: Actor, /, *, since: datetime) -> None:
    """Queue suspects among everyone registered, imported or changed since then. Meant for every night."""
    ids = sorted(_touched(since))
    found = sum(len(_queued(ids[start : start + AT_ONCE])) for start in range(0, len(ids), AT_ONCE))
    record(by, extra={"looked_at": len(ids), "pairs": found})


def carry_over(duplicate_id: int, survivor_id: int) -> list[int]:
    """What is suspected, or was ruled out, of a duplicate holds of its survivor; return the pairs made for it."""
    made = []
    pairs = SuspectedPair.objects.filter(Q(first_id=duplicate_id) | Q(second_id=duplicate_id))
    for pair in pairs.exclude(status=SuspectedPair.Status.MERGED):
        other = pair.second_id if pair.first_id == duplicate_id else pair.first_id
        if other == survivor_id:
            continue
        facts = {"score": pair.score, "why": pair.why, "status": pair.status, "found_at": pair.found_at}
        row, is_new = SuspectedPair.objects.get_or_create(
            first_id=min(other, survivor_id), second_id=max(other, survivor_id), defaults=facts
        )
        made += [row.pk] if is_new else []
    return made


def _queued(patient_ids: Iterable[int]) -> list[SuspectedPair]:
    ids = set(patient_ids)
    either = Q(first_id__in=ids) | Q(second_id__in=ids)
    known = set(SuspectedPair.objects.filter(either).values_list("first_id", "second_id"))
    rows = [
        SuspectedPair(first_id=a, second_id=b, score=score, why=list(why), found_at=clock.now())
        for a, b, score, why in suspects_among(ids)
        if (a, b) not in known
    ]
    SuspectedPair.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    return rows


def _touched(since: datetime) -> set[int]:
    new = Patient.objects.filter(registered_at__gte=since).values_list("id", flat=True)
    changed = AuditEntry.objects.filter(
        at__gte=since, is_read=False, outcome="done", action__startswith="patients.", patient_id__isnull=False
    )
    return set(new) | {pk for pk in changed.values_list("patient_id", flat=True).distinct() if pk}

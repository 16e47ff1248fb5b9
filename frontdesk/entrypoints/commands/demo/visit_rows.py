"""What happened on the visit days of the last weeks, and today so far: who came when, and how long each stage took."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db.models import F

from frontdesk.entrypoints.commands.demo.book_rows import Plan
from frontdesk.kit import clock, walltime
from frontdesk.office.practice.models import Room
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.models import Check, FollowUp, Step, Visit

ORDER = ("arrived", "checked_in", "roomed", "with_provider", "checkout", "done")
CLERKS = ("Rosa Diaz", "Lena Berg", "Sam Cole")
COMPANIONS = ("", "", "", "", "", "her daughter", "his wife", "a neighbor", "mother", "father")
AT_ONCE = 2000
OPEN = ("scheduled", "confirmed", *ORDER[:-1])


def add_visits(plan: Plan, rng: Random, days_back: int) -> int:
    """Add the visits of the days from `days_back` ago until now; return how many."""
    since = walltime.midnight_utc(plan.today - timedelta(days=days_back), plan.zone)
    rows = Appointment.objects.filter(
        starts__gte=since, starts__lt=plan.now + timedelta(hours=12), status__in=ORDER
    )
    fields = ("pk", "patient_id", "location_id", "provider_id", "visit_type_id", "status", "starts", "ends")
    rooms: dict[int, list[int]] = {}
    for pk, place in Room.objects.filter(is_active=True).order_by("pk").values_list("pk", "location_id"):
        rooms.setdefault(place, []).append(pk)
    found = rows.order_by("pk").values_list(*fields).iterator(chunk_size=AT_ONCE)
    made = 0
    while batch := list(islice(found, AT_ONCE)):
        visits, steps, checks = [], [], []
        for row in batch:
            visit = _visit(plan, rng, row, rooms)
            if str(row[5]) == "done":
                _perhaps_leave(rng, visit)
            visits.append(visit)
            steps += list(_steps(rng, visit, str(row[5])))
            checks += list(_checks(rng, visit)) if row[6].date() == plan.now.date() else []
        Visit.objects.bulk_create(visits)
        Step.objects.bulk_create(steps)
        Check.objects.bulk_create(checks)
        made += len(visits)
    _order_follow_ups(plan, rng)
    return made


def _visit(plan: Plan, rng: Random, row: tuple[Any, ...], rooms: dict[int, list[int]]) -> Visit:
    pk, patient, place, provider, _, status, starts, ends = row
    behind = _behind(plan, provider or 0, starts)
    moments = _moments(rng, starts, ends, ORDER.index(status) + 1, plan.now, behind)
    reached = dict(zip((f"{stage}_at" for stage in ORDER), moments, strict=False))
    here = ORDER.index(status) >= ORDER.index("roomed")
    return Visit(
        appointment_id=pk,
        patient_id=patient,
        location_id=place,
        since=moments[-1],
        minutes_late=int((moments[0] - starts).total_seconds() / 60),
        room_id=rng.choice(rooms[place]) if here and place in rooms else None,
        companion=rng.choice(COMPANIONS),
        promised_minutes=rng.choice((None, 5, 10, 15)) if len(moments) > 1 else None,
        left_unseen=False,
        **reached,
    )


def _behind(plan: Plan, provider: int, starts: datetime) -> float:
    """Return how many minutes a provider's day runs late by then: it grows until lunch, and again until the evening.

    Some keep time and some do not; Mondays are the worst, and no two days are alike.
    """
    wall = walltime.to_wall(starts, plan.zone)
    hour = wall.hour + wall.minute / 60
    since = hour - 13 if hour >= 13 else max(hour - 8, 0)
    of_the_day = Random(f"pace-{plan.seed}-{provider}-{wall.date()}").uniform(0.4, 1.6)
    return since * (1.5 + provider % 4 * 1.5) * of_the_day * (1.35 if wall.weekday() == 0 else 1.0)


def _moments(
    rng: Random, starts: datetime, ends: datetime, stages: int, now: datetime, behind: float
) -> list[datetime]:
    """Return when each stage began, `behind` minutes later than it should; none of it lies ahead of now."""
    length = (ends - starts).total_seconds() / 60
    late = rng.triangular(8, 45, 12) if rng.random() < 0.07 else 0
    arrived = starts + timedelta(minutes=rng.triangular(-32, 14, -8) + late)
    checked = arrived + timedelta(minutes=rng.triangular(1, 9, 3))
    waited = rng.triangular(0, 10, 3) + behind * 0.7
    roomed = max(checked, starts - timedelta(minutes=5)) + timedelta(minutes=waited)
    seen = roomed + timedelta(minutes=rng.triangular(1, 12, 4) + behind * 0.3)
    finished = seen + timedelta(minutes=length * rng.triangular(0.5, 1.5, 0.85))
    gone = finished + timedelta(minutes=rng.triangular(1, 8, 3))
    whole = [arrived, checked, roomed, seen, finished, gone][:stages]
    late = (whole[-1] - now).total_seconds() / 60
    if late > -1:
        earlier = timedelta(minutes=late + rng.triangular(1, 14, 4))
        whole = [moment - earlier for moment in whole]
    return [moment.replace(microsecond=0) for moment in whole]


def _perhaps_leave(rng: Random, visit: Visit) -> None:
    """Have a few of those who waited long go before they were seen."""
    if visit.checked_in_at is None or visit.with_provider_at is None:
        return
    waited = (visit.with_provider_at - visit.checked_in_at).total_seconds() / 60
    if rng.random() > (waited - 12) / 800:
        return
    visit.done_at = visit.since = visit.checked_in_at + timedelta(minutes=int(waited * 0.8))
    visit.roomed_at = visit.with_provider_at = visit.checkout_at = visit.room_id = None
    visit.left_unseen = True


def _steps(rng: Random, visit: Visit, status: str) -> Iterator[Step]:
    before = rng.choice(("scheduled", "confirmed", "confirmed"))
    for stage in ORDER[: ORDER.index(status) + 1]:
        at = getattr(visit, f"{stage}_at")
        if at is None:
            continue
        yield Step(
            appointment_id=visit.appointment_id, before=before, after=stage, at=at, by_name=rng.choice(CLERKS)
        )
        before = stage


def _checks(rng: Random, visit: Visit) -> Iterator[Check]:
    if visit.checked_in_at is None:
        return
    answers = {
        "identity": "photo ID seen",
        "changes": "unchanged",
        "card": "seen",
        "forms": "signed",
        "money": "settled",
    }
    for item, answer in answers.items():
        yield Check(
            appointment_id=visit.appointment_id,
            item=item,
            answer=answer,
            at=visit.checked_in_at,
            by_name=rng.choice(CLERKS),
        )


def _order_follow_ups(plan: Plan, rng: Random) -> None:
    """Give those who come to check out something to book."""
    rows = Appointment.objects.filter(status="checkout", starts__lt=plan.now)
    orders = [
        FollowUp(
            appointment_id=row.pk,
            patient_id=row.patient_id,
            visit_type_id=plan.visit_types.get("follow-up", row.visit_type_id),
            provider_id=row.provider_id,
            weeks=rng.choice((1, 2, 4, 6, 12)),
            note=rng.choice(("", "fasting labs a week before", "blood pressure log along")),
            ordered_at=plan.now,
            ordered_by="Dr. Lee",
        )
        for row in rows[:500]
        if rng.random() < 0.7
    ]
    FollowUp.objects.bulk_create(orders)


def freshen() -> int:
    """Say of visits that are over since the demo was made that they are done; return how many."""
    now = clock.now()
    rows = list(Appointment.objects.filter(ends__lt=now - timedelta(minutes=30), status__in=OPEN)[:20_000])
    steps = [
        Step(appointment=row, before=row.status, after="done", at=now, by_name=CLERKS[0])
        for row in rows
        if row.status in ORDER
    ]
    Step.objects.bulk_create(steps, batch_size=AT_ONCE)
    for begin in range(0, len(rows), AT_ONCE):
        ids = [row.pk for row in rows[begin : begin + AT_ONCE]]
        Visit.objects.filter(appointment__in=ids).update(done_at=now, since=now)
        Appointment.objects.filter(pk__in=ids).update(status="done", version=F("version") + 1)
    return len(rows)

"""What waits beside the book: the waitlist, the recalls; and bringing a demo of an earlier day up to the present."""

from datetime import time, timedelta
from random import Random

from frontdesk.entrypoints.commands.demo.book_rows import Plan
from frontdesk.office.scheduling.models import Appointment, Recall, WaitlistEntry
from frontdesk.office.scheduling.queries import kinds_for

WAITING = (
    "Would come at short notice",
    "Only after work",
    "Knee is getting worse",
    "Before her trip on the 20th",
    "",
)
DUE = (
    ("physical", "Yearly physical"),
    ("follow-up", "Blood pressure check, three months"),
    ("follow-up", "Diabetes check, HbA1c"),
    ("nurse", "Second vaccination"),
    ("follow-up", "Well-child visit"),
    ("ultrasound", "Ultrasound again in six months"),
)
ASKED_FOR = ("follow-up", "physical", "new", "sick")


def add_waiting(plan: Plan, rng: Random, count: int) -> None:
    """Put patients on the waitlist: half of them hold a later appointment and would like an earlier one."""
    soon = plan.now + timedelta(days=6)
    later = list(
        Appointment.objects.filter(starts__gt=soon, status="scheduled", provider__isnull=False)[: count // 2]
    )
    entries = [
        _waiting(plan, rng, a.patient_id, a.visit_type_id, a.location_id, a.provider_id, a.pk) for a in later
    ]
    for _ in range(count - len(later)):
        site = rng.randrange(len(plan.locations))
        who = patient(plan, rng)
        may = {kind.code: kind.pk for kind in kinds_for(who, plan.today) if kind.code in ASKED_FOR}
        visit_type = may[rng.choice(sorted(may))]
        entries.append(_waiting(plan, rng, who, visit_type, plan.locations[site], None, None))
    WaitlistEntry.objects.bulk_create(entries, batch_size=1000)


def _waiting(
    plan: Plan,
    rng: Random,
    patient_id: int,
    visit_type_id: int,
    location_id: int,
    provider_id: int | None,
    appointment_id: int | None,
) -> WaitlistEntry:
    mornings = rng.random() < 0.3
    return WaitlistEntry(
        patient_id=patient_id,
        visit_type_id=visit_type_id,
        location_id=location_id,
        provider_id=provider_id,
        appointment_id=appointment_id,
        weekdays=rng.choice(([], [], [0, 2, 4], [1, 3])),
        time_from=time(8) if mornings else None,
        time_to=time(12) if mornings else None,
        until=plan.today + timedelta(days=rng.randint(10, 60)),
        urgency=rng.choice((0, 0, 0, 1, 1, 2)),
        needs_hours=rng.choice((1, 2, 4, 24)),
        note=rng.choice(WAITING),
        added_at=plan.now - timedelta(hours=rng.randint(2, 900)),
    )


def add_recalls(plan: Plan, rng: Random, count: int) -> None:
    """Note who is due for what, some of it overdue."""
    rows = []
    for _ in range(count):
        code, reason = rng.choice(DUE)
        rows.append(
            Recall(
                patient_id=patient(plan, rng),
                visit_type_id=plan.visit_types[code],
                provider_id=rng.choice(plan.providers),
                due=plan.today + timedelta(days=rng.randint(-45, 75)),
                reason=reason,
                added_at=plan.now - timedelta(days=rng.randint(60, 300)),
            )
        )
    Recall.objects.bulk_create(rows, batch_size=1000)


def patient(plan: Plan, rng: Random) -> int:
    """Return somebody who can be booked."""
    while (number := rng.randrange(plan.patients)) in plan.absent:
        pass
    return plan.first_patient + number


def link_moves(plan: Plan, rng: Random, most: int) -> None:
    """Say of some cancelled visits that they were moved: to a later one of the same patient."""
    dropped = Appointment.objects.filter(status="cancelled", starts__lt=plan.now).order_by("-starts")[
        : most * 2
    ]
    earlier = {row.patient_id: row for row in dropped if rng.random() < 0.6}
    moved: list[Appointment] = []
    taken: set[int] = set()
    later = Appointment.objects.filter(patient__in=list(earlier), starts__gte=plan.now - timedelta(days=60))
    for row in later.exclude(status="cancelled"):
        old = earlier[row.patient_id]
        given_up = old.cancelled_at or plan.now
        if row.starts > old.starts and old.pk not in taken and given_up < plan.now:
            row.replaces_id, row.booked_at = old.pk, min(given_up, row.starts - timedelta(hours=3))
            taken.add(old.pk)
            moved.append(row)
    Appointment.objects.bulk_update(moved[:most], ["replaces", "booked_at"], batch_size=300)

"""What somebody has to see to: what runs out with visits booked beyond, what waits for an answer, who has none next week."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from frontdesk.kit import clock, walltime
from frontdesk.kit.sensitivity import HIDDEN, HIDDEN_VISIT, NO_DAY, hidden
from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage.queries import standings
from frontdesk.office.coverage.rules import cover
from frontdesk.office.referrals import rules
from frontdesk.office.referrals.models import Authorization, Use
from frontdesk.office.referrals.queries.lines import held, labels_of
from frontdesk.office.referrals.queries.paying import paid_otherwise
from frontdesk.office.referrals.queries.standing import Seen, stands
from frontdesk.office.scheduling.models import Appointment

MOST = 200
SOON = timedelta(days=14)
AHEAD = 7
_AHEAD = ("scheduled", "confirmed")


@dataclass(frozen=True, slots=True)
class Open:
    """One referral or authorization that asks for a hand. `beyond` is the first visit (its wall time) it will not hold for."""

    patient_id: int
    name: str
    birth_date: date
    held: rules.Held
    payer: str
    asked_at: datetime | None = None
    beyond: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lacking:
    """One visit of the next days that lacks what it needs, and why, in sentences."""

    appointment_id: int
    patient_id: int
    name: str
    birth_date: date
    wall: datetime
    visit_type: str
    cautions: tuple[rules.Caution, ...]


def running_out(today: date) -> list[Open]:
    """Return what ends within `SOON`, or is used up, with a visit booked that it will not hold for; two queries.

    The first to end stands first.
    """
    after = Appointment.objects.filter(patient=OuterRef("patient"), status__in=_AHEAD, starts__gt=clock.now())
    using = Use.objects.filter(appointment=OuterRef("pk"), back_at=None, kind=OuterRef(OuterRef("kind")))
    near = Q(ends__gte=today, ends__lte=today + SOON) | Q(allowed__lte=F("used") + F("used_before"))
    rows = (
        Authorization.objects.filter(near, state=Authorization.State.APPROVED)
        .filter(Q(ends=None) | Q(ends__gte=today), Exists(after.filter(~Exists(using))))
        .select_related("patient", "policy__payer", "visit_type", "also_for")
        .defer("patient__photo")
        .order_by(F("ends").asc(nulls_last=True), "id")[:MOST]
    )
    found = list(rows)
    ahead = _ahead_without([row.patient_id for row in found])
    opens = []
    for row in found:
        seen = held(row)
        late = next(
            (
                one
                for one in ahead.get((row.patient_id, row.kind), [])
                if rules.hindrance(seen, _visit(one, seen)) in {"over", "used_up"}
            ),
            None,
        )
        if late is not None:
            opens.append(replace(_open(row), beyond=to_wall(late.starts, late.zone)))
    return opens


def pending() -> list[Open]:
    """Return what payers have not decided, or nobody has asked for yet, the oldest first; one query."""
    rows = (
        Authorization.objects.filter(state__in=(Authorization.State.PENDING, Authorization.State.DRAFT))
        .select_related("patient", "policy__payer", "visit_type", "also_for")
        .defer("patient__photo")
        .order_by("noted_at", "id")
    )
    return [replace(_open(row), asked_at=row.noted_at) for row in rows[:MOST]]


def lacking(location_id: int, zone: str, *, days: int = AHEAD) -> list[Lacking]:
    """Return a site's visits of the next days that lack what they need; the sooner first; four queries for each 500 visits."""
    today = clock.today(zone)
    until = walltime.midnight_utc(today + timedelta(days=days + 1), zone)
    rows = (
        Appointment.objects.filter(
            location_id=location_id, status__in=_AHEAD, starts__gte=clock.now(), starts__lt=until
        )
        .select_related("patient", "visit_type", "provider", "location")
        .defer("patient__photo")
        .order_by("starts", "id")
    )
    found = list(rows)
    others = paid_otherwise([row.pk for row in found])
    booked = [row for row in found if row.pk not in others]
    by_day: dict[date, set[int]] = {}
    for row in booked:
        by_day.setdefault(to_wall(row.starts, row.zone).date(), set()).add(row.patient_id)
    known = {day: standings(patients, day) for day, patients in by_day.items()}
    seen = []
    for row in booked:
        day = to_wall(row.starts, row.zone).date()
        by = cover(known[day].get(row.patient_id, ())).by
        policy_id, words = (by.policy_id, by.words if by.verdict == "active" else "") if by else (None, "")
        kind = row.visit_type
        seen.append(
            Seen(row.patient_id, kind.pk, kind.name, kind.service_types, day, row.pk, policy_id, words)
        )
    return [
        _lacking(row, tuple(stand.cautions))
        for row, stand in zip(booked, stands(seen), strict=True)
        if stand.cautions
    ][:MOST]


def _lacking(row: Appointment, cautions: tuple[rules.Caution, ...]) -> Lacking:
    labels = [
        row.patient.labels,
        row.visit_type.labels,
        row.location.labels,
        row.provider.labels if row.provider else "",
    ]
    wall = to_wall(row.starts, row.zone)
    if hidden(*labels):
        return Lacking(row.pk, row.patient_id, HIDDEN, NO_DAY, wall, HIDDEN_VISIT, ())
    return Lacking(
        row.pk, row.patient_id, row.patient.name, row.patient.birth_date, wall, row.visit_type.name, cautions
    )


def _open(row: Authorization) -> Open:
    shut = hidden(row.patient.labels, *labels_of(row))
    name, born = (HIDDEN, NO_DAY) if shut else (row.patient.name, row.patient.birth_date)
    seen = replace(held(row), number="") if shut else held(row)
    return Open(row.patient_id, name, born, seen, "" if shut else row.policy.payer.name)


def _ahead_without(patient_ids: list[int]) -> dict[tuple[int, str], list[Appointment]]:
    """Return the visits ahead of some patients that use none of each kind, in order of time; one query."""
    using = {
        f"has_{kind}": Exists(Use.objects.filter(appointment=OuterRef("pk"), back_at=None, kind=kind))
        for kind in rules.KINDS
    }
    rows = (
        Appointment.objects.filter(patient__in=patient_ids, status__in=_AHEAD, starts__gt=clock.now())
        .select_related("visit_type")
        .annotate(**using)
        .order_by("starts")
    )
    found: dict[tuple[int, str], list[Appointment]] = {}
    booked = list(rows)
    others = paid_otherwise([row.pk for row in booked])
    for row in booked:
        if row.pk in others:
            continue
        for kind in rules.KINDS:
            if not getattr(row, f"has_{kind}"):
                found.setdefault((row.patient_id, kind), []).append(row)
    return found


def _visit(row: Appointment, one: rules.Held) -> rules.Visit:
    day = to_wall(row.starts, row.zone).date()
    services = frozenset(filter(None, row.visit_type.service_types.split(",")))
    return rules.Visit(row.visit_type_id, day, (one.policy_id,), services)

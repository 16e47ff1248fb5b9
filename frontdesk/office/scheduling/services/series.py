"""Appointments every so many weeks, each a row of its own, at the same time by the clock on the wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from frontdesk.kit import clock, walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.errors import SlotTaken
from frontdesk.office.scheduling.models import Appointment, Series
from frontdesk.office.scheduling.services._placing import location_of, patient_locked, visit_type_of
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.moving import AHEAD, appointment_of, cancel

MOST = 60


@dataclass(frozen=True, slots=True)
class Planned:
    """One visit of a series as it would be booked; `refusal` says why not, "" when it can be."""

    starts: datetime | None
    wall: datetime
    refusal: str = ""


def wall_times(first: datetime, zone: str, *, every_weeks: int, times: int) -> list[datetime]:
    """Return the naive wall times of a series whose first visit is at `first` (UTC): the same clock time each."""
    if not (1 <= every_weeks <= 52 and 1 <= times <= MOST):
        msg = f"A series is up to {MOST} visits, 1 to 52 weeks apart."
        raise Invalid(msg, fields={"times": msg})
    wall = walltime.to_wall(first, zone).replace(fold=0)
    return [wall + timedelta(weeks=every_weeks * n) for n in range(times)]


@service("scheduling.plan_series", permission="scheduling.book", reads=True)
def plan_series(
    by: Actor,
    /,
    *,
    patient_id: int,
    visit_type_id: int,
    location_id: int,
    starts: datetime,
    every_weeks: int,
    times: int,
    provider_id: int | None = None,
) -> tuple[Planned, ...]:
    """Return what each visit of a series would meet, without booking any of them."""
    zone = location_of(location_id).zone
    ask = {"visit_type_id": visit_type_id, "location_id": location_id, "provider_id": provider_id}
    plan: list[Planned] = []
    with transaction.atomic():
        for wall in wall_times(starts, zone, every_weeks=every_weeks, times=times):
            plan.append(_try(by, wall, zone, {**ask, "patient_id": patient_id}))  # noqa: PERF401 - a savepoint each
        transaction.set_rollback(True)
    record(by, patient_id=patient_id, subject=None, extra={"visits": times})
    return tuple(plan)


@service("scheduling.book_series", permission="scheduling.book")
def book_series(
    by: Actor,
    /,
    *,
    patient_id: int,
    visit_type_id: int,
    location_id: int,
    starts: datetime,
    every_weeks: int,
    times: int,
    provider_id: int | None = None,
    skip_conflicts: bool = False,
    internal_note: str = "",
) -> list[Appointment]:
    """Book `times` visits, all or none; with `skip_conflicts` those that can be.

    Raises `SlotTaken` naming the first that cannot be booked, `about` the plan of all that cannot.
    """
    zone = location_of(location_id).zone
    walls = wall_times(starts, zone, every_weeks=every_weeks, times=times)
    series = Series.objects.create(
        patient=patient_locked(patient_id),
        visit_type=visit_type_of(visit_type_id),
        every_weeks=every_weeks,
        made_at=clock.now(),
    )
    ask = {
        "patient_id": patient_id,
        "visit_type_id": visit_type_id,
        "location_id": location_id,
        "provider_id": provider_id,
        "internal_note": internal_note,
        "series": series,
    }
    outcomes = [_try(by, wall, zone, ask) for wall in walls]
    refused = [one for one in outcomes if one.refusal]
    made = list(Appointment.objects.filter(series=series).order_by("starts"))
    if (refused and not skip_conflicts) or not made:
        raise _refusal(refused)
    record(by, subject=series, patient_id=patient_id, after={"visits": len(made), "every_weeks": every_weeks})
    return made


@service("scheduling.cancel_series", permission="scheduling.cancel")
def cancel_series(
    by: Actor, /, *, appointment_id: int, scope: str, reason_code: str, note: str = ""
) -> list[Appointment]:
    """Cancel "this" visit of a series, "following" (this and later), or "all" that have not begun."""
    row = appointment_of(appointment_id)
    if scope not in {"this", "following", "all"}:
        msg = "Choose this visit, this and later ones, or all."
        raise Invalid(msg, fields={"scope": msg})
    rows = [row] if scope == "this" or row.series_id is None else _of_series(row, scope)
    done = [cancel(by, appointment_id=one.pk, reason_code=reason_code, note=note) for one in rows]
    record(by, subject=row, patient_id=row.patient_id, extra={"scope": scope, "cancelled": len(done)})
    return done


def _of_series(row: Appointment, scope: str) -> list[Appointment]:
    rows = Appointment.objects.filter(series=row.series_id, status__in=AHEAD).order_by("starts")
    return list(rows.filter(starts__gte=row.starts) if scope == "following" else rows)


def _try(by: Actor, wall: datetime, zone: str, ask: Mapping[str, object]) -> Planned:
    """Book one visit in a savepoint; tell of a refusal instead of raising it."""
    starts = None
    try:
        starts = walltime.to_utc(wall, zone)
        with transaction.atomic():
            book(by, starts=starts, **ask)  # type: ignore[arg-type]
    except Refusal as refusal:
        return Planned(starts, wall, refusal.sentence)
    return Planned(starts, wall)


def _refusal(refused: list[Planned]) -> SlotTaken:
    first = refused[0]
    more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
    return SlotTaken(f"{first.wall:%A, %B %-d, %Y}{more}: {first.refusal}", *refused)

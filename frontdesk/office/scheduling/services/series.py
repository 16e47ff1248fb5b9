"""Appointments every so many weeks, each a row of its own, at the same time by the clock on the wall."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from frontdesk.kit import clock, walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.errors import SlotTaken
from frontdesk.office.scheduling.models import Appointment, Series
from frontdesk.office.scheduling.services._placing import location_of, patient_locked, visit_type_of
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.holding import release_hold
from frontdesk.office.scheduling.services.moving import AHEAD, appointment_of, cancel
from frontdesk.office.scheduling.services.openings import Offer, OpeningsAsk, find_openings

MOST = 60
NEAREST = 3
LOOKED_AT = 200
NOTHING: Mapping[int, datetime | None] = {}


@dataclass(frozen=True, slots=True)
class Planned:
    """One visit of a series as it would be; `refusal` says why not, "" when it can be, `instead` what is free near it."""

    starts: datetime | None
    wall: datetime
    refusal: str = ""
    instead: tuple[Offer, ...] = ()


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
    hold_id: int | None = None,
) -> tuple[Planned, ...]:
    """Return what each visit of a series would meet, without booking any of them, and what is free in place of each.

    One's own hold, which is of the first visit, does not stand in its way.
    """
    zone = location_of(by, location_id).zone
    ask = {
        "visit_type_id": visit_type_id,
        "location_id": location_id,
        "provider_id": provider_id,
        "patient_id": patient_id,
    }
    plan: list[Planned] = []
    with transaction.atomic():
        for number, wall in enumerate(wall_times(starts, zone, every_weeks=every_weeks, times=times)):
            plan.append(_try(by, wall, zone, ask, hold_id=None if number else hold_id))
        plan = [replace(one, instead=_near(by, ask, one)) if one.refusal else one for one in plan]
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
    instead: Mapping[int, datetime | None] = NOTHING,
    hold_id: int | None = None,
    internal_note: str = "",
    patient_instructions: str | None = None,
) -> list[Appointment]:
    """Book `times` visits, all or none; with `skip_conflicts` those that can be.

    `instead` says of single visits (the first is 0) at which time they are booked in place of their own, or that they
    are left out (None). One's own hold becomes the first visit; refused, it is still there.
    Raises `SlotTaken` naming the first that cannot be booked, `about` the plan of all that cannot.
    """
    zone = location_of(by, location_id).zone
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
        "patient_instructions": patient_instructions,
        "series": series,
    }
    if instead.get(0, starts) is not starts and hold_id is not None:
        release_hold(by, hold_id=hold_id)
        hold_id = None
    outcomes = [
        _try(by, wall, zone, ask, hold_id=None if number else hold_id, at=instead.get(number))
        for number, wall in enumerate(walls)
        if instead.get(number, starts) is not None
    ]
    refused = [one for one in outcomes if one.refusal]
    made = list(Appointment.objects.filter(series=series).order_by("starts"))
    if (refused and not skip_conflicts) or not made:
        if not refused:
            msg = "Every visit of the series is left out. Keep at least one."
            raise Invalid(msg, fields={"times": msg})
        raise refusal_of(refused)
    record(by, subject=series, patient_id=patient_id, after={"visits": len(made), "every_weeks": every_weeks})
    return made


@service("scheduling.cancel_series", permission="scheduling.cancel")
def cancel_series(
    by: Actor, /, *, appointment_id: int, scope: str, reason_code: str, note: str = ""
) -> list[Appointment]:
    """Cancel "this" visit of a series, "following" (this and later), or "all" that have not begun."""
    row = appointment_of(by, appointment_id)
    rows = in_scope(row, scope)
    done = [cancel(by, appointment_id=one.pk, reason_code=reason_code, note=note) for one in rows]
    record(by, subject=row, patient_id=row.patient_id, extra={"scope": scope, "cancelled": len(done)})
    return done


def in_scope(row: Appointment, scope: str) -> list[Appointment]:
    """Return "this" visit, "following" (this and later of its series) or "all" of it that have not begun, in order."""
    if scope not in {"this", "following", "all"}:
        msg = "Choose this visit, this and later ones, or all."
        raise Invalid(msg, fields={"scope": msg})
    if scope == "this" or row.series_id is None:
        return [row]
    rows = Appointment.objects.filter(series=row.series_id, status__in=AHEAD).order_by("starts")
    return list(rows.filter(starts__gte=row.starts) if scope == "following" else rows)


def _try(
    by: Actor,
    wall: datetime,
    zone: str,
    ask: Mapping[str, object],
    *,
    hold_id: int | None = None,
    at: datetime | None = None,
) -> Planned:
    """Book one visit, at its own time or `at` another, in a savepoint; tell of a refusal instead of raising it."""

    def deed(starts: datetime) -> None:
        book(by, starts=starts, hold_id=hold_id, **ask)  # type: ignore[arg-type]  # one dict, values of many kinds

    return attempt(deed, wall, zone, at)


def attempt(
    deed: Callable[[datetime], object], wall: datetime, zone: str, at: datetime | None = None
) -> Planned:
    """Do something at a wall time (or `at` a moment) in a savepoint; tell of a refusal instead of raising it."""
    starts = at
    try:
        starts = starts or walltime.to_utc(wall, zone)
        with transaction.atomic():
            deed(starts)
    except Refusal as refusal:
        return Planned(starts, wall, refusal.sentence)
    return Planned(starts, wall)


def _near(by: Actor, ask: Mapping[str, Any], one: Planned) -> tuple[Offer, ...]:
    """Return the free times of that week that are nearest to the one that cannot be had."""
    monday = one.wall.date() - timedelta(days=one.wall.weekday())
    wish = OpeningsAsk(
        visit_type_id=ask["visit_type_id"],
        patient_id=ask["patient_id"],
        provider_ids=(ask["provider_id"],) if ask["provider_id"] else (),
        location_ids=(ask["location_id"],),
        from_day=monday,
        to_day=monday + timedelta(days=6),
        limit=LOOKED_AT,
    )
    try:
        offers = find_openings(by, ask=wish).offers
    except Refusal:
        return ()
    return tuple(sorted(offers, key=lambda offer: (abs(offer.wall - one.wall), offer.wall))[:NEAREST])


def refusal_of(refused: list[Planned]) -> SlotTaken:
    """Return the refusal that names the first visit which cannot be, `about` all that cannot."""
    first = refused[0]
    more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
    return SlotTaken(f"{first.wall:%A, %B %-d, %Y}{more}: {first.refusal}", *refused)

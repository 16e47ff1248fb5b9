"""What is free: openings for what is asked, why a time is not free, and what a time would take."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from frontdesk.kit import walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound, Refusal
from frontdesk.kit.rows import fetch, marks
from frontdesk.office.audit.services import record, service
from frontdesk.office.practice.models import Provider
from frontdesk.office.scheduling import bits, solver
from frontdesk.office.scheduling.errors import (
    LimitNotMet,
    NotOpen,
    NotWithProvider,
    OnTimeOff,
    SlotTaken,
    WrongVisitType,
)
from frontdesk.office.scheduling.models import TimeOff, VisitType
from frontdesk.office.scheduling.services.limits import limits

Span = tuple[int, int, datetime, datetime]
OVERRIDE_SEAT = 100
# Of each day and resource: the open cells by lane, and the taken ones by seat.
Sheets = dict[tuple[date, int], tuple[dict[int, int], dict[int, int]]]
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OpeningsAsk:
    """What is looked for. Empty means any; days and times are wall days and times of the location."""

    visit_type_id: int
    from_day: date
    to_day: date
    patient_id: int | None = None
    provider_ids: tuple[int, ...] = ()
    location_ids: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    time_from: time | None = None
    time_to: time | None = None
    language: str = ""
    provider_gender: str = ""
    limit: int = 10
    in_a_row: int = 1
    after: datetime | None = None
    earlier_than: datetime | None = None
    # The patient has the visit already and it only moves.
    moving: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A free time, and how to say it to a caller. `wall` is naive, in `zone`."""

    starts: datetime
    ends: datetime
    wall: datetime
    zone: str
    provider_id: int | None
    provider_name: str
    location_id: int
    location_name: str
    visit_type_id: int
    spoken: str
    clock: str
    day_words: str


@dataclass(frozen=True, slots=True)
class Openings:
    """The earliest free times, how far the book was looked through, and how long the visit takes."""

    offers: list[Offer]
    looked_until: date
    minutes: int


@service("scheduling.find_openings", permission="scheduling.view", reads=True)
def find_openings(by: Actor, /, *, ask: OpeningsAsk) -> Openings:
    """Return the earliest openings; the book is read day by day and only as far as needed.

    Raises `LimitNotMet` when the visit is not for this patient, `NotFound` for an unknown kind of visit.
    """
    kind, ask = kind_of(ask.visit_type_id), at_own_sites(by, ask)
    if ask.patient_id is not None:
        why = limits(kind, ask.patient_id, ask.from_day, moving=ask.moving)
        if why:
            raise LimitNotMet(why[0])
    plan = solver.plan(kind, ask)
    found, until = solver.earliest(plan, ask)
    record(by, patient_id=ask.patient_id)
    return Openings(_offers(plan, found), until, kind.minutes)


def at_own_sites(by: Actor, ask: OpeningsAsk) -> OpeningsAsk:
    """Return the question for the sites where `by` works; one about other sites alone is about none there is."""
    if by.sites is None:
        return ask
    wanted = tuple(pk for pk in ask.location_ids or sorted(by.sites) if pk in by.sites)
    if not wanted:
        msg = "There is no such location."
        raise NotFound(msg)
    return replace(ask, location_ids=wanted)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A resource that might take a step of a visit."""

    pk: int
    pool: str
    name: str
    provider_id: int | None
    zone: str


def legs_for(
    visit_type: VisitType,
    provider_id: int | None,
    location_id: int,
    starts: datetime,
    *,
    overriding: frozenset[str] = NOTHING,
) -> list[Span]:
    """Return what a visit at `starts` (UTC) would take: (resource, seat, starts, ends) of every step.

    `overriding` names rules that do not count: "capacity" (seats from 100 on are used), "visit_type", "time_off".
    Raises `NotOpen`, `OnTimeOff`, `WrongVisitType` or `SlotTaken`, whichever came nearest to yes; `NotWithProvider`
    when a provider is asked for whose time such a visit does not take.
    """
    kinds = solver.steps_of(visit_type)
    candidates = _candidates({step.pool for step in kinds}, location_id, provider_id)
    if provider_id and not any(step.pool == solver.PROVIDER for step in kinds):
        raise NotWithProvider(f"{visit_type.name} is not with a provider. Choose one of its own times.")
    sheets = _sheets_at(candidates, starts)
    lanes = solver.lanes_for(visit_type)
    spans: list[Span] = []
    for step in kinds:
        pool = [r for r in candidates if r.pool == step.pool]
        if not pool:
            msg = (
                "Nobody here offers that kind of visit."
                if step.pool == "provider"
                else f"There is no {step.pool} here."
            )
            raise NotOpen(msg)
        spans.append(_one_of(pool, step, visit_type, sheets, lanes, starts, overriding, spans))
    return spans


def _one_of(
    pool: list[_Candidate],
    step: solver.Step,
    visit_type: VisitType,
    sheets: Sheets,
    lanes: dict[int, int],
    starts: datetime,
    overriding: frozenset[str],
    taken: list[Span],
) -> Span:
    """Return the first of a pool that can take a step; raise the mildest of the refusals when none can."""
    refusals: list[Refusal] = []
    used = {span[0] for span in taken}
    for resource in pool:
        if resource.pk in used:
            continue
        minutes = step.minutes or solver.minutes_for(visit_type, resource.provider_id)
        begins = starts + timedelta(minutes=step.offset)
        try:
            seat = _seat(resource, begins, minutes, sheets, lanes, overriding)
        except (NotOpen, WrongVisitType, SlotTaken) as refusal:
            refusals.append(refusal)
        else:
            return resource.pk, seat, begins, begins + timedelta(minutes=minutes)
    order = {SlotTaken: 0, WrongVisitType: 1, OnTimeOff: 2, NotOpen: 3}
    raise min(refusals, key=lambda r: order[type(r)], default=NotOpen())


def _seat(
    resource: _Candidate,
    begins: datetime,
    minutes: int,
    sheets: Sheets,
    lanes: dict[int, int],
    overriding: frozenset[str],
) -> int:
    """Return the lowest seat of a resource that is open and free for all of a step."""
    zone = resource.zone
    day = walltime.to_wall(begins, zone).date()
    first, count = bits.cell_at(begins, day, zone), bits.cells(minutes)
    wanted = bits.span(first, count)
    opened, taken = sheets.get((day, resource.pk), ({}, {}))
    seats = _open_seats(resource, begins, minutes, opened, lanes, wanted, overriding)
    for seat in range(seats):
        if not taken.get(seat, 0) & wanted and _opens_for(opened, lanes, seat, wanted, overriding):
            return seat
    if "capacity" not in overriding:
        raise SlotTaken
    return next(seat for seat in range(OVERRIDE_SEAT, OVERRIDE_SEAT + 50) if not taken.get(seat, 0) & wanted)


def _open_seats(
    resource: _Candidate,
    begins: datetime,
    minutes: int,
    opened: dict[int, int],
    lanes: dict[int, int],
    wanted: int,
    overriding: frozenset[str],
) -> int:
    """Return how many seats the lanes open then have; refuse when none is open, or only for other visits."""
    anything = 0
    for cells in opened.values():
        anything |= cells
    fitting = 0
    for lane, cells in opened.items():
        fitting |= cells if lane in lanes else 0
    if wanted & ~anything:
        if "time_off" not in overriding:
            _refuse_closed(resource, begins, minutes)
        return 1
    if wanted & ~fitting:
        if "visit_type" not in overriding:
            raise WrongVisitType
        return 1
    return max(lanes[lane] for lane, cells in opened.items() if lane in lanes and cells & wanted)


def _opens_for(
    opened: dict[int, int], lanes: dict[int, int], seat: int, wanted: int, overriding: frozenset[str]
) -> bool:
    if overriding & {"time_off", "visit_type"}:
        return True
    covered = 0
    for lane, cells in opened.items():
        covered |= cells if lanes.get(lane, 0) > seat else 0
    return not wanted & ~covered


def _refuse_closed(resource: _Candidate, begins: datetime, minutes: int) -> None:
    ends = begins + timedelta(minutes=minutes)
    away = TimeOff.objects.filter(resource=resource.pk, opens=False, begins__lt=ends, ends__gt=begins).first()
    if away is not None:
        raise OnTimeOff(f"{resource.name} is away then.")
    raise NotOpen


def _candidates(pools: set[str], location_id: int, provider_id: int | None) -> list[_Candidate]:
    """Return what could take part, in order; of providers the one asked for."""
    rows = fetch(
        "SELECT r.id, r.kind, r.pool, r.name, r.provider_id, l.zone FROM scheduling_resource r "  # noqa: S608 - places only
        f"JOIN practice_location l ON l.id = r.location_id WHERE r.location_id = %s AND r.pool IN ({marks(len(pools))}) "
        "AND r.is_active ORDER BY r.id",
        [location_id, *sorted(pools)],
    )
    return [
        _Candidate(pk, pool, name, provider, zone)
        for pk, kind, pool, name, provider, zone in rows
        if kind != "provider" or not provider_id or provider == provider_id
    ]


def _sheets_at(resources: Iterable[_Candidate], starts: datetime) -> Sheets:
    """Return the open lanes and taken seats of each resource on the days a visit may touch."""
    given = list(resources)
    days = {walltime.to_wall(starts + timedelta(hours=h), r.zone).date() for r in given for h in (0, 8)}
    if not given:
        return {}
    rows = fetch(
        "SELECT day, resource_id, open, taken FROM scheduling_daysheet "  # noqa: S608 - places only
        f"WHERE day IN ({marks(len(days))}) AND resource_id IN ({marks(len(given))})",
        [*(day.isoformat() for day in days), *(r.pk for r in given)],
    )
    return {
        (day if isinstance(day, date) else date.fromisoformat(day), resource): (
            _bitmaps(opened),
            _bitmaps(taken),
        )
        for day, resource, opened, taken in rows
    }


def _bitmaps(text: str) -> dict[int, int]:
    return {int(key): bits.unhex(value) for key, value in json.loads(text).items()}


def kind_of(pk: int) -> VisitType:
    """Return the kind of visit that is asked about. Raises `NotFound`."""
    rows = VisitType.objects.raw("SELECT * FROM scheduling_visittype WHERE id = %s AND is_active", [pk])
    found = next(iter(rows), None)
    if found is None:
        msg = "Choose a kind of visit first."
        raise NotFound(msg)
    return found


def _offers(plan: solver.Plan, spots: list[solver.Spot]) -> list[Offer]:
    return [_offer(plan.kind, spot, plan.resources[spot.resource_id]) for spot in spots]


def _offer(kind: VisitType, spot: solver.Spot, resource: solver.Candidate) -> Offer:
    zone = resource.zone
    first, last, credential = resource.provider_names
    provider = (
        Provider(first_name=first, last_name=last, credential=credential) if resource.provider_id else None
    )
    wall = walltime.to_wall(spot.starts, zone)
    spoken_name = provider.spoken_name if provider else resource.name
    return Offer(
        starts=spot.starts,
        ends=spot.ends,
        wall=wall,
        zone=zone,
        provider_id=resource.provider_id,
        provider_name=provider.name if provider else resource.name,
        location_id=resource.location_id,
        location_name=resource.location_name,
        visit_type_id=kind.pk,
        spoken=f"{wall:%A, %B} {_ordinal(wall.day)} at {walltime.spoken_time(wall)} with {spoken_name}",
        clock=f"{wall:%-I:%M} {'am' if wall.hour < 12 else 'pm'}",
        day_words=f"{wall:%a, %b} {wall.day}",
    )


def _ordinal(day: int) -> str:
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"

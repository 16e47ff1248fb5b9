"""What a visit would take at a time: of each thing it needs one that is open for such a visit then, and free."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontdesk.kit import walltime
from frontdesk.kit.errors import NotFound, Refusal
from frontdesk.kit.rows import fetch, marks
from frontdesk.office.scheduling import bits, solver
from frontdesk.office.scheduling.errors import NotOpen, NotWithProvider, OnTimeOff, SlotTaken, WrongVisitType
from frontdesk.office.scheduling.models import TimeOff, VisitType

Span = tuple[int, int, datetime, datetime]
OVERRIDE_SEAT = 100
# Of each day and resource: the open cells by lane, and the taken ones by seat.
Sheets = dict[tuple[date, int], tuple[dict[int, int], dict[int, int]]]
NOTHING: frozenset[str] = frozenset()


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


def in_place_of(
    has: Span,
    resource_id: int,
    visit_type: VisitType,
    location_id: int,
    *,
    overriding: frozenset[str] = NOTHING,
) -> Span:
    """Return what a part of a visit would take of another resource of the same pool and place at the same time.

    It must be open for such a visit, and free. Raises what `legs_for` raises, naming it; `NotFound` for one that
    cannot stand in.
    """
    pools = {pool for (pool,) in fetch("SELECT pool FROM scheduling_resource WHERE id = %s", [has[0]])}
    found = [one for one in _candidates(pools, location_id, None) if one.pk == resource_id] if pools else []
    if not found:
        msg = "That room or device cannot stand in for the other."
        raise NotFound(msg)
    one, begins, ends = found[0], has[2], has[3]
    minutes = int((ends - begins).total_seconds() // 60)
    sheets, lanes = _sheets_at(found, begins), solver.lanes_for(visit_type)
    try:
        return one.pk, _seat(one, begins, minutes, sheets, lanes, overriding), begins, ends
    except OnTimeOff:
        raise
    except NotOpen:
        raise NotOpen(f"{one.name} is not open for all of that time.") from None
    except WrongVisitType:
        raise WrongVisitType(f"{one.name} is kept for another kind of visit then.") from None
    except SlotTaken:
        raise SlotTaken(f"{one.name} is taken then. Please choose another.") from None


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

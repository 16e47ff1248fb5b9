"""The search for openings: day by day over bitmaps, earliest first, no further than needed.

Its cost grows with the days looked at and the resources asked about, never with the appointments stored.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import nsmallest
from typing import TYPE_CHECKING

from frontdesk.kit import clock
from frontdesk.kit.rows import fetch, marks
from frontdesk.office.scheduling import bits
from frontdesk.office.scheduling.models import Resource, VisitType

if TYPE_CHECKING:
    from frontdesk.office.scheduling.services.openings import OpeningsAsk

# How many days are read at a time: the answer mostly lies in the first.
CHUNKS = (1, 1, 2, 4, 7)
# So many resources are asked for by name; of more, the whole day is read.
FEW = 60
# The pool that a visit's provider is of.
PROVIDER = "provider"
# Of one provider's day no more than these are offered while others have time too.
OF_ONE = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a visit: what is needed, from how many minutes after the start, for how long (0: the visit's)."""

    pool: str
    offset: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A free start with the resource that leads the visit."""

    starts: datetime
    ends: datetime
    resource_id: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resource that may take part: as little of it as the search, and saying what was found, needs.

    `minutes` is how long its provider takes for the visit, where that differs from the usual.
    """

    pk: int
    name: str
    pool: str
    provider_id: int | None
    location_id: int
    location_name: str
    zone: str
    minutes: int | None
    provider_names: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known before the book is opened."""

    kind: VisitType
    steps: list[Step]
    lanes: dict[int, int]
    resources: dict[int, Candidate]
    leaders: list[int]
    pools: dict[tuple[int, str], list[int]]


def steps_of(kind: VisitType) -> list[Step]:
    """Return the steps of a visit in order; a kind without any needs its provider throughout."""
    rows = fetch(
        'SELECT pool, "offset", minutes FROM scheduling_visitstep WHERE visit_type_id = %s ORDER BY "order", id',
        [kind.pk],
    )
    return [Step(*row) for row in rows] or [Step(PROVIDER, 0, 0)]


def takes_provider(kind: VisitType) -> bool:
    """Say whether a kind of visit takes a provider's time; an ultrasound may take only its room and device."""
    return any(step.pool == PROVIDER for step in steps_of(kind))


def lanes_for(kind: VisitType) -> dict[int, int]:
    """Return the lanes this visit may use, with their seats: those that name it and those that name none."""
    named: dict[int, set[int]] = defaultdict(set)
    seats: dict[int, int] = {}
    for lane, count, visit_type in fetch(
        "SELECT l.id, l.seats, v.visittype_id FROM scheduling_lane l "
        "LEFT JOIN scheduling_lane_visit_types v ON v.lane_id = l.id"
    ):
        seats[lane] = count
        if visit_type is not None:
            named[lane].add(visit_type)
    return {lane: count for lane, count in seats.items() if lane not in named or kind.pk in named[lane]}


def minutes_for(kind: VisitType, provider_id: int | None) -> int:
    """Return how long a provider takes for a kind of visit."""
    if provider_id is None:
        return kind.minutes
    own = fetch(
        "SELECT minutes FROM scheduling_visitlength WHERE visit_type_id = %s AND provider_id = %s",
        [kind.pk, provider_id],
    )
    return own[0][0] if own else kind.minutes


def resources_for(steps: Iterable[Step], location_id: int, provider_id: int | None) -> list[Resource]:
    """Return what could take the steps at a location, the provider asked for where one is."""
    rows = Resource.objects.filter(location_id=location_id, pool__in={s.pool for s in steps}, is_active=True)
    found = rows.select_related("location", "provider").order_by("id")
    return [
        r
        for r in found
        if not (r.kind == Resource.Kind.PROVIDER and provider_id and r.provider_id != provider_id)
    ]


def plan(kind: VisitType, ask: "OpeningsAsk") -> Plan:
    """Return who and what comes into question; three small queries."""
    steps = steps_of(kind)
    resources = {one.pk: one for one in _candidates(kind, sorted({step.pool for step in steps}), ask)}
    leading = PROVIDER if any(s.pool == PROVIDER for s in steps) else steps[0].pool
    pools: dict[tuple[int, str], list[int]] = defaultdict(list)
    for one in resources.values():
        pools[one.location_id, one.pool].append(one.pk)
    leaders = [one.pk for one in resources.values() if one.pool == leading]
    return Plan(kind, steps, lanes_for(kind), resources, leaders, dict(pools))


def _candidates(kind: VisitType, pools: list[str], ask: "OpeningsAsk") -> list[Candidate]:
    """Return what could take part: hundreds of rows at a large practice, so no model rows are made of them."""
    at = f"AND r.location_id IN ({marks(len(ask.location_ids))}) " if ask.location_ids else ""
    who = (
        f"AND (r.provider_id IS NULL OR r.provider_id IN ({marks(len(ask.provider_ids))})) "
        if ask.provider_ids
        else ""
    )
    rows = fetch(
        "SELECT r.id, r.name, r.pool, r.provider_id, r.location_id, l.name, l.zone, v.minutes, "  # noqa: S608 - places only
        "p.first_name, p.last_name, p.credential, r.kind, p.is_active, p.gender, p.languages "
        "FROM scheduling_resource r JOIN practice_location l ON l.id = r.location_id "
        "LEFT JOIN practice_provider p ON p.id = r.provider_id "
        "LEFT JOIN scheduling_visitlength v ON v.provider_id = r.provider_id AND v.visit_type_id = %s "
        f"WHERE r.is_active AND r.pool IN ({marks(len(pools))}) {at}{who}ORDER BY r.id",
        [kind.pk, *pools, *ask.location_ids, *ask.provider_ids],
    )
    return [
        Candidate(pk, name, pool, provider, location, place, zone, minutes, (first, last, credential))
        for pk, name, pool, provider, location, place, zone, minutes, first, last, credential, kind_of, *about in rows
        if kind_of != Resource.Kind.PROVIDER or provider is None or _suits(ask, *about)
    ]


def _suits(ask: "OpeningsAsk", active: bool, gender: str, languages: str) -> bool:
    if not active or (ask.language and ask.language not in json.loads(languages)):
        return False
    return not ask.provider_gender or gender == ask.provider_gender


def earliest(plan: Plan, ask: "OpeningsAsk") -> tuple[list[Spot], date]:
    """Return the earliest spots, at most `ask.limit`, and the last day that was looked at."""
    found: list[Spot] = []
    day, number = ask.from_day, 0
    soonest = max(clock.now(), ask.after) if ask.after else clock.now()
    while day <= ask.to_day and len(found) < ask.limit and plan.leaders:
        upto = min(day + timedelta(days=CHUNKS[min(number, len(CHUNKS) - 1)] - 1), ask.to_day)
        for one, sheets in sorted(_read(plan, day, upto, ask.weekdays).items()):
            if len(found) < ask.limit:
                here = _of_day(plan, ask, one, sheets, soonest, ask.limit - len(found))
                found += [spot for spot in here if not ask.earlier_than or spot.starts < ask.earlier_than]
        day, number = upto + timedelta(days=1), number + 1
    return found[: ask.limit], min(day - timedelta(days=1), ask.to_day)


Sheet = tuple[dict[str, str], dict[str, str]]


def _read(plan: Plan, first: date, last: date, weekdays: tuple[int, ...]) -> dict[date, dict[int, Sheet]]:
    """Read the sheets of some days as they are kept, without making model rows of them."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    wanted = [day for day in days if not weekdays or day.weekday() in weekdays]
    if not wanted:
        return {}
    few = plan.resources if len(plan.resources) < FEW else ()
    only = f" AND resource_id IN ({marks(len(few))})" if few else ""
    rows = fetch(
        f"SELECT day, resource_id, open, taken FROM scheduling_daysheet WHERE day IN ({marks(len(wanted))}){only}",  # noqa: S608 - places only
        [*(day.isoformat() for day in wanted), *few],
    )
    found: dict[date, dict[int, Sheet]] = defaultdict(dict)
    for day, resource, opened, taken in rows:
        if resource in plan.resources:
            one = day if isinstance(day, date) else date.fromisoformat(day)
            found[one][resource] = (json.loads(opened), json.loads(taken))
    return found


def _of_day(
    plan: Plan, ask: "OpeningsAsk", day: date, sheets: dict[int, Sheet], soonest: datetime, most: int
) -> list[Spot]:
    """Return one day's spots in order of time; of each provider only a few while there are others."""
    each = most if len(plan.leaders) == 1 else min(most, OF_ONE)
    shared: dict[tuple[int, str, int, int], int] = {}
    within: dict[str, int] = {}
    found: list[tuple[datetime, int, int]] = []
    for leader in plan.leaders:
        if leader not in sheets:
            continue
        resource = plan.resources[leader]
        zone = resource.zone
        if zone not in within:
            within[zone] = _asked(ask, day, zone) & ~bits.span(0, bits.cell_at(soonest, day, zone) + 1)
        minutes = resource.minutes or plan.kind.minutes
        starts = starts_with(plan, leader, minutes, sheets, shared, ask.in_a_row) & within[zone]
        found += [(bits.moment_at(cell, day, zone), leader, minutes) for cell in bits.lowest(starts, each)]
    return [
        Spot(at, at + timedelta(minutes=minutes), leader) for at, leader, minutes in nsmallest(most, found)
    ]


def starts_with(
    plan: Plan,
    leader: int,
    minutes: int,
    sheets: dict[int, Sheet],
    shared: dict[tuple[int, str, int, int], int],
    in_a_row: int = 1,
) -> int:
    """Return the cells at which the visit can begin with this leader: every step must find somebody.

    `shared` keeps what is worked out once for all leaders of a day.
    """
    resource = plan.resources[leader]
    starts = bits.every(plan.kind.start_every)
    for step in plan.steps:
        count = bits.cells(step.minutes or minutes)
        if step.pool == resource.pool:
            run = count if in_a_row == 1 else bits.cells(minutes) * (in_a_row - 1) + count
            free = _free(plan, sheets[leader], run)
        else:
            free = _pool(plan, resource.location_id, step.pool, count, step.offset, sheets, shared)
        starts &= free >> bits.cells(step.offset)
        if not starts:
            return 0
    return starts


def _pool(
    plan: Plan,
    location_id: int,
    pool: str,
    count: int,
    offset: int,
    sheets: dict[int, Sheet],
    shared: dict[tuple[int, str, int, int], int],
) -> int:
    """Return the cells at which anyone of a pool is free for so long; worked out once a day."""
    key = (location_id, pool, count, offset)
    if key not in shared:
        free = 0
        for one in plan.pools.get((location_id, pool), ()):
            if one in sheets:
                free |= _free(plan, sheets[one], count)
        shared[key] = free
    return shared[key]


def _free(plan: Plan, sheet: Sheet, count: int) -> int:
    return free_cells(plan.lanes, sheet, count)


def free_cells(lanes: dict[int, int], sheet: Sheet, count: int) -> int:
    """Return the cells at which one seat of a resource is open, in one of `lanes`, and free for `count` cells."""
    opened, taken = sheet
    fitting = [(lanes[int(lane)], int(cells, 16)) for lane, cells in opened.items() if int(lane) in lanes]
    starts = 0
    for seat in range(max((seats for seats, _ in fitting), default=0)):
        cells = 0
        for seats, here in fitting:
            if seats > seat:
                cells |= here
        starts |= bits.starts_of(cells & ~bits.unhex(taken.get(str(seat))), count)
    return starts


def _asked(ask: "OpeningsAsk", day: date, zone: str) -> int:
    """Return the cells within the times of day that were asked for."""
    first = bits.edge(datetime.combine(day, ask.time_from), day, zone) if ask.time_from else 0
    last = bits.edge(datetime.combine(day, ask.time_to), day, zone) if ask.time_to else bits.length(day, zone)
    return bits.span(first, last - first)

"""How full the book is, and how long one waits for a time in it."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from frontdesk.kit import clock
from frontdesk.kit.rows import fetch, marks
from frontdesk.office.scheduling import bits, solver
from frontdesk.office.scheduling.models import DaySheet, VisitType
from frontdesk.office.scheduling.queries.reports import Ask, Key, expression, minutes_between, where

# How many days are read at a time: three times are mostly found in the first week.
CHUNKS = (7, 21, 31, 31)
THIRD = 3


@dataclass(slots=True)
class Use:
    """Minutes of providers' time: open by the templates, booked, and of the booked those of patients who did not come."""

    open: int = 0
    booked: int = 0
    missed: int = 0


def utilisation(ask: Ask, cut: str) -> dict[Key, Use]:
    """Return how providers' open time was used, cut by "provider", "weekday", "day" or several of them.

    Two statements. The sheets are read as they come, so that a year of a large practice is never held at once.
    """
    found: dict[Key, Use] = defaultdict(Use)
    for day, provider, opened in _sheets(ask):
        key = _key(cut, day, provider)
        cells = 0
        for lane in opened.values():
            cells |= bits.unhex(lane)
        found[key].open += cells.bit_count() * bits.MINUTES
    for key, booked, missed in _booked(ask, cut):
        found[key].booked += booked
        found[key].missed += missed
    return {key: use for key, use in found.items() if use.open or use.booked}


def _sheets(ask: Ask) -> Iterator[tuple[date, int, dict[str, str]]]:
    rows = DaySheet.objects.filter(resource__kind="provider", day__gte=ask.first, day__lte=ask.last)
    if ask.location_ids:
        rows = rows.filter(resource__location__in=ask.location_ids)
    if ask.provider_id is not None:
        rows = rows.filter(resource__provider=ask.provider_id)
    yield from rows.values_list("day", "resource__provider_id", "open").iterator(chunk_size=2000)


def _key(cut: str, day: date, provider: int) -> Key:
    parts = {"provider": provider, "weekday": day.weekday(), "day": day.isoformat(), "all": 1}
    return tuple(parts[one] for one in cut.split("+"))


def _booked(ask: Ask, cut: str) -> Iterator[tuple[Key, int, int]]:
    keys = expression(cut, {"provider": "r.provider_id", "all": "1"})
    condition, values = where(ask)
    minutes = minutes_between("g.starts", "g.ends")
    rows = fetch(
        f"SELECT {keys}, SUM({minutes}), SUM(CASE WHEN a.status = 'no_show' THEN {minutes} ELSE 0 END) "  # noqa: S608 - our own columns
        "FROM scheduling_appointment a JOIN scheduling_leg g ON g.appointment_id = a.id "
        "JOIN scheduling_resource r ON r.id = g.resource_id AND r.kind = 'provider' "
        f"WHERE {condition} AND a.status <> 'cancelled' "
        f"GROUP BY {', '.join(str(n + 1) for n in range(len(cut.split('+'))))}",
        values,
    )
    for *key, booked, missed in rows:
        yield tuple(key), int(booked), int(missed)


# ---- third next available --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Access:
    """In how many days the third next time for a kind of visit is; `provider_id` None: with anyone.

    `days` None: not within the days that were looked at.
    """

    visit_type_id: int
    provider_id: int | None
    days: int | None


def third_next(
    location_ids: Sequence[int], visit_type_id: int | None = None, provider_id: int | None = None
) -> list[Access]:
    """Return for each kind of visit when its third next time is, with anyone and with each provider.

    The third, because the very next is often a cancellation of this morning. Times are counted so that each could be
    given to somebody: they do not overlap. At most eight statements, whatever the book holds.
    """
    plans = list(_plans(location_ids, visit_type_id, provider_id))
    found: dict[tuple[int, int], list[tuple[date, int]]] = defaultdict(list)
    zones = {one.zone for plan in plans for one in plan.resources.values()}
    first = min((clock.today(zone) for zone in zones), default=clock.now().date())
    begin = first
    for days in CHUNKS:
        if all(len(found[plan.kind.pk, leader]) >= THIRD for plan in plans for leader in plan.leaders):
            break
        for day, sheets in sorted(_read(location_ids, begin, begin + timedelta(days=days)).items()):
            _look(plans, day, sheets, found)
        begin += timedelta(days=days)
    return [one for plan in plans for one in _access(plan, found, first)]


def _look(
    plans: list[solver.Plan],
    day: date,
    sheets: dict[int, solver.Sheet],
    found: dict[tuple[int, int], list[tuple[date, int]]],
) -> None:
    for plan in plans:
        shared: dict[tuple[int, str, int, int], int] = {}
        mine = {pk: sheet for pk, sheet in sheets.items() if pk in plan.resources}
        for leader in plan.leaders:
            times = found[plan.kind.pk, leader]
            if len(times) >= THIRD or leader not in mine:
                continue
            one = plan.resources[leader]
            minutes = one.minutes or plan.kind.minutes
            starts = solver.starts_with(plan, leader, minutes, mine, shared)
            if day == clock.today(one.zone):
                starts &= ~bits.span(0, bits.cell_at(clock.now(), day, one.zone) + 1)
            times += [(day, cell) for cell in _apart(starts, bits.cells(minutes), THIRD - len(times))]


def _apart(starts: int, count: int, most: int) -> Iterator[int]:
    """Yield the earliest starts of visits of `count` cells that do not overlap, at most `most`."""
    at = 0
    for _ in range(most):
        rest = starts >> at
        if not rest:
            return
        at += (rest & -rest).bit_length() - 1
        yield at
        at += count


def _access(
    plan: solver.Plan, found: dict[tuple[int, int], list[tuple[date, int]]], today: date
) -> Iterator[Access]:
    by_provider: dict[int | None, list[tuple[date, int]]] = defaultdict(list)
    for leader in plan.leaders:
        times = found[plan.kind.pk, leader]
        by_provider[None] += times
        if plan.resources[leader].provider_id is not None:
            by_provider[plan.resources[leader].provider_id] += times
    for provider, times in by_provider.items():
        third = sorted(times)[THIRD - 1 : THIRD]
        yield Access(plan.kind.pk, provider, (third[0][0] - today).days if third else None)


def _read(location_ids: Sequence[int], first: date, after: date) -> dict[date, dict[int, solver.Sheet]]:
    at = f"AND r.location_id IN ({marks(len(location_ids))})" if location_ids else ""
    rows = fetch(
        "SELECT s.day, s.resource_id, s.open, s.taken FROM scheduling_daysheet s "  # noqa: S608 - places only
        f"JOIN scheduling_resource r ON r.id = s.resource_id AND r.is_active WHERE s.day >= %s AND s.day < %s {at}",
        [first.isoformat(), after.isoformat(), *location_ids],
    )
    found: dict[date, dict[int, solver.Sheet]] = defaultdict(dict)
    for day, resource, opened, taken in rows:
        one = day if isinstance(day, date) else date.fromisoformat(day)
        found[one][resource] = (json.loads(opened), json.loads(taken))
    return found


def _plans(
    location_ids: Sequence[int], visit_type_id: int | None, provider_id: int | None
) -> Iterator[solver.Plan]:
    """Yield what may take part in each kind of visit: four statements for all kinds together."""
    kinds = VisitType.objects.filter(is_active=True).order_by("name")
    wanted = list(kinds.filter(pk=visit_type_id) if visit_type_id is not None else kinds)
    steps: dict[int, list[solver.Step]] = defaultdict(list)
    for kind, *step in fetch(
        'SELECT visit_type_id, pool, "offset", minutes FROM scheduling_visitstep ORDER BY visit_type_id, "order", id'
    ):
        steps[kind].append(solver.Step(*step))
    lanes, seats = _lanes()
    lengths = {
        (kind, who): minutes
        for kind, who, minutes in fetch(
            "SELECT visit_type_id, provider_id, minutes FROM scheduling_visitlength"
        )
    }
    resources = _resources(location_ids, provider_id)
    for kind in wanted:
        mine = steps[kind.pk] or [solver.Step("provider", 0, 0)]
        needed = {step.pool for step in mine}
        leading = "provider" if "provider" in needed else mine[0].pool
        part = {
            one[0]: solver.Candidate(*one[:7], lengths.get((kind.pk, one[3])), ("", "", ""))
            for one in resources
            if one[2] in needed
        }
        pools: dict[tuple[int, str], list[int]] = defaultdict(list)
        for one in part.values():
            pools[one.location_id, one.pool].append(one.pk)
        open_to = {
            lane: count for lane, count in seats.items() if lane not in lanes or kind.pk in lanes[lane]
        }
        leaders = [one.pk for one in part.values() if one.pool == leading]
        yield solver.Plan(kind, mine, open_to, part, leaders, dict(pools))


def _lanes() -> tuple[dict[int, set[int]], dict[int, int]]:
    named: dict[int, set[int]] = defaultdict(set)
    seats: dict[int, int] = {}
    for lane, count, kind in fetch(
        "SELECT l.id, l.seats, v.visittype_id FROM scheduling_lane l "
        "LEFT JOIN scheduling_lane_visit_types v ON v.lane_id = l.id"
    ):
        seats[lane] = count
        if kind is not None:
            named[lane].add(kind)
    return dict(named), seats


def _resources(
    location_ids: Sequence[int], provider_id: int | None
) -> list[tuple[int, str, str, int | None, int, str, str]]:
    at = f"AND r.location_id IN ({marks(len(location_ids))}) " if location_ids else ""
    who = "AND (r.provider_id IS NULL OR r.provider_id = %s) " if provider_id is not None else ""
    rows = fetch(
        "SELECT r.id, r.name, r.pool, r.provider_id, r.location_id, l.name, l.zone FROM scheduling_resource r "  # noqa: S608 - places only
        "JOIN practice_location l ON l.id = r.location_id LEFT JOIN practice_provider p ON p.id = r.provider_id "
        f"WHERE r.is_active AND (p.id IS NULL OR p.is_active) {at}{who}ORDER BY r.id",
        [*location_ids, *([provider_id] if provider_id is not None else [])],
    )
    return [(pk, name, pool, who, place, words, zone) for pk, name, pool, who, place, words, zone in rows]

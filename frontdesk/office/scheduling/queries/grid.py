"""A day, a week and a month of the book, drawn from a fixed number of queries whatever the book holds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from frontdesk.kit import clock, walltime
from frontdesk.kit.sensitivity import HIDDEN, HIDDEN_VISIT, NO_DAY, hidden, may
from frontdesk.office.practice.models import Holiday, Location
from frontdesk.office.scheduling import bits, solver
from frontdesk.office.scheduling.models import Appointment, DaySheet, Lane, Leg, Resource, VisitType

DROPPED = (Appointment.Status.CANCELLED,)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of open cells of one lane. `row` counts five-minute cells from local midnight."""

    row: int
    cells: int
    lane: str
    seats: int


@dataclass(frozen=True, slots=True)
class Block:
    """One appointment's place in a column. `lane` of `lanes` sets those at the same time side by side."""

    id: int
    version: int
    row: int
    cells: int
    starts: datetime
    ends: datetime
    patient_id: int
    patient_name: str
    birth_date: date
    sex: str
    status: str
    visit_type: str
    visit_color: str
    provider_id: int | None
    note: str
    is_override: bool
    interpreter: bool
    booked_at: datetime
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True, slots=True)
class HeldCells:
    """Time somebody keeps for a caller."""

    id: int
    row: int
    cells: int
    held_by: str
    held_by_id: int | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Column:
    """One resource's day. `free` holds the starts at which a visit of the grid's step could begin, as cells."""

    resource_id: int
    provider_id: int | None
    room_id: int | None
    kind: str
    name: str
    note: str
    day: date
    location_id: int
    place: str
    open: list[Stretch] = field(default_factory=list)
    free: list[tuple[int, int]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    holds: list[HeldCells] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DayGrid:
    """A day of a location. Cells count from local midnight; `from_hour` and `to_hour` frame what there is to see."""

    day: date
    zone: str
    columns: list[Column]
    from_hour: int
    to_hour: int
    closed_for: str
    now_cell: int | None


def day_grid(day: date, location_id: int, *, by: str = "provider") -> DayGrid:
    """Return a day with a column for each provider ("provider"), or for each room, device and nurse ("room")."""
    resources = _columns_of([location_id], by)
    location = Location.objects.get(pk=location_id)
    columns = _columns(resources, [day], location.zone)
    return _framed(day, location, columns)


def day_grid_of_all(
    day: date, location_id: int, *, by: str = "provider", at: frozenset[int] | None = None
) -> DayGrid:
    """Return a day of every location (of those `at`) on the same clock as `location_id`, its own columns first.

    Locations in another zone are left out: one axis of hours cannot show two clocks.
    """
    location = Location.objects.get(pk=location_id)
    sites = Location.objects.filter(zone=location.zone, is_active=True)
    if at is not None:
        sites = sites.filter(pk__in=at)
    resources = _columns_of(sites.values_list("pk", flat=True), by)
    resources.sort(key=lambda r: (r.location_id != location_id, r.location.name))
    return _framed(day, location, _columns(resources, [day], location.zone))


def week_grid(resource_id: int, monday: date) -> DayGrid:
    """Return one resource's week, a column for each day."""
    resource = Resource.objects.select_related("location", "provider").get(pk=resource_id)
    days = [monday + timedelta(days=n) for n in range(7)]
    return _framed(monday, resource.location, _columns([resource], days, resource.location.zone))


def month_heat(
    visit_type_id: int, location_id: int, year: int, month: int, provider_ids: Iterable[int] = ()
) -> dict[date, int]:
    """Return for each day of a month how many such visits could still begin; past days have none."""
    kind = VisitType.objects.get(pk=visit_type_id)
    location = Location.objects.get(pk=location_id)
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    wanted = set(provider_ids)
    leaders = [
        r
        for r in solver.resources_for(solver.steps_of(kind), location_id, None)
        if r.pool == "provider" and (not wanted or r.provider_id in wanted)
    ]
    lanes = solver.lanes_for(kind)
    today, count = clock.today(location.zone), bits.cells(kind.minutes)
    found = {first + timedelta(days=n): 0 for n in range((after - first).days)}
    rows = DaySheet.objects.filter(resource__in=leaders, day__gte=max(first, today), day__lt=after)
    for day, opened, taken in rows.values_list("day", "open", "taken"):
        free = solver.free_cells(lanes, (opened, taken), count)
        if day == today:
            free &= ~bits.span(0, max(0, bits.cell_at(clock.now(), day, location.zone) + 1))
        found[day] += _fit(free & bits.every(kind.start_every), count)
    return found


def _fit(starts: int, count: int) -> int:
    """Return how many visits of `count` cells fit one after another."""
    fits, at = 0, 0
    while starts >> at:
        rest = starts >> at
        at += (rest & -rest).bit_length() - 1 + count
        fits += 1
    return fits


def _columns_of(location_ids: Iterable[int], by: str) -> list[Resource]:
    rows = Resource.objects.filter(location_id__in=location_ids, is_active=True).select_related(
        "location", "provider"
    )
    rows = rows.filter(kind="provider") if by == "provider" else rows.exclude(kind="provider")
    return sorted(rows, key=lambda r: (r.provider.last_name if r.provider else r.kind, r.name))


def _columns(resources: list[Resource], days: list[date], zone: str) -> list[Column]:
    ids = [r.pk for r in resources]
    sheets = {(s.day, s.resource_id): s for s in DaySheet.objects.filter(resource_id__in=ids, day__in=days)}
    begins, ends = bits.midnight(days[0], zone), bits.midnight(days[-1] + timedelta(days=1), zone)
    lanes = {lane.pk: lane for lane in Lane.objects.all()}
    blocks, holds = _blocks(ids, begins, ends, zone), _holds(ids, begins, ends, zone)
    made = []
    for resource in resources:
        for day in days:
            sheet = sheets.get((day, resource.pk))
            made.append(
                Column(
                    resource_id=resource.pk,
                    provider_id=resource.provider_id,
                    room_id=resource.room_id,
                    kind=resource.kind,
                    name=resource.provider.name if resource.provider else resource.name,
                    note=resource.provider.specialty if resource.provider else resource.kind,
                    day=day,
                    location_id=resource.location_id,
                    place=resource.location.short_name,
                    open=_stretches(sheet, lanes),
                    free=_free(sheet, lanes),
                    blocks=_side_by_side(blocks[resource.pk, day]),
                    holds=holds[resource.pk, day],
                )
            )
    return made


def _stretches(sheet: DaySheet | None, lanes: dict[int, Lane]) -> list[Stretch]:
    if sheet is None:
        return []
    found = [
        Stretch(row, count, lanes[int(key)].name, lanes[int(key)].seats)
        for key, cells in sheet.open.items()
        if int(key) in lanes
        for row, count in bits.runs(bits.unhex(cells))
    ]
    return sorted(found, key=lambda s: (s.row, s.lane))


def _free(sheet: DaySheet | None, lanes: dict[int, Lane]) -> list[tuple[int, int]]:
    """Return the runs (first cell, count) in which some seat is open and not taken."""
    if sheet is None:
        return []
    free = 0
    for key, cells in sheet.open.items():
        for seat in range(lanes[int(key)].seats if int(key) in lanes else 0):
            free |= bits.unhex(cells) & ~bits.unhex(sheet.taken.get(str(seat)))
    return list(bits.runs(free))


def _blocks(
    ids: list[int], begins: datetime, ends: datetime, zone: str
) -> dict[tuple[int, date], list[Block]]:
    rows = (
        Leg.objects.filter(
            resource_id__in=ids, starts__gte=begins, starts__lt=ends, appointment__isnull=False
        )
        .exclude(appointment__status__in=DROPPED)
        .order_by("starts", "id")
        .values_list(
            *(
                "resource_id",
                "seat",
                "starts",
                "ends",
                "appointment_id",
                "appointment__version",
                "appointment__status",
            ),
            *(
                "appointment__patient_id",
                "appointment__patient__legal_first",
                "appointment__patient__legal_last",
            ),
            *(
                "appointment__patient__preferred_name",
                "appointment__patient__birth_date",
                "appointment__patient__sex",
            ),
            *("appointment__visit_type__name", "appointment__visit_type__color", "appointment__provider_id"),
            *(
                "appointment__internal_note",
                "appointment__patient__interpreter_needed",
                "appointment__booked_at",
                "appointment__patient__labels",
                "appointment__visit_type__labels",
                "appointment__provider__labels",
                "appointment__location__labels",
            ),
        )
    )
    found: dict[tuple[int, date], list[Block]] = defaultdict(list)
    noted = may("patients.see_notes")
    for (
        resource, seat, starts, upto, pk, version, status, patient, first, last, preferred, born, sex, kind, color, provider,
        note, interpreter, booked_at, *labels,
    ) in rows:  # fmt: skip
        shut = hidden(*(text or "" for text in labels), patient_id=patient)
        day = walltime.to_wall(starts, zone).date()
        row = bits.cell_at(starts, day, zone)
        cells = bits.cells(int((upto - starts).total_seconds() // 60))
        found[resource, day].append(
            Block(
                id=pk,
                version=version,
                row=row,
                cells=cells,
                starts=starts,
                ends=upto,
                patient_id=patient,
                patient_name=HIDDEN if shut else f"{preferred or first} {last}",
                birth_date=NO_DAY if shut else born,
                sex="" if shut else sex,
                status=status,
                visit_type=HIDDEN_VISIT if shut else kind,
                visit_color="" if shut else color,
                provider_id=provider,
                note=note if noted and not shut else "",
                is_override=seat >= 100,
                interpreter=bool(interpreter) and not shut,
                booked_at=booked_at,
            )
        )
    return found


def _holds(
    ids: list[int], begins: datetime, ends: datetime, zone: str
) -> dict[tuple[int, date], list[HeldCells]]:
    rows = Leg.objects.filter(
        resource_id__in=ids,
        starts__gte=begins,
        starts__lt=ends,
        hold__isnull=False,
        hold__expires_at__gt=clock.now(),
    ).values_list(
        "resource_id", "starts", "ends", "hold_id", "hold__held_by", "hold__held_by_id", "hold__expires_at"
    )
    found: dict[tuple[int, date], list[HeldCells]] = defaultdict(list)
    for resource, starts, upto, pk, held_by, held_by_id, expires in rows:
        day = walltime.to_wall(starts, zone).date()
        cells = bits.cells(int((upto - starts).total_seconds() // 60))
        held = HeldCells(pk, bits.cell_at(starts, day, zone), cells, held_by, held_by_id, expires)
        found[resource, day].append(held)
    return found


def _side_by_side(blocks: list[Block]) -> list[Block]:
    """Give blocks that overlap places beside each other."""
    placed: list[Block] = []
    group: list[tuple[Block, int]] = []
    upto = 0
    for block in blocks:
        if group and block.row >= upto:
            placed += _settled(group)
            group, upto = [], 0
        busy = {lane for other, lane in group if other.row + other.cells > block.row}
        lane = next(n for n in range(len(group) + 1) if n not in busy)
        group.append((replace(block, lane=lane), lane))
        upto = max(upto, block.row + block.cells)
    return placed + _settled(group)


def _settled(group: list[tuple[Block, int]]) -> list[Block]:
    lanes = max((lane for _, lane in group), default=0) + 1
    return [replace(block, lanes=lanes) for block, _ in group]


def _framed(day: date, location: Location, columns: list[Column]) -> DayGrid:
    rows = [s.row for c in columns for s in c.open] + [b.row for c in columns for b in c.blocks]
    upto = [s.row + s.cells for c in columns for s in c.open] + [
        b.row + b.cells for c in columns for b in c.blocks
    ]
    closed = Holiday.objects.filter(day=day).order_by("location_id").values_list("location_id", "name")
    why = next((name for where, name in closed if where in (None, location.pk)), "")
    today = clock.today(location.zone)
    shown = {c.day for c in columns}
    return DayGrid(
        day=day,
        zone=location.zone,
        columns=columns,
        from_hour=min(rows, default=96) // 12,
        to_hour=min(24, -(-max(upto, default=204) // 12)),
        closed_for=why,
        now_cell=bits.cell_at(clock.now(), today, location.zone) if today in shown else None,
    )

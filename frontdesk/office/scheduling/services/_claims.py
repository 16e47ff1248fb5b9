"""Taking time and giving it back: the rows that make a double booking impossible, and the bitmaps that follow them.

Everything that touches claims goes through here, inside one transaction, and first locks the day sheets it will
change, ordered by day and resource, so that two bookings wait for each other and never for ever.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Q

from frontdesk.kit import clock, walltime
from frontdesk.kit.rows import fetch, insert, marks, run
from frontdesk.office.scheduling.errors import SlotTaken
from frontdesk.office.scheduling.models import Appointment, Claim, DaySheet, Hold, Leg

# (resource id, seat, starts, ends), as `services._taking.legs_for` finds them.
Span = tuple[int, int, datetime, datetime]
Key = tuple[date, int]
Siblings = dict[int, list[tuple[int, str]]]
T = TypeVar("T")
OVERRIDE_SEAT = 100
CELL_SECONDS = 300
TRIES = 4
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Cells:
    """What one leg takes of one resource: a seat and a range of cells counted from 1970 in UTC."""

    resource_id: int
    seat: int
    first: int
    after: int
    zone: str

    def by_day(self) -> Iterable[tuple[date, int]]:
        """Yield each local day touched with the bits taken on it."""
        at = self.first
        while at < self.after:
            day, begins, ends = _day_of(at, self.zone)
            upto = min(self.after, ends)
            yield day, ((1 << (upto - at)) - 1) << (at - begins)
            at = upto


def cell_of(moment: datetime) -> int:
    """Return the cell that begins at `moment` (aware, on a five-minute mark)."""
    return int(moment.timestamp()) // CELL_SECONDS


def cell_after(moment: datetime) -> int:
    """Return the first cell that begins at `moment` or later."""
    return -(-int(moment.timestamp()) // CELL_SECONDS)


def lock(keys: Iterable[Key]) -> dict[Key, DaySheet]:
    """Make and lock the sheets of `keys`; the one place where claims wait for each other."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    found = _locked(wanted)
    missing = [key for key in wanted if key not in found]
    if missing:
        sheets = [DaySheet(day=day, resource_id=resource) for day, resource in missing]
        DaySheet.objects.bulk_create(sheets, ignore_conflicts=True)
        found = _locked(wanted)
    return found


def keys_of(spans: Iterable[Span]) -> set[Key]:
    """Return the day sheets that taking or freeing `spans` would change."""
    return _keys(cells_of(spans))


def spans_of(thing: Appointment | Hold) -> list[Span]:
    """Return the spans of an appointment's or a hold's legs, as they stand in the database."""
    legs = Leg.objects.filter(_belongs(thing)).order_by("pk")
    return [(leg.resource_id, leg.seat, leg.starts, leg.ends) for leg in legs]


def take(spans: Sequence[Span], thing: Appointment | Hold) -> list[Leg]:
    """Give `spans` to an appointment or hold, all or none. Raises `SlotTaken`."""
    legs = [insert(_leg(span, thing)) for span in spans]
    claim(legs)
    return legs


def claim(legs: Sequence[Leg]) -> None:
    """Write the claims and bits of legs that are stored already: new ones, or those a change is undone for."""
    pairs = _cells_of_legs(legs)
    cells = [one for _, one in pairs]
    sheets = lock(_keys(cells))
    refuse_overlap(cells, sheets)
    rows = sorted(
        (one.resource_id, cell, one.seat, leg.pk)
        for leg, one in pairs
        for cell in range(one.first, one.after)
    )
    try:
        for begin in range(0, len(rows), AT_ONCE):
            part = rows[begin : begin + AT_ONCE]
            places = ", ".join([f"({marks(4)})"] * len(part))
            run(
                f"INSERT INTO scheduling_claim (resource_id, cell, seat, leg_id) VALUES {places}",  # noqa: S608 - places only
                [value for row in part for value in row],
            )
    except IntegrityError as refusal:
        raise SlotTaken from refusal
    _mark(sheets, cells, taken=True)


def refuse_overlap(wanted: Iterable[Cells], sheets: dict[Key, DaySheet]) -> None:
    """Look whether anything of `wanted` is taken already; raise `SlotTaken`."""
    for cells in wanted:
        for day, bits in cells.by_day():
            if int(sheets[day, cells.resource_id].taken.get(str(cells.seat), "0"), 16) & bits:
                raise SlotTaken


def free(thing: Appointment | Hold) -> None:
    """Give back what an appointment or hold has claimed; its legs stay, to tell what it was."""
    legs = list(Leg.objects.filter(_belongs(thing)))
    cells = [one for _, one in _cells_of_legs(legs)]
    sheets = lock(_keys(cells))
    dropped = Claim.objects.filter(leg__in=[leg.pk for leg in legs])
    if dropped._raw_delete(dropped.db):  # noqa: SLF001 - nothing refers to claims
        _mark(sheets, cells, taken=False)


def drop(hold: Hold) -> None:
    """Free a hold and remove it."""
    free(hold)
    Leg.objects.filter(hold=hold).delete()
    Hold.objects.filter(pk=hold.pk).delete()


def sweep(holds: Iterable[Hold]) -> int:
    """Remove holds whose five minutes are over; return how many were."""
    gone = list(holds)
    for hold in gone:
        drop(hold)
    return len(gone)


def expired(begins: datetime | None = None, ends: datetime | None = None) -> list[Hold]:
    """Return the holds that are over, in the order they lock their sheets; only those overlapping, when asked."""
    found = Hold.objects.filter(expires_at__lte=clock.now())
    if begins is not None and ends is not None:
        found = found.filter(starts__lt=ends, ends__gt=begins)
    return list(found.order_by("starts", "pk"))


def insist(deed: Callable[[], T], begins: datetime, ends: datetime) -> T:
    """Do `deed`, which finds time between two moments and takes it; try again when somebody was quicker.

    Each try stands in a savepoint, so that its locks are given back before the next; a deadlock, which ordered locks
    make rare, is a lost try too. Expired holds in the way are swept first. Raises `SlotTaken` after the last try.
    """
    if fetch(
        "SELECT 1 FROM scheduling_hold WHERE expires_at <= %s AND starts < %s AND ends > %s LIMIT 1",
        [clock.now(), ends, begins],
    ):
        sweep(expired(begins, ends))
    for _ in range(TRIES - 1):
        with suppress(SlotTaken, OperationalError), transaction.atomic():
            return deed()
    with transaction.atomic():
        return deed()


def cells_of(spans: Iterable[Span]) -> list[Cells]:
    """Return what `spans` take, on the resources named and on a provider's resources at other sites."""
    return [one for several in cells_by_span(spans) for one in several]


def cells_by_span(spans: Iterable[Span]) -> list[list[Cells]]:
    """Return for each of `spans` what it takes; one query for all of them."""
    given = list(spans)
    siblings = _siblings(frozenset(span[0] for span in given))
    return [_cells(span, siblings) for span in given]


def _cells_of_legs(legs: Iterable[Leg]) -> list[tuple[Leg, Cells]]:
    given = list(legs)
    siblings = _siblings(frozenset(leg.resource_id for leg in given))
    spans = [(leg, (leg.resource_id, leg.seat, leg.starts, leg.ends)) for leg in given]
    return [(leg, one) for leg, span in spans for one in _cells(span, siblings)]


def _cells(span: Span, siblings: Siblings) -> list[Cells]:
    resource, seat, starts, ends = span
    return [Cells(other, seat, cell_of(starts), cell_after(ends), zone) for other, zone in siblings[resource]]


def _keys(cells: Iterable[Cells]) -> set[Key]:
    return {(day, one.resource_id) for one in cells for day, _ in one.by_day()}


def _siblings(resource_ids: frozenset[int]) -> Siblings:
    """Return for each resource whose time it takes, with their zones: its own, and the same provider's elsewhere."""
    if not resource_ids:
        return {}
    rows = fetch(
        "SELECT r.id, other.id, l.zone FROM scheduling_resource r JOIN scheduling_resource other ON other.id = r.id "  # noqa: S608 - places only
        "OR (other.provider_id = r.provider_id AND other.kind = 'provider' AND r.kind = 'provider') "
        f"JOIN practice_location l ON l.id = other.location_id WHERE r.id IN ({marks(len(resource_ids))}) ORDER BY 1, 2",
        sorted(resource_ids),
    )
    found: Siblings = defaultdict(list)
    for resource, other, zone in rows:
        found[resource].append((other, zone))
    return found


def _locked(keys: Sequence[Key]) -> dict[Key, DaySheet]:
    days, resources = sorted({day for day, _ in keys}), sorted({resource for _, resource in keys})
    rows = fetch(
        "SELECT id, day, resource_id, taken FROM scheduling_daysheet "  # noqa: S608 - places only
        f"WHERE day IN ({marks(len(days))}) AND resource_id IN ({marks(len(resources))}) ORDER BY day, resource_id"
        + (" FOR UPDATE" if connection.features.has_select_for_update else ""),
        [*(day.isoformat() for day in days), *resources],
    )
    wanted, found = set(keys), {}
    for pk, day, resource, taken in rows:
        key = (day if isinstance(day, date) else date.fromisoformat(day), resource)
        if key in wanted:
            found[key] = DaySheet(pk=pk, day=key[0], resource_id=resource, taken=json.loads(taken))
    return found


def _mark(sheets: dict[Key, DaySheet], cells: Iterable[Cells], *, taken: bool) -> None:
    changed: set[Key] = set()
    for one in cells:
        for day, bits in one.by_day():
            sheet, seat = sheets[day, one.resource_id], str(one.seat)
            before = int(sheet.taken.get(seat, "0"), 16)
            sheet.taken[seat] = f"{before | bits if taken else before & ~bits:x}"
            changed.add((day, one.resource_id))
    for key in sorted(changed):
        sheet = sheets[key]
        sheet.taken = {seat: bits for seat, bits in sheet.taken.items() if bits != "0"}
        run("UPDATE scheduling_daysheet SET taken = %s WHERE id = %s", [json.dumps(sheet.taken), sheet.pk])


def _leg(span: Span, thing: Appointment | Hold) -> Leg:
    resource, seat, starts, ends = span
    owner = {"appointment": thing} if isinstance(thing, Appointment) else {"hold": thing}
    return Leg(resource_id=resource, seat=seat, starts=starts, ends=ends, **owner)


def _belongs(thing: Appointment | Hold) -> Q:
    return Q(appointment=thing) if isinstance(thing, Appointment) else Q(hold=thing)


@lru_cache(maxsize=4096)
def _local_day(day: date, zone: str) -> tuple[int, int]:
    return cell_of(walltime.midnight_utc(day, zone)), cell_of(
        walltime.midnight_utc(day + timedelta(days=1), zone)
    )


def _day_of(cell: int, zone: str) -> tuple[date, int, int]:
    """Return the local day a cell lies in, its first cell and the first cell after it."""
    day = walltime.to_wall(datetime.fromtimestamp(cell * CELL_SECONDS, UTC), zone).date()
    return (day, *_local_day(day, zone))

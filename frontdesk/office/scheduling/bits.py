"""A day as one number: bit n is the n-th five minutes after local midnight, counted in time that really passes.

An ordinary day has 288 such cells, the days on which clocks change 276 and 300.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from frontdesk.kit import walltime

MINUTES = 5
SECONDS = 300


def cells(minutes: int) -> int:
    """Return how many cells so many minutes take, the last one perhaps in part."""
    return -(-minutes // MINUTES)


def span(first: int, count: int) -> int:
    """Return `count` cells from `first` on."""
    return ((1 << count) - 1) << first if count > 0 else 0


def starts_of(free: int, count: int) -> int:
    """Return the cells at which `count` free cells in a row begin."""
    have = 1
    while have < count and free:
        step = min(have, count - have)
        free &= free >> step
        have += step
    return free


@lru_cache(maxsize=64)
def every(minutes: int) -> int:
    """Return the cells on multiples of so many minutes after midnight."""
    step = max(1, minutes // MINUTES)
    return sum(1 << at for at in range(0, 300, step))


def lowest(bits: int, most: int) -> Iterator[int]:
    """Yield the positions of the lowest bits, at most `most`."""
    for _ in range(most):
        if not bits:
            return
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def runs(bits: int) -> Iterator[tuple[int, int]]:
    """Yield (first cell, count) of every run of set bits."""
    at = 0
    while bits >> at:
        rest = bits >> at
        at += (rest & -rest).bit_length() - 1
        rest = bits >> at
        count = (~rest & (rest + 1)).bit_length() - 1
        yield at, count
        at += count


@lru_cache(maxsize=4096)
def midnight(day: date, zone: str) -> datetime:
    """Return the moment a local day begins, in UTC."""
    return walltime.midnight_utc(day, zone)


@lru_cache(maxsize=4096)
def length(day: date, zone: str) -> int:
    """Return how many cells a local day has."""
    return walltime.day_minutes(day, zone) // MINUTES


def cell_at(moment: datetime, day: date, zone: str) -> int:
    """Return the cell of `day` that `moment` (UTC) lies in."""
    return int((moment - midnight(day, zone)).total_seconds() // SECONDS)


def moment_at(cell: int, day: date, zone: str) -> datetime:
    """Return the moment (UTC) at which a cell of `day` begins."""
    return midnight(day, zone) + timedelta(seconds=cell * SECONDS)


def edge(wall: datetime, day: date, zone: str) -> int:
    """Return the cell at which wall time `wall` comes on `day`; a time the clocks skip is the first one after it."""
    local = wall.replace(tzinfo=walltime.zone_info(zone))
    moment = local.astimezone(midnight(day, zone).tzinfo)
    at = cell_at(moment, day, zone)
    if walltime.to_wall(moment, zone).replace(fold=0) == wall:
        return at
    while at > 0 and walltime.to_wall(moment_at(at - 1, day, zone), zone).replace(fold=0) > wall:
        at -= 1
    return at


def unhex(text: str | None) -> int:
    """Read a bitmap as a sheet keeps it."""
    return int(text, 16) if text else 0

"""Wall time and UTC: what the clock on the practice's wall says, and the moment it means.

A schedule is kept in wall time ("Tuesdays from nine"), a moment in UTC. On the two days a year when the clocks
change a wall time may not exist (spring) or exist twice (autumn); `fold` (PEP 495) tells the two apart.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from frontdesk.kit.errors import Invalid

CELL = timedelta(minutes=5)


@lru_cache(maxsize=64)
def zone_info(zone: str) -> ZoneInfo:
    """Return the zone's rules, read once."""
    return ZoneInfo(zone)


def to_utc(wall: datetime, zone: str, fold: int = 0) -> datetime:
    """Return the UTC moment of naive `wall` in `zone`; raise `Invalid` when the clocks skip it."""
    local = wall.replace(tzinfo=zone_info(zone), fold=fold)
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != wall.replace(fold=0):
        msg = f"{wall:%-I:%M %p} does not exist on {wall:%A, %B %-d}: the clocks go forward then."
        raise Invalid(msg, fields={"starts": msg}, code="time_skipped")
    return moment


def to_wall(moment: datetime, zone: str) -> datetime:
    """Return what the wall clock in `zone` shows at `moment`: naive, with `fold` set when it shows it twice."""
    return moment.astimezone(zone_info(zone)).replace(tzinfo=None)


def midnight_utc(day: date, zone: str) -> datetime:
    """Return the moment `day` begins in `zone` (where midnight is skipped, the first moment after it)."""
    return datetime(day.year, day.month, day.day, tzinfo=zone_info(zone)).astimezone(UTC)


def day_minutes(day: date, zone: str) -> int:
    """Return the length of `day` in `zone` in minutes: 1440, or 1380 and 1500 when the clocks change."""
    return int((midnight_utc(day + timedelta(days=1), zone) - midnight_utc(day, zone)).total_seconds() // 60)


def spoken_time(wall: datetime) -> str:
    """Return a wall time as it is said to a caller: "9:10 in the morning", "noon"."""
    if (wall.hour, wall.minute) == (12, 0):
        return "noon"
    part = "in the morning" if wall.hour < 12 else "in the afternoon" if wall.hour < 17 else "in the evening"
    return f"{wall:%-I:%M} {part}" if wall.minute else f"{wall:%-I} {part}"

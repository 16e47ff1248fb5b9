"""Business days: Monday to Friday, but for the federal public holidays (5 U.S.C. 6103) and the days they are kept on.

The clock is the wall's of the location. A business day goes from eight to five; a day to do something by ends at five.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import holidays

from frontdesk.kit.walltime import to_wall, zone_info

BEGINS, ENDS = time(8), time(17)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    # New Year's Day of the next year is kept on December 31 where it falls on a Saturday.
    found = holidays.country_holidays("US", years=[year, year + 1], observed=True)
    return frozenset(day for day in found if day.year == year)


def is_business_day(day: date) -> bool:
    """Say whether a day is a business day."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def after(day: date, days: int) -> date:
    """Return the business day that is so many business days after `day`, which need be none itself."""
    while days:
        day += timedelta(days=1)
        days -= is_business_day(day)
    return day


def before(day: date, days: int) -> date:
    """Return the business day that is so many business days before `day`, which need be none itself."""
    while days:
        day -= timedelta(days=1)
        days -= is_business_day(day)
    return day


def ends_at(day: date, zone: str) -> datetime:
    """Return the moment (UTC) at which a business day ends in `zone`."""
    return datetime.combine(day, ENDS, tzinfo=zone_info(zone)).astimezone(UTC)


def hours_between(now: datetime, until: datetime, zone: str) -> float:
    """Return how many hours of business days lie between two moments (UTC); 0 when none is left."""
    first, last = to_wall(now, zone).date(), to_wall(until, zone).date()
    total, day = timedelta(), first
    while day <= last:
        if is_business_day(day):
            opens = datetime.combine(day, BEGINS, tzinfo=zone_info(zone)).astimezone(UTC)
            total += max(timedelta(), min(until, ends_at(day, zone)) - max(now, opens))
        day += timedelta(days=1)
    return total / timedelta(hours=1)

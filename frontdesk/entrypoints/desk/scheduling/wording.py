"""How the book's times and people are put into words on its screens."""

from datetime import date, datetime, timedelta

from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit import clock
from frontdesk.kit.sensitivity import NO_DAY
from frontdesk.kit.walltime import spoken_time as said_time
from frontdesk.kit.walltime import to_wall

_ORDINAL = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def short_day(day: date) -> str:
    """Write Tue, Mar 3; with the year where it is not this one."""
    year = f", {day.year}" if day.year != clock.now().year else ""
    return f"{day:%a, %b} {day.day}{year}"


def said_day(day: date) -> str:
    """Write Tuesday, March 3rd, as it is said."""
    return f"{day:%A, %B} {day.day}{_ORDINAL.get(day.day, 'th')}"


def when(starts: datetime, zone: str) -> str:
    """Write Tue, Mar 3 at 9:10 am for a moment, on the clock of `zone`."""
    wall = to_wall(starts, zone)
    return f"{short_day(wall.date())} at {wall_time(wall)}"


def left(until: datetime) -> str:
    """Write how long a hold still stands; nothing when it is over."""
    rest = until - clock.now()
    if rest <= timedelta():
        return ""
    minutes, seconds = divmod(int(rest.total_seconds()), 60)
    return f"{minutes} min {seconds:02d} s" if minutes else f"{seconds} seconds"


def how_many(number: int, one: str, many: str = "") -> str:
    """Write 1 visit, 2 visits."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def age(born: date, today: date) -> str:
    """Write an age: 63 years, 8 months under two, days under one month."""
    if born == NO_DAY:
        return ""
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months >= 24:
        return f"{months // 12} years"
    return how_many(months, "month") if months else how_many((today - born).days, "day")


def born(day: date, today: date, *, day_first: bool = False) -> str:
    """Write an age and a date of birth: "63 years · 3/14/1962"; nothing where they are not shown."""
    parts = (us_date(day), age(day, today)) if day_first else (age(day, today), us_date(day))
    return " · ".join(part for part in parts if part)


__all__ = ["age", "born", "how_many", "left", "said_day", "said_time", "short_day", "when"]

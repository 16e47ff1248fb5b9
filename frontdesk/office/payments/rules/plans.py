"""The arithmetic of payment plans: when each part is due and how much it is, and what was paid of each."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MOST_PARTS = 60
TWO_WEEKS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Due:
    """A part of a plan: `left` is what is still to be paid of it."""

    number: int
    due: date
    cents: int
    left: int


def parts(total: int, count: int, every: str, first: date) -> list[tuple[date, int]]:
    """Return the days and cents of `count` parts of `total`: equal ones, the odd cents with the first.

    Monthly parts keep the day of the first one; in a month that is shorter they are due on its last day.
    """
    each, odd = divmod(total, count)
    return [(_day(first, every, at), each + (odd if at == 0 else 0)) for at in range(count)]


def _day(first: date, every: str, at: int) -> date:
    if every == "two_weeks":
        return first + TWO_WEEKS * at
    year, month = divmod(first.year * 12 + first.month - 1 + at, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def standing(schedule: Iterable[tuple[int, date, int]], paid: int) -> list[Due]:
    """Return each part with what is left of it, when `paid` cents were paid in all: the earliest part first."""
    found = []
    for number, due, cents in schedule:
        used = min(cents, paid)
        paid -= used
        found.append(Due(number, due, cents, cents - used))
    return found


def overdue(schedule: Sequence[Due], day: date, refused: Collection[int] = ()) -> date | None:
    """Return since when a part is overdue on `day`; None when all that was due is paid.

    A part whose card was `refused` (by number) is missed at once, not only when its day is over.
    """
    late = (one.due for one in schedule if one.left and (one.due < day or one.number in refused))
    return next(late, None)


def due_by(schedule: Iterable[Due], day: date) -> int:
    """Return what is to be paid up to and on `day`."""
    return sum(one.left for one in schedule if one.due <= day)

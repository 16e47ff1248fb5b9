"""Who opens many charts just now: asked every few minutes, told to whoever settles looks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdesk.kit import clock
from frontdesk.office.oversight import rules
from frontdesk.office.oversight.models import Look
from frontdesk.office.oversight.queries.gathering import opened


@dataclass(frozen=True, slots=True)
class Stretch:
    """An hour, or several that run into each other, in which one person opened `many` charts at most within an hour."""

    user_id: int
    first: datetime
    last: datetime
    many: int


def stretches_now() -> list[Stretch]:
    """Return who opened more than 300 charts within an hour, in the last two hours; two questions to the record."""
    now = clock.now()
    told = opened(now - 2 * rules.WITHIN, now + timedelta(seconds=1))
    return [Stretch(who, *one) for who, seen in told.items() for one in rules.breadths(seen)]


def told_already(user_id: int, first: datetime, last: datetime) -> Look | None:
    """Return the line that speaks of a stretch that runs into this one."""
    about = Look.objects.filter(user=user_id, patient=None, first_at__lte=last, last_at__gte=first)
    return about.order_by("first_at").first()


def untold() -> list[Stretch]:
    """Return the stretches of now that no line tells of, or not to their end."""
    found = [(one, told_already(one.user_id, one.first, one.last)) for one in stretches_now()]
    return [one for one, line in found if line is None or line.last_at < one.last]


def how_many_scrape(most: int) -> int:
    """Return how many such lines nobody has settled yet."""
    return Look.objects.filter(patient=None, state=Look.State.OPEN)[:most].count()

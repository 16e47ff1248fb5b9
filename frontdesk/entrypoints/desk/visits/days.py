"""Which day is prepared: the one asked for, else the next on which the site is open."""

from datetime import date, timedelta

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.scheduling.days import read_day
from frontdesk.kit import clock
from frontdesk.office.practice.models import Location
from frontdesk.office.practice.queries import closed_days, hours_of

FURTHEST = 21


def planned_day(request: DeskRequest) -> date:
    """Return the day of `?day=`, or the next working day of the site."""
    today = clock.today(request.location.zone)
    return read_day(request.GET.get("day", "") or request.POST.get("day", ""), today) or next_working_day(
        request.location, today
    )


def next_working_day(place: Location, today: date) -> date:
    """Return the first day after `today` with opening hours and no holiday; tomorrow where no hours are kept."""
    open_on = {row.weekday for row in hours_of(place.pk)}
    closed = {row.day for row in closed_days(place.pk, today)}
    ahead = (today + timedelta(days=n) for n in range(1, FURTHEST))
    return next(
        (day for day in ahead if day.weekday() in open_on and day not in closed), today + timedelta(days=1)
    )

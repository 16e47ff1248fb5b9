"""Which drawer is open, and which business day it is."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.walltime import to_wall
from frontdesk.office.payments.models import DrawerSession
from frontdesk.office.practice.models import Location


def open_session(location_id: int, user_id: int | None = None) -> DrawerSession | None:
    """Return the drawer that is open at a location: the one this person opened, else the newest; one query."""
    rows = DrawerSession.objects.filter(drawer__location_id=location_id, closed_at=None).select_related(
        "drawer"
    )
    found = list(rows.order_by("-opened_at")[:20])
    return next((row for row in found if row.opened_by_id == user_id), found[0] if found else None)


def business_day(location_id: int) -> date:
    """Return the day that money taken at a location now belongs to, by its own clock."""
    zone = Location.objects.values_list("zone", flat=True).get(pk=location_id)
    return to_wall(clock.now(), zone).date()

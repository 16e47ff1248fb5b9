"""The calendar day it is where somebody works: deadlines end at the practice's midnight, not at Greenwich's."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.practice.models import Location


def today(by: Actor) -> date:
    """Return today where `by` works, or at the practice's first site; in UTC before there is one."""
    zones = Location.objects.order_by("pk").values_list("zone", flat=True)
    here = zones.filter(pk=by.location_id).first() if by.location_id else None
    return clock.today(here or zones.first() or "UTC")

"""The calendar day it is where somebody works: deadlines end at the practice's midnight, not at Greenwich's."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.practice.queries import zone_of


def today(by: Actor) -> date:
    """Return today where `by` works."""
    return clock.today(zone_of(by))

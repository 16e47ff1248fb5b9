"""What is to be collected at visits, for the lists of the day: billing says it, for whom it may be seen."""

from collections.abc import Collection

from frontdesk.kit.actor import Actor
from frontdesk.office.billing.queries import expected_of
from frontdesk.office.billing.rules import chip
from frontdesk.office.visits.queries import MoneyOf
from frontdesk.office.visits.rules import Money


def money_of(by: Actor) -> MoneyOf | None:
    """Return what tells the lines of a list what is to be collected; None for whom that is not to be seen."""
    return _told if by.can("billing.view_expected") else None


def _told(appointment_ids: Collection[int]) -> dict[int, Money]:
    return {pk: Money(*chip(one)) for pk, one in expected_of(appointment_ids).items()}

"""Reads of the practice, small and bounded."""

from datetime import date

from django.db.models import Q

from frontdesk.office.practice.models import Holiday, Location, OpeningHours, Practice, Provider


def practice() -> Practice | None:
    """Return the practice, or None before it has been set up."""
    return Practice.objects.order_by("pk").first()


def locations() -> list[Location]:
    """Return the sites that are open for business, by name."""
    return list(Location.objects.filter(is_active=True).order_by("name"))


def providers() -> list[Provider]:
    """Return those who see patients now, by last name."""
    return list(Provider.objects.filter(is_active=True).order_by("last_name", "first_name"))


def hours_of(location_id: int) -> list[OpeningHours]:
    """Return when a location is open, by weekday and time."""
    return list(OpeningHours.objects.filter(location_id=location_id).order_by("weekday", "opens"))


def closed_days(location_id: int, since: date, limit: int = 40) -> list[Holiday]:
    """Return the days from `since` on which a location is closed, its own and everybody's."""
    rows = Holiday.objects.filter(Q(location=None) | Q(location=location_id), day__gte=since)
    return list(rows.order_by("day")[:limit])

"""Reads of the practice, small and bounded."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from frontdesk.kit.actor import Actor
from frontdesk.office.practice.models import Holiday, Location, OpeningHours, Practice, Provider


def practice() -> Practice | None:
    """Return the practice, or None before it has been set up."""
    return Practice.objects.order_by("pk").first()


def locations() -> list[Location]:
    """Return the sites that are open for business, by name."""
    return list(Location.objects.filter(is_active=True).order_by("name"))


def zone_of(by: Actor) -> str:
    """Return the time zone where `by` works, or of the practice's first site; UTC before there is one."""
    zones = Location.objects.order_by("pk").values_list("zone", flat=True)
    here = zones.filter(pk=by.location_id).first() if by.location_id else None
    return here or zones.first() or "UTC"


def providers() -> list[Provider]:
    """Return those who see patients now, by last name."""
    return list(Provider.objects.filter(is_active=True).order_by("last_name", "first_name"))


def location(location_id: int) -> Location | None:
    """Return one site."""
    return Location.objects.filter(pk=location_id).first()


def hours_of(location_id: int) -> list[OpeningHours]:
    """Return when a location is open, by weekday and time."""
    return list(OpeningHours.objects.filter(location_id=location_id).order_by("weekday", "opens"))


def closed_for(day: date, location_ids: Collection[int]) -> str:
    """Return what all of some locations (none named: every one) are closed for on a day; "" when one of them is open."""
    names: dict[int | None, str] = dict(Holiday.objects.filter(day=day).values_list("location", "name"))
    wanted = location_ids or Location.objects.filter(is_active=True).values_list("pk", flat=True)
    found = [names.get(pk) or names.get(None) or "" for pk in wanted] if names else []
    return found[0] if found and all(found) else ""


def closed_days(location_id: int, since: date, limit: int = 40) -> list[Holiday]:
    """Return the days from `since` on which a location is closed, its own and everybody's."""
    rows = Holiday.objects.filter(Q(location=None) | Q(location=location_id), day__gte=since)
    return list(rows.order_by("day")[:limit])

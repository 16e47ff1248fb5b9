"""A location as the book sees it: its time zone may not change under visits that are already booked."""

from collections.abc import Iterable

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import service
from frontdesk.office.practice import services as practice
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling.models import Appointment


@service("scheduling.change_location", permission="practice.change")
def change_location(
    by: Actor,
    /,
    *,
    location_id: int,
    hours: Iterable[practice.Hours],
    version: int | None = None,
    **fields: str,
) -> Location:
    """Change a site and its hours. Raises `Invalid` for another time zone while visits are booked there."""
    before = Location.objects.filter(pk=location_id).values_list("zone", flat=True).first()
    made = practice.change_location(by, location_id=location_id, hours=hours, version=version, **fields)
    if made.zone != before and _is_booked(location_id):
        msg = "Visits are booked here in the present time zone. Move or cancel them first."
        raise Invalid(msg, fields={"zone": msg})
    return made


def _is_booked(location_id: int) -> bool:
    booked = Appointment.objects.filter(location_id=location_id, starts__gt=clock.now())
    return booked.filter(status__in=Appointment.HOLDING).exists()

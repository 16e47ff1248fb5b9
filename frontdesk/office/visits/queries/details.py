"""What the card of one visit shows beside its line, and who else is in the building."""

from frontdesk.office.practice.models import Room
from frontdesk.office.visits.models import Check, FollowUp, Step, Visitor


def settled_of(appointment_id: int) -> dict[str, Check]:
    """Return the settled lines of a visit's check-in list, by item."""
    return {check.item: check for check in Check.objects.filter(appointment_id=appointment_id)}


def steps_of(appointment_id: int) -> list[Step]:
    """Return how a visit went, oldest first."""
    return list(Step.objects.filter(appointment_id=appointment_id).order_by("id"))


def follow_ups_of(appointment_id: int) -> list[FollowUp]:
    """Return what was ordered for afterwards, in order."""
    rows = FollowUp.objects.filter(appointment_id=appointment_id)
    return list(rows.prefetch_related("visit_type", "provider", "booked", "recall").order_by("id"))


def rooms_of(location_id: int) -> list[Room]:
    """Return a site's rooms by name."""
    return list(Room.objects.filter(location_id=location_id, is_active=True).order_by("name"))


def visitors_in(location_id: int, limit: int = 200) -> list[Visitor]:
    """Return the visitors who are in the building, the newest first."""
    return list(Visitor.objects.filter(location_id=location_id, out_at=None).order_by("-in_at")[:limit])


def visitors_for(person_id: int) -> list[Visitor]:
    """Return the visitors who came to see somebody and of whom they do not know yet."""
    rows = Visitor.objects.filter(host_person_id=person_id, out_at=None, host_told_at=None)
    return list(rows.order_by("in_at")[:5])

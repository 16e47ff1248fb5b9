"""Visitors who are no patients: signed in within seconds, with a badge, and counted when the building is cleared."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.kit.versioned import save_changes
from frontdesk.office.accounts.models import User
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.practice.models import Location
from frontdesk.office.visits.events import VisitorSignedIn
from frontdesk.office.visits.models import Visitor

NO_SUCH = "There is no such visitor."


@service("visits.sign_in_visitor", permission="visits.visitors")
def sign_in_visitor(
    by: Actor,
    /,
    *,
    location_id: int,
    name: str,
    organization: str = "",
    purpose: str = "",
    host: str = "",
    host_id: int | None = None,
) -> Visitor:
    """Sign somebody in and give them the lowest badge that is free.

    `host_id` is the member of staff they came to see: it stands on that person's screen until they have seen it.
    """
    if not name.strip():
        msg = "Please enter the visitor's name."
        raise Invalid(msg, fields={"name": msg})
    must_work_at(by, location_id, "There is no such location.")
    person = User.objects.filter(pk=host_id, is_active=True).first() if host_id else None
    Location.objects.select_for_update().get(pk=location_id)
    worn = set(Visitor.objects.filter(location_id=location_id, out_at=None).values_list("badge", flat=True))
    badge = next(number for number in range(1, len(worn) + 2) if number not in worn)
    made = Visitor.objects.create(
        location_id=location_id,
        name=name.strip()[:120],
        organization=organization.strip()[:120],
        purpose=purpose.strip()[:120],
        host=person.display_name if person else host.strip()[:120],
        host_person=person,
        badge=badge,
        in_at=clock.now(),
    )
    record(by, subject=made, after={"badge": badge, "host": made.host})
    publish(VisitorSignedIn(made.pk, location_id, made.host))
    return made


@service("visits.tell_host", permission="visits.visitors")
def tell_host(by: Actor, /, *, visitor_id: int) -> Visitor:
    """Note that the host knows their visitor is here: they saw it themselves, or were called. Known already is fine."""
    found = _visitor(by, visitor_id)
    if found.host_told_at is None:
        save_changes(found, {"host_told_at": clock.now()})
        record(by, subject=found, after={"told": found.host})
    return found


@service("visits.sign_out_visitor", permission="visits.visitors")
def sign_out_visitor(by: Actor, /, *, visitor_id: int) -> Visitor:
    """Sign a visitor out; the badge is free again. Out already is fine."""
    found = _visitor(by, visitor_id)
    if found.out_at is None:
        save_changes(found, {"out_at": clock.now()})
        record(by, subject=found, after={"out": found.badge})
    return found


def _visitor(by: Actor, pk: int) -> Visitor:
    found = Visitor.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(NO_SUCH)
    must_work_at(by, found.location_id, NO_SUCH)
    return found

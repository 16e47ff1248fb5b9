"""Reminding somebody of the visit that lies ahead of them, because somebody at the desk wants it so."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.refs import Ref
from frontdesk.office.audit.services import service
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.models import Message
from frontdesk.office.messaging.queries import facts_of
from frontdesk.office.scheduling.queries import outlook
from frontdesk.office.visits.errors import NotAhead

APPOINTMENT = "scheduling.appointment"


@service("visits.remind", permission="messaging.send")
def remind(by: Actor, /, *, appointment_id: int) -> Message:
    """Send the reminder of a visit now, or as soon as it may arrive; once for how the visit stands.

    `not_before` of the message says when it goes out. Raises `NotAhead`, `AlreadyReminded`, `CannotSend` (with the
    reason), `NotFound`.
    """
    stands = outlook(appointment_id)
    if stands is None:
        msg = "There is no such visit."
        raise NotFound(msg)
    if not stands.ahead:
        raise NotAhead(appointment_id)
    return messaging.remind_now(
        by,
        patient_id=stands.patient_id,
        about=Ref(APPOINTMENT, stands.id),
        after=facts_of(stands),
        version=stands.version,
    )

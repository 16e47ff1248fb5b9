"""Looking at messages is a deed too: they show who is a patient here, and when."""

from collections.abc import Iterable

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.refs import Ref
from frontdesk.kit.scope import must_work_at
from frontdesk.office.audit.services import record, service
from frontdesk.office.messaging.queries.one import Opened, message_of
from frontdesk.office.messaging.services.settling import NO_SUCH
from frontdesk.office.patients.queries import refuse_hidden


@service("messaging.open_list", permission="messaging.view", reads=True)
def open_list(
    by: Actor,
    /,
    *,
    name: str,
    patient_ids: Iterable[int],
    location_id: int | None = None,
    patient_id: int | None = None,
) -> None:
    """Put on record that a list of messages was opened ("outbox", "failures", "patient"), and whose stood in it."""
    extra = {"list": name, "location": location_id, "shown": sorted(set(patient_ids))}
    record(by, patient_id=patient_id, extra=extra)


@service("messaging.open_message", permission="messaging.view", reads=True)
def open_message(by: Actor, /, *, message_id: int) -> Opened:
    """Return a message with its words and what became of it; raise `NotFound`."""
    found = message_of(message_id)
    if found is None:
        raise NotFound(NO_SUCH)
    must_work_at(by, found.location_id, NO_SUCH)
    refuse_hidden(by, found.line.patient_id, *found.labels)
    record(by, subject=Ref("messaging.message", message_id), patient_id=found.line.patient_id)
    return found

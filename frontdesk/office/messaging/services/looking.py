"""Looking at messages is a deed too: they show who is a patient here, and when."""

from collections.abc import Iterable

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service


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

"""Looking at an appointment is a deed too: it shows a patient's record."""

from collections.abc import Iterable

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.models import Appointment


@service("scheduling.open_appointment", permission="scheduling.view", reads=True)
def open_appointment(by: Actor, /, *, appointment_id: int) -> Appointment:
    """Return an appointment with its patient, visit type, provider, location and reason; raise `NotFound`."""
    related = ("patient", "visit_type", "provider", "location", "cancel_reason", "series", "replaces")
    found = (
        Appointment.objects.select_related(*related).defer("patient__photo").filter(pk=appointment_id).first()
    )
    if found is None:
        msg = "There is no such appointment."
        raise NotFound(msg)
    record(by, subject=found, patient_id=found.patient_id)
    return found


@service("scheduling.open_list", permission="scheduling.view", reads=True)
def open_list(by: Actor, /, *, name: str, location_id: int | None, patient_ids: Iterable[int]) -> None:
    """Put on record that a list with people's names was looked at, and whose names stood in it.

    `name` says which: "day", "today", "waitlist", "recalls", "stranded", "rescue", "in hand".
    """
    record(by, extra={"list": name, "location": location_id, "shown": sorted(set(patient_ids))})

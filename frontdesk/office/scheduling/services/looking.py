"""Looking at an appointment is a deed too: it shows a patient's record."""

from collections.abc import Iterable

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.queries import refuse_hidden
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.scheduling.services.moving import NO_SUCH, labels_on


@service("scheduling.open_appointment", permission="scheduling.view", reads=True)
def open_appointment(by: Actor, /, *, appointment_id: int, bare: bool = False) -> Appointment:
    """Return an appointment with its patient, visit type, provider, location and reason; raise `NotFound`.

    `bare` for who draws it from a query of their own: only what decides whether it may be seen is read then.
    """
    labelled = ("patient", "visit_type", "location", "provider")
    if bare:
        known = ("location_id", "patient_id", *(f"{name}__labels" for name in labelled))
        rows = Appointment.objects.select_related(*labelled).only(*known)
    else:
        related = (*labelled, "cancel_reason", "series", "replaces")
        rows = Appointment.objects.select_related(*related).defer("patient__photo")
    found = rows.filter(pk=appointment_id).first()
    if found is None:
        raise NotFound(NO_SUCH)
    must_work_at(by, found.location_id, NO_SUCH)
    refuse_hidden(by, found.patient_id, *labels_on(found))
    record(by, subject=found, patient_id=found.patient_id)
    return found


@service("scheduling.open_list", permission="scheduling.view", reads=True)
def open_list(by: Actor, /, *, name: str, location_id: int | None, patient_ids: Iterable[int]) -> None:
    """Put on record that a list with people's names was looked at, and whose names stood in it.

    `name` says which: "day", "today", "waitlist", "recalls", "stranded", "rescue", "in hand".
    """
    record(by, extra={"list": name, "location": location_id, "shown": sorted(set(patient_ids))})

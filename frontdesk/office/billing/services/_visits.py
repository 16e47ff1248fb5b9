"""A visit that a verb of money is about, with what its price follows from."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.office.audit.services import same_patient
from frontdesk.office.billing.queries.expecting import Known, known_of
from frontdesk.office.ledger import services as ledger
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.scheduling.models import Appointment

NO_SUCH = "There is no such appointment."


def visit_for(by: Actor, appointment_id: int, *, posting: bool = False) -> Known:
    """Return a visit, its row locked until the verb ends; for one that is `posting`, the ledger too, before it looks.

    Raises `NotFound`, `NoSuchPatient`, `Restricted`.
    """
    row = Appointment.objects.select_for_update(of=("self",)).filter(pk=appointment_id).first()
    if row is None:
        raise NotFound(NO_SUCH)
    must_work_at(by, row.location_id, NO_SUCH)
    same_patient(by, row.patient_id)
    find_patient(by, row.patient_id)
    if posting:
        ledger.alone()
    return known_of([appointment_id])[appointment_id]

"""Looking at who pays for a patient is a deed too."""

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.queries import PolicyLine, policies_of
from frontdesk.office.patients.queries import find_patient


@service("coverage.open_coverage", permission="coverage.view", reads=True)
def open_coverage(by: Actor, /, *, patient_id: int) -> list[PolicyLine]:
    """Return a patient's policies, in the order they are asked; those that have ended last. Raises `NoSuchPatient`, `Restricted`."""
    patient = find_patient(by, patient_id)
    record(by, patient_id=patient.pk)
    return policies_of(patient.pk)

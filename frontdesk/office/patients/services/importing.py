"""Take a patient over from another system; a second time changes nothing."""

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import service
from frontdesk.office.patients.models import Identifier, Patient
from frontdesk.office.patients.services.registering import NewPatient, checked, write


@service("patients.import_patient", permission="patients.import")
def import_patient(
    by: Actor, /, *, details: NewPatient, system: str, value: str, made_up: bool = False
) -> Patient | None:
    """Make a record for a patient that `system` knows as `value`; None when they were taken over before.

    Likely duplicates are not refused, but found by the nightly linkage. `made_up` people (test data) may have a social
    security number that nobody has. Raises `Invalid`.
    """
    if Identifier.objects.filter(system=system, value=value).exists():
        return None
    patient = write(by, checked(details, made_up=made_up))
    Identifier.objects.create(patient=patient, system=system, value=value)
    return patient

"""Numbers by which other systems know a patient."""

import re

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound, Refused
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients.errors import IdentifierTaken
from frontdesk.office.patients.events import PatientChanged
from frontdesk.office.patients.fields import misfits, refuse, tidy
from frontdesk.office.patients.models import OLD_MRN, Identifier
from frontdesk.office.patients.queries.glass import find_patient as find

_NAMES = ("system", "value")


@service("patients.add_identifier", permission="patients.change")
def add_identifier(by: Actor, /, *, patient_id: int, system: str, value: str) -> Identifier:
    """Note the number (FHIR Identifier) a system knows the patient by. Raises `IdentifierTaken`, `Invalid`."""
    given = {"system": tidy(system), "value": tidy(value)}
    refuse(misfits(Identifier, given, _NAMES))
    if not all(given.values()) or given["system"] == OLD_MRN:
        msg = "Write the number, and whose number it is."
        raise Invalid(msg, fields={"value": msg})
    if re.search(r"\bssn\b|social\s+security", given["system"], re.IGNORECASE):
        msg = "A social security number is kept in its own place, where it is sealed: Person, Social security number."
        raise Invalid(msg, fields={"system": msg})
    patient = find(by, patient_id)
    taken = Identifier.objects.filter(**given).select_related("patient").first()
    if taken is not None and taken.patient_id != patient.pk:
        msg = "Another patient has that number."
        raise IdentifierTaken(msg, taken.patient)
    made = taken or Identifier.objects.create(patient=patient, **given)
    record(by, subject=made, patient_id=patient.pk, after=given)
    publish(PatientChanged(patient.pk, "identifier"))
    return made


@service("patients.remove_identifier", permission="patients.change")
def remove_identifier(by: Actor, /, *, identifier_id: int) -> None:
    """Take away a number that is not this patient's. The number of a merged chart stays."""
    row = Identifier.objects.filter(pk=identifier_id).first()
    if row is None:
        msg = "That entry is no longer there."
        raise NotFound(msg)
    if row.system == OLD_MRN:
        msg = "This is the number of a merged chart; undo the merge to part with it."
        raise Refused(msg, row)
    before = {"system": row.system, "value": row.value}
    record(by, subject=row, patient_id=row.patient_id, before=before, after={})
    patient_id = row.patient_id
    row.delete()
    publish(PatientChanged(patient_id, "identifier"))

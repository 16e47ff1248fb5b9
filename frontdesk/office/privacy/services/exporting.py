"""Take a patient's whole record out of the house: one verb, with a reason, on record."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.fields import tidy
from frontdesk.office.privacy.queries.collecting import Record, collect
from frontdesk.office.privacy.queries.disclosures import disagreements_of
from frontdesk.office.privacy.services._days import today
from frontdesk.office.privacy.services._known import patient_of


@service("privacy.export_record", permission="privacy.export", reads=True)
def export_record(by: Actor, /, *, patient_id: int, reason: str) -> Record:
    """Return every row of every table about a patient, charts merged into theirs too; says why it leaves the house.

    What an agency had suspended stays out until its day, and so do secrets: a phrase's hash, the key of a link.
    """
    patient, why = patient_of(by, patient_id), tidy(reason)[:400]
    if not why:
        msg = "Say why the record leaves the house, and for whom."
        raise Invalid(msg, fields={"reason": msg})
    day = today(by)
    found = Record(
        patient_id=patient.pk,
        mrn=patient.mrn,
        name=patient.legal_name,
        birth_date=patient.birth_date,
        day=day,
        tables=collect(patient.pk, day),
        disagreements=[(one.about or one.what, one.disagreement) for one in disagreements_of(patient.pk)],
    )
    extra = {"tables": len(found.tables), "rows": found.count}
    record(by, subject=patient, patient_id=patient.pk, reason=why, extra=extra)
    return found

"""Take a patient's whole record out of the house: one verb, with a reason, on record."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.fields import refuse, tidy
from frontdesk.office.patients.models import Patient
from frontdesk.office.privacy.models import Consent, Disclosure
from frontdesk.office.privacy.queries.collecting import Record, collect
from frontdesk.office.privacy.queries.consents import is_under_part_two
from frontdesk.office.privacy.queries.disclosures import disagreements_of
from frontdesk.office.privacy.rules import telling
from frontdesk.office.privacy.rules.part_two import scope_of
from frontdesk.office.privacy.services._days import today
from frontdesk.office.privacy.services._known import patient_of
from frontdesk.office.privacy.services.consenting import must_consent

PATIENT = "individual"


@service("privacy.export_record", permission="privacy.export", reads=True)
def export_record(
    by: Actor, /, *, patient_id: int, reason: str, basis: str = "individual", recipient: str = ""
) -> Record:
    """Return every row of every table about a patient, charts merged into theirs too; says why it leaves the house.

    What an agency had suspended stays out until its day, and so do secrets: a phrase's hash, the key of a link.
    `basis` is the ground (`rules.telling.BASES`) and `recipient` who gets it, where that is not the patient. A record
    that shows substance use needs a consent that covers it, bears the statement of 42 CFR 2.32, and is noted as a
    disclosure. Raises `Invalid`, `NoConsent`.
    """
    patient, why = patient_of(by, patient_id), tidy(reason)[:400]
    if not why:
        msg = "Say why the record leaves the house, and for whom."
        raise Invalid(msg, fields={"reason": msg})
    to, day = tidy(recipient)[:160], today(by)
    refuse(_wrong_recipient(basis, to))
    protected = is_under_part_two(patient.pk)
    consent = must_consent(patient.pk, to, basis, day) if protected else None
    found = Record(
        patient_id=patient.pk,
        mrn=patient.mrn,
        name=patient.legal_name,
        birth_date=patient.birth_date,
        day=day,
        tables=collect(patient.pk, day),
        disagreements=[(one.about or one.what, one.disagreement) for one in disagreements_of(patient.pk)],
        part_two=protected,
        consent=scope_of(consent) if consent else "",
    )
    if protected and basis != PATIENT:
        _note(by, patient, to, why, basis, consent, day)
    extra = {"tables": len(found.tables), "rows": found.count, "to": to or "the patient", "basis": basis}
    record(by, subject=patient, patient_id=patient.pk, reason=why, extra=extra)
    return found


def _wrong_recipient(basis: str, to: str) -> dict[str, str]:
    if basis not in telling.BASES:
        return {"basis": "Choose the ground on which it leaves."}
    return {"recipient": "Who gets it?"} if basis != PATIENT and not to else {}


def _note(
    by: Actor, patient: Patient, to: str, why: str, basis: str, consent: Consent | None, day: date
) -> None:
    """Put what left as a disclosure, so that the accounting has it and its paper can be printed."""
    Disclosure.objects.create(
        patient=patient,
        on=day,
        recipient=to,
        what="The whole record",
        purpose=why[:300],
        basis=basis,
        accountable=telling.BASES[basis].accountable,
        identity=Disclosure.Identity.PAPER,
        seen=f"Consent signed {consent.signed_on:%Y-%m-%d}" if consent else "The ground it left on",
        part_two=True,
        consent=consent,
        statements=[one.pk for one in disagreements_of(patient.pk)],
        noted_at=clock.now(),
        by_id=by.id,
        by_name=by.name,
    )

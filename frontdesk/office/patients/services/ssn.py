"""A patient's social security number: written, shown whole with a reason, carried over by a merge."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, StaleVersion
from frontdesk.kit.sealed import CannotBeOpened
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients import rules
from frontdesk.office.patients.events import PatientChanged
from frontdesk.office.patients.models import SSN, Patient, SocialSecurityNumber
from frontdesk.office.patients.queries.glass import find_patient as find


@service("patients.change_ssn")
def change_ssn(by: Actor, /, *, patient_id: int, number: str, version: int) -> Patient:
    """Write a patient's social security number; "" takes it away. `version` is the number's own when it was shown.

    The record of deeds holds that it changed, and no digit. Raises `Invalid`, `StaleVersion`.
    """
    patient = find(by, patient_id, to_change=True)
    digits = rules.read_ssn(number)
    if number.strip() and (problem := rules.wrong_ssn(digits)):
        raise Invalid(problem, fields={"ssn": problem})
    row = SocialSecurityNumber.objects.filter(pk=patient.pk).first()
    if (row.version if row else 0) != version:
        msg = "Someone else changed this a moment ago. Look at the new version, then try again."
        raise StaleVersion(msg, patient)
    write_ssn(patient.pk, digits, row)
    record(
        by,
        subject=patient,
        patient_id=patient.pk,
        before={"ssn": rules.SSN_HIDDEN if row else ""},
        after={"ssn": rules.SSN_HIDDEN if digits else ""},
    )
    publish(PatientChanged(patient.pk, "ssn"))
    return patient


@service("patients.reveal_ssn", reads=True)
def reveal_ssn(by: Actor, /, *, patient_id: int, reason: str) -> str:
    """Return a patient's whole social security number, 123-45-6789; who saw it and why is on record.

    Raises `Invalid` without a reason, `NotFound`, `NotPermitted` for who is no person, `CannotBeOpened`.
    """
    if len(reason.strip()) < 5:
        msg = "Say in a few words what you need the number for."
        raise Invalid(msg, fields={"reason": msg})
    if by.kind != "staff":
        msg = "Only a person can see the whole number."
        raise NotPermitted(msg, "patients.reveal_ssn")
    patient = find(by, patient_id)
    row = SocialSecurityNumber.objects.filter(pk=patient.pk).first()
    if row is None:
        msg = "There is no social security number on this record."
        raise NotFound(msg)
    whole = rules.written_ssn(SSN.open(patient.pk, row.number))
    record(by, subject=patient, patient_id=patient.pk, reason=reason.strip())
    return whole


def write_ssn(patient_id: int, digits: str, row: SocialSecurityNumber | None = None) -> None:
    """Seal a number to a patient in place of `row`; "" leaves none. Called inside a verb, after it was checked."""
    if not digits:
        SocialSecurityNumber.objects.filter(pk=patient_id).delete()
        return
    fresh = {"number": SSN.seal(patient_id, digits), "blind_index": SSN.index_of(digits)}
    if row is None:
        SocialSecurityNumber.objects.create(patient_id=patient_id, **fresh)
    else:
        save_changes(row, fresh)


def carry_ssn(duplicate_id: int, survivor_id: int) -> bool:
    """Give the survivor of a merge the duplicate's number when it has none; say whether it did.

    The duplicate keeps its own. Of two numbers the survivor's stays; one that does not open is left where it is.
    """
    digits = _opened(duplicate_id)
    if not digits or SocialSecurityNumber.objects.filter(pk=survivor_id).exists():
        return False
    write_ssn(survivor_id, digits)
    return True


def give_back_ssn(duplicate_id: int, survivor_id: int) -> None:
    """Take a number that was carried over from the survivor again, unless somebody changed it since."""
    digits = _opened(duplicate_id)
    if digits and digits == _opened(survivor_id):
        SocialSecurityNumber.objects.filter(pk=survivor_id).delete()


def _opened(patient_id: int) -> str:
    row = SocialSecurityNumber.objects.filter(pk=patient_id).first()
    try:
        return SSN.open(patient_id, row.number) if row else ""
    except CannotBeOpened:
        return ""

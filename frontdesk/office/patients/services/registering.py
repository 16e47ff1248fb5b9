"""Register somebody new, and not make them twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients import rules
from frontdesk.office.patients.errors import LikelyDuplicate
from frontdesk.office.patients.events import PatientRegistered
from frontdesk.office.patients.fields import cleaned, misfits, refuse
from frontdesk.office.patients.index import reindex
from frontdesk.office.patients.models import (
    Address,
    Alert,
    Contact,
    MrnCounter,
    Patient,
    PatientName,
    RelatedPerson,
)
from frontdesk.office.patients.queries.duplicates import duplicates_for
from frontdesk.office.patients.queries.glass import find_patient as find
from frontdesk.office.patients.services.ssn import write_ssn

GUARDIAN_MISSING = "Ask who the guardian is."
_IDENTITY = (
    "legal_first",
    "legal_middle",
    "legal_last",
    "suffix",
    "preferred_name",
    "gender_identity",
    "pronouns",
)
# Whose columns the fields of the form go into: (table, what their names begin with in the form, names).
_COLUMNS = (
    (Patient, "", _IDENTITY),
    (PatientName, "previous_", ("last",)),
    (Address, "", ("line", "line2", "city")),
    (RelatedPerson, "guardian_", ("first", "last", "relationship")),
)


@dataclass(frozen=True, slots=True)
class NewPatient:
    """What is known of somebody new. The first seven are asked of everyone.

    `phone` may be "none" and `language` "declined"; for `zip` the town (`city`) will do; a family member's are
    copied with `copy_from`. Somebody under eighteen needs a guardian, by name or as a patient (`guardian_id`), or
    `guardian_to_be_asked`, which leaves an alert for the check-in. `ssn` is a social security number, or an ITIN.
    """

    legal_first: str
    legal_last: str
    birth_date: date
    sex: str
    phone: str
    language: str
    zip: str
    legal_middle: str = ""
    suffix: str = ""
    preferred_name: str = ""
    previous_last: str = ""
    phone_use: str = Contact.Use.MOBILE
    may_text: bool | None = None
    may_leave_voicemail: bool | None = None
    email: str = ""
    line: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    interpreter_needed: bool | None = None
    gender_identity: str = ""
    pronouns: str = ""
    races: tuple[str, ...] = ()
    ethnicity: str = ""
    guardian_first: str = ""
    guardian_last: str = ""
    guardian_phone: str = ""
    guardian_relationship: str = ""
    guardian_id: int | None = None
    guardian_to_be_asked: bool = False
    copy_from: int | None = None
    deceased_on: date | None = None
    ssn: str = field(default="", repr=False)


@service("patients.register")
def register(by: Actor, /, *, details: NewPatient, confirmed_distinct: bool = False) -> Patient:
    """Make a record for somebody new.

    Raises `Invalid` with a sentence for each field, and `LikelyDuplicate` when somebody scores 0.95 or more and the
    caller has not said that they are two people.
    """
    if details.ssn and not by.can("patients.change_ssn"):
        msg = "Your role does not write social security numbers."
        raise NotPermitted(msg, "patients.change_ssn")
    details = checked(asked(details))
    candidates = [] if confirmed_distinct else duplicates_for(details)
    if candidates and candidates[0].score >= rules.STOP:
        msg = "This looks like somebody who is registered already. Open that chart, or say that they are two people."
        raise LikelyDuplicate(msg, *candidates)
    patient = write(by, details)
    publish(PatientRegistered(patient.pk))
    return patient


def write(by: Actor, details: NewPatient) -> Patient:
    """Write the rows of a new patient; `details` have been checked. Called inside a verb."""
    patient = Patient.objects.create(
        mrn=next_mrn(),
        legal_first=details.legal_first,
        legal_middle=details.legal_middle,
        legal_last=details.legal_last,
        suffix=details.suffix,
        preferred_name=details.preferred_name,
        birth_date=details.birth_date,
        birthday=f"{details.birth_date:%m%d}",
        sex=details.sex,
        gender_identity=details.gender_identity,
        pronouns=details.pronouns,
        races=list(details.races),
        ethnicity=details.ethnicity,
        language=details.language,
        interpreter_needed=details.interpreter_needed,
        is_deceased=details.deceased_on is not None,
        deceased_on=details.deceased_on,
        registered_at=clock.now(),
    )
    write_ssn(patient.pk, details.ssn)
    _write_reach(patient, details)
    _write_guardian(by, patient, details)
    if details.copy_from:
        _copy_family(patient, find(by, details.copy_from).pk)
    reindex([patient.pk])
    record(
        by,
        subject=patient,
        patient_id=patient.pk,
        after={"mrn": patient.mrn, "name": patient.legal_name, "birth_date": patient.birth_date}
        | ({"ssn": rules.SSN_HIDDEN} if details.ssn else {}),
        extra={"copied_from": details.copy_from} if details.copy_from else None,
    )
    return patient


def next_mrn(count: int = 1) -> str:
    """Give out the next medical record number; with `count`, the first of so many."""
    MrnCounter.objects.get_or_create(pk=1)
    MrnCounter.objects.filter(pk=1).update(last=F("last") + count)
    return str(MrnCounter.objects.values_list("last", flat=True).get(pk=1) - count + 1)


def asked(details: NewPatient) -> NewPatient:
    """Return the details when everything that is asked of everyone was answered; else raise `Invalid`."""
    family = details.copy_from is not None
    wrong = {}
    if not details.phone.strip() and not family:
        wrong["phone"] = "Write a telephone number, or choose No phone."
    if not details.language.strip():
        wrong["language"] = "Ask which language they prefer; Declined is an answer."
    if not details.zip.strip() and not details.city.strip() and not family:
        wrong["zip"] = "Write the ZIP code, or at least the town."
    guardian = details.guardian_first or details.guardian_last or details.guardian_id
    if _is_minor(details.birth_date) and not guardian and not details.guardian_to_be_asked:
        wrong["guardian_last"] = (
            "They are under eighteen: write who their guardian is, or choose To be asked."
        )
    if wrong:
        _also_wrong(details, wrong)
    return details


def _is_minor(born: object) -> bool:
    today = clock.now().date()
    return isinstance(born, date) and born <= today and rules.is_minor(born, today)


def _also_wrong(details: NewPatient, wrong: dict[str, str]) -> None:
    """Refuse with everything that is wrong at once, so that nobody has to send a form three times."""
    try:
        checked(details)
    except Invalid as more:
        wrong = {**more.fields, **wrong}
    refuse(wrong)


def checked(details: NewPatient, *, made_up: bool = False) -> NewPatient:
    """Return the details with numbers in one form; raise `Invalid` with a sentence for each field that cannot be.

    Somebody `made_up` may have a social security number that nobody has.
    """
    given = cleaned({f: getattr(details, f) for f in NewPatient.__slots__})
    given["state"] = given["state"].upper()
    wrong = _too_long(given)
    for name, words in (("legal_first", "first name"), ("legal_last", "last name")):
        if not given[name]:
            wrong[name] = f"The {words} is needed."
    if problem := rules.wrong_birth_date(given["birth_date"], clock.now().date()):
        wrong["birth_date"] = problem
    died = given["deceased_on"]
    if died and not given["birth_date"] <= died <= clock.now().date():
        wrong["deceased_on"] = "That day is before the birth, or has not come yet."
    _check_phone(given, wrong)
    if given["ssn"]:
        digits = rules.read_ssn(given["ssn"])
        if problem := "" if made_up and digits else rules.wrong_ssn(digits):
            wrong["ssn"] = problem
        given["ssn"] = digits
    wrong |= rules.wrong_codes(given) | rules.wrong_place(given)
    if given["email"] and not rules.is_email(given["email"]):
        wrong["email"] = "An e-mail address looks like name@example.org."
    refuse(wrong)
    return NewPatient(**given)


def _too_long(given: Mapping[str, object]) -> dict[str, str]:
    """Say which texts do not fit their columns."""
    wrong: dict[str, str] = {}
    for model, prefix, names in _COLUMNS:
        texts = {name: given[prefix + name] for name in names}
        wrong |= {prefix + name: why for name, why in misfits(model, texts, names).items()}
    return wrong


def _check_phone(given: dict[str, Any], wrong: dict[str, str]) -> None:
    for name in ("phone", "guardian_phone"):
        typed = str(given[name] or "")
        if not typed or typed.casefold() in {"none", "no phone"}:
            given[name] = ""
            continue
        number = rules.read_phone(typed)
        if number is None:
            wrong[name] = "A telephone number has ten digits: (617) 555-0134."
        given[name] = number or typed


def _write_reach(patient: Patient, details: NewPatient) -> None:
    if details.phone:
        Contact.objects.create(
            patient=patient,
            system=Contact.System.PHONE,
            use=details.phone_use,
            value=details.phone,
            may_call=True,
            may_text=details.may_text,
            may_leave_voicemail=details.may_leave_voicemail,
            is_preferred=True,
        )
    if details.email:
        Contact.objects.create(
            patient=patient, system=Contact.System.EMAIL, use=Contact.Use.HOME, value=details.email
        )
    if details.zip or details.line or details.city:
        parts = {name: getattr(details, name) for name in ("line", "line2", "city", "state", "zip")}
        Address.objects.create(patient=patient, **parts)
    if details.previous_last:
        PatientName.objects.create(patient=patient, use=PatientName.Use.PREVIOUS, last=details.previous_last)


def _write_guardian(by: Actor, patient: Patient, details: NewPatient) -> None:
    person = find(by, details.guardian_id) if details.guardian_id else None
    if person or details.guardian_last or details.guardian_first:
        RelatedPerson.objects.create(
            patient=patient,
            role=RelatedPerson.Role.GUARDIAN,
            person=person,
            first=details.guardian_first or (person.legal_first if person else ""),
            last=details.guardian_last or (person.legal_last if person else ""),
            relationship=details.guardian_relationship,
            phone=details.guardian_phone,
        )
    elif details.guardian_to_be_asked and _is_minor(details.birth_date):
        Alert.objects.create(
            patient=patient,
            words=GUARDIAN_MISSING,
            show=Alert.Show.CHECK_IN,
            made_at=clock.now(),
            made_by=by.name,
        )


def _copy_family(patient: Patient, relative_id: int) -> None:
    """Copy what a family shares and the form did not say: address, telephone, guarantor."""
    if not Address.objects.filter(patient=patient).exclude(line="").exists():
        Address.objects.filter(patient=patient).delete()
        _copies(Address.objects.filter(patient_id=relative_id, ends=None, use=Address.Use.HOME)[:1], patient)
    if not Contact.objects.filter(patient=patient, system=Contact.System.PHONE).exists():
        _copies(
            Contact.objects.filter(patient_id=relative_id, ends=None, system=Contact.System.PHONE)[:1],
            patient,
        )
    role = RelatedPerson.Role.GUARANTOR
    _copies(RelatedPerson.objects.filter(patient_id=relative_id, role=role, ended_at=None)[:1], patient)


def _copies(rows: Iterable[Address | Contact | RelatedPerson], patient: Patient) -> None:
    for row in rows:
        row.pk, row.version = None, 1
        row.patient = patient
        if isinstance(row, Contact):  # what one person allows, another has not been asked
            row.may_text = row.may_leave_voicemail = None
        row._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
        row.save(force_insert=True)

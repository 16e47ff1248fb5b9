"""Change how a patient is reached, who belongs to them, and what colleagues should know."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import F

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.versioned import Versioned, save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.patients import rules
from frontdesk.office.patients.events import PatientChanged
from frontdesk.office.patients.fields import cleaned, misfits, refuse
from frontdesk.office.patients.index import reindex, who_lean_on
from frontdesk.office.patients.models import Address, Alert, Contact, Patient, PatientName, RelatedPerson
from frontdesk.office.patients.queries.glass import find_patient as find
from frontdesk.office.patients.queries.glass import refuse_hidden

Row = TypeVar("Row", bound=Versioned)

_NAME = ("use", "first", "last", "begins", "ends")
_ADDRESS = ("use", "line", "line2", "city", "state", "zip", "begins", "ends")
_CONTACT = (
    "system", "use", "value", "may_call", "may_text", "may_leave_voicemail", "is_preferred",
    "is_confidential", "begins", "ends",
)  # fmt: skip
_RELATED = ("role", "person_id", "first", "last", "relationship", "phone", "scope", "expires", "note")
_ALERT = ("words", "show", "expires")
SCOPES = {"schedule": "Appointments", "billing": "Bills", "clinical": "Medical matters", "all": "Everything"}


@service("patients.add_name", permission="patients.change")
def add_name(by: Actor, /, *, patient_id: int, **fields: Any) -> PatientName:
    """Add a previous name, a maiden name or an alias."""
    return _add(by, PatientName, patient_id, _good_name(fields))


@service("patients.change_name", permission="patients.change")
def change_name(by: Actor, /, *, name_id: int, changes: Mapping[str, Any], version: int) -> PatientName:
    """Correct another name; the legal one is changed with `update_demographics`."""
    return _change(by, PatientName, name_id, _good_name(dict(changes), whole=False), version)


@service("patients.end_name", permission="patients.change")
def end_name(by: Actor, /, *, name_id: int, version: int) -> PatientName:
    """Say that a name is used no longer; the search still knows it."""
    return _change(by, PatientName, name_id, {"ends": clock.now().date()}, version)


@service("patients.add_address", permission="patients.change")
def add_address(by: Actor, /, *, patient_id: int, **fields: Any) -> Address:
    """Add an address; `fields` are those of `Address`."""
    return _add(by, Address, patient_id, _good_address(fields))


@service("patients.change_address", permission="patients.change")
def change_address(by: Actor, /, *, address_id: int, changes: Mapping[str, Any], version: int) -> Address:
    """Correct an address."""
    return _change(by, Address, address_id, _good_address(dict(changes)), version)


@service("patients.end_address", permission="patients.change")
def end_address(by: Actor, /, *, address_id: int, version: int) -> Address:
    """Say that an address holds no longer."""
    return _change(by, Address, address_id, {"ends": clock.now().date()}, version)


@service("patients.add_contact", permission="patients.change")
def add_contact(by: Actor, /, *, patient_id: int, **fields: Any) -> Contact:
    """Add a telephone number or an e-mail address, with what the patient allows on it."""
    return _add(by, Contact, patient_id, _good_contact(fields))


@service("patients.change_contact", permission="patients.change")
def change_contact(by: Actor, /, *, contact_id: int, changes: Mapping[str, Any], version: int) -> Contact:
    """Correct a number or address, or what is allowed on it."""
    system = Contact.objects.filter(pk=contact_id).values_list("system", flat=True).first() or ""
    good = _good_contact({"system": system, **changes}, whole=False)
    return _change(by, Contact, contact_id, {k: v for k, v in good.items() if k in changes}, version)


@service("patients.end_contact", permission="patients.change")
def end_contact(by: Actor, /, *, contact_id: int, version: int) -> Contact:
    """Say that a number or address is no longer theirs."""
    return _change(by, Contact, contact_id, {"ends": clock.now().date()}, version)


@service("patients.add_related", permission="patients.change")
def add_related(by: Actor, /, *, patient_id: int, **fields: Any) -> RelatedPerson:
    """Add a guardian, guarantor, emergency contact or someone we may talk to (with `scope` and `expires`)."""
    return _add(by, RelatedPerson, patient_id, _good_related(by, fields))


@service("patients.change_related", permission="patients.change")
def change_related(
    by: Actor, /, *, related_id: int, changes: Mapping[str, Any], version: int
) -> RelatedPerson:
    """Correct what is known of such a person, or what they may be told."""
    role = RelatedPerson.objects.filter(pk=related_id).values_list("role", flat=True).first() or ""
    return _change(
        by, RelatedPerson, related_id, _good_related(by, dict(changes), whole=False, role=role), version
    )


@service("patients.end_related", permission="patients.change")
def end_related(by: Actor, /, *, related_id: int, version: int) -> RelatedPerson:
    """Say that they have that role no longer; what was said before stays on record."""
    return _change(by, RelatedPerson, related_id, {"ended_at": clock.now()}, version)


@service("patients.add_alert", permission="patients.change")
def add_alert(
    by: Actor, /, *, patient_id: int, words: str, show: str = Alert.Show.ALWAYS, **fields: Any
) -> Alert:
    """Add an alert, in words a patient may read; `show` says where it appears."""
    given = _good_alert({"words": words, "show": show, **fields})
    return _add(by, Alert, patient_id, {**given, "made_at": clock.now(), "made_by": by.name})


@service("patients.change_alert", permission="patients.change")
def change_alert(by: Actor, /, *, alert_id: int, changes: Mapping[str, Any], version: int) -> Alert:
    """Word an alert better, or say otherwise where and until when it shows; it is to be read again."""
    return _change(by, Alert, alert_id, {**_good_alert(dict(changes)), "read_at": None}, version)


@service("patients.end_alert", permission="patients.change")
def end_alert(by: Actor, /, *, alert_id: int, version: int) -> Alert:
    """Take an alert down."""
    return _change(by, Alert, alert_id, {"ended_at": clock.now()}, version)


@service("patients.read_alert", permission="patients.view")
def read_alert(by: Actor, /, *, alert_id: int, version: int) -> Alert:
    """Say that an alert which shows until it is read has been read."""
    return _change(by, Alert, alert_id, {"read_at": clock.now()}, version)


def _add(by: Actor, model: type[Row], patient_id: int, fields: dict[str, Any]) -> Row:
    patient = find(by, patient_id, to_change=True)
    made = model._default_manager.create(patient=patient, **fields)
    return _noted(by, made, patient, before=None, after=fields)


def _change(by: Actor, model: type[Row], row_id: int, changes: dict[str, Any], version: int) -> Row:
    row = model._default_manager.filter(pk=row_id).first()
    if row is None:
        msg = "That entry is no longer there."
        raise NotFound(msg)
    refuse_hidden(by, row.patient_id, row.patient.labels)  # type: ignore[attr-defined]  # each row of these tables has a patient
    # The patient before the row, as every change of a record does: two at once would else wait for each other.
    Patient.objects.select_for_update().filter(pk=row.patient_id).first()  # type: ignore[attr-defined]  # as above
    before = save_changes(row, changes, expected=version)
    return _noted(by, row, row.patient, before=before, after=changes)  # type: ignore[attr-defined]  # every row here has one


def _noted(
    by: Actor, row: Row, patient: Patient, *, before: dict[str, Any] | None, after: dict[str, Any]
) -> Row:
    _prefer_one(row)
    reindex([patient.pk, *who_lean_on(patient.pk)] if isinstance(row, Contact) else [patient.pk])
    record(by, subject=row, patient_id=patient.pk, before=before, after=after)
    publish(PatientChanged(patient.pk, type(row).__name__.lower()))
    return row


def _prefer_one(row: Versioned) -> None:
    """Only one number, and one e-mail address, is the one to try first."""
    if isinstance(row, Contact) and row.is_preferred:
        others = Contact.objects.filter(patient_id=row.patient_id, system=row.system, is_preferred=True)
        others.exclude(pk=row.pk).update(is_preferred=False, version=F("version") + 1)


def _good_name(fields: dict[str, Any], *, whole: bool = True) -> dict[str, Any]:
    given = cleaned(fields)
    wrong = misfits(PatientName, given, _NAME) | _wrong_period(given)
    if (whole or {"first", "last"} <= given.keys()) and not (given.get("first") or given.get("last")):
        wrong["last"] = "Write the name."
    if whole and not given.get("use"):
        wrong["use"] = "Choose what kind of name it is."
    refuse(wrong)
    return given


def _good_address(fields: dict[str, Any]) -> dict[str, Any]:
    given = cleaned(fields)
    if given.get("state"):
        given["state"] = given["state"].upper()
    refuse(misfits(Address, given, _ADDRESS) | rules.wrong_place(given) | _wrong_period(given))
    return given


def _good_contact(fields: dict[str, Any], *, whole: bool = True) -> dict[str, Any]:
    given = cleaned(fields)
    wrong = misfits(Contact, given, _CONTACT) | _wrong_period(given)
    if whole and given.get("system") not in Contact.System.values:
        wrong["system"] = "A telephone number, or an e-mail address?"
    if (whole or "value" in given) and not wrong:
        value = str(given.get("value", ""))
        number = rules.read_phone(value) if given["system"] == Contact.System.PHONE else None
        if given["system"] == Contact.System.EMAIL and not rules.is_email(value):
            wrong["value"] = "An e-mail address looks like name@example.org."
        elif given["system"] == Contact.System.PHONE and number is None:
            wrong["value"] = "A telephone number has ten digits: (617) 555-0134."
        given["value"] = number or value
    refuse(wrong)
    return given


def _good_related(by: Actor, fields: dict[str, Any], *, whole: bool = True, role: str = "") -> dict[str, Any]:
    given = cleaned(fields)
    wrong = misfits(RelatedPerson, given, _RELATED)
    role = given.get("role", role)
    if whole and not (given.get("first") or given.get("last") or given.get("person_id")):
        wrong["last"] = "Who is it? Write a name, or choose a patient."
    if whole and role not in RelatedPerson.Role.values:
        wrong["role"] = "Choose what they are to the patient."
    if (
        role == RelatedPerson.Role.AUTHORIZED
        and (whole or "scope" in given)
        and given.get("scope") not in SCOPES
    ):
        wrong["scope"] = "Say what they may be told."
    if given.get("phone"):
        number = rules.read_phone(given["phone"])
        if number is None:
            wrong["phone"] = "A telephone number has ten digits: (617) 555-0134."
        given["phone"] = number or given["phone"]
    refuse(wrong)
    if given.get("person_id"):
        given["person_id"] = find(by, given["person_id"]).pk
    return given


def _good_alert(fields: dict[str, Any]) -> dict[str, Any]:
    given = cleaned(fields)
    wrong = misfits(Alert, given, _ALERT)
    if "words" in given and not given["words"]:
        wrong["words"] = "Write what colleagues should know."
    refuse(wrong)
    return given


def _wrong_period(given: Mapping[str, Any]) -> dict[str, str]:
    begins, ends = given.get("begins"), given.get("ends")
    return {"ends": "It cannot end before it begins."} if begins and ends and ends < begins else {}

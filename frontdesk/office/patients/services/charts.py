"""Open a chart: the only road from an id to a patient, so every look is on record."""

from dataclasses import dataclass

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.models import (
    Address,
    Alert,
    Confirmation,
    Contact,
    Identifier,
    Patient,
    PatientName,
    RelatedPerson,
)
from frontdesk.office.patients.queries.glass import find_patient as find
from frontdesk.office.patients.rules import BEHIND

SECTIONS = ("identity", "contact", "people", "needs")


@dataclass(frozen=True, slots=True)
class Chart:
    """A patient's record as the desk sees it. `confirmed` maps a section to its newest confirmation."""

    patient: Patient
    names: list[PatientName]
    addresses: list[Address]
    contacts: list[Contact]
    people: list[RelatedPerson]
    alerts: list[Alert]
    identifiers: list[Identifier]
    confirmed: dict[str, Confirmation]


@service("patients.open_chart", permission="patients.view", reads=True)
def open_chart(by: Actor, /, patient_id: int, *, purpose: str) -> Chart:
    """Return a patient's record; a merged one's is the survivor's. Raises `NoSuchPatient`."""
    patient = find(by, patient_id)
    record(by, subject=patient, patient_id=patient.pk, reason=purpose)
    mine = {"patient": patient}
    return Chart(
        patient=trimmed(by, patient),
        names=list(PatientName.objects.filter(**mine).order_by("id")),
        addresses=list(Address.objects.filter(**mine).order_by("id")),
        contacts=list(Contact.objects.filter(**mine).order_by("-is_preferred", "id")),
        people=list(
            RelatedPerson.objects.filter(**mine, ended_at=None)
            .select_related("person")
            .order_by("role", "id")
        ),
        alerts=list(Alert.objects.filter(**mine, ended_at=None).order_by("id"))
        if _may(by, "patients.see_alerts")
        else [],
        identifiers=list(Identifier.objects.filter(**mine).order_by("id")),
        confirmed={c.section: c for c in Confirmation.objects.filter(**mine).order_by("at")},
    )


def trimmed(by: Actor, patient: Patient) -> Patient:
    """Return a patient's row, to be looked at, without the fields that `by` has no need of."""
    for name in not_for(by):
        setattr(patient, name, [] if name == "races" else "")
    return patient


def not_for(by: Actor) -> frozenset[str]:
    """Return the fields of a patient's record that `by` does not see, and does not change."""
    return frozenset(
        name for permission, names in BEHIND.items() if not _may(by, permission) for name in names
    )


def _may(by: Actor, permission: str) -> bool:
    return by.kind not in {"staff", "service"} or by.can(permission)


@service("patients.confirm_section", permission="patients.confirm")
def confirm_section(by: Actor, /, *, patient_id: int, section: str) -> Confirmation:
    """Note that a section was gone through with the patient and is right today."""
    if section not in SECTIONS:
        msg = "There is no such part of the record."
        raise Invalid(msg, fields={"section": msg})
    patient = find(by, patient_id)
    made = Confirmation.objects.create(patient=patient, section=section, at=clock.now(), by_name=by.name)
    record(by, subject=patient, patient_id=patient.pk, after={"confirmed": section})
    return made

"""Open a chart: the only road from an id to a patient, so every look is on record."""

from dataclasses import dataclass

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.errors import NoSuchPatient
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
    patient = find(patient_id)
    record(by, subject=patient, patient_id=patient.pk, reason=purpose)
    mine = {"patient": patient}
    return Chart(
        patient=patient,
        names=list(PatientName.objects.filter(**mine).order_by("id")),
        addresses=list(Address.objects.filter(**mine).order_by("id")),
        contacts=list(Contact.objects.filter(**mine).order_by("-is_preferred", "id")),
        people=list(
            RelatedPerson.objects.filter(**mine, ended_at=None)
            .select_related("person")
            .order_by("role", "id")
        ),
        alerts=list(Alert.objects.filter(**mine, ended_at=None).order_by("id")),
        identifiers=list(Identifier.objects.filter(**mine).order_by("id")),
        confirmed={c.section: c for c in Confirmation.objects.filter(**mine).order_by("at")},
    )


@service("patients.confirm_section", permission="patients.confirm")
def confirm_section(by: Actor, /, *, patient_id: int, section: str) -> Confirmation:
    """Note that a section was gone through with the patient and is right today."""
    if section not in SECTIONS:
        msg = "There is no such part of the record."
        raise Invalid(msg, fields={"section": msg})
    patient = find(patient_id)
    made = Confirmation.objects.create(patient=patient, section=section, at=clock.now(), by_name=by.name)
    record(by, subject=patient, patient_id=patient.pk, after={"confirmed": section})
    return made


def find(patient_id: int, *, to_change: bool = False) -> Patient:
    """Return the patient with that id, or whom they were merged into; raise `NoSuchPatient`. Called inside a verb.

    With `to_change` others who would change the record wait until this verb is done.
    """
    rows = Patient.objects.select_for_update() if to_change else Patient.objects.all()
    patient = rows.filter(pk=patient_id).first()
    seen: set[int] = set()
    while patient is not None and patient.merged_into_id is not None and patient.pk not in seen:
        seen.add(patient.pk)
        patient = rows.filter(pk=patient.merged_into_id).first()
    if patient is None:
        msg = "There is no such patient."
        raise NoSuchPatient(msg)
    return patient

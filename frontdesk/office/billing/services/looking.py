"""Looking at estimates and notices is a deed too."""

from collections.abc import Iterable

from frontdesk.kit.actor import Actor
from frontdesk.kit.scope import must_work_at
from frontdesk.office.audit.services import record, service
from frontdesk.office.billing.errors import NoSuchPaper
from frontdesk.office.billing.models import Abn, Estimate, EstimateVersion
from frontdesk.office.billing.queries.estimates import Listed, Whole, estimates_of, labels_of, whole
from frontdesk.office.billing.queries.notices import abns_of
from frontdesk.office.patients.queries import find_patient, refuse_hidden


@service("billing.open_papers", permission="billing.view_papers", reads=True)
def open_papers(by: Actor, /, *, patient_id: int) -> tuple[list[Listed], list[Abn]]:
    """Return a patient's estimates and notices. Raises `NoSuchPatient`, `Restricted`."""
    patient = find_patient(by, patient_id)
    record(by, patient_id=patient.pk)
    return estimates_of(patient.pk), abns_of(patient.pk)


@service("billing.open_estimate", permission="billing.view_papers", reads=True)
def open_estimate(by: Actor, /, *, estimate_id: int) -> Estimate:
    """Return one estimate with its patient, place and visit. Raises `NoSuchPaper`, `NoSuchPatient`, `Restricted`."""
    related = ("patient", "location", "visit_type", "appointment__visit_type", "appointment__provider")
    row = Estimate.objects.select_related(*related).filter(pk=estimate_id).first()
    if row is None:
        raise NoSuchPaper("There is no such estimate.")
    must_work_at(by, row.location_id, "There is no such estimate.")
    find_patient(by, row.patient_id)
    refuse_hidden(by, row.patient_id, *filter(None, labels_of(row)))
    record(by, subject=row, patient_id=row.patient_id)
    return row


@service("billing.print_estimate", permission="billing.view_papers", reads=True)
def print_estimate(by: Actor, /, *, version_id: int) -> Whole:
    """Return a version with all that is printed on it. Raises `NoSuchPaper`, `NoSuchPatient`, `Restricted`."""
    row = EstimateVersion.objects.filter(pk=version_id).first()
    if row is None:
        raise NoSuchPaper("There is no such estimate.")
    estimate = open_estimate(by, estimate_id=row.estimate_id)
    record(by, subject=estimate, patient_id=estimate.patient_id, extra={"printed": row.number})
    return whole(row)


@service("billing.open_abn", permission="billing.view_papers", reads=True)
def open_abn(by: Actor, /, *, abn_id: int) -> Abn:
    """Return a notice with its visit. Raises `NoSuchPaper`, `NoSuchPatient`, `Restricted`."""
    related = ("appointment__visit_type", "appointment__location", "appointment__provider")
    row = Abn.objects.select_related(*related).filter(pk=abn_id).first()
    if row is None:
        raise NoSuchPaper("There is no such notice.")
    visit = row.appointment
    must_work_at(by, visit.location_id, "There is no such notice.")
    find_patient(by, row.patient_id)
    labels = (visit.visit_type.labels, visit.location.labels, visit.provider.labels if visit.provider else "")
    refuse_hidden(by, row.patient_id, *filter(None, labels))
    record(by, subject=row, patient_id=row.patient_id)
    return row


@service("billing.open_estimates", permission="billing.view_papers", reads=True)
def open_estimates(by: Actor, /, *, location_id: int | None, patient_ids: Iterable[int]) -> None:
    """Put on record that the list of estimates was looked at, and whose names stood in it."""
    record(by, extra={"list": "estimates", "location": location_id, "shown": sorted(set(patient_ids))})

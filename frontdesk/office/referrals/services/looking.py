"""Looking at referrals is a deed too."""

from collections.abc import Iterable

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.queries import find_patient, refuse_hidden
from frontdesk.office.referrals.errors import NoSuchRequest
from frontdesk.office.referrals.models import AuthorizationRequest
from frontdesk.office.referrals.queries.lines import Line, authorizations_of, labels_of


@service("referrals.open_referrals", permission="referrals.view", reads=True)
def open_referrals(by: Actor, /, *, patient_id: int) -> list[Line]:
    """Return a patient's referrals and authorizations. Raises `NoSuchPatient`, `Restricted`."""
    patient = find_patient(by, patient_id)
    record(by, patient_id=patient.pk)
    return authorizations_of(patient.pk)


@service("referrals.open_request", permission="referrals.view", reads=True)
def open_request(by: Actor, /, *, request_id: int) -> AuthorizationRequest:
    """Return a request with what went over the wire. Raises `NoSuchRequest`, `NoSuchPatient`, `Restricted`."""
    related = ("authorization__policy__payer", "authorization__visit_type", "authorization__also_for")
    row = AuthorizationRequest.objects.select_related(*related).filter(pk=request_id).first()
    if row is None:
        raise NoSuchRequest("There is no such request.")
    find_patient(by, row.authorization.patient_id)
    refuse_hidden(by, row.authorization.patient_id, *labels_of(row.authorization))
    record(by, subject=row, patient_id=row.authorization.patient_id)
    return row


@service("referrals.open_worklist", permission="referrals.worklist", reads=True)
def open_worklist(by: Actor, /, *, location_id: int | None, patient_ids: Iterable[int]) -> None:
    """Put on record that the list of what is to be seen to was looked at, and whose names stood in it."""
    record(by, extra={"list": "referrals", "location": location_id, "shown": sorted(set(patient_ids))})

"""Looks at charges and cards: each on record, as every look at what is a patient's."""

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments.errors import NoSuchCharge
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.queries import Watched, watched


@service("payments.open_charge", permission="payments.take", reads=True)
def open_charge(by: Actor, /, *, charge_id: int) -> CardCharge:
    """Return a charge. Raises `NoSuchCharge`, `Restricted`."""
    row = CardCharge.objects.select_related("patient", "payment").filter(pk=charge_id).first()
    if row is None or not by.works_at(row.location_id):
        msg = "There is no such charge."
        raise NoSuchCharge(msg)
    find_patient(by, row.patient_id)
    record(by, subject=row, patient_id=row.patient_id)
    return row


@service("payments.watch_cards", reads=True)
def watch_cards(by: Actor, /, *, location_id: int) -> Watched:
    """Return what of cards is to be seen to at a location; the look is on the record of each patient it names."""
    found = watched(location_id)
    ids = {row.patient_id for row in (*found.doubt, *found.links, *found.credits)}
    ids |= {row.patient_id for row in found.refunds}
    ids |= {row.charge.patient_id for row in found.disputes}
    for patient_id in sorted(ids):
        record(by, patient_id=patient_id)
    if not ids:
        record(by, after={"nothing": True})
    return found

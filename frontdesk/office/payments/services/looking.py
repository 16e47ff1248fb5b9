"""Look at a patient's money: each look is on record."""

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments.errors import NoSuchPayment
from frontdesk.office.payments.models import Payment
from frontdesk.office.payments.queries import Balance, PlanLine, balance_of, watched_plans
from frontdesk.office.payments.queries.drawers import business_day


@service("payments.open_account", permission="payments.view", reads=True)
def open_account(by: Actor, /, *, patient_id: int) -> Balance:
    """Return what a patient owes and has paid in advance. Raises `NoSuchPatient`, `Restricted`."""
    patient = find_patient(by, patient_id)
    record(by, subject=patient, patient_id=patient.pk)
    return balance_of(patient.pk)


@service("payments.open_payment", permission="payments.view", reads=True)
def open_payment(by: Actor, /, *, payment_id: int) -> Payment:
    """Return a payment, for its receipt or for what is to become of it. Raises `NoSuchPayment`, `Restricted`."""
    row = (
        Payment.objects.filter(pk=payment_id)
        .select_related("receipt_row", "session", "location")
        .prefetch_related("tenders", "towards")
        .first()
    )
    if row is None:
        msg = "There is no such payment."
        raise NoSuchPayment(msg)
    find_patient(by, row.patient_id)
    record(by, subject=row, patient_id=row.patient_id)
    return row


@service("payments.open_plans", permission="payments.view", reads=True)
def open_plans(by: Actor, /, *, location_id: int) -> tuple[list[PlanLine], list[PlanLine]]:
    """Return the running plans: those with a missed part, and the others."""
    day = business_day(location_id)
    found = (watched_plans(day, missed=True), watched_plans(day, missed=False))
    record(by, after={"missed": len(found[0]), "others": len(found[1])})
    return found

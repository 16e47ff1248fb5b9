"""Look at a patient's money: each look is on record."""

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments.errors import NoSuchPayment
from frontdesk.office.payments.models import Payment
from frontdesk.office.payments.queries import Balance, PlanLine, balance_of, watched_plans
from frontdesk.office.payments.queries.drawers import today_at
from frontdesk.office.payments.services.whose import must_be_here, must_see_all, record_for_all


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
    must_see_all(by, row)  # a receipt names everybody it is for
    record_for_all(by, row, subject=row)
    return row


@service("payments.open_plans", permission="payments.view", reads=True)
def open_plans(by: Actor, /, *, location_id: int) -> tuple[list[PlanLine], list[PlanLine]]:
    """Return a location's running plans: those with a missed part, and the others. Each patient's record says it was seen."""
    must_be_here(by, location_id)
    day = today_at(location_id)
    found = (watched_plans(location_id, day, missed=True), watched_plans(location_id, day, missed=False))
    for patient_id in sorted({one.plan.patient_id for lines in found for one in lines}):
        record(by.showing(None), patient_id=patient_id, after={"list": "payment plans"})
    record(by, after={"missed": len(found[0]), "others": len(found[1])})
    return found

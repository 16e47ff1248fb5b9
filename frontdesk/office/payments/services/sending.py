"""Send a receipt or the address of a payment page by e-mail or text, as the patient asks for it at the desk.

It goes to the record of the patient whose account it was taken on, by the rules of messaging, whoever paid: that somebody
else handed over the money gives them no leave to be written to about it. docs/decisions/0028.
"""

from datetime import timedelta

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.models import Kind, Message
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments.errors import NoSuchCharge, NoSuchPayment, NothingToSend
from frontdesk.office.payments.models import CardCharge, Payment
from frontdesk.office.payments.queries.sending import (
    can_be_paid,
    is_gone,
    link_facts,
    link_ref,
    receipt_facts,
    receipt_ref,
)
from frontdesk.office.payments.services.whose import must_be_here, must_see_all, record_for_all

WANTED = timedelta(days=7)
"""A receipt that could not be sent for so long is not waited for any more."""


@service("payments.send_receipt", permission="messaging.send_receipts")
def send_receipt(by: Actor, /, *, payment_id: int, channel: str, key: str) -> Message:
    """Send a payment's receipt by `channel` ("email", "text"); the same `key` again is the message that stands.

    Raises `NoSuchPayment`, `Restricted`, `NothingToSend`, `CannotSend` with the reason, `AlreadyOnItsWay`, `Invalid`.
    """
    rows = Payment.objects.select_related("receipt_row", "location").prefetch_related("tenders", "towards")
    row = rows.filter(pk=payment_id).first()
    if row is None:
        msg = "There is no such payment."
        raise NoSuchPayment(msg)
    must_be_here(by, row.location_id)
    must_see_all(by, row)
    if is_gone(row):
        msg = "This payment was taken back or given back. There is nothing to confirm."
        raise NothingToSend(msg, row)
    record_for_all(by, row, subject=row, after={"sent": channel, "receipt": row.receipt})
    return messaging.send_asked(
        by.showing(None),  # a chart merged into another is written to there
        patient_id=find_patient(by, row.patient_id).pk, kind=Kind.RECEIPT, about=receipt_ref(row.pk),
        after=receipt_facts(row), channel=channel, key=key, not_after=clock.now() + WANTED,
    )  # fmt: skip


@service("payments.send_link", permission="messaging.send_receipts")
def send_link(by: Actor, /, *, charge_id: int, channel: str, key: str) -> Message:
    """Send the address of a payment link by `channel`, while it can be paid; the same `key` again is the message that stands.

    Raises `NoSuchCharge`, `Restricted`, `NothingToSend`, `CannotSend` with the reason, `AlreadyOnItsWay`, `Invalid`.
    """
    row = CardCharge.objects.select_related("location").filter(pk=charge_id).first()
    if row is None or not by.works_at(row.location_id):
        msg = "There is no such charge."
        raise NoSuchCharge(msg)
    patient = find_patient(by, row.patient_id)
    if not can_be_paid(row):
        msg = "This link cannot be paid (any more)."
        raise NothingToSend(msg, row)
    record(by, subject=row, patient_id=row.patient_id, after={"sent": channel})
    return messaging.send_asked(
        by.showing(None),  # as above
        patient_id=patient.pk, kind=Kind.PAY_LINK, about=link_ref(row.pk), after=link_facts(row), channel=channel,
        key=key, not_after=row.over_at,
    )  # fmt: skip

"""Whose a payment is: everybody it was put towards is asked for, and what becomes of it is on the record of each."""

from typing import Any

from django.db.models import Model

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record
from frontdesk.office.patients.queries import find_patient
from frontdesk.office.payments.errors import NoSuchPayment
from frontdesk.office.payments.models import Payment


def patients_of(row: Payment) -> list[int]:
    """Return who a payment belongs to: first whose page it was taken at, then the relatives it was put towards."""
    others = {one.patient_id for one in row.towards.all()} - {row.patient_id}
    return [row.patient_id, *sorted(others)]


def must_see_all(by: Actor, row: Payment) -> None:
    """Raise `NoSuchPatient` or `Restricted` where one of those a payment belongs to is not for who asks."""
    for patient_id in patients_of(row):
        find_patient(by, patient_id)


def must_be_here(by: Actor, *location_ids: int) -> None:
    """Raise `NoSuchPayment` for what belongs to a place where `by` does not work."""
    if not all(by.works_at(one) for one in location_ids):
        msg = "There is no such payment."
        raise NoSuchPayment(msg)


def record_for_all(by: Actor, row: Payment, *, subject: Model, **told: Any) -> None:
    """Put what becomes of a payment on the record of everybody it belongs to."""
    first, *others = patients_of(row)
    record(by, subject=subject, patient_id=first, **told)
    for other in others:
        record(by.showing(None), subject=subject, patient_id=other, **told)

"""Whose insurance is to be verified before the day."""

from datetime import date, timedelta

from frontdesk.kit import clock
from frontdesk.office.coverage.queries import unasked
from frontdesk.office.practice.queries import locations
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.queries.paying import paid_by_others

AHEAD = (0, 1, 3)
"""So many days before a visit its insurance is verified by itself; on the day, of whom nobody has been asked about yet."""


def to_verify() -> list[int]:
    """Return the visits of the days `AHEAD` whose patients' payers nobody has asked lately, but for those others pay for."""
    found: list[int] = []
    for place in locations():
        today = clock.today(place.zone)
        for ahead in AHEAD:
            found += _of_day(place.pk, today + timedelta(days=ahead))
    return found


def _of_day(place_id: int, day: date) -> list[int]:
    rows = Appointment.objects.filter(
        location_id=place_id, wall__startswith=day.isoformat(), status__in=("scheduled", "confirmed")
    )
    found = list(rows.order_by("-starts").values_list("pk", "patient_id"))
    others = paid_by_others([pk for pk, _ in found])
    by_patient = {patient: pk for pk, patient in found if pk not in others}
    return [by_patient[patient] for patient in unasked(by_patient, day) if patient in by_patient]

"""Requests and restrictions, for the record and for the privacy desk."""

from dataclasses import dataclass
from datetime import date

from frontdesk.office.privacy.models import RecordRequest, Restriction
from frontdesk.office.privacy.rules.clocks import Clock, clock_of

MOST = 200


@dataclass(frozen=True, slots=True)
class Due:
    """A request that waits for an answer, whose it is, and how much time is left."""

    request: RecordRequest
    patient_id: int
    patient_name: str
    clock: Clock


def open_requests(day: date, limit: int = MOST) -> list[Due]:
    """Return the requests that wait for an answer, the most pressing first; one query."""
    rows = RecordRequest.objects.filter(status=RecordRequest.Status.OPEN).select_related("patient")
    return [
        Due(one, one.patient_id, one.patient.name, clock_of(one.due, day))
        for one in rows.defer("patient__photo").order_by("due", "id")[:limit]
    ]


def open_restrictions(limit: int = MOST) -> list[Restriction]:
    """Return the restrictions that wait for an answer, oldest first; one query."""
    rows = Restriction.objects.filter(status=Restriction.Status.ASKED, ended_at=None)
    return list(rows.select_related("patient").defer("patient__photo").order_by("asked_on", "id")[:limit])


def requests_of(patient_id: int) -> list[RecordRequest]:
    """Return what a patient asked for, newest first; one query."""
    return list(RecordRequest.objects.filter(patient_id=patient_id).order_by("-asked_on", "-id")[:MOST])


def restrictions_of(patient_id: int) -> list[Restriction]:
    """Return what a patient does not want done, those that ended too; one query."""
    return list(Restriction.objects.filter(patient_id=patient_id).order_by("ended_at", "-id")[:MOST])


def kept_from_payers(patient_id: int) -> list[Restriction]:
    """Return what must be in no claim, eligibility or status request: paid in full, and not ended (164.522(a)(1)(vi))."""
    rows = Restriction.objects.filter(
        patient_id=patient_id, kind=Restriction.Kind.PAID_IN_FULL, ended_at=None
    )
    return list(rows.exclude(status=Restriction.Status.DECLINED).order_by("id"))

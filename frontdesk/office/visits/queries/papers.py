"""What papers say beyond a visit's line: who the patient is, what comes next for them, who is here for the first time."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from frontdesk.kit import clock, walltime
from frontdesk.kit.rows import fetch
from frontdesk.office.patients.models import Contact, Patient
from frontdesk.office.patients.rules import LANGUAGES
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.models import FollowUp

COMING = 6


@dataclass(frozen=True, slots=True)
class Person:
    """A patient as a slip or a label shows them. `interpreter` is the language one is needed for, "" for nobody."""

    mrn: str
    legal_name: str
    filed_name: str
    called: str
    birth_date: date
    sex: str
    language: str
    interpreter: str
    phone: str


def person_of(patient_id: int) -> Person:
    """Return what papers say of a patient; two queries."""
    found = Patient.objects.defer("photo").get(pk=patient_id)
    phones = Contact.objects.filter(patient=found, system=Contact.System.PHONE, ends=None)
    phone = phones.order_by("-is_confidential", "-is_preferred", "pk").values_list("value", flat=True).first()
    given = " ".join(part for part in (found.legal_first, found.legal_middle) if part)
    language = LANGUAGES.get(found.language, found.language)
    return Person(
        mrn=found.mrn,
        legal_name=found.legal_name,
        filed_name=f"{found.legal_last}, {given}{' ' + found.suffix if found.suffix else ''}",
        called=found.preferred_name,
        birth_date=found.birth_date,
        sex=found.sex,
        language=found.language,
        interpreter=language if found.interpreter_needed else "",
        phone=phone or "",
    )


def coming_of(patient_id: int) -> list[Appointment]:
    """Return the next visits a patient has booked, soonest first; one query."""
    ahead = Appointment.objects.filter(
        patient_id=patient_id,
        starts__gt=clock.now(),
        status__in=(Appointment.Status.SCHEDULED, Appointment.Status.CONFIRMED),
    )
    return list(ahead.select_related("visit_type", "provider", "location").order_by("starts")[:COMING])


def on_recall_of(appointment_id: int) -> list[FollowUp]:
    """Return what was ordered at a visit and is on recall, with no time yet; one query."""
    rows = FollowUp.objects.filter(appointment_id=appointment_id).filter(
        Q(recall__isnull=False) | Q(settled_at=None)
    )
    return list(rows.select_related("visit_type", "recall").order_by("id"))


def new_patients(day: date, location_id: int, zone: str) -> set[int]:
    """Return those of a site's day who were never seen here before; one query."""
    begins = walltime.midnight_utc(day, zone)
    ends = walltime.midnight_utc(day + timedelta(days=1), zone)
    rows = fetch(
        "SELECT DISTINCT a.patient_id FROM scheduling_appointment a WHERE a.location_id = %s AND a.starts >= %s "
        "AND a.starts < %s AND a.status <> 'cancelled' AND NOT EXISTS (SELECT 1 FROM scheduling_appointment b "
        "WHERE b.patient_id = a.patient_id AND b.starts < %s AND b.status = 'done')",
        [location_id, begins, ends, begins],
    )
    return {patient for (patient,) in rows}

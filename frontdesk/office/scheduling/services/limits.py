"""For whom a kind of visit is: the living, of the age and sex, seen here before or not."""

from datetime import UTC, date, datetime, time, timedelta

from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling.errors import LimitNotMet
from frontdesk.office.scheduling.models import Appointment, VisitType
from frontdesk.office.scheduling.rules import may_have

# A patient seen within so many years is an established one (CPT's rule for office visits).
ESTABLISHED = timedelta(days=3 * 365 + 1)
DECEASED = "This patient is recorded as deceased. Nothing can be booked for them."
SEEN = ("birth_date", "sex", "is_deceased")


def limits(kind: VisitType, patient_id: int, on: date, *, moving: bool = False) -> list[str]:
    """Return why this patient may not have this kind of visit on a day; empty when they may.

    When a visit they have is `moving`, whether they were new was settled when it was booked.
    """
    patient = Patient.objects.only(*SEEN).filter(pk=patient_id).first()
    return against(kind, patient, on, _end_of(on), moving=moving) if patient else []


def kinds_for(patient_id: int, on: date) -> list[VisitType]:
    """Return the kinds of visit this patient may have on a day, by name."""
    kinds = list(VisitType.objects.filter(is_active=True).order_by("name"))
    patient = Patient.objects.only(*SEEN).filter(pk=patient_id).first()
    if patient is None:
        return kinds
    new = is_new(patient, _end_of(on))
    return [kind for kind in kinds if not _against(kind, patient, on, new=new)]


def against(kind: VisitType, patient: Patient, on: date, at: datetime, *, moving: bool) -> list[str]:
    """Return what stands against a kind of visit for a patient on a wall day, which begins at `at` (UTC)."""
    asked = kind.new_patients is not None and not moving
    return _against(kind, patient, on, new=is_new(patient, at) if asked else kind.new_patients)


def refuse_deceased(patient_id: int) -> None:
    """Refuse to plan anything for a patient who has died."""
    if Patient.objects.filter(pk=patient_id, is_deceased=True).exists():
        raise LimitNotMet(DECEASED)


def is_new(patient: Patient, at: datetime) -> bool:
    """Say whether the patient was not seen here in the three years before `at`."""
    seen = Appointment.objects.filter(patient=patient.pk, starts__gte=at - ESTABLISHED, starts__lt=at)
    return not seen.filter(status__in=(Appointment.Status.DONE, Appointment.Status.CHECKOUT)).exists()


def _against(kind: VisitType, patient: Patient, on: date, *, new: bool | None) -> list[str]:
    if patient.is_deceased:
        return [DECEASED]
    born = patient.birth_date
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    why = may_have(kind.name, kind.min_age, kind.max_age, kind.sex, age=age, patient_sex=patient.sex)
    if kind.new_patients is not None and kind.new_patients != new:
        why.append(f"{kind.name} is for {'new' if kind.new_patients else 'established'} patients.")
    return why


def _end_of(day: date) -> datetime:
    """Return a moment after every visit of a day: who was seen that morning is no new patient in the afternoon."""
    return datetime.combine(day, time(23, 59), UTC) + timedelta(hours=12)

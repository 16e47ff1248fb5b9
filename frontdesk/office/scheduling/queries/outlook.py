"""How an appointment stands, for those who must tell its patient."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from frontdesk.kit.sensitivity import codes, text_of
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling.models import Appointment, Recall

AHEAD = (Appointment.Status.SCHEDULED, Appointment.Status.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Outlook:
    """One appointment as its patient is told of it. `ahead` is False once it was cancelled, missed, or has begun.

    `moved_on` says that another appointment stands in its place: that one has the last word.
    """

    id: int
    version: int
    patient_id: int
    status: str
    ahead: bool
    moved_on: bool
    starts: datetime
    minutes: int
    zone: str
    provider: str
    location: Location
    visit_type_id: int
    arrive_early: int
    provider_id: int | None = None
    labels: str = ""


def outlook(appointment_id: int) -> Outlook | None:
    """Return how an appointment stands now, None when there is none; one query."""
    later = Appointment.objects.filter(replaces=OuterRef("pk"))
    rows = Appointment.objects.select_related("location", "provider", "visit_type").annotate(
        moved=Exists(later)
    )
    row = rows.filter(pk=appointment_id).first()
    return _outlook(row, moved=row.moved) if row else None


def outlook_after(appointment_id: int) -> Outlook | None:
    """Return how the appointment stands that took the place of this one; None when none did; one query."""
    rows = Appointment.objects.select_related("location", "provider", "visit_type")
    row = rows.filter(replaces=appointment_id).first()
    return _outlook(row, moved=False) if row else None


def recall_of(recall_id: int) -> Recall | None:
    """Return a recall; one query."""
    return Recall.objects.filter(pk=recall_id).first()


def recalls_coming_due(first: date, last: date, *, after: int = 0, limit: int = 200) -> list[Recall]:
    """Return open recalls due from `first` to `last`, those numbered above `after`; one query."""
    rows = Recall.objects.filter(closed_at=None, due__gte=first, due__lte=last, pk__gt=after)
    return list(rows.select_related("visit_type", "provider").order_by("pk")[:limit])


def _outlook(row: Appointment, *, moved: bool) -> Outlook:
    return Outlook(
        id=row.pk,
        version=row.version,
        patient_id=row.patient_id,
        status=row.status,
        ahead=row.status in AHEAD,
        moved_on=moved,
        starts=row.starts,
        minutes=int((row.ends - row.starts).total_seconds() // 60),
        zone=row.zone,
        provider=row.provider.spoken_name if row.provider else "",
        location=row.location,
        visit_type_id=row.visit_type_id,
        arrive_early=row.visit_type.arrive_early_minutes,
        provider_id=row.provider_id,
        labels=text_of(codes(row.visit_type.labels) | codes(row.provider.labels if row.provider else "")),
    )

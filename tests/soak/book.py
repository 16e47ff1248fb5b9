"""What the clerks of a proof fight for, and what must be true afterwards."""

import os
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path


@dataclass
class Ground:
    """Few times, many who want them: `tokens` are times on offer of one visit type, `patients` the ids."""

    visit_type: int
    tokens: list[str]
    patients: list[int]
    reason: str
    acknowledged: list[tuple[int, str]] = field(default_factory=list)


def connect(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.site.settings")
    os.environ["FRONTDESK_DATA"] = str(folder)
    import django

    django.setup()


def ground(times: int, patients: int, *, apart: bool = False) -> Ground:
    """Find `times` free times; with `apart` none overlaps another, so that each can be booked."""
    from frontdesk.entrypoints.desk.scheduling.tokens import write_token
    from frontdesk.kit import clock
    from frontdesk.kit.actor import SYSTEM
    from frontdesk.office.patients.models import Patient
    from frontdesk.office.scheduling import services
    from frontdesk.office.scheduling.models import CancelReason, VisitType

    kind = (
        VisitType.objects.filter(is_active=True, new_patients=None, min_age=None, sex="")
        .order_by("minutes")
        .first()
    )
    kind = VisitType.objects.filter(code="sick").first() or kind
    today = clock.now().date()
    ask = services.OpeningsAsk(
        visit_type_id=kind.pk,
        from_day=today + timedelta(days=7),
        to_day=today + timedelta(days=58),
        limit=times,
    )
    offers = _apart(ask, times) if apart else services.find_openings(SYSTEM, ask=ask).offers
    tokens = [write_token(o.starts, o.provider_id, o.location_id) for o in offers]
    people = list(
        Patient.objects.filter(status="active", is_deceased=False)
        .order_by("id")
        .values_list("id", flat=True)[:patients]
    )
    return Ground(kind.pk, tokens, people, CancelReason.objects.order_by("id").first().code)


def _apart(ask, times: int):
    from frontdesk.kit.actor import SYSTEM
    from frontdesk.office.practice.models import Provider
    from frontdesk.office.scheduling import services

    found = []
    for provider in Provider.objects.filter(is_active=True).order_by("id").values_list("id", flat=True):
        until = None
        while len(found) < times:
            one = replace(ask, provider_ids=(provider,), limit=200, after=until)
            offers = services.find_openings(SYSTEM, ask=one).offers
            begun = until
            for offer in offers:
                if until is None or offer.starts >= until:
                    found.append(offer)
                    until = offer.ends
            if until == begun:
                break
    return found


def lost(acknowledged: list[tuple[int, str]]) -> int:
    """How many acknowledged bookings (patient, token) the book does not know."""
    from frontdesk.entrypoints.desk.scheduling.tokens import read_token
    from frontdesk.office.scheduling.models import Appointment

    known = set(
        Appointment.objects.filter(patient_id__in={p for p, _ in acknowledged}).values_list(
            "patient_id", "starts"
        )
    )
    return sum((patient, read_token(token).starts) not in known for patient, token in acknowledged)


def ask_for_work(patients: list[int]) -> int:
    """Tell the worker that these patients have changed; return how many jobs that makes."""
    from frontdesk.office.jobs.services import publish
    from frontdesk.office.patients.events import PatientChanged

    for patient in patients:
        publish(PatientChanged(patient, "soak"))
    return len(patients)


def deeds_of_the_worker() -> int:
    """How often the look-up of duplicates is on record: once for each job, whoever was killed on the way."""
    from frontdesk.office.audit.models import AuditEntry

    return AuditEntry.objects.filter(action="patients.queue_suspected_pairs").count()


def jobs_left() -> int:
    from frontdesk.office.jobs.models import Job

    return Job.objects.filter(name="patients.PatientChanged", done_at=None).count()

"""Everything the program does by itself, on one page: when this happens, do that; every so often, do this."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.events import every, on
from frontdesk.office.audit import seals
from frontdesk.office.jobs import services as jobs
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.events import PatientChanged, PatientRegistered
from frontdesk.office.practice.events import HoursChanged
from frontdesk.office.scheduling import queries as book
from frontdesk.office.scheduling import services as scheduling


def look_for_duplicates(happened: PatientRegistered | PatientChanged) -> None:
    """Whoever is new or has changed may be somebody the practice knows already."""
    patients.queue_suspected_pairs(SYSTEM, patient_ids=[happened.patient_id])


def follow_the_hours(happened: HoursChanged) -> None:
    """The book opens and closes with the practice; who is booked into a closed day comes on the list of the stranded."""
    scheduling.follow_hours(SYSTEM, location_id=happened.location_id)


def sweep_holds() -> None:
    """A hold whose five minutes are over gives its time back; nothing is noted when there was none."""
    if book.anything_to_sweep():
        scheduling.sweep_expired_holds(SYSTEM)


def connect() -> None:
    """Connect events to reactions and name the work that recurs."""
    on(PatientRegistered, look_for_duplicates)
    on(PatientChanged, look_for_duplicates)
    on(HoursChanged, follow_the_hours)
    every(
        timedelta(minutes=10),
        "audit.seal",
        lambda: seals.seal(Path(settings.FRONTDESK_DATA) / "audit-anchor.log"),
    )
    every(
        timedelta(seconds=30),
        "scheduling.sweep_expired_holds",
        sweep_holds,
    )
    every(timedelta(hours=24), "jobs.forget_done", jobs.forget_done)
    every(timedelta(hours=24), "scheduling.extend_sheets", lambda: scheduling.extend_sheets(SYSTEM))

"""What patients are told when something happens to their visits: facts of the book, put into the words of messaging.

Each reaction looks at how the appointment stands now, not at how the event found it: events may come late or twice,
and what is said is the last state. A change that happened since has an event of its own.
"""

from datetime import timedelta

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.refs import Ref
from frontdesk.office.messaging import queries as messages
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.events import OptedIn
from frontdesk.office.messaging.queries import at_place, facts_of
from frontdesk.office.messaging.rules import Facts
from frontdesk.office.patients.events import PatientChanged, PatientsMerged, PatientsUnmerged
from frontdesk.office.practice import queries as practice
from frontdesk.office.scheduling import queries as book
from frontdesk.office.scheduling.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMissed,
    AppointmentReassigned,
    AppointmentRescheduled,
    AppointmentRestored,
    WaitlistOffered,
)
from frontdesk.office.scheduling.queries import Outlook
from frontdesk.office.visits.events import PatientArrived

APPOINTMENT, WAITING, RECALL = "scheduling.appointment", "scheduling.waitlistentry", "scheduling.recall"
# The sections of a record that say whether, where and when somebody may be written to.
REACHED_BY = {"identity", "contact", "address", "relatedperson"}
# A recall is told of when its day comes; one that was due long ago is for the desk to call.
RECALLED_FOR = timedelta(days=7)
OFFER_STANDS = timedelta(hours=24)


def tell_booked(happened: AppointmentBooked) -> None:
    """A visit that lies ahead is confirmed, and its reminders are written; a walk-in has arrived already."""
    stands = book.outlook(happened.appointment_id)
    if stands and stands.ahead:
        _notice("confirmation", stands)


def tell_rescheduled(happened: AppointmentRescheduled) -> None:
    """The patient hears when it was and when it is; the reminders of the old time go with it."""
    stands, old = book.outlook(happened.appointment_id), book.outlook(happened.old_id)
    if stands and old and stands.ahead:
        _notice("rescheduled", stands, before=old)


def tell_cancelled(happened: AppointmentCancelled) -> None:
    """The patient hears that they need not come. One that another stands in the place of is moved, not cancelled."""
    stands = book.outlook(happened.appointment_id)
    if stands and stands.status == "cancelled" and not stands.moved_on:
        _notice("cancelled", stands)


def tell_restored(happened: AppointmentRestored) -> None:
    """What was taken back is told only to whom it was told; a restored visit has its reminders again."""
    stands = book.outlook(happened.appointment_id)
    if stands and stands.ahead:
        _notice("restored", stands)


def tell_reassigned(happened: AppointmentReassigned) -> None:
    """Somebody else will see them, at the same time; a change of room is nobody's news."""
    stands = book.outlook(happened.appointment_id)
    if stands and stands.ahead:
        _notice("reassigned", stands)


def tell_no_more(happened: AppointmentMissed | PatientArrived) -> None:
    """Who is here, or did not come, needs no reminder."""
    about = Ref(APPOINTMENT, happened.appointment_id)
    if messages.announced([about]):
        messaging.withdraw_about(SYSTEM, about=about, why="The visit's time has come.")


def tell_after_all(happened: PatientChanged | PatientsMerged | PatientsUnmerged | OptedIn) -> None:
    """Who may be written to now was not when something was held for them: what still stands goes out after all."""
    for patient_id in messages.held_for(_whom(happened)):
        messaging.reconsider(SYSTEM, patient_id=patient_id)


def _whom(happened: PatientChanged | PatientsMerged | PatientsUnmerged | OptedIn) -> list[int]:
    if isinstance(happened, OptedIn):
        return messages.whose_address(happened.opt_out_id)
    if isinstance(happened, PatientChanged):
        return [happened.patient_id] if happened.section in REACHED_BY else []
    return [happened.survivor_id, happened.duplicate_id]


def tell_offered(happened: WaitlistOffered) -> None:
    """A freed time is offered in writing too; whoever answers first gets it."""
    entry = book.waiting_entry(SYSTEM, happened.entry_id)
    if entry is None or entry.offered_starts != happened.starts:
        return
    place = entry.location or next(iter(practice.locations()), None)
    now = clock.now()
    facts = Facts(
        starts=happened.starts,
        zone=place.zone if place else "UTC",
        provider=entry.provider.spoken_name if entry.provider else "",
        visit_type_id=entry.visit_type_id,
        labels=entry.visit_type.labels,
    )
    messaging.announce(
        SYSTEM,
        patient_id=entry.patient_id,
        kind="waitlist_offer",
        about=Ref(WAITING, entry.pk),
        after=at_place(facts, place),
        version=f"{happened.starts:%Y%m%dT%H%M}",
        not_after=min(happened.starts, now + OFFER_STANDS),
    )


def tell_recalls() -> None:
    """Whoever has come due for a visit in the last days and has none booked is asked to make one, once."""
    sites = practice.locations()
    place = sites[0] if sites else None
    today = clock.today(place.zone if place else "UTC")
    last = 0
    while due := book.recalls_coming_due(today - RECALLED_FOR, today, after=last):
        last = due[-1].pk
        known = messages.announced([Ref(RECALL, recall.pk) for recall in due])
        for recall in due:
            if Ref(RECALL, recall.pk) in known:
                continue
            facts = Facts(
                due=recall.due,
                zone=place.zone if place else "UTC",
                visit_type_id=recall.visit_type_id,
                labels=recall.visit_type.labels,
            )
            messaging.announce(
                SYSTEM,
                patient_id=recall.patient_id,
                kind="recall",
                about=Ref(RECALL, recall.pk),
                after=at_place(facts, place if len(sites) == 1 else None),
                version=recall.due.isoformat(),
                not_after=clock.now() + timedelta(days=30),
            )


def still_true(appointment_id: int, told: Facts) -> bool:
    """Say whether an appointment stands as a message about it says; asked as the message goes out."""
    stands = book.outlook(appointment_id)
    if stands is None:
        return False
    if not told.stands:
        return stands.status == "cancelled" and not stands.moved_on
    return stands.ahead and facts_of(stands).says_the_same(told)


def still_due(recall_id: int, _told: Facts) -> bool:
    """Say whether a recall is open."""
    recall = book.recall_of(recall_id)
    return recall is not None and recall.closed_at is None


def still_offered(entry_id: int, told: Facts) -> bool:
    """Say whether a time is still being offered to somebody who waits."""
    entry = book.waiting_entry(SYSTEM, entry_id)
    return entry is not None and entry.status == "offered" and entry.offered_starts == told.starts


def _notice(kind: str, stands: Outlook, before: Outlook | None = None) -> None:
    about, after = Ref(APPOINTMENT, stands.id), facts_of(stands)
    messaging.announce(
        SYSTEM,
        patient_id=stands.patient_id,
        kind=kind,
        about=about,
        before=facts_of(before) if before else None,
        after=after,
        version=stands.version,
        follows=Ref(APPOINTMENT, before.id) if before else None,
    )
    messaging.remind(SYSTEM, patient_id=stands.patient_id, about=about, after=after, version=stands.version)

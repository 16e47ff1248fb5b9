"""The waitlist: someone is put on it, offered a time, and says yes or no. Nothing is booked by itself."""

from datetime import date, datetime, time

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.refs import Ref
from frontdesk.kit.scope import must_work_at
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.scheduling.errors import NotAllowedFrom
from frontdesk.office.scheduling.events import WaitlistOffered
from frontdesk.office.scheduling.models import Appointment, ContactAttempt, Recall, RescueItem, WaitlistEntry
from frontdesk.office.scheduling.rules import EARLIER
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.limits import refuse_deceased
from frontdesk.office.scheduling.services.moving import AHEAD, appointment_of, reschedule
from frontdesk.office.scheduling.services.reasons import known_reason

Status = WaitlistEntry.Status
NO_LINE = "There is no such line on the waitlist."


@service("scheduling.add_to_waitlist", permission="scheduling.waitlist")
def add_to_waitlist(
    by: Actor,
    /,
    *,
    patient_id: int,
    visit_type_id: int,
    location_id: int | None = None,
    provider_id: int | None = None,
    appointment_id: int | None = None,
    weekdays: tuple[int, ...] = (),
    time_from: time | None = None,
    time_to: time | None = None,
    until: date | None = None,
    urgency: int = 0,
    needs_hours: int = 2,
    note: str = "",
) -> WaitlistEntry:
    """Put a patient on the list, for a time or (with `appointment_id`) an earlier one than they have.

    Weekdays count from Monday as 0, times are wall time, `urgency` is 0 routine, 1 soon, 2 urgent.
    """
    if urgency not in {0, 1, 2} or any(day not in range(7) for day in weekdays):
        msg = "Choose routine, soon or urgent, and weekdays from Monday to Sunday."
        raise Invalid(msg, fields={"urgency": msg})
    refuse_deceased(patient_id)
    must_work_at(by, location_id, "There is no such location.")
    if appointment_id is not None:
        appointment_of(by, appointment_id)
    made = WaitlistEntry.objects.create(
        patient_id=patient_id,
        visit_type_id=visit_type_id,
        location_id=location_id,
        provider_id=provider_id,
        appointment_id=appointment_id,
        weekdays=list(weekdays),
        time_from=time_from,
        time_to=time_to,
        until=until,
        urgency=urgency,
        needs_hours=needs_hours,
        note=note.strip(),
        added_at=clock.now(),
    )
    record(by, subject=made, patient_id=patient_id, after={"visit_type": visit_type_id, "urgency": urgency})
    return made


@service("scheduling.offer_from_waitlist", permission="scheduling.waitlist")
def offer_from_waitlist(by: Actor, /, *, entry_id: int, starts: datetime) -> WaitlistEntry:
    """Note that a freed time is being offered to someone who waits."""
    entry = _open(by, entry_id)
    before = save_changes(entry, {"status": Status.OFFERED, "offered_starts": starts})
    record(by, subject=entry, patient_id=entry.patient_id, before=before, after={"offered_starts": starts})
    publish(WaitlistOffered(entry.pk, entry.patient_id, starts))
    return entry


@service("scheduling.accept_offer", permission="scheduling.waitlist")
def accept_offer(
    by: Actor,
    /,
    *,
    entry_id: int,
    starts: datetime,
    location_id: int,
    provider_id: int | None = None,
    hold_id: int | None = None,
    reason_code: str = "",
    internal_note: str = "",
    override_reason: str = "",
) -> Appointment:
    """Book the offered time; when the patient had a later appointment, move that one instead.

    Why it moves need not be said: a list of reasons has "Can come earlier". One's own hold of the time does not stand
    in the way, and a note is added to what the moved visit had. Raises what `book` and `reschedule` raise.
    """
    entry = _open(by, entry_id)
    had = entry.appointment
    if had is not None and had.status in AHEAD:
        made = reschedule(
            by,
            appointment_id=had.pk,
            starts=starts,
            provider_id=provider_id,
            location_id=location_id,
            reason_code=reason_code or known_reason(EARLIER).code,
            hold_id=hold_id,
            override_reason=override_reason,
            add_note=internal_note,
        )
    else:
        made = book(
            by,
            patient_id=entry.patient_id,
            visit_type_id=entry.visit_type_id,
            location_id=location_id,
            starts=starts,
            provider_id=provider_id,
            hold_id=hold_id,
            internal_note=internal_note,
            override_reason=override_reason,
        )
    save_changes(entry, {"status": Status.BOOKED, "appointment": made})
    record(by, subject=entry, patient_id=entry.patient_id, after={"appointment": made.pk})
    return made


@service("scheduling.decline_offer", permission="scheduling.waitlist")
def decline_offer(by: Actor, /, *, entry_id: int, note: str = "") -> WaitlistEntry:
    """Note that the offered time did not suit; the patient stays on the list."""
    entry = _open(by, entry_id)
    changes = {"status": Status.WAITING, "offered_starts": None, "declined": entry.declined + 1}
    save_changes(entry, changes)
    record(by, subject=entry, patient_id=entry.patient_id, after={"declined": entry.declined}, reason=note)
    return entry


@service("scheduling.remove_from_waitlist", permission="scheduling.waitlist")
def remove_from_waitlist(by: Actor, /, *, entry_id: int, reason: str = "") -> WaitlistEntry:
    """Take a patient off the list."""
    entry = _open(by, entry_id)
    before = save_changes(entry, {"status": Status.REMOVED})
    record(by, subject=entry, patient_id=entry.patient_id, before=before, reason=reason)
    return entry


@service("scheduling.log_attempt", permission="scheduling.waitlist")
def log_attempt(
    by: Actor, /, *, about: str, patient_id: int, outcome: str, number: str = "", note: str = ""
) -> ContactAttempt:
    """Note that somebody tried to reach a patient; `about` is the Ref of an appointment, or of a waitlist, recall or
    rescue line.
    """
    ref = Ref.parse(about)
    if ref.kind not in _PLACE:
        msg = "An attempt is about a visit, or about someone who waits, is due or lost their time."
        raise Invalid(msg)
    _must_be_known(by, ref, patient_id)
    made = ContactAttempt.objects.create(
        patient_id=patient_id,
        about=about,
        number=number,
        outcome=outcome,
        note=note.strip(),
        at=clock.now(),
        by_name=by.name,
    )
    record(by, subject=made, patient_id=patient_id, after={"outcome": outcome})
    return made


_PLACE = {
    "scheduling.appointment": (Appointment, "patient", "location"),
    "scheduling.waitlistentry": (WaitlistEntry, "patient", "location"),
    "scheduling.rescueitem": (RescueItem, "appointment__patient", "appointment__location"),
    "scheduling.recall": (Recall, "patient", None),
}


def _must_be_known(by: Actor, ref: Ref, patient_id: int) -> None:
    """Refuse what is about somebody else, or is another site's: a visit, or the one a line of a list is about."""
    model, whose, where = _PLACE[ref.kind]
    fields = [whose, *([where] if where else [])]
    found = model._default_manager.filter(pk=ref.id).values_list(*fields).first()
    if found is None or found[0] != patient_id:
        raise NotFound(NO_LINE)
    must_work_at(by, found[1] if where else None, NO_LINE)


def _open(by: Actor, entry_id: int) -> WaitlistEntry:
    entry = WaitlistEntry.objects.select_related("appointment").filter(pk=entry_id).first()
    if entry is None:
        raise NotFound(NO_LINE)
    must_work_at(by, entry.location_id, NO_LINE)
    if entry.status not in {Status.WAITING, Status.OFFERED}:
        raise NotAllowedFrom(entry.status)
    return entry

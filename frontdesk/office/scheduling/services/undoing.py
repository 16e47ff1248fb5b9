"""Taking back what was done in the last ten minutes."""

from datetime import timedelta

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.refs import Ref
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.scheduling.errors import LimitNotMet, NotAllowedFrom, SlotTaken, TooLate
from frontdesk.office.scheduling.events import AppointmentRestored
from frontdesk.office.scheduling.models import Appointment, Leg, RescueItem
from frontdesk.office.scheduling.services import _claims
from frontdesk.office.scheduling.services._placing import Wish, patient_locked, refuse_double
from frontdesk.office.scheduling.services._rescued import reopen_lines, settle_lines
from frontdesk.office.scheduling.services.limits import DECEASED
from frontdesk.office.scheduling.services.moving import appointment_of
from frontdesk.office.scheduling.services.recalls import move_recalls, settle_recalls

Line = RescueItem.Status
TAKEN_BACK = "The move was taken back."
UNDO = timedelta(minutes=10)
SAID_WHO_PAYS = ("visits.set_payer", "visits.open_case", "visits.accept_offer")
UNDOABLE = ("scheduling.cancel", "scheduling.no_show", "scheduling.confirm", "scheduling.reschedule")


@service("scheduling.undo")
def undo(by: Actor, /, *, appointment_id: int) -> Appointment:
    """Take back the last cancellation, no-show, confirmation or move of an appointment, within ten minutes.

    After a move either of the two appointments may be named; what comes back is the old one.
    Raises `TooLate`, `NotAllowedFrom`, and `SlotTaken` or `PatientBookedThen` with what is in the way.
    """
    row = _moved_to(appointment_of(by, appointment_id))
    if patient_locked(row.patient_id).is_deceased:
        raise LimitNotMet(DECEASED)
    deed = _last_deed(row)
    if deed.action == "scheduling.reschedule":
        _refuse_paid_anew(row, deed)
        return _undo_move(by, row)
    if deed.action == "scheduling.confirm":
        if row.status != Appointment.Status.CONFIRMED:
            raise NotAllowedFrom(row.status)
        save_changes(row, {"status": Appointment.Status.SCHEDULED})
    else:
        if row.status not in {Appointment.Status.CANCELLED, Appointment.Status.NO_SHOW}:
            raise NotAllowedFrom(row.status)
        was = row.status
        _restore(row, str((deed.before or {}).get("status") or "scheduled"))
        settle_recalls(row)
        reopen_lines(by, row, Line.KEPT if was == Appointment.Status.NO_SHOW else Line.CANCELLED)
    _tell(by, row, deed.action)
    return row


def _moved_to(row: Appointment) -> Appointment:
    """Return the appointment that stands in this one's place, if it was moved."""
    return Appointment.objects.select_related("visit_type", "location").filter(replaces=row).first() or row


def _last_deed(row: Appointment) -> AuditEntry:
    deeds = AuditEntry.objects.filter(subject=str(Ref.to(row)), outcome="done", is_read=False)
    # What other rooms did to a visit since (asked its payer, found its referral) leaves the book as it was; how far the
    # visit itself has come, its status says.
    ours = deeds.filter(action__startswith="scheduling.").exclude(action="scheduling.note")
    last = ours.order_by("-pk").first()
    if last is None or last.action not in UNDOABLE:
        raise NotAllowedFrom(row.status)
    if clock.now() - last.at > UNDO:
        raise TooLate
    return last


def _refuse_paid_anew(row: Appointment, moved: AuditEntry) -> None:
    """Refuse where somebody said since the move who pays: with the visit that is taken back it would be lost."""
    later = AuditEntry.objects.filter(subject=str(Ref.to(row)), outcome="done", pk__gt=moved.pk)
    if later.filter(action__in=SAID_WHO_PAYS).exists():
        msg = "Who pays for it was said after the move. Move it back instead: that goes along."
        raise TooLate(msg)


def _undo_move(by: Actor, made: Appointment) -> Appointment:
    if made.replaces_id is None or made.status not in {"scheduled", "confirmed"}:
        raise NotAllowedFrom(made.status)
    old = appointment_of(by, made.replaces_id)
    status = _status_before_move(old)
    _claims.lock(_claims.keys_of([*_claims.spans_of(made), *_claims.spans_of(old)]))
    gone = {
        "status": Appointment.Status.CANCELLED,
        "replaces": None,
        "cancel_note": TAKEN_BACK,
        "cancelled_at": clock.now(),
    }
    save_changes(made, gone)
    _claims.free(made)
    record(by, subject=made, patient_id=made.patient_id, after={"status": "cancelled"})
    _restore(old, status)
    move_recalls(made, old)
    settle_lines(by, made, Line.CANCELLED, TAKEN_BACK)
    reopen_lines(by, old, Line.MOVED, made)
    _tell(by, old, "scheduling.reschedule")
    return old


def _status_before_move(old: Appointment) -> str:
    deeds = AuditEntry.objects.filter(subject=str(Ref.to(old)), action="scheduling.reschedule")
    last = deeds.order_by("-pk").first()
    return str(((last and last.before) or {}).get("status") or "scheduled")


def _restore(row: Appointment, status: str) -> None:
    """Bring a cancelled or missed appointment back to `status`, with the time it had."""
    spans = _claims.spans_of(row)
    _claims.lock(_claims.keys_of(spans))
    refuse_double(Wish(row.patient, row.visit_type, row.location, row.provider_id, row.starts, replaces=row))
    back = {"status": status, "cancel_reason": None, "cancel_note": "", "cancelled_at": None}
    save_changes(row, back)
    _claims.sweep(_claims.expired(row.starts, row.ends))
    try:
        _claims.claim(list(Leg.objects.filter(appointment=row)))
    except SlotTaken as taken:
        raise _named(row, spans) from taken


def _named(row: Appointment, spans: list[_claims.Span]) -> SlotTaken:
    """Say what is in the way of a time that should come back."""
    for resource, seat, starts, ends in spans:
        legs = Leg.objects.filter(resource=resource, seat=seat, starts__lt=ends, ends__gt=starts)
        other = legs.filter(appointment__status__in=Appointment.HOLDING).exclude(appointment=row).first()
        if other is not None:
            return SlotTaken("Its time has been given to another patient since.", other.appointment)
        kept = legs.exclude(hold=None).select_related("hold").first()
        if kept is not None and kept.hold is not None:
            return SlotTaken(f"{kept.hold.held_by} is holding its time for somebody.", kept.hold)
    return SlotTaken("Its time has been given away since.")


def _tell(by: Actor, row: Appointment, action: str) -> None:
    record(
        by,
        subject=row,
        patient_id=row.patient_id,
        after={"status": str(row.status)},
        extra={"undone": action},
    )
    publish(AppointmentRestored(row.pk, row.patient_id, str(row.status)))

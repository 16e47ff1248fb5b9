"""What happens to an appointment after it is booked: moved, cancelled, confirmed, missed, given to another."""

from dataclasses import replace
from datetime import datetime, timedelta

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, same_patient, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.scheduling import solver
from frontdesk.office.scheduling.errors import NeedsReason, NotAllowedFrom
from frontdesk.office.scheduling.events import (
    AppointmentCancelled,
    AppointmentConfirmed,
    AppointmentMissed,
    AppointmentReassigned,
    AppointmentRescheduled,
)
from frontdesk.office.scheduling.models import Appointment, CancelReason, Leg, RescueItem
from frontdesk.office.scheduling.services import _claims
from frontdesk.office.scheduling.services._placing import (
    LONGEST,
    Wish,
    as_far_as_allowed,
    find,
    location_of,
    lock_both,
    not_gone_by,
    on_the_mark,
    patient_locked,
    refuse_double,
    refuse_limits,
    write,
)
from frontdesk.office.scheduling.services._rescued import MISSED, settle_given_away, settle_lines
from frontdesk.office.scheduling.services._taking import in_place_of
from frontdesk.office.scheduling.services.booking import facts
from frontdesk.office.scheduling.services.holding import live_hold
from frontdesk.office.scheduling.services.recalls import move_recalls, reopen_recalls

Status = Appointment.Status
NO_SUCH = "There is no such appointment."
AHEAD = (Status.SCHEDULED, Status.CONFIRMED)


@service("scheduling.reschedule")
def reschedule(
    by: Actor,
    /,
    *,
    appointment_id: int,
    starts: datetime,
    reason_code: str,
    version: int | None = None,
    provider_id: int | None = None,
    any_provider: bool = False,
    location_id: int | None = None,
    hold_id: int | None = None,
    override_reason: str = "",
    add_note: str = "",
) -> Appointment:
    """Move a visit to `starts` (aware UTC): a new appointment that replaces the old, in one transaction.

    The provider and location stay unless others are given (`any_provider`: whoever is free). The old time does not
    stand in the way of the new one (what the patient was told of the visit goes with it), nor does one's own hold of it, which ends with the move; a hold that is over
    already keeps nobody from moving. `add_note` goes under the note that staff had. Raises what `book` raises, `NotAllowedFrom` and `StaleVersion`.
    """
    on_the_mark(starts)
    not_gone_by(starts)
    old = _ahead(by, appointment_id)
    wish = Wish(
        patient=patient_locked(old.patient_id),
        visit_type=old.visit_type,
        location=location_of(by, location_id or old.location_id),
        provider_id=None if any_provider else provider_id or _provider_of(old),
        starts=starts,
        reason=override_reason.strip(),
        note="\n".join(filter(None, (old.internal_note, add_note.strip()))),
        instructions=old.patient_instructions,
        hold=live_hold(by, hold_id) if hold_id is not None else None,
        replaces=old,
        series=old.series,
    )
    refuse_limits(wish)
    if not wish.reason:
        refuse_double(wish)
    before = facts(old)
    reason = reason_of(reason_code)
    made = _claims.insist(lambda: _move(by, wish, old, reason, version), starts, starts + LONGEST)
    record(by, subject=old, patient_id=old.patient_id, before=before, after=facts(old), reason=reason_code)
    record(by, subject=made, patient_id=old.patient_id, before=before, after=facts(made), reason=reason_code)
    settle_lines(by, old, RescueItem.Status.MOVED, reason.words, made)
    publish(AppointmentRescheduled(made.pk, old.pk, old.patient_id, old.starts, made.starts))
    return made


@service("scheduling.cancel")
def cancel(
    by: Actor, /, *, appointment_id: int, reason_code: str, note: str = "", version: int | None = None
) -> Appointment:
    """Cancel a visit that has not begun, with a coded reason; its time is free at once."""
    row = _ahead(by, appointment_id)
    reason, before = reason_of(reason_code), facts(row)
    _claims.lock(_claims.keys_of(_claims.spans_of(row)))
    _close(row, reason, note, version)
    _claims.free(row)
    reopen_recalls(row)
    record(by, subject=row, patient_id=row.patient_id, before=before, after=facts(row), reason=reason.words)
    settle_lines(by, row, RescueItem.Status.CANCELLED, reason.words)
    publish(_cancelled(row, reason))
    return row


@service("scheduling.confirm")
def confirm(by: Actor, /, *, appointment_id: int, version: int | None = None) -> Appointment:
    """Note that the patient said they will come. Confirmed already is fine."""
    row = _ahead(by, appointment_id)
    if row.status == Status.CONFIRMED:
        return row
    before = save_changes(row, {"status": Status.CONFIRMED}, expected=version)
    record(by, subject=row, patient_id=row.patient_id, before=_plain(before), after={"status": "confirmed"})
    publish(AppointmentConfirmed(row.pk, row.patient_id))
    return row


@service("scheduling.no_show")
def mark_no_show(by: Actor, /, *, appointment_id: int, version: int | None = None) -> Appointment:
    """Note that the patient did not come; not before the visit's own time. What is left of it is free."""
    row = _ahead(by, appointment_id)
    if row.starts > clock.now():
        raise NotAllowedFrom(row.status)
    _claims.lock(_claims.keys_of(_claims.spans_of(row)))
    before = save_changes(row, {"status": Status.NO_SHOW}, expected=version)
    _claims.free(row)
    record(by, subject=row, patient_id=row.patient_id, before=_plain(before), after={"status": "no_show"})
    settle_lines(by, row, RescueItem.Status.KEPT, MISSED)
    publish(AppointmentMissed(row.pk, row.patient_id, row.starts))
    return row


@service("scheduling.reassign")
def reassign(
    by: Actor,
    /,
    *,
    appointment_id: int,
    provider_id: int | None = None,
    swap: tuple[int, int] | None = None,
    version: int | None = None,
    override_reason: str = "",
) -> Appointment:
    """Give a visit to another provider at the same time, or swap one resource (a room) for another of its pool.

    `swap` is (resource it has, resource it gets): it must be open for such a visit then, and free. Who is given to
    somebody else need not be called any more because the first is out.
    Raises `SlotTaken`, `NotOpen`, `WrongVisitType`, `NotFound` for what cannot stand in.
    """
    row = _ahead(by, appointment_id)
    before = {"provider": row.provider_id, "resources": [span[0] for span in _claims.spans_of(row)]}
    expected = row.version if version is None else version

    def give() -> Appointment:
        fresh, old = _ahead(by, appointment_id), _claims.spans_of(row)
        lock_both(old, replace(_as_is(fresh, override_reason), provider_id=provider_id or fresh.provider_id))
        save_changes(fresh, {"provider_id": provider_id or fresh.provider_id}, expected=expected)
        _claims.free(fresh)
        Leg.objects.filter(appointment=fresh).delete()
        wish = _as_is(fresh, override_reason)
        _claims.take(_swapped(by, fresh, old, swap, wish.reason) if swap else find(by, wish), fresh)
        return fresh

    made = _claims.insist(give, row.starts, row.ends)
    after = {"provider": made.provider_id, "resources": [span[0] for span in _claims.spans_of(made)]}
    record(by, subject=made, patient_id=made.patient_id, before=before, after=after, reason=override_reason)
    settle_given_away(by, made)
    publish(AppointmentReassigned(made.pk, made.patient_id, made.provider_id))
    return made


@service("scheduling.note")
def set_notes(
    by: Actor,
    /,
    *,
    appointment_id: int,
    internal_note: str | None = None,
    patient_instructions: str | None = None,
    version: int | None = None,
) -> Appointment:
    """Change the note among staff, or what the patient is told; None leaves one as it is."""
    row = appointment_of(by, appointment_id)
    given = {"internal_note": internal_note, "patient_instructions": patient_instructions}
    changes = {name: text.strip() for name, text in given.items() if text is not None}
    before = save_changes(row, changes, expected=version)
    record(by, subject=row, patient_id=row.patient_id, before=before, after=changes)
    return row


def appointment_of(by: Actor, pk: int) -> Appointment:
    """Return an appointment with its visit type and location; one of another site than `by` works at is not there."""
    found = Appointment.objects.select_related("visit_type", "location").filter(pk=pk).first()
    if found is None:
        raise NotFound(NO_SUCH)
    must_work_at(by, found.location_id, NO_SUCH)
    same_patient(by, found.patient_id)
    return found


def labels_on(row: Appointment) -> list[str]:
    """Return the sensitivity labels of a visit: its patient's, its kind's, its place's and its provider's."""
    return [
        row.patient.labels,
        row.visit_type.labels,
        row.location.labels,
        *([row.provider.labels] if row.provider else []),
    ]


def reason_of(code: str) -> CancelReason:
    """Return the reason a clerk chose. Raises `NeedsReason`."""
    found = CancelReason.objects.filter(code=code, is_active=True).first()
    if found is None:
        msg = "Please choose why the appointment is cancelled or moved."
        raise NeedsReason(msg)
    return found


def _provider_of(row: Appointment) -> int | None:
    """Return the visit's provider, if such a visit takes a provider's time at all."""
    return row.provider_id if row.provider_id and solver.takes_provider(row.visit_type) else None


def _ahead(by: Actor, pk: int) -> Appointment:
    row = appointment_of(by, pk)
    if row.status not in AHEAD:
        raise NotAllowedFrom(row.status)
    return row


def _move(by: Actor, wish: Wish, old: Appointment, reason: CancelReason, version: int | None) -> Appointment:
    kept = _claims.spans_of(wish.hold) if wish.hold else []
    lock_both([*_claims.spans_of(old), *kept], wish)
    if wish.hold is not None:
        _claims.drop(wish.hold)
    fresh = appointment_of(by, old.pk)
    _close(fresh, reason, "", old.version if version is None else version)
    _claims.free(fresh)
    found = find(by, wish)
    made = write(by, wish, found)
    _claims.take(found, made)
    move_recalls(fresh, made)
    old.__dict__.update(status=fresh.status, version=fresh.version, cancelled_at=fresh.cancelled_at)
    return made


def _close(row: Appointment, reason: CancelReason, note: str, version: int | None) -> None:
    changes = {
        "status": Status.CANCELLED,
        "cancel_reason": reason,
        "cancel_note": note.strip(),
        "cancelled_at": clock.now(),
    }
    save_changes(row, changes, expected=version)


def _cancelled(row: Appointment, reason: CancelReason) -> AppointmentCancelled:
    late = row.starts - clock.now() < timedelta(hours=row.visit_type.late_cancel_hours)
    return AppointmentCancelled(
        row.pk,
        row.patient_id,
        row.visit_type_id,
        row.location_id,
        row.provider_id,
        row.starts,
        row.ends,
        reason.initiator,
        late,
    )


def _as_is(row: Appointment, reason: str) -> Wish:
    return Wish(row.patient, row.visit_type, row.location, row.provider_id, row.starts, reason.strip())


def _swapped(
    by: Actor, row: Appointment, spans: list[_claims.Span], swap: tuple[int, int], reason: str
) -> list[_claims.Span]:
    """Return the spans with one resource in place of another, which is open for such a visit then, and free."""
    has, gets = swap
    if has not in {span[0] for span in spans} or gets in {span[0] for span in spans}:
        msg = "That room or device cannot stand in for the other."
        raise NotFound(msg)

    def found(span: _claims.Span) -> _claims.Span:
        return as_far_as_allowed(
            by,
            reason,
            lambda rules: in_place_of(span, gets, row.visit_type, row.location_id, overriding=rules),
        )

    return [found(span) if span[0] == has else span for span in spans]


def _plain(before: dict[str, object]) -> dict[str, object]:
    return {name: str(value) for name, value in before.items()}

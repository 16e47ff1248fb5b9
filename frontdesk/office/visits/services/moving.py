"""Through the building: to a room, to the provider, back to the desk, out of the door; and the corrections."""

from datetime import date, datetime, timedelta
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.versioned import save_changes
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.services import record, service
from frontdesk.office.jobs.services import publish
from frontdesk.office.practice.models import Room
from frontdesk.office.scheduling.models import Appointment, VisitType
from frontdesk.office.scheduling.services import add_recall, book, readmit, set_stage
from frontdesk.office.visits import rules
from frontdesk.office.visits.errors import NeedsReason, OpenFollowUp, TooLate
from frontdesk.office.visits.events import VisitEnded
from frontdesk.office.visits.models import FollowUp, Visit
from frontdesk.office.visits.services._moving import (
    appointment_of,
    last_step,
    note,
    refusal,
    stamps,
    step,
    visit_of,
)

UNDO = timedelta(minutes=10)


@service("visits.room", permission="visits.move")
def room(
    by: Actor,
    /,
    *,
    appointment_id: int,
    room_id: int | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> Visit:
    """Bring a patient to a room, now or `at` (UTC, entered afterwards). Raises `Invalid`, `NotFound` for a room of another site, `NotAllowed`, `StaleVersion`."""
    row = appointment_of(by, appointment_id)
    where = _room(row, room_id)
    if row.status == rules.ROOMED:
        return _to_other_room(by, row, where)
    changes = {"room": where} if where else None
    return step(by, row, rules.ROOMED, expected=version, at=at, changes=changes)


@service("visits.plan_room", permission="visits.move")
def plan_room(by: Actor, /, *, appointment_id: int, room_id: int | None) -> Visit:
    """Keep a room in mind for somebody who is not in it yet; None forgets it."""
    row = appointment_of(by, appointment_id)
    return _to_other_room(by, row, _room(row, room_id))


@service("visits.start", permission="visits.move")
def start(
    by: Actor, /, *, appointment_id: int, version: int | None = None, at: datetime | None = None
) -> Visit:
    """The provider is with the patient, now or since `at` (UTC, entered afterwards)."""
    return step(by, appointment_of(by, appointment_id), rules.WITH_PROVIDER, expected=version, at=at)


@service("visits.finish", permission="visits.move")
def finish(by: Actor, /, *, appointment_id: int, version: int | None = None) -> Visit:
    """The provider is done; the patient comes to the desk to check out."""
    return step(by, appointment_of(by, appointment_id), rules.CHECKOUT, expected=version)


@service("visits.order", permission="visits.order")
def order_follow_up(
    by: Actor,
    /,
    *,
    appointment_id: int,
    visit_type_id: int,
    weeks: int,
    provider_id: int | None = None,
    note: str = "",
) -> FollowUp:
    """Note what the provider ordered for afterwards: this kind of visit in `weeks` weeks, with them or anybody.

    The same order, still open, is not made a second time: two desks may hear of it.
    """
    row = appointment_of(by, appointment_id)
    if not VisitType.objects.filter(pk=visit_type_id, is_active=True).exists():
        msg = "There is no such kind of visit."
        raise NotFound(msg)
    same: dict[str, Any] = {
        "appointment": row,
        "visit_type_id": visit_type_id,
        "provider_id": provider_id,
        "weeks": max(weeks, 0),
        "note": note.strip(),
    }
    open_still = FollowUp.objects.filter(settled_at=None, **same).first()
    if open_still is not None:
        return open_still
    made = FollowUp.objects.create(
        **same, patient_id=row.patient_id, ordered_at=clock.now(), ordered_by=by.name
    )
    record(by, subject=made, patient_id=row.patient_id, after={"weeks": weeks, "visit_type": visit_type_id})
    return made


@service("visits.settle_follow_up", permission="visits.check_out")
def settle_follow_up(
    by: Actor,
    /,
    *,
    follow_up_id: int,
    starts: datetime | None = None,
    provider_id: int | None = None,
    location_id: int | None = None,
    declined: str = "",
) -> FollowUp:
    """Make of an ordered follow-up a booking at `starts` (UTC), or else a recall, or note why it is not wanted.

    Settled already is fine. Raises what booking raises.
    """
    order = FollowUp.objects.select_for_update().filter(pk=follow_up_id).first()
    if order is None:
        msg = "There is no such follow-up."
        raise NotFound(msg)
    if order.settled_at is not None:
        return order
    row = appointment_of(by, order.appointment_id, lock=False)
    changes: dict[str, object] = {"settled_at": clock.now()}
    if declined.strip():
        changes["declined"] = declined.strip()[:120]
    elif starts is not None:
        changes["booked"] = book(
            by,
            patient_id=order.patient_id,
            visit_type_id=order.visit_type_id,
            location_id=location_id or row.location_id,
            provider_id=provider_id or order.provider_id,
            starts=starts,
            internal_note=order.note,
        )
    else:
        changes["recall"] = add_recall(
            by,
            patient_id=order.patient_id,
            visit_type_id=order.visit_type_id,
            due=due_day(order, row),
            provider_id=order.provider_id,
            reason=order.note,
        )
    save_changes(order, changes)
    record(
        by,
        subject=order,
        patient_id=order.patient_id,
        after={k: v for k, v in changes.items() if k != "settled_at"},
    )
    return order


@service("visits.check_out")
def check_out(
    by: Actor, /, *, appointment_id: int, version: int | None = None, at: datetime | None = None
) -> Visit:
    """End a visit at the desk. Nobody leaves with an ordered follow-up that is neither booked nor on recall.

    `at` is when they went, entered afterwards (UTC). Over already is fine. Raises `OpenFollowUp`, `NotAllowed`,
    `Invalid`, `StaleVersion`.
    """
    row = appointment_of(by, appointment_id)
    if row.status == rules.DONE:
        return visit_of(row)
    open_still = FollowUp.objects.filter(appointment=row, settled_at=None).first()
    if open_still is not None:
        raise OpenFollowUp(open_still)
    if row.status == rules.ARRIVED:
        raise refusal(rules.ARRIVED, rules.DONE)
    visit = step(by, row, rules.DONE, expected=version, at=at)
    publish(VisitEnded(row.pk, row.patient_id, left_unseen=False, at=at or clock.now()))
    return visit


@service("visits.leave")
def leave(
    by: Actor,
    /,
    *,
    appointment_id: int,
    reason: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> Visit:
    """Note that somebody who had come went away, now or `at`, without having been seen; they are no no-show."""
    row = appointment_of(by, appointment_id)
    if row.status not in {rules.ARRIVED, rules.CHECKED_IN, rules.ROOMED}:
        raise refusal(str(row.status), rules.DONE)
    visit = step(by, row, rules.DONE, expected=version, at=at, reason=reason, changes={"left_unseen": True})
    publish(VisitEnded(row.pk, row.patient_id, left_unseen=True, at=at or clock.now()))
    return visit


@service("visits.correct")
def correct(
    by: Actor, /, *, appointment_id: int, status: str, reason: str, version: int | None = None
) -> Visit:
    """Set a visit to where it really stands, with a reason. Raises `NeedsReason`, `NotAllowed`, `Invalid` for no such stage."""
    row = appointment_of(by, appointment_id)
    if status not in rules.WORDS:
        msg = "Choose where the visit really stands."
        raise Invalid(msg, fields={"status": msg})
    if not rules.is_correction(str(row.status), status):
        raise refusal(str(row.status), status)
    if not reason.strip():
        raise NeedsReason
    return _back(by, row, status, version, kind="correction", reason=reason.strip())


@service("visits.undo")
def undo(by: Actor, /, *, appointment_id: int) -> Visit:
    """Take back the last step of a visit, within ten minutes. Raises `TooLate`, `NotAllowed`."""
    row = appointment_of(by, appointment_id)
    last = last_step(row)
    if last is None or last.after != row.status or last.kind == "undo" or last.before == rules.NO_SHOW:
        raise refusal(str(row.status), str(row.status))
    if clock.now() - last.at > UNDO:
        raise TooLate
    return _back(by, row, last.before, None, kind="undo", reason="taken back")


def due_day(order: FollowUp, row: Appointment) -> date:
    """Return the day a follow-up is due: so many weeks after the visit it was ordered at."""
    return to_wall(row.starts, row.zone).date() + timedelta(weeks=order.weeks)


def _back(by: Actor, row: Appointment, status: str, version: int | None, *, kind: str, reason: str) -> Visit:
    before, now, visit = str(row.status), clock.now(), visit_of(row)
    if before == rules.NO_SHOW:
        readmit(by, appointment_id=row.pk, status=status, version=version)
    else:
        set_stage(by, appointment_id=row.pk, status=status, version=version, reason=reason)
    held = getattr(visit, f"{status}_at", None)
    changes: dict[str, object] = {**stamps(visit, status, held or now), "left_unseen": False}
    if status in {rules.SCHEDULED, rules.CONFIRMED}:
        changes |= {"minutes_late": 0, "room": None}
    save_changes(visit, changes)
    note(by, visit, before, status, now, kind=kind, reason=reason)
    return visit


def _room(row: Appointment, room_id: int | None) -> Room | None:
    if room_id is None:
        return None
    found = Room.objects.filter(pk=room_id, location_id=row.location_id, is_active=True).first()
    if found is None:
        msg = "There is no such room at this site."
        raise NotFound(msg)
    return found


def _to_other_room(by: Actor, row: Appointment, where: Room | None) -> Visit:
    visit = visit_of(row)
    before = save_changes(visit, {"room": where})
    record(by, subject=row, patient_id=row.patient_id, before=before, after={"room": where})
    return visit

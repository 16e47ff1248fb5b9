"""Arriving: one key stamps the moment, before any paperwork; everything else on the day reads this fact."""

from datetime import datetime, timedelta

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.versioned import save_changes
from frontdesk.kit.walltime import CELL, to_wall
from frontdesk.office.audit.services import service
from frontdesk.office.jobs.services import publish
from frontdesk.office.practice.models import Location
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.scheduling.services import OpeningsAsk, book, find_openings, readmit
from frontdesk.office.visits import rules
from frontdesk.office.visits.errors import NothingFree, WrongDay, WrongSite
from frontdesk.office.visits.events import PatientArrived
from frontdesk.office.visits.models import Visit
from frontdesk.office.visits.services._moving import appointment_of, local_day, note, stamps, step, visit_of

_INSTANT = timedelta(microseconds=1)


@service("visits.arrive")
def arrive(
    by: Actor,
    /,
    *,
    appointment_id: int,
    version: int | None = None,
    companion: str = "",
    at: datetime | None = None,
    other_site: str = "",
) -> Visit:
    """Note that a patient stands at the desk, now or (entered afterwards) at an earlier moment `at` (UTC).

    Arrived already is fine and changes nothing. Raises `WrongDay` and `WrongSite` (`other_site` is the reason for
    taking them here all the same), `NotAllowed`, `StaleVersion`.
    """
    row, moment = appointment_of(by, appointment_id), at or clock.now()
    if row.status == rules.ARRIVED:
        return visit_of(row)
    if moment > clock.now():
        msg = "Nobody arrives in the future."
        raise Invalid(msg, fields={"at": msg})
    _right_day(row, moment)
    _right_site(by, row, other_site)
    late = rules.minutes(moment - row.starts)
    changes: dict[str, object] = {"minutes_late": late, "companion": companion.strip()}
    if row.status == rules.NO_SHOW:
        visit = _after_all(by, row, moment, changes, version)
    else:
        visit = step(by, row, rules.ARRIVED, expected=version, at=moment, reason=other_site, changes=changes)
    publish(PatientArrived(row.pk, row.patient_id, row.location_id, moment))
    return visit


@service("visits.walk_in")
def walk_in(
    by: Actor,
    /,
    *,
    patient_id: int,
    visit_type_id: int,
    location_id: int,
    provider_id: int | None = None,
    reason: str = "",
    companion: str = "",
    override_reason: str = "",
    at: datetime | None = None,
) -> Visit:
    """Take in somebody without an appointment: the first time free today is theirs, and they have arrived.

    The wait until that time is what was promised them. With `override_reason` they are put in now, beyond the
    capacity of the book, by those who may. With `at` they came then (UTC, entered afterwards), and have the time they
    came at. Raises `NothingFree`, `Invalid` for a moment to come, and what booking raises.
    """
    now = at or clock.now()
    if at is not None:
        starts, who = _next_mark(at - CELL + _INSTANT), provider_id
    elif override_reason.strip():
        starts, who = _next_mark(now), provider_id
    else:
        starts, who = _first_free(by, patient_id, visit_type_id, location_id, provider_id, now)
    made = book(
        by,
        patient_id=patient_id,
        visit_type_id=visit_type_id,
        location_id=location_id,
        provider_id=who,
        starts=starts,
        internal_note=reason.strip(),
        override_reason=override_reason,
        afterwards=at is not None,
    )
    promised = None if at is not None else max(rules.minutes(starts - now), 0)
    row = appointment_of(by, made.pk)
    changes: dict[str, object] = {
        "companion": companion.strip(),
        "is_walk_in": True,
        "promised_minutes": promised,
    }
    visit = step(by, row, rules.ARRIVED, at=at, reason="walk-in", changes=changes)
    publish(PatientArrived(row.pk, patient_id, location_id, now))
    return visit


def _right_day(row: Appointment, moment: datetime) -> None:
    if not local_day(row, moment):
        wall = to_wall(row.starts, row.zone)
        msg = f"That visit is on {wall:%A, %B} {wall.day}, not today."
        raise WrongDay(msg, row)


def _right_site(by: Actor, row: Appointment, accepted: str) -> None:
    if by.location_id is not None and by.location_id != row.location_id and not accepted.strip():
        msg = f"That visit is at {row.location.name}. Send them there, or take them here with a reason."
        raise WrongSite(msg, row)


def _after_all(
    by: Actor, row: Appointment, moment: datetime, changes: dict[str, object], version: int | None
) -> Visit:
    """Take back in somebody who was marked as missed: their time is theirs again, in a seat beside the others."""
    readmit(by, appointment_id=row.pk, status=rules.ARRIVED, version=version)
    visit = visit_of(row)
    save_changes(visit, {**stamps(visit, rules.ARRIVED, moment), **changes})
    note(by, visit, rules.NO_SHOW, rules.ARRIVED, moment, kind="correction", reason="came after all")
    return visit


def _first_free(
    by: Actor, patient_id: int, visit_type_id: int, location_id: int, provider_id: int | None, now: datetime
) -> tuple[datetime, int | None]:
    zone = _zone(location_id)
    today = to_wall(now, zone).date()
    ask = OpeningsAsk(
        visit_type_id=visit_type_id,
        from_day=today,
        to_day=today,
        patient_id=patient_id,
        provider_ids=(provider_id,) if provider_id else (),
        location_ids=(location_id,),
    )
    offers = find_openings(by, ask=ask).offers
    if not offers:
        msg = "Nothing is free any more today. Offer the first time of another day, or ask a lead to put them in."
        raise NothingFree(msg)
    return offers[0].starts, offers[0].provider_id


def _zone(location_id: int) -> str:
    return Location.objects.values_list("zone", flat=True).get(pk=location_id)


def _next_mark(now: datetime) -> datetime:
    """Return the next five-minute mark, now included."""
    over = now.timestamp() % CELL.total_seconds()
    return now if not over else now + timedelta(seconds=CELL.total_seconds() - over)

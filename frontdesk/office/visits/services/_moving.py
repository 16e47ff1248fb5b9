"""The one place where a visit's status changes: the machine is asked, the moment noted, the step written down."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from frontdesk.kit import clock, walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, same_patient
from frontdesk.office.jobs.services import publish
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.scheduling.services import set_stage
from frontdesk.office.visits import rules
from frontdesk.office.visits.errors import NotAllowed
from frontdesk.office.visits.events import VisitMoved
from frontdesk.office.visits.models import Step, Visit

# When each stage began is kept in a column of its own.
STAMP = {
    rules.ARRIVED: "arrived_at",
    rules.CHECKED_IN: "checked_in_at",
    rules.ROOMED: "roomed_at",
    rules.WITH_PROVIDER: "with_provider_at",
    rules.CHECKOUT: "checkout_at",
    rules.DONE: "done_at",
}
ORDER = tuple(STAMP)
NO_SUCH = "There is no such appointment."


def appointment_of(by: Actor, pk: int, *, lock: bool = True) -> Appointment:
    """Return an appointment with its place and kind, locked until the verb ends; raise `NotFound`, for one of another site too.

    A verb that goes on to book does not lock it: booking locks the patient first, and a move does both the other way.
    """
    rows = Appointment.objects.select_related("visit_type", "location")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=pk).first()
    if found is None:
        raise NotFound(NO_SUCH)
    must_work_at(by, found.location_id, NO_SUCH)
    same_patient(by, found.patient_id)
    return found


def visit_of(row: Appointment) -> Visit:
    """Return the visit of an appointment, made when this is its first touch."""
    given = {"patient_id": row.patient_id, "location_id": row.location_id}
    return Visit.objects.get_or_create(appointment=row, defaults=given)[0]


def local_day(row: Appointment, moment: datetime) -> bool:
    """Say whether `moment` lies on the appointment's own day, by the clock on its wall."""
    return walltime.to_wall(moment, row.zone).date() == walltime.to_wall(row.starts, row.zone).date()


def step(
    by: Actor,
    row: Appointment,
    after: str,
    *,
    expected: int | None = None,
    at: datetime | None = None,
    kind: str = "step",
    reason: str = "",
    changes: Mapping[str, object] | None = None,
) -> Visit:
    """Take a visit to `after`, now or (entered afterwards) at an earlier moment `at`; `changes` are further fields.

    Raises `NotAllowed` when the machine has no such step, `Invalid` for a moment to come or before the stage it
    follows, `StaleVersion` when somebody else was quicker.
    """
    before = str(row.status)
    if kind == "step" and not rules.is_step(before, after):
        raise refusal(before, after)
    visit, moment = visit_of(row), at or clock.now()
    if at is not None:
        _in_order(visit, before, moment)
    elif visit.since is not None:
        moment = max(moment, visit.since)  # two machines' clocks need not agree to the millisecond
    set_stage(by, appointment_id=row.pk, status=after, version=expected, reason=reason)
    save_changes(visit, {**stamps(visit, after, moment), **(changes or {})})
    note(by, visit, before, after, moment, kind=kind, reason=reason)
    return visit


def _in_order(visit: Visit, before: str, moment: datetime) -> None:
    if moment > clock.now():
        msg = "That time is still to come."
        raise Invalid(msg, fields={"at": msg})
    if before in STAMP and visit.since is not None and moment < visit.since:
        wall = walltime.to_wall(visit.since, visit.location.zone)
        msg = f"They were “{rules.WORDS[before].lower()}” at {walltime.spoken_time(wall)}; this lies before that."
        raise Invalid(msg, fields={"at": msg})


def stamps(visit: Visit, after: str, moment: datetime) -> dict[str, datetime | None]:
    """Return the moments a visit has when it stands at `after` from `moment` on: later ones are taken back."""
    if after not in STAMP:
        return {**dict.fromkeys(STAMP.values()), "since": None}
    at = ORDER.index(after)
    kept = getattr(visit, STAMP[after]) if visit.done_at and after != rules.DONE else None
    return {
        **{STAMP[later]: None for later in ORDER[at + 1 :]},
        STAMP[after]: kept or moment,
        "since": moment,
    }


def note(
    by: Actor,
    visit: Visit,
    before: str,
    after: str,
    moment: datetime,
    *,
    kind: str = "step",
    reason: str = "",
) -> None:
    """Write a change of status down: in the visit's own history, in the record of deeds, and for those who listen."""
    Step.objects.create(
        appointment_id=visit.appointment_id,
        before=before,
        after=after,
        at=moment,
        by_id=by.id,
        by_name=by.name,
        kind=kind,
        reason=reason[:200],
    )
    after_facts = {"since": visit.since, "minutes_late": visit.minutes_late, "room": visit.room_id}
    record(by, subject=visit, patient_id=visit.patient_id, after=after_facts, reason=reason)
    publish(VisitMoved(visit.appointment_id, visit.patient_id, before, after, moment))


def refusal(before: str, after: str) -> NotAllowed:
    """Say in words that `after` does not follow `before`."""
    words = (
        f"This visit is “{rules.WORDS[before].lower()}”; “{rules.WORDS[after].lower()}” does not follow that."
    )
    return NotAllowed(words, before, after)


def last_step(row: Appointment) -> Step | None:
    """Return the newest change of an appointment's status on its day."""
    newest = Step.objects.filter(appointment=row).aggregate(newest=Max("pk"))["newest"]
    return Step.objects.filter(pk=newest).first()

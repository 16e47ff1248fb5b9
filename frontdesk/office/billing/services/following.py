"""See that every visit that must have an estimate has one due, and that no other has: asked again it changes nothing."""

from datetime import date, datetime

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.versioned import save_changes
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.services import record, service
from frontdesk.office.billing import rules
from frontdesk.office.billing.models import Estimate
from frontdesk.office.billing.rules.business_days import ends_at
from frontdesk.office.coverage.queries import policies_in_force
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.models import Paying
from frontdesk.office.visits.queries import paying_of

Why, State = Estimate.Why, Estimate.State
AHEAD = (Appointment.Status.SCHEDULED, Appointment.Status.CONFIRMED)
GONE = (Appointment.Status.CANCELLED, Appointment.Status.NO_SHOW)
NO_VISIT, A_PLAN_PAYS = "The visit was cancelled", "Insurance pays now"
OF_ITSELF = (NO_VISIT, A_PLAN_PAYS)
"""Why the program ended one by itself; what a person ended stays ended."""


@service("billing.follow_visit", permission="billing.follow")
def follow_visit(by: Actor, /, *, appointment_id: int) -> Estimate | None:
    """Note that a visit's estimate is due, or no longer; return it. One that was moved takes its estimate along.

    Due it is where the patient pays or has no insurance on file for that day, and it was scheduled three business days ahead.
    """
    row = (
        Appointment.objects.select_for_update(of=("self",)).select_related("location").get(pk=appointment_id)
    )
    found = _taken_along(row)
    why = "" if row.status in GONE else why_due(row)
    due_at = _due_at(row, why) if why and row.status in AHEAD else None
    record(by, subject=row, patient_id=row.patient_id, after={"estimate": why if due_at else ""})
    if found is None:
        return _begin(by, row, why, due_at) if due_at else None
    changes = _changes(row, found, why, due_at)
    if changes:
        before = save_changes(found, changes)
        record(by, subject=found, patient_id=row.patient_id, before=before, after=changes)
    return found


def why_due(row: Appointment) -> str:
    """Return why a visit's patient must get an estimate; "" where a plan or a carrier is to pay (149.610(a)(2)(x))."""
    payer = paying_of(row)
    if payer.how == Paying.How.SELF_PAY:
        return Why.SELF_PAY
    if payer.how == Paying.How.INSURANCE and not policies_in_force(row.patient_id, _day(row)):
        return Why.UNINSURED
    return ""


def due_by(row: Appointment, since: datetime) -> datetime | None:
    """Return the moment by which a scheduled visit's estimate has to be given, known to be wanted `since`; None for none."""
    on, known = to_wall(row.booked_at, row.zone).date(), to_wall(since, row.zone).date()
    day = rules.scheduled(on, _day(row), known)
    return min(ends_at(day, row.zone), row.starts) if day else None


def _day(row: Appointment) -> date:
    return to_wall(row.starts, row.zone).date()


def _due_at(row: Appointment, why: str) -> datetime | None:
    said = Paying.objects.filter(appointment=row).first() if why == Why.SELF_PAY else None
    return due_by(row, max(row.booked_at, said.noted_at) if said else row.booked_at)


def _begin(by: Actor, row: Appointment, why: str, due_at: datetime) -> Estimate:
    made = Estimate.objects.create(
        patient_id=row.patient_id, location_id=row.location_id, appointment=row, visit_type_id=row.visit_type_id,
        why=why, since=clock.now(), due_at=due_at, noted_by=by.name,
    )  # fmt: skip
    record(by, subject=made, patient_id=row.patient_id, after={"why": why, "due_at": due_at})
    return made


def _taken_along(row: Appointment) -> Estimate | None:
    """Return the estimate of a visit; the one of the visit it replaces, or that replaced it and is gone, becomes its own."""
    found = Estimate.objects.select_for_update().filter(appointment=row).first()
    if found is not None or row.status in GONE:
        return found
    after = Appointment.objects.filter(replaces=row, status__in=GONE).values_list("pk", flat=True).first()
    return (
        Estimate.objects.select_for_update()
        .filter(appointment__in=[row.replaces_id or 0, after or 0])
        .first()
    )


def _changes(row: Appointment, found: Estimate, why: str, due_at: datetime | None) -> dict[str, object]:
    moved = found.appointment_id != row.pk
    changes: dict[str, object] = (
        {"appointment_id": row.pk, "location_id": row.location_id, "visit_type_id": row.visit_type_id}
        if moved
        else {}
    )
    if found.state in {State.DUE, State.DRAFTED}:
        if row.status in GONE and not Appointment.objects.filter(replaces=row).exists():
            return changes | {"state": State.ENDED, "ended_why": NO_VISIT}
        if row.status in AHEAD and not why and found.asked_at is None:
            return changes | {"state": State.ENDED, "ended_why": A_PLAN_PAYS}
        if moved and due_at:
            changes |= {"due_at": due_at}
    elif found.state == State.ENDED and found.ended_why in OF_ITSELF and due_at:
        changes |= {"state": State.DUE, "ended_why": "", "due_at": due_at, "why": why}
    elif found.state == State.GIVEN and moved and due_at:
        # The paper names another day: it is scheduled anew, and given anew.
        changes |= {"state": State.DUE, "due_at": due_at, "since": clock.now()}
    return changes

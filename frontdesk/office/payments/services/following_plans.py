"""What follows for a plan when a card was charged or was not, when time goes by, and when autopay is stopped."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record
from frontdesk.office.payments.models import Autopay, AutopayCharge, CardCharge, Plan
from frontdesk.office.payments.models.cards import UNDER_WAY
from frontdesk.office.payments.queries import today_at
from frontdesk.office.payments.queries.autopay import tried, tries_of
from frontdesk.office.payments.queries.plans import PlanLine, lines_of
from frontdesk.office.payments.rules.autopay import Step, next_step
from frontdesk.office.payments.services.calling_off import end_charge


def follow_plan(by: Actor, line: PlanLine) -> bool:
    """Note of a running plan since when a part is overdue, or that it is paid in full; return whether anything changed."""
    changes: dict[str, object] = {}
    if not line.left:
        changes = {"state": Plan.State.KEPT, "missed_on": None, "over_at": clock.now(), "over_by": by.name}
    elif line.missed != line.plan.missed_on:
        changes = {"missed_on": line.missed}
    if not changes:
        return False
    save_changes(line.plan, changes)
    told = {"state": line.plan.state, "missed_on": str(line.plan.missed_on or "")}
    record(by, subject=line.plan, patient_id=line.plan.patient_id, after=told)
    if line.autopay is not None and line.plan.state == Plan.State.KEPT:
        stop(by, line.autopay, "The plan is paid in full")
    return True


def stop(by: Actor, autopay: Autopay, why: str) -> None:
    """Stop a plan's autopay: who, when and why is kept; a charge that is under way is called off."""
    save_changes(autopay, {"ended_at": clock.now(), "ended_by": by.name, "ended_why": why[:300]})
    told = {"autopay": "stopped"}
    record(by, subject=autopay, patient_id=autopay.plan.patient_id, after=told, reason=why)
    under_way = AutopayCharge.objects.filter(autopay=autopay, charge__state__in=UNDER_WAY)
    for row in CardCharge.objects.select_for_update().filter(pk__in=under_way.values("charge")):
        end_charge(by, row)


def pause(by: Actor, autopay: Autopay, code: str) -> None:
    """Charge nothing more by itself until somebody says so; `code` is why."""
    save_changes(autopay, {"paused_at": clock.now(), "code": code[:60] or "refused"})
    told = {"autopay": "paused", "code": autopay.code}
    record(by, subject=autopay, patient_id=autopay.plan.patient_id, after=told)


def follow_charge(by: Actor, row: CardCharge) -> None:
    """See to the plan whose part a settled charge was for, where it was charged by itself: it is missed at once when it was not."""
    made = AutopayCharge.objects.filter(charge=row).select_related("autopay__plan", "part").first()
    if made is None or row.state in UNDER_WAY:
        return
    autopay, plan = made.autopay, made.autopay.plan
    day = today_at(plan.location_id)
    if autopay.ended_at is None and autopay.paused_at is None and _is_over(autopay, made, day):
        pause(by, autopay, row.code)
    if plan.state == Plan.State.RUNNING:
        for line in lines_of([plan], day):
            follow_plan(by, line)


def _is_over(autopay: Autopay, made: AutopayCharge, day: date) -> bool:
    rows = tries_of([autopay.plan_id])[autopay.plan_id][made.part.number]
    return next_step(tried(autopay, rows), day) == Step.PAUSE

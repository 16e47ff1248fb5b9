"""A payment plan in words."""

from typing import Any

from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.money import dollars
from frontdesk.office.payments.models import Plan
from frontdesk.office.payments.queries import PlanLine

TONES = {"running": "accent", "kept": "good", "broken": "bad", "ended": "quiet"}
OFTEN = {"month": "every month", "two_weeks": "every two weeks"}


def plan_card(one: PlanLine) -> dict[str, Any]:
    """Return what of a plan is shown."""
    plan = one.plan
    state = Plan.State(plan.state)
    upcoming = next((part for part in one.parts if part.left), None)
    return {
        "id": plan.pk,
        "patient_id": plan.patient_id,
        "state": "A part is overdue" if one.missed else str(state.label),
        "tone": "bad" if one.missed else TONES[state],
        "running": state == Plan.State.RUNNING,
        "words": f"{dollars(plan.total)} in {len(one.parts)} parts, {OFTEN[plan.every]}",
        "paid": one.paid,
        "total": plan.total,
        "left": one.left,
        "due": one.due,
        "missed": us_date(one.missed),
        "next": f"{dollars(upcoming.left)} on {us_date(upcoming.due)}" if upcoming else "",
        "parts": [
            (part.number, us_date(part.due), part.cents, part.left, part is upcoming) for part in one.parts
        ],
        "note": f"Agreed by {plan.by_name}" + (f" · {plan.reason}" if plan.reason else ""),
        "version": plan.version,
    }

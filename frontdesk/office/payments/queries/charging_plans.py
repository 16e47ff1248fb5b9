"""What of the plans is to be charged by itself now."""

from datetime import date

from frontdesk.kit import clock
from frontdesk.kit.walltime import to_wall
from frontdesk.office.payments.models import Autopay, Plan
from frontdesk.office.payments.queries.autopay import tried
from frontdesk.office.payments.queries.plans import PlanLine, lines_of
from frontdesk.office.payments.rules.autopay import DAYTIME, Step, next_step
from frontdesk.office.payments.rules.plans import Due


def part_to_charge(line: PlanLine, day: date) -> Due | None:
    """Return the part of a plan that is to be charged on `day`, None without: one at a time, the earliest first."""
    autopay = line.autopay
    if autopay is None or autopay.paused_at is not None or line.plan.state != Plan.State.RUNNING:
        return None
    for part in line.parts:
        if not part.left or part.due > day:
            continue
        step = next_step(tried(autopay, line.tries.get(part.number, [])), day)
        if step != Step.LEAVE:
            return part if step == Step.CHARGE else None
    return None


def autopay_due(location_id: int, day: date) -> list[int]:
    """Return the plans of a location of which something is to be charged on `day`; a bounded number of queries."""
    leaves = Autopay.objects.filter(plan__location=location_id, ended_at=None, paused_at=None)
    rows = Plan.objects.filter(pk__in=leaves.values("plan"), state=Plan.State.RUNNING, parts__due__lte=day)
    lines = lines_of(list(rows.distinct().order_by("id")), day)
    return [one.plan.pk for one in lines if part_to_charge(one, day)]


def is_daytime(zone: str) -> bool:
    """Say whether cards are charged by themselves now, by the clock of a place in `zone`."""
    return to_wall(clock.now(), zone).hour in DAYTIME

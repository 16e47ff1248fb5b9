"""Payment plans as screens show them: how far each is paid, what of it is due, which have a missed part."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from frontdesk.office.patients.queries import charts_of
from frontdesk.office.payments.models import Autopay, CardCharge, DeskRules, Plan, Toward
from frontdesk.office.payments.queries.autopay import Tries, by_itself, tried
from frontdesk.office.payments.queries.fates import fates
from frontdesk.office.payments.rules import PURPOSE
from frontdesk.office.payments.rules.autopay import again_on
from frontdesk.office.payments.rules.plans import Due, due_by, overdue, standing

REF = "payments.plan"
REFUSED = (CardCharge.State.DECLINED, CardCharge.State.CANCELLED)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan with what was paid of it and its parts; `missed` is since when one is overdue, `due` what is to be paid by now.

    `autopay` is the leave to charge a card that is in force, `tries` what was charged by itself, by a part's number.
    """

    plan: Plan
    paid: int
    parts: list[Due]
    missed: date | None
    due: int
    autopay: Autopay | None = None
    tries: Tries = field(default_factory=dict)

    @property
    def left(self) -> int:
        """What is still to be paid of it."""
        return sum(one.left for one in self.parts)

    @property
    def by_itself(self) -> bool:
        """Whether a card is charged with what is due without being asked, and nothing has gone wrong with that."""
        return self.autopay is not None and self.autopay.paused_at is None and self.missed is None

    @property
    def refused(self) -> CardCharge | None:
        """The newest charge by itself of the earliest part that is left, where the card was not charged."""
        part = next((one for one in self.parts if one.left), None)
        tried = self.tries.get(part.number, []) if part else []
        last = tried[-1].charge if tried else None
        return last if last is not None and last.state in REFUSED else None

    @property
    def again_on(self) -> date | None:
        """From when on the part whose card was declined is tried again by itself; None where it is not."""
        part = next((one for one in self.parts if one.left), None)
        rows = self.tries.get(part.number, []) if part else []
        if self.autopay is None or self.autopay.paused_at is not None or not rows or self.refused is None:
            return None
        return again_on(tried(self.autopay, rows))


def paid_of(plan_ids: Collection[int]) -> dict[int, int]:
    """Return how many cents were paid of each plan and not given back; one query, and four where something was."""
    refs = {f"{REF}:{pk}": pk for pk in plan_ids}
    found = dict.fromkeys(plan_ids, 0)
    of_plans = Toward.objects.filter(purpose=PURPOSE.INSTALMENT, about__in=refs)
    rows = list(of_plans.select_related("payment").order_by("id"))
    payments = list({one.payment_id: one.payment for one in rows}.values())
    became = fates(payments)
    lost = {one.pk: one.cents if became[one.pk].taken_back else became[one.pk].lost for one in payments}
    for row in rows:
        gone = min(lost[row.payment_id], row.cents)
        lost[row.payment_id] -= gone
        found[refs[row.about]] += row.cents - gone
    return found


def lines_of(plans: Collection[Plan], day: date) -> list[PlanLine]:
    """Return plans as they stand on a day; seven queries, and one more where one was ever charged by itself."""
    ids = [one.pk for one in plans]
    paid, (autopays, tries) = paid_of(ids), by_itself(ids)
    parts: dict[int, list[tuple[int, date, int]]] = defaultdict(list)
    rows = Plan.objects.filter(pk__in=ids).order_by("pk", "parts__number")
    for pk, number, due, cents in rows.values_list("pk", "parts__number", "parts__due", "parts__cents"):
        parts[pk].append((number, due, cents))
    found = []
    for plan in plans:
        stands = standing(parts[plan.pk], paid[plan.pk])
        runs = plan.state == Plan.State.RUNNING
        of_plan = tries.get(plan.pk, {})
        refused = {number for number, charged in of_plan.items() if charged[-1].charge.state in REFUSED}
        missed = overdue(stands, day, refused) if runs else None
        now = due_by(stands, day) if runs else 0
        found.append(PlanLine(plan, paid[plan.pk], stands, missed, now, autopays.get(plan.pk), of_plan))
    return found


def plans_of(patient_id: int, day: date) -> list[PlanLine]:
    """Return a patient's plans, the newest first."""
    rows = Plan.objects.filter(patient_id__in=charts_of(patient_id)).order_by("-id")
    return lines_of(list(rows[:20]), day)


def plan_of(plan_id: int, day: date) -> PlanLine | None:
    """Return one plan."""
    return next(iter(lines_of(list(Plan.objects.filter(pk=plan_id)), day)), None)


def running_plans(patient_ids: Collection[int], day: date) -> dict[int, list[PlanLine]]:
    """Return the running plans of these patients as they stand on a day, by patient: also those of which nothing is due yet."""
    rows = Plan.objects.filter(patient_id__in=patient_ids, state=Plan.State.RUNNING).order_by("id")
    found: dict[int, list[PlanLine]] = defaultdict(list)
    for one in lines_of(list(rows), day):
        found[one.plan.patient_id].append(one)
    return dict(found)


def watched_plans(location_id: int, day: date, *, missed: bool, limit: int = 100) -> list[PlanLine]:
    """Return a location's running plans: those with a missed part, or the others; the longest overdue first."""
    rows = Plan.objects.filter(
        location_id=location_id, state=Plan.State.RUNNING, missed_on__isnull=not missed
    )
    return lines_of(list(rows.select_related("patient").order_by("missed_on", "id")[:limit]), day)


def returned_check_fee() -> int:
    """Return what the practice charges for a check that comes back, in cents."""
    return DeskRules.objects.values_list("returned_check_fee", flat=True).first() or 0

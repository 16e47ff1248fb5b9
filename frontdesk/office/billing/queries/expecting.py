"""What is to be collected for visits, out of all that is known of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from frontdesk.kit.refs import Ref
from frontdesk.office.billing import rules
from frontdesk.office.billing.models import BalanceRule, SlidingScale
from frontdesk.office.billing.queries.accounts import Standing, standings
from frontdesk.office.billing.queries.on_file import OnFile, on_file
from frontdesk.office.billing.queries.plans import Asked, Held, held_by, in_force, plans_of
from frontdesk.office.billing.queries.prices import Prices, prices
from frontdesk.office.billing.rules import Expected, Facts, Plan
from frontdesk.office.billing.rules.facts import CASE, INACTIVE, SELF_PAY
from frontdesk.office.coverage.rules.cases import CARRIER, who_pays
from frontdesk.office.payments.queries import running_plans
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.queries import WhoPays, about_visit, who_pays_of


@dataclass(frozen=True, slots=True)
class Known:
    """A visit with all that its price follows from: who pays, whose policies, which payer is owed the insured part."""

    id: int
    patient_id: int
    location_id: int
    provider_id: int | None
    visit_type_id: int
    day: date
    facts: Facts
    payer_id: int | None = None
    plan: str = ""
    case_id: int | None = None


def expected(appointment_id: int) -> Expected:
    """Return what is to be collected for a visit; nothing for one there is none of. Queries as of `expected_of`."""
    return expected_of([appointment_id]).get(appointment_id, Expected())


def expected_of(appointment_ids: Collection[int]) -> dict[int, Expected]:
    """Return what is to be collected for each of these visits; four queries more than `expected_for`."""
    return expected_for(who_pays_of(appointment_ids))


def expected_for(visits: Sequence[WhoPays]) -> dict[int, Expected]:
    """Return what is to be collected for each of these visits, of which it is known who pays; queries as of `known_for`."""
    return {pk: rules.expected(one.facts) for pk, one in known_for(visits).items()}


def known_of(appointment_ids: Collection[int]) -> dict[int, Known]:
    """Return these visits with what their prices follow from."""
    return known_for(who_pays_of(appointment_ids))


def known_for(visits: Sequence[WhoPays]) -> dict[int, Known]:
    """Return these visits with what their prices follow from; four queries, however many they are.

    One more for answers of payers that were not judged yet, one more where charts were merged, three where somebody who
    owes has a payment plan, and one to five where somebody has a credit, of which an earlier visit of the day may need some.
    """
    if not visits:
        return {}
    accounts = standings(
        {one.patient_id for one in visits}, {one.patient_id for one in visits if one.may_be_merged}
    )
    wanted = [one.id for one in visits]
    visits = [*visits, *_before(visits, {pk for pk, account in accounts.items() if account.free})]
    held = held_by({one.patient_id for one in visits if one.payer.how != SELF_PAY})
    found = _priced(visits, held, _plans(visits, held))
    file = on_file(found, {one.patient_id for one in found.values() if one.facts.how == SELF_PAY})
    planned = _planned(one for one in found.values() if accounts[one.patient_id].owed)
    for pk, one in found.items():
        mine = file.settled.get(pk, {})
        told = {
            **mine,
            **(file.sliding(one.patient_id, one.day) if one.facts.how == SELF_PAY else {}),
            **_account(one, accounts[one.patient_id], file, mine.get("waived", 0)),
            **planned.get((one.patient_id, one.day), {}),
        }
        found[pk] = replace(one, facts=replace(one.facts, **told))
    _spend(found, visits)
    return {pk: found[pk] for pk in wanted}


def _before(visits: Sequence[WhoPays], patients: set[int]) -> list[WhoPays]:
    """Return what these patients, who have a credit, come for earlier on the days of these visits."""
    mine = [one for one in visits if one.patient_id in patients]
    if not mine:
        return []
    known, days = {one.id for one in visits}, {(one.patient_id, one.day) for one in mine}
    near = Appointment.objects.filter(
        patient_id__in=patients,
        status__in=Appointment.HOLDING,
        starts__gt=min(one.starts for one in mine) - timedelta(days=1),
        starts__lt=max(one.starts for one in mine),
    )
    others = [pk for pk in near.values_list("pk", flat=True) if pk not in known]
    return [one for one in who_pays_of(others) if (one.patient_id, one.day) in days] if others else []


def _spend(found: dict[int, Known], visits: Sequence[WhoPays]) -> None:
    """Let a credit that is about nothing take off once a day: of the first visit, and what is left of it of the next."""
    left: dict[tuple[int, date], int] = {}
    for visit in sorted(visits, key=lambda one: (one.starts, one.id)):
        one, whose = found[visit.id], (visit.patient_id, visit.day)
        facts = replace(one.facts, credit=left.get(whose, one.facts.credit))
        found[one.id] = replace(one, facts=facts)
        if facts.credit and visit.status in Appointment.HOLDING:
            left[whose] = rules.credit_left(facts)


def _planned(owing: Iterable[Known]) -> dict[tuple[int, date], dict[str, Any]]:
    """Return, by patient and day, what is to be paid in parts, and what of it is due: in which plan's name, how much.

    What a card is charged with by itself that day is not asked for.
    """
    by_day: dict[date, set[int]] = defaultdict(set)
    for one in owing:
        by_day[one.day].add(one.patient_id)
    told: dict[tuple[int, date], dict[str, Any]] = {}
    for day, patients in by_day.items():
        for patient_id, plans in running_plans(patients, day).items():
            told[patient_id, day] = {"planned": sum(one.left for one in plans)}
            due = next((one for one in plans if one.due and not one.by_itself), None)
            if due is not None:
                told[patient_id, day] |= {"instalment": due.due, "instalment_of": str(Ref.to(due.plan))}
    return told


def _plans(visits: Sequence[WhoPays], held: Mapping[int, list[Held]]) -> dict[int, list[tuple[Held, Plan]]]:
    """Return, for the visits that insurance may pay for, what is told of each policy in force."""
    asked: list[tuple[int, Asked]] = [
        (visit.id, (one, visit.day, visit.service_types))
        for visit in visits
        if visit.payer.how != SELF_PAY
        for one in in_force(held.get(visit.patient_id, ()), visit.day)
    ]
    found: dict[int, list[tuple[Held, Plan]]] = defaultdict(list)
    for (pk, (one, _, _)), plan in zip(asked, plans_of([each for _, each in asked]), strict=True):
        found[pk].append((one, plan))
    return found


def _priced(
    visits: Sequence[WhoPays],
    held: Mapping[int, list[Held]],
    plans: Mapping[int, list[tuple[Held, Plan]]],
) -> dict[int, Known]:
    at_hand = prices(
        visit_type_ids={one.visit_type_id for one in visits},
        payer_ids={one.payer_id for each in held.values() for one in each},
    )
    return {one.id: _known(one, plans.get(one.id, []), at_hand) for one in visits}


def _known(visit: WhoPays, plans: list[tuple[Held, Plan]], at_hand: Prices) -> Known:
    payer, day, carrier = visit.payer, visit.day, None
    if payer.case is not None:
        order = who_pays(payer.case, day)
        # Where health insurance comes first, or alone, its own copay holds.
        carrier = (
            (payer.case.carrier or "The carrier")
            if order.order[0] == CARRIER and order.copay_cents == 0
            else None
        )
    first = next((one for one, plan in plans if plan.state != INACTIVE and not plan.medigap), None)
    payer_id, plan = (first.payer_id, first.plan_name) if first else (None, "")
    return Known(
        id=visit.id,
        patient_id=visit.patient_id,
        location_id=visit.location_id,
        provider_id=visit.provider_id,
        visit_type_id=visit.visit_type_id,
        day=day,
        payer_id=payer_id,
        plan=plan,
        case_id=payer.case_id if carrier is not None else None,
        facts=Facts(
            about=about_visit(visit.id),
            how=CASE if carrier is not None else payer.how if payer.how == SELF_PAY else "insurance",
            reason=payer.reason,
            carrier=carrier,
            plans=tuple(plan for _, plan in plans),
            services=at_hand.usual_of(visit.visit_type_id, day, payer_id, plan),
        ),
    )


def scale_on(day: date) -> SlidingScale | None:
    """Return the scale that holds on a day; one query."""
    return SlidingScale.objects.filter(begins__lte=day).order_by("-begins").first()


def balance_rule() -> BalanceRule | None:
    """Return how earlier balances are asked for; one query."""
    return BalanceRule.objects.order_by("-id").first()


def _account(one: Known, account: Standing, file: OnFile, waived: int) -> dict[str, Any]:
    about, earlier = one.facts.about, account.earlier(one.facts.about)
    owed, paid = account.owed_of(about), account.paid_for(about)
    found: dict[str, Any] = {
        "paid": paid,
        "balance": sum(each.left for each in earlier),
        "balance_since": earlier[0].day if earlier else None,
        "credit": account.free,
    }
    charge = file.charged.get(one.id)
    if charge is not None:
        # What was paid for the visit and is more than its charge still takes off: the sheet may show both for a moment.
        found |= {"charged": max(owed - paid, 0), "paid": max(charge - owed - waived, 0) + paid}
    if file.rule is not None:
        found |= dict(zip(("balance_whole_upto", "balance_part"), file.rule, strict=True))
    return found

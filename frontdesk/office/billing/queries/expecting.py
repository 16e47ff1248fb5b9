"""What is to be collected for visits, out of all that is known of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from frontdesk.kit.refs import Ref
from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing import rules
from frontdesk.office.billing.models import BalanceRule, SlidingPlace, SlidingScale, Uncollected, VisitCharge
from frontdesk.office.billing.queries.accounts import Standing, standings
from frontdesk.office.billing.queries.plans import Asked, Held, held_by, in_force, plans_of
from frontdesk.office.billing.queries.prices import Prices, prices
from frontdesk.office.billing.rules import Expected, Facts, Plan
from frontdesk.office.billing.rules.facts import CASE, INACTIVE, SELF_PAY
from frontdesk.office.coverage.rules.cases import CARRIER, who_pays
from frontdesk.office.payments.queries import running_plans
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.queries import about_visit, payers_of
from frontdesk.office.visits.queries.paying import INSURANCE, Payer


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
    """Return what is to be collected for each of these visits; at most twenty-three queries, however many they are."""
    return {pk: rules.expected(one.facts) for pk, one in known_of(appointment_ids).items()}


def known_of(appointment_ids: Collection[int]) -> dict[int, Known]:
    """Return these visits with what their prices follow from."""
    rows = _visits(pk__in=appointment_ids)
    if not rows:
        return {}
    wanted, patients = [row["pk"] for row in rows], {row["patient_id"] for row in rows}
    accounts = standings(patients)
    rows += _before(rows, {pk for pk in patients if accounts[pk].free})
    payers, held = payers_of([row["pk"] for row in rows]), held_by(patients)
    plans = _plans(rows, payers, held)
    found = _priced(rows, payers, held, plans)
    settled, charged, sliding = _settled(found), _charged(found), _sliding(found)
    planned = _planned(found)
    balance = balance_rule() if any(one.owed for one in accounts.values()) else None
    for pk, one in found.items():
        mine = settled.get(pk, {})
        told = {
            **mine,
            **sliding.get(pk, {}),
            **_account(one, accounts[one.patient_id], charged.get(pk), mine.get("waived", 0), balance),
            **planned.get((one.patient_id, one.day), {}),
        }
        found[pk] = replace(one, facts=replace(one.facts, **told))
    _spend(found, rows)
    return {pk: found[pk] for pk in wanted}


def _visits(**where: object) -> list[dict[str, Any]]:
    columns = ("pk", "patient_id", "location_id", "provider_id", "visit_type_id", "visit_type__service_types")
    rows = Appointment.objects.filter(**where).values(*columns, "status", "starts", "zone")
    return [{**row, "day": to_wall(row["starts"], row["zone"]).date()} for row in rows]


def _before(rows: list[dict[str, Any]], patients: set[int]) -> list[dict[str, Any]]:
    """Return what these patients, who have a credit, come for earlier on the days of these visits; one query, or none."""
    mine = [row for row in rows if row["patient_id"] in patients]
    if not mine:
        return []
    known, days = {row["pk"] for row in rows}, {(row["patient_id"], row["day"]) for row in mine}
    found = _visits(
        patient_id__in=patients,
        status__in=Appointment.HOLDING,
        starts__gt=min(row["starts"] for row in mine) - timedelta(days=1),
        starts__lt=max(row["starts"] for row in mine),
    )
    return [row for row in found if row["pk"] not in known and (row["patient_id"], row["day"]) in days]


def _spend(found: dict[int, Known], rows: list[dict[str, Any]]) -> None:
    """Let a credit that is about nothing take off once a day: of the first visit, and what is left of it of the next."""
    left: dict[tuple[int, date], int] = {}
    for row in sorted(rows, key=lambda row: (row["starts"], row["pk"])):
        one, whose = found[row["pk"]], (row["patient_id"], row["day"])
        facts = replace(one.facts, credit=left.get(whose, one.facts.credit))
        found[one.id] = replace(one, facts=facts)
        if facts.credit and row["status"] in Appointment.HOLDING:
            left[whose] = rules.credit_left(facts)


def _planned(found: Mapping[int, Known]) -> dict[tuple[int, date], dict[str, Any]]:
    """Return, by patient and day, what is to be paid in parts, and what of it is due: in which plan's name, how much."""
    told: dict[tuple[int, date], dict[str, Any]] = {}
    for day in {one.day for one in found.values()}:
        running = running_plans({one.patient_id for one in found.values() if one.day == day}, day)
        for patient_id, plans in running.items():
            told[patient_id, day] = {"planned": sum(one.left for one in plans)}
            due = next((one for one in plans if one.due), None)
            if due is not None:
                told[patient_id, day] |= {"instalment": due.due, "instalment_of": str(Ref.to(due.plan))}
    return told


def _plans(
    rows: list[dict[str, Any]], payers: Mapping[int, Payer], held: Mapping[int, list[Held]]
) -> dict[int, list[tuple[Held, Plan]]]:
    """Return, for the visits that insurance may pay for, what is told of each policy in force."""
    asked: list[tuple[int, Asked]] = [
        (row["pk"], (one, row["day"], row["visit_type__service_types"]))
        for row in rows
        if payers.get(row["pk"], INSURANCE).how != SELF_PAY
        for one in in_force(held.get(row["patient_id"], ()), row["day"])
    ]
    found: dict[int, list[tuple[Held, Plan]]] = defaultdict(list)
    for (pk, (one, _, _)), plan in zip(asked, plans_of([each for _, each in asked]), strict=True):
        found[pk].append((one, plan))
    return found


def _priced(
    rows: list[dict[str, Any]],
    payers: Mapping[int, Payer],
    held: Mapping[int, list[Held]],
    plans: Mapping[int, list[tuple[Held, Plan]]],
) -> dict[int, Known]:
    at_hand = prices(
        visit_type_ids={row["visit_type_id"] for row in rows},
        payer_ids={one.row.payer_id for each in held.values() for one in each},
    )
    return {
        row["pk"]: _known(row, payers.get(row["pk"], INSURANCE), plans.get(row["pk"], []), at_hand)
        for row in rows
    }


def _known(row: dict[str, Any], payer: Payer, plans: list[tuple[Held, Plan]], at_hand: Prices) -> Known:
    day, carrier = row["day"], None
    if payer.case is not None:
        order = who_pays(payer.case, day)
        # Where health insurance comes first, or alone, its own copay holds.
        carrier = (
            (payer.case.carrier or "The carrier")
            if order.order[0] == CARRIER and order.copay_cents == 0
            else None
        )
    first = next((one for one, plan in plans if plan.state != INACTIVE and not plan.medigap), None)
    payer_id, plan = (first.row.payer_id, first.row.plan_name) if first else (None, "")
    return Known(
        id=row["pk"],
        patient_id=row["patient_id"],
        location_id=row["location_id"],
        provider_id=row["provider_id"],
        visit_type_id=row["visit_type_id"],
        day=day,
        payer_id=payer_id,
        plan=plan,
        case_id=payer.case_id if carrier is not None else None,
        facts=Facts(
            about=about_visit(row["pk"]),
            how=CASE if carrier is not None else payer.how if payer.how == SELF_PAY else "insurance",
            reason=payer.reason,
            carrier=carrier,
            plans=tuple(plan for _, plan in plans),
            services=at_hand.usual_of(row["visit_type_id"], day, payer_id, plan),
        ),
    )


def _settled(found: Mapping[int, Known]) -> dict[int, dict[str, Any]]:
    """Return what was waived, and what was noted as not collected, of each visit; one query."""
    sums: dict[int, dict[str, Any]] = defaultdict(lambda: {"waived": 0, "noted": 0, "noted_earlier": 0})
    rows = Uncollected.objects.filter(appointment__in=sorted(found))
    for pk, why, purpose, cents in rows.values_list("appointment_id", "why", "purpose", "cents"):
        other = "noted_earlier" if purpose in rules.NOT_OF_VISIT else "noted"
        sums[pk]["waived" if why == Uncollected.Why.WAIVED else other] += cents
    return sums


def _charged(found: Mapping[int, Known]) -> dict[int, VisitCharge]:
    """Return the charges that stand; one query."""
    rows = VisitCharge.objects.filter(appointment__in=sorted(found), taken_back_at=None)
    return {row.appointment_id: row for row in rows}


def _sliding(found: Mapping[int, Known]) -> dict[int, dict[str, Any]]:
    """Return the scale and where a household is on it, of visits that patients pay themselves; two queries, or none."""
    paying = {pk: one for pk, one in found.items() if one.facts.how == SELF_PAY}
    if not paying:
        return {}
    scales = list(SlidingScale.objects.order_by("begins"))
    places = list(
        SlidingPlace.objects.filter(patient__in={one.patient_id for one in paying.values()}).order_by("id")
    )
    told: dict[int, dict[str, Any]] = {}
    for pk, one in paying.items():
        scale = next((row for row in reversed(scales) if row.begins <= one.day), None)
        mine = (row for row in reversed(places) if row.patient_id == one.patient_id)
        place = next((row for row in mine if row.begins <= one.day <= row.ends), None)
        if scale and place:
            poverty = rules.poverty_percent(
                place.income_cents, place.people, person=scale.person_cents, more=scale.more_cents
            )
            told[pk] = {"bands": rules.read_bands(scale.bands), "poverty": poverty}
    return told


def scale_on(day: date) -> SlidingScale | None:
    """Return the scale that holds on a day; one query."""
    return SlidingScale.objects.filter(begins__lte=day).order_by("-begins").first()


def balance_rule() -> BalanceRule | None:
    """Return how earlier balances are asked for; one query."""
    return BalanceRule.objects.order_by("-id").first()


def _account(
    one: Known, account: Standing, charge: VisitCharge | None, waived: int, rule: BalanceRule | None
) -> dict[str, Any]:
    about, earlier = one.facts.about, account.earlier(one.facts.about)
    owed, paid = account.owed_of(about), account.paid_for(about)
    found: dict[str, Any] = {
        "paid": paid,
        "balance": sum(each.left for each in earlier),
        "balance_since": earlier[0].day if earlier else None,
        "credit": account.free,
    }
    if charge is not None:
        # What was paid for the visit and is more than its charge still takes off: the sheet may show both for a moment.
        found |= {"charged": max(owed - paid, 0), "paid": max(charge.patient_cents - owed - waived, 0) + paid}
    if rule is not None:
        found |= {"balance_whole_upto": rule.whole_upto_cents, "balance_part": rule.part_percent}
    return found

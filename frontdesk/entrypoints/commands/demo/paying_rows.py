"""Who pays in the demo, where it is not simply the first policy: injuries, self-pay, Medicare asked long ago, two parents.

Done by the verbs, by Rosa, about people who come today; the second policy of a child and the day of the older answers
are poured in.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from frontdesk.entrypoints.commands.demo import coverage_rows
from frontdesk.entrypoints.commands.demo.book_rows import Plan
from frontdesk.kit.actor import SYSTEM, Actor
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import MedicareAnswers, Policy
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits import services as visits

COMP, AUTO = 10, 11
"""Where `coverage_rows.INSURERS` has the carriers of cases."""
RETIRED = {
    **dict.fromkeys(("black_lung", "research", "va", "work_injury", "accident"), "no"),
    "reason": "age",
    "employed": "no",
    "retired_on": "",
    "spouse_employed": "no",
}
WORKING = {
    **dict.fromkeys(("black_lung", "research", "va", "work_injury", "accident"), "no"),
    "reason": "age",
    "employed": "yes",
    "spouse_employed": "no",
    "plan_own": "yes",
    "own_20": "yes",
}
ASKED_LONG_AGO = timedelta(days=100)


def add_paying(plan: Plan) -> None:
    """Plant it; nothing where nobody comes any more today."""
    rosa = actor_for(User.objects.get(username="rosa"), location_id=plan.locations[0])
    rows = list(
        Appointment.objects.filter(
            location_id=plan.locations[0],
            wall__startswith=plan.today.isoformat(),
            status__in=("scheduled", "confirmed"),
            patient__labels="",
            visit_type__labels="",
            patient__is_deceased=False,
        )
        .select_related("patient")
        .order_by("starts", "pk")
    )
    insured = set(
        Policy.objects.filter(patient__in=[row.patient_id for row in rows]).values_list(
            "patient_id", flat=True
        )
    )
    _injured(
        plan,
        rosa,
        [row for row in rows if _years(row, plan.today) in range(18, 65) and row.patient_id in insured],
    )
    _paying_themselves(rosa, [row for row in rows if row.patient_id not in insured])
    _on_medicare(plan, rosa, [row for row in rows if _years(row, plan.today) >= 65])
    _of_two_parents(plan, [row for row in rows if _years(row, plan.today) < 18])
    coverage.add_network(
        SYSTEM,
        payer_id=plan.payers[2],
        inside=False,
        provider_id=plan.providers[1],
        plan="Saver",
        begins=plan.today,
    )


def _injured(plan: Plan, by: Actor, rows: Sequence[Appointment]) -> None:
    stories: tuple[dict[str, Any], ...] = (
        {
            "kind": "workers_comp", "injury": "Cut left hand on a slicer", "payer_id": plan.payers[COMP],
            "claim_number": "WC-26-10442", "adjuster": "Kim Lee", "adjuster_phone": "(413) 555-0187",
            "adjuster_fax": "(413) 555-0188", "employer": "Holyoke Deli Co.", "employer_contact": "Pat Roy, 413 555 0190",
            "first_report": "done", "authorization": "6 visits of hand therapy", "state": "MA",
            "note": "Work status form goes to the employer after each visit",
        },
        {
            "kind": "auto", "injury": "Neck and shoulder, rear-ended on Route 9", "payer_id": plan.payers[AUTO],
            "limit_cents": 800_000, "state": "MA", "police_report": "Northampton 26-1187",
        },
        {"kind": "liability", "injury": "Ankle, fell on ice at the mall", "state": "CT", "attorney": "Dale & Finch"},
    )  # fmt: skip
    for row, story in zip(rows, stories, strict=False):
        happened = plan.today - timedelta(days=9)
        visits.open_case(by, appointment_id=row.pk, happened_on=happened, **story)
    if len(rows) > 3:
        visits.set_payer(by, appointment_id=rows[3].pk, how="self_pay", reason="kept")


def _paying_themselves(by: Actor, rows: Sequence[Appointment]) -> None:
    for row in rows[:2]:
        visits.set_payer(by, appointment_id=row.pk, how="self_pay", reason="uninsured")


def _on_medicare(plan: Plan, by: Actor, rows: Sequence[Appointment]) -> None:
    """Some were asked lately, some long ago, one works still; the others were never asked."""
    seen: set[int] = set()
    for n, row in enumerate(rows):
        if row.patient_id in seen or n >= 6:
            continue
        seen.add(row.patient_id)
        made = coverage.answer_medicare(by, patient_id=row.patient_id, answers=WORKING if n == 1 else RETIRED)
        days = ASKED_LONG_AGO if n % 2 else timedelta(days=20)
        MedicareAnswers.objects.filter(pk=made.pk).update(
            asked_on=plan.today - days, asked_at=plan.now - days
        )
    if len(rows) > 1:
        work = coverage_rows.INSURERS[2]
        last = Policy.objects.filter(patient=rows[1].patient_id, ended_at=None).count()
        Policy.objects.create(
            patient_id=rows[1].patient_id, payer_id=plan.payers[2], rank=last + 1, member_id="XXP80021456",
            plan_name=work.plans[1], noted_at=plan.now, noted_by="Rosa Diaz",
        )  # fmt: skip


def _of_two_parents(plan: Plan, rows: Sequence[Appointment]) -> None:
    """A child whom both parents cover, in the order they were typed."""
    held = Policy.objects.filter(
        patient__in=[row.patient_id for row in rows], relationship="child", ended_at=None
    )
    one = held.filter(payer__kind__in=("commercial", "blue")).order_by("patient_id").first()
    if one is None or one.subscriber_birth_date is None:
        return
    sooner = date(one.subscriber_birth_date.year + 1, 1, 2)
    Policy.objects.create(
        patient_id=one.patient_id, payer_id=plan.payers[4], rank=2, member_id="HM22048813", plan_name="POS",
        relationship="child", subscriber_first="Robin", subscriber_last=one.subscriber_last,
        subscriber_birth_date=sooner, noted_at=plan.now, noted_by="Rosa Diaz",
    )  # fmt: skip


def _years(row: Appointment, today: date) -> int:
    born = row.patient.birth_date
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))

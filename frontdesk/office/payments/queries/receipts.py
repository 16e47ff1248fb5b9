"""What stands on a receipt and on a plan's paper: gathered once when it is made, read again ever after."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.queries import charts_of
from frontdesk.office.payments.models import Payment, Plan, Toward
from frontdesk.office.payments.queries.accounts import balance_of
from frontdesk.office.payments.queries.autopay import autopays_of
from frontdesk.office.payments.rules import receipts as rules
from frontdesk.office.practice.models import Location
from frontdesk.office.practice.queries import practice
from frontdesk.office.scheduling.models import Appointment

VISIT = "scheduling.appointment"


def house_now(location_id: int) -> rules.House:
    """Return the practice as it is now."""
    at, found = Location.objects.get(pk=location_id), practice()
    town = f"{at.city}, {at.state} {at.zip}".strip(", ")
    phone = at.phone or (found.phone if found else "")
    return rules.House(found.name if found else at.name, at.name, at.line, town, phone, at.zone)


def facts_now(made: Payment) -> dict[str, Any]:
    """Return what is to be kept of a receipt beside its rows, as it is at this moment."""
    towards = list(made.towards.select_related("patient").order_by("id"))
    days = visit_days({one.about for one in towards})
    lines = tuple(
        rules.Line(one.patient.legal_name, one.purpose, days.get(one.about, ""), one.cents) for one in towards
    )
    after = balance_of(made.patient_id)
    name = Patient.objects.get(pk=made.patient_id).legal_name
    return rules.facts(house_now(made.location_id), name, lines, after.owed, after.credit)


def visit_days(abouts: Collection[str]) -> dict[str, str]:
    """Return the days of the visits that are named so, as ISO dates; one query."""
    ids = {number: about for about in abouts if (number := visit_number(about))}
    rows = Appointment.objects.filter(pk__in=ids).values_list("pk", "wall")
    return {ids[pk]: wall[:10] for pk, wall in rows}


def visit_number(about: str) -> int:
    """Return the number of the visit a line is about; 0 when it is about none."""
    kind, _, number = about.partition(":")
    return int(number) if kind == VISIT and number.isdecimal() else 0


def slip(payment: Payment) -> rules.Slip:
    """Return the whole of a receipt, from rows that are never changed."""
    kept = payment.receipt_row.facts
    tenders = payment.tenders.order_by("id")
    return rules.Slip(
        number=payment.receipt, language=payment.language, at=payment.at, house=rules.house_of(kept),
        patient=kept["patient"], payer=payment.paid_by or kept["patient"], lines=rules.lines_of(kept),
        paid=tuple(
            rules.Paid(
                one.kind, one.cents, one.given, one.change, one.reference, one.bearer, one.brand, one.last4,
                one.authorization,
            )
            for one in tenders
        ),
        cents=payment.cents, by=payment.by_name, owed=kept["owed"], credit=kept["credit"],
    )  # fmt: skip


def plan_paper(plan: Plan) -> rules.PlanPaper:
    """Return the whole of a plan's paper, as it was agreed, with the leave in force to charge a card for it."""
    leave = autopays_of([plan.pk]).get(plan.pk)
    parts = tuple(plan.parts.order_by("number").values_list("due", "cents"))
    return rules.PlanPaper(
        plan.language, plan.at, rules.house_of(plan.facts), plan.facts["patient"], plan.total, plan.every,
        parts, plan.by_name, (leave.card.brand, leave.card.last4) if leave else None, leave.words if leave else "",
    )  # fmt: skip


def payments_of(patient_id: int, *, limit: int = 30) -> list[Payment]:
    """Return a patient's newest payments, and those of the family that had a part for them."""
    charts = charts_of(patient_id)
    mine = Q(patient_id__in=charts) | Q(pk__in=_with_parts(charts))
    rows = Payment.objects.filter(mine).order_by("-id").prefetch_related("tenders", "towards")
    return list(rows[:limit])


def _with_parts(charts: Collection[int]) -> Any:
    return Toward.objects.filter(patient_id__in=charts).values("payment")

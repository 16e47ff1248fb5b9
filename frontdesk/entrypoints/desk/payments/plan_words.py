"""A payment plan in words."""

from typing import Any

from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.money import dollars
from frontdesk.office.payments.models import CardOnFile, Plan
from frontdesk.office.payments.queries import PlanLine
from frontdesk.office.payments.rules import why_not
from frontdesk.office.payments.rules.plans import Due

TONES = {"running": "accent", "kept": "good", "broken": "bad", "ended": "quiet"}
OFTEN = {"month": "every month", "two_weeks": "every two weeks"}


def plan_card(one: PlanLine) -> dict[str, Any]:
    """Return what of a plan is shown."""
    plan = one.plan
    state = Plan.State(plan.state)
    upcoming = _upcoming(one)
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
        "next": next_words(one),
        "parts": [
            (part.number, us_date(part.due), part.cents, part.left, part is upcoming) for part in one.parts
        ],
        "autopay": card_words(one.autopay.card) if one.autopay else "",
        "paused": one.autopay is not None and one.autopay.paused_at is not None,
        "trouble": autopay_trouble(one),
        "note": f"Agreed by {plan.by_name}" + (f" · {plan.reason}" if plan.reason else ""),
        "version": plan.version,
    }


def next_words(one: PlanLine) -> str:
    """Return the part that is to be paid next, "" when all is paid."""
    part = _upcoming(one)
    return f"{dollars(part.left)} on {us_date(part.due)}" if part else ""


def card_words(card: CardOnFile) -> str:
    """Return what of a card on file is shown."""
    return f"{card.brand.capitalize()} ending in {card.last4}"


def autopay_trouble(one: PlanLine) -> str:
    """Return why a card was not charged by itself and what comes of it, "" while all is well."""
    if one.autopay is None or one.plan.state != Plan.State.RUNNING:
        return ""
    if one.autopay.paused_at is not None:
        return f"Autopay is paused: {why_not(one.autopay.code)[0]} Ask the patient for another card, or for the money."
    if one.refused is None or one.again_on is None:
        return ""
    return f"The card was not charged: {why_not(one.refused.code)[0]} It is tried again on {us_date(one.again_on)}."


def _upcoming(one: PlanLine) -> Due | None:
    return next((part for part in one.parts if part.left), None)

"""Which plans are charged to a card by themselves, what was tried, and what is to be charged now."""

from collections import defaultdict
from collections.abc import Collection

from frontdesk.office.payments.models import Autopay, AutopayCharge, CardCharge
from frontdesk.office.payments.models.cards import UNDER_WAY
from frontdesk.office.payments.rules.autopay import Tried

Tries = dict[int, list[AutopayCharge]]
"""What was charged by itself, by a part's number, the oldest first."""


def autopays_of(plan_ids: Collection[int]) -> dict[int, Autopay]:
    """Return the leave in force to charge a card, by plan; one query."""
    rows = Autopay.objects.filter(plan__in=plan_ids, ended_at=None).select_related("card")
    return {one.plan_id: one for one in rows}


def tries_of(plan_ids: Collection[int]) -> dict[int, Tries]:
    """Return what was charged by itself, by plan and part; one query."""
    found: dict[int, Tries] = defaultdict(lambda: defaultdict(list))
    rows = AutopayCharge.objects.filter(part__plan__in=plan_ids).select_related("charge", "part")
    for one in rows.order_by("part__plan", "part__number", "attempt"):
        found[one.part.plan_id][one.part.number].append(one)
    return {plan: dict(tries) for plan, tries in found.items()}


def by_itself(plan_ids: Collection[int]) -> tuple[dict[int, Autopay], dict[int, Tries]]:
    """Return both by plan, the leaves in force and what was charged; one query where there never was a leave, else two."""
    leaves = list(Autopay.objects.filter(plan__in=plan_ids).select_related("card"))
    tries = tries_of({one.plan_id for one in leaves}) if leaves else {}
    return {one.plan_id: one for one in leaves if one.ended_at is None}, tries


def tried(autopay: Autopay, rows: Collection[AutopayCharge]) -> list[Tried]:
    """Return tries of one part as `rules.autopay.next_step` judges them."""
    now = (autopay.pk, autopay.round)
    return [Tried(one.charge.state, one.day, (one.autopay_id, one.round) == now) for one in rows]


def past_autopays(plan_id: int) -> list[Autopay]:
    """Return what was stopped of a plan's autopay, the newest first: by whom, when and why; one query."""
    rows = Autopay.objects.filter(plan=plan_id, ended_at__isnull=False).select_related("card")
    return list(rows.order_by("-id")[:10])


def autopays_on(card_ids: Collection[int]) -> list[Autopay]:
    """Return what in force is charged to these cards; one query."""
    return list(Autopay.objects.filter(card__in=card_ids, ended_at=None).order_by("id"))


def is_link_open(plan_ref: str) -> bool:
    """Say whether a payment link for a part of this plan may still be paid."""
    rows = CardCharge.objects.filter(state__in=UNDER_WAY, how=CardCharge.How.LINK)
    return any(part["about"] == plan_ref for row in rows for part in row.sheet["parts"])

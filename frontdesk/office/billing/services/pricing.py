"""Set what services cost: the practice's fees, and payers' agreed rates."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.office.audit.services import record, service
from frontdesk.office.billing.models import ContractRate, Fee
from frontdesk.office.coverage.models import Payer
from frontdesk.office.coverage.queries import offered
from frontdesk.office.coverage.rules import search_key
from frontdesk.office.patients.fields import refuse, tidy

CODE, MODIFIER = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]"), re.compile(r"[0-9A-Z]{2}")
MOST = 10_000_000
P = TypeVar("P", Fee, ContractRate)


@service("billing.set_fee", permission="billing.set_fees")
def set_fee(
    by: Actor,
    /,
    *,
    code: str,
    words: str,
    cents: int,
    begins: date,
    modifier: str = "",
    ends: date | None = None,
) -> Fee:
    """Set the fee of a service from a day on; the one before it ends the day before. Raises `Invalid`.

    What was estimated or charged before stays as it was: a fee that has begun is not changed, another one follows it.
    """
    return _fee(by, code, modifier, words, cents, begins, ends)[0]


@service("billing.end_fee", permission="billing.set_fees")
def end_fee(by: Actor, /, *, fee_id: int, last_day: date) -> Fee:
    """End a fee with a last day. Raises `NotFound`, `Invalid`."""
    row = Fee.objects.select_for_update().filter(pk=fee_id).first()
    if row is None:
        msg = "There is no such fee."
        raise NotFound(msg)
    _end(row, last_day)
    record(by, subject=row, after={"ends": last_day})
    return row


@service("billing.set_rate", permission="billing.set_fees")
def set_rate(
    by: Actor,
    /,
    *,
    payer_id: int,
    code: str,
    cents: int,
    begins: date,
    plan: str = "",
    modifier: str = "",
    ends: date | None = None,
) -> ContractRate:
    """Note what a payer has agreed to for a service from a day on, under a plan or ("") all. Raises `Invalid`."""
    payer = Payer.objects.filter(pk=payer_id, merged_into=None).first()
    if payer is None:
        msg = "Choose a payer from the list."
        raise Invalid(msg, fields={"payer": msg})
    return _rate(by, payer, plan, code, modifier, cents, begins, ends)[0]


@service("billing.end_rate", permission="billing.set_fees")
def end_rate(by: Actor, /, *, rate_id: int, last_day: date) -> ContractRate:
    """End an agreed rate with a last day. Raises `NotFound`, `Invalid`."""
    row = ContractRate.objects.select_for_update().filter(pk=rate_id).first()
    if row is None:
        msg = "There is no such rate."
        raise NotFound(msg)
    _end(row, last_day)
    record(by, subject=row, after={"ends": last_day})
    return row


@service("billing.import_price", permission="billing.import_fees")
def import_price(
    by: Actor,
    /,
    *,
    code: str,
    cents: int,
    begins: date,
    modifier: str = "",
    words: str = "",
    payer: str = "",
    plan: str = "",
    ends: date | None = None,
) -> bool:
    """Take a row in from a list: a fee, or with `payer` (its name or payer ID) an agreed rate; False when it is here already.

    Raises `Invalid` where it cannot be, and where the same service already has another price from that day.
    """
    if not payer:
        return _fee(by, code, modifier, words, cents, begins, ends)[1]
    found = offered(payer)
    exact = [one for one in found if search_key(one.name) == search_key(payer)] or found
    if len(exact) != 1:
        msg = f"{payer[:60]} is no payer on the list" if not exact else f"several payers fit {payer[:60]}"
        raise Invalid(msg, fields={"payer": msg})
    return _rate(by, exact[0], plan, code, modifier, cents, begins, ends)[1]


def _fee(
    by: Actor, code: str, modifier: str, words: str, cents: int, begins: date, ends: date | None
) -> tuple[Fee, bool]:
    code, modifier, words = code.strip().upper(), modifier.strip().upper(), tidy(words)
    wrong = wrong_price(code, modifier, cents, begins, ends)
    if not words or len(words) > 120:
        wrong["words"] = "Say in a few words what it is."
    refuse(wrong)
    rows = Fee.objects.select_for_update().filter(code=code, modifier=modifier)
    same = rows.filter(begins=begins).first()
    if same is not None:
        _must_be(same, cents, ends)
        return same, False
    ends = _make_room(list(rows), begins, ends)
    made = Fee.objects.create(
        code=code, modifier=modifier, words=words, cents=cents, begins=begins, ends=ends
    )
    record(
        by,
        subject=made,
        after={"code": code, "modifier": modifier, "cents": cents, "begins": begins, "ends": ends},
    )
    return made, True


def _rate(
    by: Actor, payer: Payer, plan: str, code: str, modifier: str, cents: int, begins: date, ends: date | None
) -> tuple[ContractRate, bool]:
    code, modifier, plan = code.strip().upper(), modifier.strip().upper(), tidy(plan)
    wrong = wrong_price(code, modifier, cents, begins, ends)
    if len(plan) > 80:
        wrong["plan"] = "That is longer than 80 characters."
    refuse(wrong)
    rows = ContractRate.objects.select_for_update().filter(
        payer=payer, plan=plan, code=code, modifier=modifier
    )
    same = rows.filter(begins=begins).first()
    if same is not None:
        _must_be(same, cents, ends)
        return same, False
    ends = _make_room(list(rows), begins, ends)
    made = ContractRate.objects.create(
        payer=payer, plan=plan, code=code, modifier=modifier, cents=cents, begins=begins, ends=ends
    )
    told = {
        "payer": payer.pk,
        "plan": plan,
        "code": code,
        "modifier": modifier,
        "cents": cents,
        "begins": begins,
    }
    record(by, subject=made, after={**told, "ends": ends})
    return made, True


def _make_room(rows: Sequence[P], begins: date, ends: date | None) -> date | None:
    """End the price before the day a new one begins; return when the new one ends: before the next, where there is one."""
    for row in rows:
        if row.begins < begins and (row.ends is None or row.ends >= begins):
            row.ends = begins - timedelta(days=1)
            row.save(update_fields=["ends"])
    later = min((row.begins for row in rows if row.begins > begins), default=None)
    if later is None or (ends is not None and ends < later):
        return ends
    return later - timedelta(days=1)


def _must_be(row: P, cents: int, ends: date | None) -> None:
    if row.cents != cents or (ends is not None and row.ends != ends):
        msg = "There is another price from that day already. Let the new one begin on a later day."
        raise Invalid(msg, fields={"begins": msg})


def _end(row: P, last_day: date) -> None:
    if last_day < row.begins:
        msg = "It would end before it begins."
        raise Invalid(msg, fields={"last_day": msg})
    row.ends = last_day
    row.save(update_fields=["ends"])


def wrong_price(
    code: str, modifier: str, cents: int = 0, begins: date | None = None, ends: date | None = None
) -> dict[str, str]:
    """Say, by field, what of a price cannot be right."""
    wrong = {}
    if not CODE.fullmatch(code):
        wrong["code"] = "Write the code as it is billed: five signs, like 99213 or G0439."
    if modifier and not MODIFIER.fullmatch(modifier):
        wrong["modifier"] = "A modifier has two signs, like 25."
    if not 0 <= cents <= MOST:
        wrong["cents"] = "Write an amount from $0 to $100,000."
    if begins and ends and ends < begins:
        wrong["ends"] = "It would end before it begins."
    if begins and not date(1990, 1, 1) <= begins <= clock.now().date() + timedelta(days=3660):
        wrong["begins"] = "That day cannot be right."
    return wrong

"""A location's day out of the ledger: which entries are of it, what they come to, and the sheet that is kept of it.

An entry belongs to where its payment was taken, else where its drawer stands, else where the payment was taken that it
gives back a part of, else where the visit is that it is about.
What is of no place belongs to a practice's only location; of several to none, and stands in the month alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdesk.kit.rows import fetch
from frontdesk.office.ledger.models import Account, Entry
from frontdesk.office.payments.models import Drawer, DrawerSession
from frontdesk.office.practice.models import Location, Provider

K, E = Account.Kind, Entry.Kind
MONEY = frozenset({K.DRAWER, K.SAFE, K.CLEARING, K.BANK})
PAID = frozenset({E.PAYMENT, E.REFUND, E.RETURNED})
VISIT, SESSION, DRAWER, PROVIDER = (
    "scheduling.appointment:",
    "payments.drawersession:",
    "payments.drawer:",
    "practice.provider:",
)
# The payment an entry is of stands in its key after one of these, which are equally long.
_KEYS = "SUBSTR(COALESCE(r.key, e.key), 9)"


@dataclass(frozen=True, slots=True)
class Posted:
    """A line of an entry of the day. `what` is the entry's kind, of a reversal that of what it takes back."""

    entry_id: int
    what: str
    kind: str
    of: str
    amount: int
    provider_id: int | None


def day_lines(location_id: int, day: date, *, alone: bool | None = None) -> list[Posted]:
    """Return the lines of a location's day; seven queries. `alone` says whether it was the practice's only location."""
    rows = fetch(
        "SELECT e.id, COALESCE(r.kind, e.kind), a.kind, a.of, l.amount, l.about, e.about, SUBSTR(COALESCE(r.key, e.key), 9), COALESCE(r.id, e.id) "
        "FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id JOIN ledger_account a ON a.id = l.account_id "
        "LEFT JOIN ledger_entry r ON r.id = e.reverses_id WHERE e.day = %s ORDER BY l.id",
        [day],
    )
    payments, visits, given_back = _payments(day), _visits(day), _given_back(day)
    tills, drawers = _tills(one[3] for one in rows if one[3].startswith((SESSION, DRAWER)))
    only = Location.objects.count() == 1 if alone is None else alone
    placed: dict[int, int | None] = {}
    ranks: dict[int, int] = {}
    for entry_id, _, kind, of, _, about, whole, key, first in rows:
        visit = visits.get(about) or visits.get(whole)
        for rank, found in (
            (0, payments.get(key)),
            (1, tills.get(_number(of, SESSION)) if kind == K.DRAWER else None),
            (2, given_back.get(first)),
            (3, drawers.get(_number(of, DRAWER))),
            (4, _number(of, "safe:")),
            (5, visit[0] if visit else None),
        ):
            if found is not None and rank < ranks.get(entry_id, 9):
                placed[entry_id], ranks[entry_id] = found, rank
    return [
        Posted(entry_id, what, kind, of, int(amount), _provider(of, visits.get(about) or visits.get(whole)))
        for entry_id, what, kind, of, amount, about, whole, _, _ in rows
        if placed.get(entry_id, location_id if only else None) == location_id
    ]


def sums_of(lines: Iterable[Posted]) -> dict[str, list[int]]:
    """Return the trial balance of some lines: debits and credits by kind of account, in cents."""
    found: dict[str, list[int]] = {}
    for one in lines:
        sides = found.setdefault(one.kind, [0, 0])
        sides[one.amount < 0] += abs(one.amount)
    return dict(sorted(found.items()))


def totals_of(lines: Iterable[Posted]) -> dict[str, int]:
    """Return charges, payments, adjustments and what was over, in cents, out of lines."""
    found = Counter[str]()
    for one in lines:
        found["charges"] -= one.amount if one.kind == K.REVENUE else 0
        found["adjustments"] += one.amount if one.kind == K.ADJUSTMENT else 0
        found["payments"] += one.amount if one.kind in MONEY and one.what in PAID else 0
    return {name: found[name] for name in ("charges", "payments", "adjustments")}


def sheet_of(location_id: int, day: date, lines: list[Posted]) -> dict[str, Any]:
    """Return the day sheet as it is kept: figures by provider and tender, trial balance, drawers; numbers and words only."""
    return {
        "totals": totals_of(lines),
        "providers": _by_provider(lines),
        "tenders": _by_tender(location_id, day, lines),
        "adjustments": _by_code(lines),
        "trial": [[K(kind).label, debit, credit] for kind, (debit, credit) in sums_of(lines).items()],
        "drawers": _drawers(location_id, day),
    }


def _by_provider(lines: list[Posted]) -> list[list[Any]]:
    found: dict[int | None, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in lines:
        if one.kind == K.REVENUE:
            found[one.provider_id][0] -= one.amount
        elif one.kind == K.ADJUSTMENT:
            found[one.provider_id][2] += one.amount
        elif one.kind not in MONEY and one.what in PAID:
            found[one.provider_id][1] -= one.amount
    names = {one.pk: one.name for one in Provider.objects.filter(pk__in=[pk for pk in found if pk])}
    rows = [
        [names.get(pk or 0, "No visit"), *figures] for pk, figures in found.items() if figures != [0, 0, 0]
    ]
    return sorted(rows, key=lambda row: (row[0] == "No visit", row[0]))


def _by_tender(location_id: int, day: date, lines: list[Posted]) -> list[list[Any]]:
    """Return what was taken by tender, how often and how much; what went back or came otherwise makes up the rest."""
    rows = fetch(
        "SELECT t.kind, COUNT(*), SUM(t.cents) FROM payments_tender t JOIN payments_payment p ON p.id = t.payment_id "
        "WHERE p.location_id = %s AND p.day = %s GROUP BY t.kind ORDER BY t.kind",
        [location_id, day],
    )
    words = {
        "cash": "Cash",
        "check": "Check",
        "card": "Card",
        "health": "Health account card",
        "order": "Money order",
    }
    found: list[list[Any]] = [[words[kind], int(many), int(cents)] for kind, many, cents in rows]
    rest = totals_of(lines)["payments"] - sum(row[2] for row in found)
    if rest:
        found.append(["Taken back, refunded, returned" if rest < 0 else "Otherwise", 0, rest])
    return found


def _by_code(lines: list[Posted]) -> list[list[Any]]:
    found = Counter[str]()
    for one in lines:
        if one.kind == K.ADJUSTMENT:
            found[one.of] += one.amount
    return [[code[:1].upper() + code[1:], cents] for code, cents in sorted(found.items()) if cents]


def _drawers(location_id: int, day: date) -> list[dict[str, Any]]:
    """Return each drawer of the day: who had it, what it opened with, what was counted, what went to the bank."""
    rows = fetch(
        "SELECT d.name, COALESCE(NULLIF(u.display_name, ''), u.username), s.float_cents, k.cash, k.expected_cash, k.check_cents, "
        "k.expected_check, k.card, k.expected_card, c.float_left, b.number, b.cash + b.dropped + b.check_cents, c.reason, "
        "c.second_name, k.by_name "
        "FROM payments_drawersession s JOIN payments_drawer d ON d.id = s.drawer_id "
        "JOIN accounts_user u ON u.id = COALESCE(s.holder_id, s.opened_by_id) "
        "JOIN payments_drawerclose c ON c.session_id = s.id JOIN payments_drawercount k ON k.id = c.count_id "
        "LEFT JOIN payments_deposit b ON b.close_id = c.id WHERE d.location_id = %s AND s.day = %s ORDER BY c.at, c.id",
        [location_id, day],
    )
    names = (
        "name", "who", "float", "cash", "expected_cash", "check", "expected_check", "card", "expected_card", "left",
        "deposit", "deposited", "reason", "second", "counted_by",
    )  # fmt: skip
    return [dict(zip(names, row, strict=True)) for row in rows]


def _payments(day: date) -> dict[str, int]:
    return dict(
        fetch(
            "SELECT p.key, p.location_id FROM payments_payment p WHERE p.key IN "  # noqa: S608 - our own words only
            f"(SELECT {_KEYS} FROM ledger_entry e LEFT JOIN ledger_entry r ON r.id = e.reverses_id WHERE e.day = %s)",
            [day],
        )
    )


def _given_back(day: date) -> dict[int, int]:
    """Return, by the entry of a refund or a returned check, where its payment was taken."""
    return dict(
        fetch(
            "SELECT x.entry_id, p.location_id FROM ("
            "SELECT entry_id, payment_id FROM payments_refund UNION ALL "
            "SELECT held_entry_id, payment_id FROM payments_cardrefund UNION ALL "
            "SELECT paid_entry_id, payment_id FROM payments_cardrefund WHERE paid_entry_id IS NOT NULL UNION ALL "
            "SELECT c.entry_id, t.payment_id FROM payments_returnedcheck c JOIN payments_tender t ON t.id = c.tender_id"
            ") x JOIN payments_payment p ON p.id = x.payment_id "
            "WHERE x.entry_id IN (SELECT COALESCE(e.reverses_id, e.id) FROM ledger_entry e WHERE e.day = %s)",
            [day],
        )
    )


def _visits(day: date) -> dict[str, tuple[int, int | None]]:
    """Return where the visits of the day's entries are, and whose, by how the ledger names them."""
    number = f"CAST(SUBSTR({{}}.about, {len(VISIT) + 1}) AS BIGINT)"
    rows = fetch(
        "SELECT a.id, a.location_id, a.provider_id FROM scheduling_appointment a WHERE a.id IN ("  # noqa: S608 - as above
        f"SELECT {number.format('e')} FROM ledger_entry e WHERE e.day = %s AND e.about LIKE '{VISIT}%%' UNION "
        f"SELECT {number.format('l')} FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id "
        f"WHERE e.day = %s AND l.about LIKE '{VISIT}%%')",
        [day, day],
    )
    return {f"{VISIT}{pk}": (place, provider) for pk, place, provider in rows}


def _tills(names: Iterable[str]) -> tuple[dict[int | None, int], dict[int | None, int]]:
    known = set(names)
    wanted = {pk for one in known if (pk := _number(one, SESSION)) is not None}
    found: dict[int | None, int] = dict(
        DrawerSession.objects.filter(pk__in=wanted).values_list("pk", "drawer__location_id")
    )
    rest = {pk for one in known if (pk := _number(one, DRAWER)) is not None}
    return found, dict(Drawer.objects.filter(pk__in=rest).values_list("pk", "location_id"))


def _number(of: str, before: str) -> int | None:
    if not of.startswith(before):
        return None
    text = of.removeprefix(before).split("/")[0]
    return int(text) if text.isdigit() else None


def _provider(of: str, visit: tuple[int, int | None] | None) -> int | None:
    return _number(of, PROVIDER) or (visit[1] if visit else None)

"""What an account comes to, and what on it is still open."""

from collections.abc import Collection
from datetime import date

from frontdesk.kit.rows import fetch, marks
from frontdesk.office.ledger.rules import Open


def balance(kind: str, of: str) -> int:
    """Return an account's balance in cents, debits positive; 0 for one that was never used. One query."""
    return balances([(kind, of)])[kind, of]


def balances(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return the balances of these accounts in cents; one query."""
    found = dict.fromkeys(wanted, 0)
    if not wanted:
        return found
    rows = fetch(
        "SELECT a.kind, a.of, COALESCE(s.balance, 0) + COALESCE((SELECT SUM(l.amount) FROM ledger_line l "  # noqa: S608 - places only
        "WHERE l.account_id = a.id AND l.entry_id > COALESCE(s.upto, 0)), 0) "
        "FROM ledger_account a LEFT JOIN ledger_sum s ON s.account_id = a.id "
        f"WHERE {' OR '.join(['(a.kind = %s AND a.of = %s)'] * len(found))}",
        [value for one in found for value in one],
    )
    return found | {(kind, of): int(total) for kind, of, total in rows}


def open_lines(kind: str, of: Collection[str]) -> list[Open]:
    """Return what is open on these accounts of one kind, oldest first: charges not paid, payments not applied. One query."""
    return [one for _, one in open_by_account(kind, of)]


def open_by_account(kind: str, of: Collection[str]) -> list[tuple[str, Open]]:
    """Return the same, each with the name of its account. One query."""
    return [(account, one) for _, account, one in open_of_kinds([kind], of)]


def open_of_kinds(kinds: Collection[str], of: Collection[str]) -> list[tuple[str, str, Open]]:
    """Return the same of accounts of several kinds, each with the kind and the name of its account. One query."""
    if not of:
        return []
    which = f"IN ({marks(len(kinds))})"
    rows = fetch(
        "SELECT a.kind, a.of, l.id, l.entry_id, e.day, l.about, l.amount, l.amount + COALESCE(u.used, 0) FROM ledger_line l "  # noqa: S608 - places only
        "JOIN ledger_account a ON a.id = l.account_id JOIN ledger_entry e ON e.id = l.entry_id "
        "LEFT JOIN (SELECT x.settles_id, SUM(x.amount) AS used FROM ledger_line x JOIN ledger_account y ON y.id = x.account_id "
        f"WHERE x.settles_id IS NOT NULL AND y.kind {which} AND y.of IN ({marks(len(of))}) GROUP BY x.settles_id) u "
        f"ON u.settles_id = l.id WHERE a.kind {which} AND a.of IN ({marks(len(of))}) AND l.settles_id IS NULL "
        "AND l.amount + COALESCE(u.used, 0) <> 0 ORDER BY e.day, l.id",
        [*kinds, *of, *kinds, *of],
    )
    return [
        (kind, account, Open(pk, entry, _day(day), about, abs(amount), abs(int(left))))
        for kind, account, pk, entry, day, about, amount, left in rows
    ]


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value

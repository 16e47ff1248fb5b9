"""What must always be true of the books, proved from their rows: the database sums, one pass a proof."""

from collections.abc import Callable
from itertools import islice

from frontdesk.kit.rows import fetch
from frontdesk.office.ledger import locks

SHOWN = 100

_PROOFS = {
    "ledger.entries_balance": (
        "entry {}: its lines come to {} cents",
        "SELECT entry_id, SUM(amount) FROM ledger_line GROUP BY entry_id HAVING SUM(amount) <> 0 OR COUNT(*) < 2",
    ),
    "ledger.books_come_to_zero": (
        "all lines together come to {} cents",
        "SELECT total FROM (SELECT COALESCE(SUM(amount), 0) AS total FROM ledger_line) t WHERE total <> 0",
    ),
    "ledger.entries_are_numbered_without_gaps": (
        "{} entries, the last is number {}",
        "SELECT many, last FROM (SELECT COUNT(*) AS many, COALESCE(MAX(id), 0) AS last FROM ledger_entry) t WHERE many <> last",
    ),
    "ledger.every_line_has_its_entry": (
        "line {}: no entry {}",
        "SELECT l.id, l.entry_id FROM ledger_line l LEFT JOIN ledger_entry e ON e.id = l.entry_id WHERE e.id IS NULL",
    ),
    "ledger.nothing_is_used_up_twice": (
        "line {}: of {} cents, {} are left",
        (
            "SELECT t.id, t.amount, t.amount + u.used FROM ledger_line t "
            "JOIN (SELECT settles_id, SUM(amount) AS used FROM ledger_line WHERE settles_id IS NOT NULL GROUP BY settles_id) u "
            "ON u.settles_id = t.id WHERE t.settles_id IS NOT NULL "
            "OR (t.amount > 0 AND (t.amount + u.used < 0 OR u.used > 0)) OR (t.amount < 0 AND (t.amount + u.used > 0 OR u.used < 0))"
        ),
    ),
    # So that what is open on an account comes to its balance: the sub-ledger equals its control account.
    "ledger.what_is_used_up_is_of_the_same_account": (
        "line {}: uses up line {} of another account",
        "SELECT l.id, t.id FROM ledger_line l JOIN ledger_line t ON t.id = l.settles_id WHERE t.account_id <> l.account_id",
    ),
    "ledger.reversals_are_the_opposite": (
        "entry {}: is not entry {} the other way",
        (
            "SELECT e.id, e.reverses_id FROM ledger_entry e JOIN (SELECT r.id, l.account_id, SUM(l.amount) AS total FROM "
            "(SELECT id, id AS entry FROM ledger_entry WHERE reverses_id IS NOT NULL "
            "UNION ALL SELECT id, reverses_id FROM ledger_entry WHERE reverses_id IS NOT NULL) r "
            "JOIN ledger_line l ON l.entry_id = r.entry GROUP BY r.id, l.account_id HAVING SUM(l.amount) <> 0) d ON d.id = e.id"
        ),
    ),
    "ledger.balances_noted_are_true": (
        "account {}: {} cents were noted, it was {}",
        (
            "SELECT s.account_id, s.balance, SUM(l.amount) FROM ledger_sum s "
            "JOIN ledger_line l ON l.account_id = s.account_id AND l.entry_id <= s.upto "
            "GROUP BY s.account_id, s.balance HAVING SUM(l.amount) <> s.balance"
        ),
    ),
}


def invariants() -> dict[str, Callable[[], list[str]]]:
    """Return the proofs by name; each returns its breaches, none when the books are sound."""
    return {
        "ledger.books_are_locked": locks.open_locks,
        **{name: _proof(words, statement) for name, (words, statement) in _PROOFS.items()},
    }


def _proof(words: str, statement: str) -> Callable[[], list[str]]:
    return lambda: [words.format(*row) for row in islice(fetch(f"{statement} LIMIT {SHOWN}"), SHOWN)]

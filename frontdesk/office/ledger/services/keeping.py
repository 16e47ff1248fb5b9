"""What the program does to the books by itself: note balances so far, and begin new numbers after a restore."""

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.rows import fetch, run
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger.services.posting import alone

LINES = 2000
"""So many lines since an account's balance was noted are worth noting it again."""


@service("ledger.note_sums", permission="ledger.keep")
def note_sums(by: Actor, /, *, lines: int = LINES) -> int:
    """Note the balance of each account that has grown by so many lines since; return how many those were.

    Entries are committed in the order of their numbers, so up to the newest that is seen nothing can be missing.
    """
    rows = fetch(
        "SELECT l.account_id, (SELECT MAX(id) FROM ledger_entry), COALESCE(MAX(s.balance), 0) + SUM(l.amount) "
        "FROM ledger_line l LEFT JOIN ledger_sum s ON s.account_id = l.account_id "
        "WHERE l.entry_id > COALESCE(s.upto, 0) GROUP BY l.account_id HAVING COUNT(*) >= %s ORDER BY l.account_id",
        [lines],
    )
    for account, upto, balance in rows:
        run(
            "INSERT INTO ledger_sum (account_id, upto, balance) VALUES (%s, %s, %s) "
            "ON CONFLICT (account_id) DO UPDATE SET upto = EXCLUDED.upto, balance = EXCLUDED.balance",
            [account, upto, int(balance)],
        )
    record(by, after={"accounts": len(rows)})
    return len(rows)


@service("ledger.begin_series", permission="ledger.keep")
def begin_series(by: Actor, /) -> str:
    """Begin new numbers, since a backup was put back: what was given out after it was made must not be given out again.

    The label is the minute in UTC, so that two restores of one backup begin two series; asked for twice within it, one.
    """
    alone()
    label = f"{clock.now():%y%m%d%H%M}"
    run("INSERT INTO ledger_series (name, label, last) VALUES ('entry', '', 0) ON CONFLICT (name) DO NOTHING")
    run("UPDATE ledger_series SET label = %s, last = 0 WHERE label <> %s", [label, label])
    record(by, after={"label": label})
    return label

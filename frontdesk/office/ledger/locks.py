"""The locks on the books: what the database itself refuses, whatever stands above it.

An entry's lines come first and the entry last; only balanced lines let it in, and no line comes after it. Nothing is ever
changed or deleted. No line uses up more than is left of another, nor one of another account. Numbers have no gaps.
"""

from typing import Any

from django.db import connection as usual

NEVER = "the books are never changed"
UNBALANCED = "an entry needs two lines or more that come to zero, and the next number"
CLOSED = "the entry is closed"
BEYOND = "more than is open, or of another account"
TABLES = ("ledger_entry", "ledger_line")

_UNBALANCED = (
    "NEW.id <> (SELECT COALESCE(MAX(id), 0) + 1 FROM ledger_entry) OR "
    "(SELECT COUNT(*) < 2 OR SUM(amount) <> 0 FROM ledger_line WHERE entry_id = NEW.id)"
)
_CLOSED = "EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.entry_id)"
# What would be left of the line that is used up: from what it is down to nothing.
_BEYOND = (
    "NEW.settles_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_line t WHERE t.id = NEW.settles_id "
    "AND t.account_id = NEW.account_id AND t.settles_id IS NULL AND (t.amount + NEW.amount + COALESCE("
    "(SELECT SUM(x.amount) FROM ledger_line x WHERE x.settles_id = t.id), 0)) "
    "BETWEEN CASE WHEN t.amount < 0 THEN t.amount ELSE 0 END AND CASE WHEN t.amount > 0 THEN t.amount ELSE 0 END)"
)


def _sqlite() -> dict[str, str]:
    """SQLite's REPLACE removes a row without asking the trigger on DELETE; only new numbers may be given."""
    found = {}
    for table in TABLES:
        found[f"{table}_no_update"] = f"BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
        found[f"{table}_no_delete"] = f"BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
    for table, name, when, says in (
        ("ledger_entry", "balanced", _UNBALANCED, UNBALANCED),
        ("ledger_line", "closed", _CLOSED, CLOSED),
        ("ledger_line", "open", _BEYOND, BEYOND),
        (
            "ledger_line",
            "no_replace",
            "NEW.id <> -1 AND NEW.id <= (SELECT COALESCE(MAX(id), 0) FROM ledger_line)",
            NEVER,
        ),
    ):
        found[f"{table}_{name}"] = (
            f"BEFORE INSERT ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
    return found


_FUNCTIONS = {
    "ledger_never": f"BEGIN RAISE EXCEPTION '{NEVER}'; END",
    "ledger_entry_fits": f"BEGIN IF {_UNBALANCED} THEN RAISE EXCEPTION '{UNBALANCED}'; END IF; RETURN NEW; END",
    # The line that is used up is held until the end: two who use up the same one come one after the other.
    "ledger_line_fits": (
        f"BEGIN IF {_CLOSED} THEN RAISE EXCEPTION '{CLOSED}'; END IF; IF NEW.settles_id IS NOT NULL THEN "
        f"PERFORM 1 FROM ledger_line WHERE id = NEW.settles_id FOR UPDATE; IF {_BEYOND} THEN RAISE EXCEPTION '{BEYOND}'; "
        "END IF; END IF; RETURN NEW; END"
    ),
}
_POSTGRESQL = {
    **{f"{table}_no_change": f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_never()" for table in TABLES},
    **{f"{table}_no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ledger_never()" for table in TABLES},
    "ledger_entry_balanced": "BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_fits()",
    "ledger_line_open": "BEFORE INSERT ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_line_fits()",
}  # fmt: skip


def install(connection: Any) -> None:
    """Lock the books of a database; locked ones stay as they are."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, trigger in _sqlite().items():
                cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {trigger}")
            return
        for name, body in _FUNCTIONS.items():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
            )
        for name, trigger in _POSTGRESQL.items():
            cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {trigger}")


def remove(connection: Any) -> None:
    """Take the locks away: to empty a test's tables, or to undo the migration."""
    with connection.cursor() as cursor:
        for name in _sqlite() if connection.vendor == "sqlite" else _POSTGRESQL:
            table = "ledger_entry" if name.startswith("ledger_entry") else "ledger_line"
            cursor.execute(
                f"DROP TRIGGER IF EXISTS {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}")
            )


def open_locks() -> list[str]:
    """Return which of the locks are missing, or switched off."""
    with usual.cursor() as cursor:
        if usual.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = set(_sqlite())
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
            wanted = set(_POSTGRESQL)
        found = {name for (name,) in cursor.fetchall()}
    return [f"the lock {name} is gone" for name in sorted(wanted - found)]

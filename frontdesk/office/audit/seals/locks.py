"""The triggers by which the database itself refuses to change the record."""

from django.db import connection

from frontdesk.kit.rows import fetch

LOCKS = {
    "sqlite": ("no_update", "no_delete", "no_replace"),
    "postgresql": ("no_change", "no_truncate"),
}
_TABLES = ("audit_auditentry", "audit_auditseal")


def open_locks() -> list[str]:
    """Return which tables of the record the database would let somebody change; empty when all locks are in place."""
    present = set(fetch(_ASK[connection.vendor]))
    wanted = {(table, f"{table}_{name}") for table in _TABLES for name in LOCKS[connection.vendor]}
    return [f"the lock {name} on {table} is missing" for table, name in sorted(wanted - present)]


_ASK = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    # 'D' is a trigger that is there and switched off.
    "postgresql": "SELECT tgrelid::regclass::text, tgname::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}

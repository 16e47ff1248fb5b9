"""The proof that no card number is kept: every column of text there is, and the files of the installation, are looked through."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from frontdesk.kit.card_numbers import has_card_number, is_exempt
from frontdesk.kit.rows import fetch

SHOWN = 100
_TEXT = (models.CharField, models.TextField, models.JSONField)
# Columns of other long numbers, seals and keys, where one in forty would look like a card's; all others are looked through.
OTHERS = {
    "audit_auditentry.seal", "audit_formkey.key", "audit_formkey.body", "coverage_policy.member_id",
    "coverage_eligibilitycheck.question", "coverage_eligibilitycheck.answer", "coverage_eligibilitycheck.told",
    "django_session.session_data", "django_session.session_key", "ledger_entry.digest",
}  # fmt: skip

# A word of our own, drawn by lot or sealed: hexadecimal signs in one piece, of which one in thousands has a card's digits.
_DRAWN = re.compile(r"[A-Z]{0,2}(?=[0-9]*[a-fA-F])[0-9a-fA-F]{22,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def kept() -> list[str]:
    """Return where a card number stands: table, column and row, and nothing of it."""
    found = []
    for table, column in columns():
        for key, text in _rows(table, column):
            if has_card_number(text) and not _DRAWN.fullmatch(text):
                found.append(f"{table}.{column}, row {key}: a card number")
                if len(found) >= SHOWN:
                    return found
    return found + [f"{path.name}: a card number" for path in files() if _is_in(path)]


def columns() -> Iterator[tuple[str, str]]:
    """Yield (table, column) of every column of text that may not hold long numbers of another kind."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            column = str(field.column)
            name = f"{model._meta.db_table}.{column}"
            if isinstance(field, _TEXT) and name not in OTHERS and not is_exempt(column):
                yield model._meta.db_table, column


def files() -> Iterator[Path]:
    """Yield the logs of this installation. Backups and downtime packs are sealed copies of what was looked through."""
    for pattern in ("*.log", "logs/*"):
        yield from (path for path in Path(settings.FRONTDESK_DATA).glob(pattern) if path.is_file())


def _rows(table: str, column: str) -> Iterator[tuple[object, str]]:
    """Yield the rows whose text is long enough; the database leaves out all others."""
    quoted = f'"{table}"', f'"{column}"'
    text = f"CAST({quoted[1]} AS TEXT)"
    key = connection.introspection.get_primary_key_column(connection.cursor(), table) or column
    statement = f'SELECT "{key}", {text} FROM {quoted[0]} WHERE LENGTH({text}) >= 13'  # noqa: S608 - our own names
    for row in fetch(statement):
        yield row[0], str(row[1])


def _is_in(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as lines:
        return any(has_card_number(line) for line in lines)

"""How entries are written down to be sealed: the same text whichever database keeps them."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

# ruff: noqa: S608 - the names are those of our own table, the values are parameters
# A new column of the record begins a new form; entries sealed under an old one are read by the old one.
FORMS: dict[int, tuple[str, ...]] = {
    1: (
        *("id", "at", "actor_kind", "actor_id", "actor_name", "acting_as", "action", "is_read", "outcome"),
        *("subject", "patient_id", "reason", "before", "after", "extra", "source", "location_id"),
    )
}
PRESENT_FORM = max(FORMS)
MARK = 8
"""Bytes of the mark of an entry; a mark only names what the SHA-256 of the run has found."""
_ENTRY_ON_FILE = 8 + MARK
_JSON = {"before", "after", "extra"}
_WRITE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=repr).encode

Row = tuple[Any, ...]


def run_of(first: int, last: int, form: int = PRESENT_FORM) -> list[Row]:
    """Return the entries with numbers from `first` to `last`, by number, as they are sealed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'{_select(form)} WHERE "id" >= %s AND "id" <= %s ORDER BY "id"',
            [first, last],
        )
        return _read(cursor.fetchall(), form)


def next_run(since: int, most: int) -> list[Row]:
    """Return the first `most` entries after number `since`."""
    with connection.cursor() as cursor:
        cursor.execute(f'{_select(PRESENT_FORM)} WHERE "id" > %s ORDER BY "id" LIMIT %s', [since, most])
        return _read(cursor.fetchall(), PRESENT_FORM)


def root_of(rows: Sequence[Row]) -> str:
    """Return the SHA-256 of a run: of its entries as a JSON array of arrays."""
    return hashlib.sha256(_WRITE(rows).encode()).hexdigest()


def content_of(row: Row) -> bytes:
    """Return the SHA-256 of an entry without its number, by which an entry in another's place is known."""
    return hashlib.sha256(_WRITE(row[1:]).encode()).digest()


def mark_of(key: bytes, before: bytes, number: int, content: bytes) -> bytes:
    """Return the mark of an entry under `key`, chained to the mark before it in the run."""
    return hmac.digest(key, before + number.to_bytes(8, "big", signed=True) + content, "sha256")[:MARK]


def marks_of(key: bytes, rows: Sequence[Row]) -> bytes:
    """Return number and mark of each entry of a run, as a seal keeps them."""
    before, kept = b"", []
    for row in rows:
        before = mark_of(key, before, row[0], content_of(row))
        kept.append(row[0].to_bytes(8, "big", signed=True) + before)
    return b"".join(kept)


def read_marks(kept: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield number, mark before and mark of each entry of a run."""
    before = b""
    for at in range(0, len(kept) - _ENTRY_ON_FILE + 1, _ENTRY_ON_FILE):
        mark = kept[at + 8 : at + _ENTRY_ON_FILE]
        yield int.from_bytes(kept[at : at + 8], "big", signed=True), before, mark
        before = mark


def _select(form: int) -> str:
    columns = ", ".join(_column(name) for name in FORMS[form])
    return f"SELECT {columns} FROM audit_auditentry"


def _column(name: str) -> str:
    """Return a column as text and number, not as the driver would make of it: that would be the dearest part of the proof."""
    if connection.vendor == "sqlite":
        at = """CASE length("at") WHEN 19 THEN "at" || '.000000' ELSE "at" || '' END"""
        return {"at": at, "is_read": '"is_read" + 0'}.get(name, f'"{name}"')
    if name == "at":
        return "to_char(\"at\" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    if name == "is_read":
        return '"is_read"::int'
    return f'"{name}"::text' if name in _JSON else f'"{name}"'


def _read(found: list[Row], form: int) -> list[Row]:
    """Bring JSON to what it says, whatever its spaces and the order of its keys; its columns stand side by side."""
    at = [i for i, name in enumerate(FORMS[form]) if name in _JSON]
    first, end = at[0], at[-1] + 1
    return [
        row
        if row[first:end] == _NOTHING
        else (*row[:first], *(None if text is None else _parsed(text) for text in row[first:end]), *row[end:])
        for row in found
    ]


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Any:
    """Return what JSON says. Many entries say the same; nobody changes what is returned."""
    try:
        return _PARSE(text)
    except ValueError:
        return ["not JSON", str(text)]


def _object(pairs: list[tuple[str, Any]]) -> Any:
    """Return an object as it is; one that says the same thing twice is none, and must not pass for one."""
    read = dict(pairs)
    return read if len(read) == len(pairs) else ["said twice", pairs]


_PARSE = json.JSONDecoder(object_pairs_hook=_object).decode
_NOTHING = (None,) * len(_JSON)

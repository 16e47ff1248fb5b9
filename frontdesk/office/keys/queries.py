"""Which key seals how many values, how many are left to seal anew, and the proof that all of them open."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from frontdesk.kit import sealed
from frontdesk.kit.sealed import CannotBeOpened, Column

MOST = 100
UNKNOWN = "?"
"""Stands for the keys that are not here."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How many values each known key seals; those of no known key under `UNKNOWN`."""

    values: dict[str, int]

    @property
    def total(self) -> int:
        """Return how many values there are."""
        return sum(self.values.values())

    @property
    def left(self) -> int:
        """Return how many are not sealed with the newest key."""
        return self.total - self.values[sealed.newest()]

    @property
    def idle(self) -> list[str]:
        """Return the older keys that seal nothing any more."""
        return [key for key in sealed.known()[1:] if not self.values[key]]


def usage() -> Usage:
    """Return which key seals how many values: a query a column and key."""
    found = dict.fromkeys([*sealed.known(), UNKNOWN], 0)
    for column in sealed.columns():
        rows = rows_of(column)
        by_key = {
            key: rows.filter(**{f"{column.name}__startswith": f"k{key}:"}).count() for key in sealed.known()
        }
        for key, count in by_key.items():
            found[key] += count
        found[UNKNOWN] += rows.count() - sum(by_key.values())
    return Usage(found)


def rows_of(column: Column) -> QuerySet[Any]:
    """Return the rows of a column that hold a value; the room that owns it need not be known here."""
    rows: QuerySet[Any] = apps.get_model(column.table)._default_manager.exclude(**{column.name: ""})
    return rows


def invariants() -> dict[str, Callable[[], list[str]]]:
    """Return each invariant with the function that lists its breaches by row id."""
    return {"every_sealed_value_opens_and_fits_its_index": _misfits}


def _misfits() -> list[str]:
    found: list[str] = []
    for column in sealed.columns():
        read = ["pk", column.owner, column.name, *filter(None, (column.index,))]
        for pk, owner, value, *index in rows_of(column).values_list(*read).iterator(chunk_size=5000):
            if why := _wrong(column, owner, value, index):
                found.append(f"{column.table} {pk}: {column.name} {why}")
            if len(found) >= MOST:
                return found
    return found


def _wrong(column: Column, owner: int, value: str, index: list[str]) -> str:
    try:
        plain = column.open(owner, value)
    except CannotBeOpened as shut:
        return f"does not open: {shut.sentence}"
    if index and not hmac.compare_digest(column.index_of(plain, sealed.key_of(value)), index[0]):
        return "opens, and its blind index is another value’s"
    return ""

"""Statements written out by hand, for the few roads where composing them costs ten times what the database needs.

Values always travel beside the statement, never in it; moments are given to each database as it keeps them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from frontdesk.kit.fitting import must_fit

M = TypeVar("M", bound=Model)


def fetch(statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """Return the rows a SELECT finds, as the driver gives them (JSON as text; SQLite's dates and moments as text)."""
    with connection.cursor() as cursor:
        cursor.execute(statement, _adapted(values))
        return list(cursor.fetchall())


def moment(value: datetime | str) -> datetime:
    """Return a moment as both databases give it: SQLite without its zone, and out of an expression as text; in UTC."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def run(statement: str, values: Sequence[object] = ()) -> int:
    """Carry out an INSERT, UPDATE or DELETE; return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, _adapted(values))
        touched: int = cursor.rowcount
        return touched


def insert(row: M) -> M:
    """Store a new row, with the statement made once for its table; return it with its number.

    The same as `save(force_insert=True)` for a model without signals or parents, in a third of the time. Raises `TooLong`.
    """
    must_fit(type(row), row.__dict__)
    fields, statement = _insert_of(type(row), connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row.pk = cursor.fetchone()[0]
    state = row._state  # noqa: SLF001 - what save() would note of a row that is stored now
    state.adding, state.db = False, connection.alias
    return row


@lru_cache(maxsize=64)
def _insert_of(model: type[Model], _vendor: str) -> tuple[list[Any], str]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table, places = model._meta.db_table, marks(len(fields))
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({places}) RETURNING "{model._meta.pk.column}"'  # noqa: S608 - names of our own tables
    return fields, statement


def marks(count: int) -> str:
    """Return `count` places for values, with commas between."""
    return ", ".join(["%s"] * count)


def _adapted(values: Sequence[object]) -> list[Any]:
    adapt = connection.ops.adapt_datetimefield_value
    return [adapt(value) if isinstance(value, datetime) else value for value in values]

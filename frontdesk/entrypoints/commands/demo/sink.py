"""Put millions of rows into a table: COPY on PostgreSQL, one prepared statement on SQLite.

Rows are tuples of what both drivers take as it is: text, numbers, booleans, None; dates and moments (UTC) as ISO text.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Model

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows of a table are given: the fields by name, in order; every other field gets its default."""

    model: type[Model]
    names: tuple[str, ...]
    tail: Row
    statement: str

    @classmethod
    def of(cls, model: type[Model], *names: str) -> "Shape":
        """Return the shape of `model` with `names` given (attribute names: patient_id)."""
        fields = {field.attname: field for field in model._meta.concrete_fields}
        # A primary key that is not given is the database's to give.
        rest = [field for name, field in fields.items() if name not in names and not field.primary_key]
        given = [fields[name] for name in names]
        columns = ", ".join(f'"{field.column}"' for field in (*given, *rest))
        table = model._meta.db_table
        if connection.vendor == "postgresql":
            statement = f'COPY "{table}" ({columns}) FROM STDIN'
        else:
            marks = ", ".join("?" for _ in (*given, *rest))
            statement = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608 - names of our own models
        return cls(model, names, tuple(plain(field.get_default()) for field in rest), statement)


def plain(value: Any) -> Any:
    """Return a value as both drivers take it."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, (date, Decimal)):
        return str(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value)
    return value


def moment(value: datetime) -> str:
    """Return a UTC moment as text that both databases read as it is."""
    return str(value)[:19]


def pour(shape: Shape, rows: Sequence[Row]) -> None:
    """Insert the rows; constraints hold as ever."""
    if not rows:
        return
    tail = shape.tail
    whole: Iterable[Row] = [row + tail for row in rows] if tail else rows
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(shape.statement) as copy:
                for row in whole:
                    copy.write_row(row)
        else:
            cursor.cursor.connection.cursor().executemany(shape.statement, whole)


def next_id(model: type[Model]) -> int:
    """Return the number the next row would get."""
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1


def numbers_follow(*models: type[Model]) -> None:
    """Have the tables give numbers after those that were loaded (SQLite does so by itself)."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in models:
            if model._meta.pk.column != "id":
                continue  # it bears the number of another row
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, 'id'), GREATEST((SELECT COALESCE(MAX(id), 1) FROM \"{table}\"), 1))",  # noqa: S608
                [table],
            )

"""Take the plain indexes of empty tables away while they are filled, and put them back: sorting once is much faster.

What protects stays: primary keys, unique constraints, foreign keys and checks hold for every row that goes in.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

_POSTGRES = """
    SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND NOT i.indisunique
"""
_SQLITE = """
    SELECT name, sql FROM sqlite_master
    WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL AND sql NOT LIKE 'CREATE UNIQUE%%'
"""


@contextmanager
def indexes_later(models: Iterable[type[Model]]) -> Iterator[None]:
    """Drop the plain indexes of those `models` that are empty, and build them again after the `with` block.

    It happens inside the caller's transaction: should the load fail, the indexes were never gone.
    """
    found: list[tuple[str, str]] = []
    with connection.cursor() as cursor:
        for model in models:
            if not model._default_manager.exists():
                found += _plain_indexes(cursor, model._meta.db_table)
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _, definition in found:
            cursor.execute(definition)


def _plain_indexes(cursor: CursorWrapper, table: str) -> list[tuple[str, str]]:
    named = f'"{table}"' if connection.vendor == "postgresql" else table
    cursor.execute(_POSTGRES if connection.vendor == "postgresql" else _SQLITE, [named])
    return list(cursor.fetchall())

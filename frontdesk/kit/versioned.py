"""Records that two people may edit at once: each carries a version, and a write says which one it read."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from frontdesk.kit.errors import StaleVersion
from frontdesk.kit.fitting import must_fit


class Versioned(models.Model):
    """A record with a version that goes up by one with every change."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


def save_changes(row: Versioned, fields: Mapping[str, Any], *, expected: int | None = None) -> dict[str, Any]:
    """Write `fields` to `row` if it still has version `expected` (its own, when None); return what they were before.

    The check and the write are one UPDATE, so two writers cannot both pass. Raises `StaleVersion`, `TooLong`.
    """
    must_fit(type(row), fields)
    read = row.version if expected is None else expected
    before = {name: getattr(row, name) for name in fields}
    found = type(row)._default_manager.filter(pk=row.pk, version=read)
    if not found.update(**fields, version=read + 1):
        msg = "Someone else changed this a moment ago. Look at the new version, then try again."
        raise StaleVersion(msg, row)
    for name, value in fields.items():
        setattr(row, name, value)
    row.version = read + 1
    return before

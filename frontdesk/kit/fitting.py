"""What a column holds: a text that is longer is refused in words, on either database, before it is written.

SQLite would keep it and PostgreSQL break off in the middle of a deed; neither is an answer to somebody at a desk.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Model

from frontdesk.kit.errors import Invalid


class TooLong(Invalid):
    """A text is longer than its column."""


def must_fit(model: type[Model], values: Mapping[str, Any]) -> None:
    """Raise `TooLong` where a text among `values`, by column, is longer than its column holds."""
    wrong = {
        name: f"That is longer than {longest} characters."
        for name, longest in _columns(model)
        if isinstance(text := values.get(name), str) and len(text) > longest
    }
    if wrong:
        names = " and ".join(name.replace("_", " ") for name in wrong)
        msg = f"Too long to keep: {names}. Nothing was changed."
        raise TooLong(msg, fields=wrong)


def before_saving(sender: type[Model], instance: Model, *, raw: bool = False, **_more: object) -> None:
    """Hold every row of ours that is saved to its columns (a receiver of Django's `pre_save`)."""
    if not raw and sender.__module__.startswith("frontdesk."):
        # Columns that were not read are not asked for: they are not written either.
        must_fit(sender, instance.__dict__)


@lru_cache(maxsize=256)
def _columns(model: type[Model]) -> tuple[tuple[str, int], ...]:
    texts = (field for field in model._meta.concrete_fields if isinstance(field, CharField))
    return tuple((field.attname, field.max_length) for field in texts if field.max_length)

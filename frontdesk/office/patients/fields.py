"""What a form may write into a table: which fields, how long, out of which choices; and text without stray signs."""

import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import CharField, Model

from frontdesk.kit.errors import Invalid


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with text trimmed, composed (NFC) and freed of signs nobody sees."""
    return {name: tidy(value) if isinstance(value, str) else value for name, value in values.items()}


def tidy(text: str) -> str:
    """Return one text trimmed and composed, without signs nobody sees.

    Control characters become blanks. Format characters go: a zero-width space makes two of one name, and one that
    turns the direction of writing shows a name as another.
    """
    kinds = ((c, unicodedata.category(c)) for c in text)
    bare = "".join(" " if kind in {"Cc", "Cs"} else c for c, kind in kinds if kind != "Cf")
    return unicodedata.normalize("NFC", " ".join(bare.split()))


def misfits(model: type[Model], values: Mapping[str, Any], allowed: Collection[str]) -> dict[str, str]:
    """Say, by field, what of `values` cannot be written into `model`."""
    wrong: dict[str, str] = {}
    for name, value in values.items():
        if name not in allowed:
            wrong[name] = "That cannot be changed here."
            continue
        field = model._meta.get_field(name)
        if not isinstance(field, CharField) or not isinstance(value, str):
            continue
        if field.max_length and len(value) > field.max_length:
            wrong[name] = f"That is longer than {field.max_length} characters."
        elif field.choices and value not in dict(field.flatchoices):
            wrong[name] = "Choose from the list."
    return wrong


def refuse(wrong: Mapping[str, str]) -> None:
    """Raise `Invalid` with a sentence for each field, when there is one."""
    if wrong:
        msg = "Some of this cannot be right."
        raise Invalid(msg, fields=wrong)

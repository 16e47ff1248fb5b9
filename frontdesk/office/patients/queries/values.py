"""Values of the record of deeds: those of a field are shown to who may see the field, and to all others masked."""

from collections.abc import Callable, Mapping
from typing import Any

from frontdesk.office.patients.rules import BEHIND, RECORDED_BEHIND

MASK = "•••"
_NEEDS = {
    name: permission for permission, names in (*BEHIND.items(), *RECORDED_BEHIND.items()) for name in names
}


def readable(values: Mapping[str, Any], may: Callable[[str], bool]) -> dict[str, Any]:
    """Return what a deed found or left, by field; `may` says of a permission whether the reader holds it."""
    return {
        name: value if value in (None, "", []) or name not in _NEEDS or may(_NEEDS[name]) else MASK
        for name, value in values.items()
    }

"""Stripe's form encoding: `metadata[charge]=7&expand[]=latest_charge&line_items[0][quantity]=1` and what it means."""

from typing import Any
from urllib.parse import parse_qsl


def read(body: str) -> dict[str, Any]:
    """Return the nested mapping a form holds; lists are lists."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(body, keep_blank_values=True, max_num_fields=200):
        parts = name.replace("]", "").split("[")
        at = found
        for part in parts[:-1]:
            inner = at.setdefault(part or str(len(at)), {})
            at = inner if isinstance(inner, dict) else {}
        at[parts[-1] or str(len(at))] = value
    return {name: _listed(value) for name, value in found.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(one) for name, one in value.items()}
    if inner and all(name.isdecimal() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner

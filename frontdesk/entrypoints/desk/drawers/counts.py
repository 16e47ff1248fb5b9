"""Counts as a form shows and sends them: a field for each kind of bill and coin, named after its cents."""

from collections.abc import Mapping
from dataclasses import dataclass

from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.payments import rules


@dataclass(frozen=True, slots=True)
class Kind:
    """A field of a count."""

    cents: int
    words: str
    value: str
    error: str


def kinds(typed: Mapping[str, str], refusal: Refusal | None = None) -> list[Kind]:
    """Return the fields of a count with what was typed."""
    wrong = refusal.fields if isinstance(refusal, Invalid) else {}
    return [
        Kind(one, rules.named(one), typed.get(f"n-{one}", ""), wrong.get(f"n-{one}", ""))
        for one in rules.DENOMINATIONS
    ]


def read(typed: Mapping[str, str]) -> dict[str, int]:
    """Return the count that was sent. Raises `Invalid`."""
    return rules.read_counts({one: typed.get(f"n-{one}", "") for one in rules.DENOMINATIONS})


def errors_of(refusal: Refusal | None) -> dict[str, str]:
    """Return what is wrong beside which field."""
    return refusal.fields if isinstance(refusal, Invalid) else {}

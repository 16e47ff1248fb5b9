"""Amounts as a file writes them."""

from decimal import Decimal, InvalidOperation
from functools import lru_cache

NONE = Decimal(0)


@lru_cache(maxsize=4096)
def number(text: str) -> Decimal:
    """Return the number a text is, 0 where it is none (which is told elsewhere)."""
    try:
        found = Decimal(text or "0")
    except InvalidOperation:
        return NONE
    return found if found.is_finite() and abs(found.adjusted()) < 20 else NONE


def amount(elements: list[str], at: int) -> Decimal:
    """Return the amount at a position, 0 where there is none."""
    return number(elements[at]) if at < len(elements) else NONE


def adjusted(elements: list[str]) -> Decimal:
    """Return what a CAS takes off: the sum of its amounts."""
    total = NONE
    for at in range(3, min(len(elements), 19), 3):
        total += number(elements[at])
    return total


def money(value: Decimal) -> str:
    """Return an amount as a sentence says it."""
    return f"${value:,.2f}"

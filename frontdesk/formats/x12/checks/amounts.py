"""Amounts as a file writes them."""

from decimal import Decimal, InvalidOperation

NONE = Decimal(0)


def amount(elements: list[str], at: int) -> Decimal:
    """Return the amount at a position, 0 where there is none or it is no number (which is told elsewhere)."""
    if at >= len(elements) or not elements[at]:
        return NONE
    try:
        found = Decimal(elements[at])
    except InvalidOperation:
        return NONE
    return found if found.is_finite() and abs(found.adjusted()) < 20 else NONE


def adjusted(elements: list[str]) -> Decimal:
    """Return what a CAS takes off: the sum of its amounts."""
    total = NONE
    for at in range(3, min(len(elements), 19), 3):
        total += amount(elements, at)
    return total


def money(value: Decimal) -> str:
    """Return an amount as a sentence says it."""
    return f"${value:,.2f}"

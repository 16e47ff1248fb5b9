"""Amounts as they are typed."""

from frontdesk.kit.money import cents_of

WRONG = -1
MOST = 100_000_000
"""Cents; beyond it somebody's finger slipped."""


def typed(text: str) -> int | None:
    """Return an amount in cents as it was typed ("1,234.50", "$40"); None for nothing, `WRONG` for what is no amount."""
    if not text.strip():
        return None
    found = cents_of(text)
    return WRONG if found is None or found > MOST else found

"""Amounts as they are typed, and as they are shown."""

from decimal import Decimal, InvalidOperation

WRONG = -1


def shown(cents: int) -> str:
    """Write an amount: $1,234.50."""
    return f"${cents // 100:,}.{cents % 100:02}"


def typed(text: str) -> int | None:
    """Return an amount in cents as it was typed ("1,234.50", "$40"); None for nothing, `WRONG` for what is no amount."""
    bare = text.replace("$", "").replace(",", "").strip()
    if not bare:
        return None
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        return WRONG
    exact = amount.is_finite() and 0 <= amount <= 1_000_000 and amount == amount.quantize(Decimal("0.01"))
    return int(amount * 100) if exact else WRONG

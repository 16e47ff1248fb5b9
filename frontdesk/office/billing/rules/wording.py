"""Sums in words."""

from decimal import ROUND_HALF_UP, Decimal

from frontdesk.kit.money import dollars


def short(cents: int) -> str:
    """Write cents as somebody says them: $35, $35.50."""
    return dollars(cents).removesuffix(".00")


def part_of(cents: int, share: Decimal) -> int:
    """Return a share of a sum, half a cent rounded up."""
    return int((Decimal(cents) * share).to_integral_value(ROUND_HALF_UP))


def percent(share: Decimal) -> str:
    """Write a fraction as percent: 20 %."""
    return f"{(share * 100).normalize():f} %"

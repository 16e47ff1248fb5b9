"""Money in integer cents: how it is written, and how what somebody typed is read."""

import re

_TYPED = re.compile(r"\$?(\d{1,3}(?:,\d{3})+|\d{1,8})?(?:\.(\d{1,2}))?")


def dollars(cents: int) -> str:
    """Write an amount: $1,234.50; what is below nothing with a minus before it."""
    return f"{'−' if cents < 0 else ''}${abs(cents) // 100:,}.{abs(cents) % 100:02}"


def plain(cents: int) -> str:
    """Write an amount as it stands in a field to be typed over: 1234.50."""
    return f"{cents // 100}.{cents % 100:02}"


def cents_of(text: str) -> int | None:
    """Return the cents that were typed: "35", "35.5", "$1,234.50"; None for what is no amount."""
    found = _TYPED.fullmatch(text.strip())
    if not found or not (found[1] or found[2]):
        return None
    return int((found[1] or "0").replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))

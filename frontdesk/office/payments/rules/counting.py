"""Counting cash: which bills and coins there are, what a count comes to."""

from collections.abc import Mapping

from frontdesk.kit.errors import Invalid
from frontdesk.kit.money import cents_of, dollars

# In cents, the largest first; one dollar is a bill or a coin.
BILLS = (10000, 5000, 2000, 1000, 500, 200, 100)
COINS = (50, 25, 10, 5, 1)
DENOMINATIONS = BILLS + COINS
MOST = 100_000  # of one kind; beyond it somebody's finger slipped


def total(counts: Mapping[str, int]) -> int:
    """Return what a count comes to, in cents."""
    return sum(int(cents) * many for cents, many in counts.items())


def read_counts(given: Mapping[int, str]) -> dict[str, int]:
    """Return a count as it is kept out of what was typed for each kind; blank is none. Raises `Invalid`."""
    found: dict[str, int] = {}
    wrong: dict[str, str] = {}
    for cents, text in given.items():
        typed = text.strip()
        if not typed:
            continue
        if not (typed.isascii() and typed.isdigit()) or int(typed[:9]) > MOST or len(typed) > 9:
            wrong[f"n-{cents}"] = f"How many of {named(cents)}? Write a whole number."
        elif int(typed):
            found[str(cents)] = int(typed)
    if wrong:
        msg = "A count is whole numbers."
        raise Invalid(msg, fields=wrong)
    return found


def refuse_counts(counts: Mapping[str, int]) -> None:
    """Refuse a count of what is no bill or coin. Raises `Invalid`."""
    for cents, many in counts.items():
        if not cents.isdigit() or int(cents) not in DENOMINATIONS or not 0 <= many <= MOST:
            msg = "That is no count of bills and coins."
            raise Invalid(msg, fields={"counts": msg})


def named(cents: int) -> str:
    """Return how a bill or coin is called: "$20", "25¢"."""
    return f"${cents // 100}" if cents >= 100 else f"{cents}¢"


def over_or_short(cents: int) -> str:
    """Say a difference: "$2.00 short", "$1.00 over", "even"."""
    return f"{dollars(abs(cents))} {'over' if cents > 0 else 'short'}" if cents else "even"


def read_cents(text: str, name: str, *, needed: bool = True) -> int | None:
    """Read dollars as somebody types them: 1,234.50, $20, .75. Blank is None unless `needed`. Raises `Invalid` for `name`."""
    if not text.strip() and not needed:
        return None
    found = cents_of(text)
    if found is None:
        msg = "Write it in dollars: 12.50."
        raise Invalid(msg, fields={name: msg})
    return found

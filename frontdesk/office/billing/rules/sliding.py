"""The sliding fee scale: what a household's income leaves of a fee (42 CFR 51c.303(f); guideline of 42 USC 9902(2))."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from frontdesk.office.billing.rules.facts import Band
from frontdesk.office.billing.rules.wording import part_of, short

FLAT, PERCENT = "flat", "percent"


def poverty_percent(income: int, people: int, *, person: int, more: int) -> int:
    """Return a yearly income as percent of the guideline of a household, rounded down. All in cents."""
    return income * 100 // (person + more * (people - 1))


def band_of(bands: Sequence[Band], poverty: int) -> Band | None:
    """Return the step a household is on; None above the scale."""
    return next((one for one in sorted(bands, key=lambda band: band.upto) if poverty <= one.upto), None)


def slid(fee: int, band: Band) -> int:
    """Return what is asked of a fee, in cents: never more than the fee."""
    return min(fee, band.amount if band.kind == FLAT else part_of(fee, Decimal(band.amount) / 100))


def said(band: Band) -> str:
    """Put a step into words: "up to 133 %: $40"."""
    return (
        f"up to {band.upto} %: {short(band.amount) if band.kind == FLAT else f'{band.amount} % of the fee'}"
    )


def read_bands(kept: Sequence[Sequence[Any]]) -> tuple[Band, ...]:
    """Return the bands as a scale's row keeps them."""
    return tuple(Band(int(upto), str(kind), int(amount)) for upto, kind, amount in kept)

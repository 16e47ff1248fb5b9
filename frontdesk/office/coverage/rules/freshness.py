"""When a payer is asked, how long an answer is waited for, and how long it holds."""

from datetime import datetime, timedelta

PATIENCE = timedelta(seconds=20)
"""What a payer has for its answer in real time (CAQH CORE: 20 seconds); after that it could not be determined."""
AGAIN = timedelta(seconds=90)
"""Before that the same question is not sent a second time: the first may still be on its way (CAQH CORE)."""
FRESH = timedelta(days=1)
OVERNIGHT = timedelta(hours=12)
"""How long the night's questions are tried again."""
USUAL = "98"
"""What is asked about where no visit says it: an office visit (X12 service type)."""


def is_fresh(checked: datetime, now: datetime) -> bool:
    """Say whether an answer still holds: no older than a day, and of this month, for coverage ends with months.

    Both moments on the practice's wall.
    """
    return now - checked <= FRESH and (checked.year, checked.month) == (now.year, now.month)


def read_services(text: str) -> tuple[str, ...]:
    """Return X12 service type codes written with commas between them, "30" (all of the plan) first and always there."""
    codes = [code.strip().upper() for code in text.split(",") if code.strip()]
    return tuple(dict.fromkeys(["30", *codes]))

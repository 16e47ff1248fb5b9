"""What is to be collected for a visit: the one place of the payment sheet that asks. Billing answers; until it does, nothing."""

from dataclasses import dataclass

from frontdesk.entrypoints.desk.http import DeskRequest


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be collected: `cents` still to be paid, the reason in words, and what to say.

    `about` is the visit, "" for an earlier balance; `certain` is False where it has to be asked which amount holds.
    """

    purpose: str
    cents: int
    words: str
    script: str
    about: str = ""
    certain: bool = True


def expecting(_request: DeskRequest, _appointment_id: int) -> list[Due]:
    """Return what is to be collected for a visit. What is due of a plan, and a balance, the sheet adds where they are not in it."""
    return []

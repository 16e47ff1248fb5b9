"""What is to be collected for a visit: the one place that asks. Until billing answers, the copay the payer told of."""

from dataclasses import dataclass

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.kit.money import dollars
from frontdesk.office.payments.rules import PURPOSE
from frontdesk.office.visits.queries import line_of


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be collected: `cents` still to be paid, the reason in words, and what to say. `certain` is False for a range."""

    purpose: str
    cents: int
    words: str
    script: str
    about: str = ""
    certain: bool = True


def expecting(request: DeskRequest, appointment_id: int) -> list[Due]:
    """Return what is to be collected for a visit."""
    line = line_of(request.actor, appointment_id)
    verdict = getattr(line.cover, "verdict", None) if line and line.cover else None
    copay = verdict.copay if verdict else None
    if copay is None or not copay.high:
        return []
    cents = int(copay.high * 100)
    words = (
        "Copay of this visit, as the payer says" if copay.amount is not None else "Copay, one of several told"
    )
    script = f"Your copay today is {dollars(cents)}. How would you like to pay it?"
    about = f"scheduling.appointment:{appointment_id}"
    return [Due(PURPOSE.COPAY, cents, words, script, about, copay.amount is not None)]

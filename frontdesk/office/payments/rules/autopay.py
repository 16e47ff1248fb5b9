"""When a part of a plan is charged by itself, and what a decline does: the whole of it as one pure function."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.models.cards import UNDER_WAY

EDITION = "2026-11"
"""Which words are read now; those of a leave that was given are kept with it."""
WORDS = {
    "en": (
        "I let the practice charge this card automatically for each part of my payment plan: on the day the part is due, and "
        "with what is still to be paid of it, as the plan’s paper says. Parts that are due already are charged now. If the bank "
        "says no, it is tried once more three days later, and then no more until I say so. I can stop this at any time by telling "
        "the practice; what is left of the plan is then to be paid another way. The practice does not keep the card’s number."
    ),
    "es": (
        "Autorizo al consultorio a cobrar automáticamente a esta tarjeta cada pago de mi plan: el día en que vence, y solo lo que "
        "quede por pagar de él, como dice la hoja del plan. Los pagos ya vencidos se cobran ahora. Si el banco no lo acepta, se "
        "intenta una vez más tres días después, y luego no se intenta más hasta que yo lo diga. Puedo detenerlo en cualquier momento "
        "avisando al consultorio; lo que quede del plan se paga entonces de otra forma. El consultorio no guarda el número de la tarjeta."
    ),
}
DAYTIME = range(9, 17)
"""The hours, by the location's clock, in which cards are charged: somebody is there to be asked."""
AGAIN = timedelta(days=3)
TRIES = 2
State = CardCharge.State


@dataclass(frozen=True, slots=True)
class Tried:
    """A try to charge a part: what became of it, and on which day it was. `counts` unless it was before autopay went on anew."""

    state: str
    day: date
    counts: bool = True


class Step(Enum):
    """What is to be done about a part that is due."""

    CHARGE = "charge"
    WAIT = "wait"
    PAUSE = "pause"
    LEAVE = "leave"


def next_step(tried: Sequence[Tried], day: date) -> Step:
    """Return what is to be done on `day` about a part that is due and not paid, after it was `tried` so often.

    What was charged once is never charged again, even where the money was given back since. A charge that somebody called
    off is not tried again: whoever did that did not want it.
    """
    states = {one.state for one in tried}
    if states & set(UNDER_WAY):
        return Step.WAIT
    if State.SUCCEEDED in states:
        return Step.LEAVE
    failed = [one for one in tried if one.counts]
    if any(one.state == State.CANCELLED for one in failed) or len(failed) >= TRIES:
        return Step.PAUSE
    if failed and day < again_on(failed):
        return Step.WAIT
    return Step.CHARGE


def again_on(tried: Sequence[Tried]) -> date:
    """Return from when on a part that was declined is tried again."""
    return max(one.day for one in tried) + AGAIN

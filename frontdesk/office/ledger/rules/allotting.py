"""What a payment goes to: this visit first, then the oldest balance; what is left stays as a credit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Open:
    """What is left of a line: `left` cents, never negative, of the `amount` it began with."""

    line_id: int
    entry_id: int
    day: date
    about: str
    amount: int
    left: int


@dataclass(frozen=True, slots=True)
class Part:
    """So many cents of what is open on one side, put against what is open on the other."""

    source: int
    target: int
    amount: int


def allot(sources: Iterable[Open], targets: Sequence[Open], *, first: str = "") -> list[Part]:
    """Return what of each source goes to which target: what is about `first` first, then the oldest.

    Sources are used up in the order given. What is left of them is not in the answer: it stays where it is.
    """
    order = sorted(targets, key=lambda one: (one.about != first, one.day, one.entry_id, one.line_id))
    left = {one.line_id: one.left for one in order}
    parts = []
    for source in sources:
        rest = source.left
        for target in order:
            amount = min(rest, left[target.line_id])
            if amount > 0:
                parts.append(Part(source.line_id, target.line_id, amount))
                rest -= amount
                left[target.line_id] -= amount
    return parts

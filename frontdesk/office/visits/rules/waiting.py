"""How long somebody waits, how it is said to them, and what they answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles

from frontdesk.office.visits.rules.steps import minutes

LONGEST_USEFUL = 480


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something takes, in minutes: as often shorter as longer, and rarely longer."""

    p50: int
    p90: int


def spread(samples: Iterable[int], otherwise: int) -> Spread:
    """Return the spread of measured minutes; with fewer than five of them, what the book says plus a half."""
    usable = [s for s in samples if 0 < s <= LONGEST_USEFUL]
    if len(usable) < 5:
        return Spread(otherwise, otherwise + (otherwise + 1) // 2)
    deciles = quantiles(usable, n=10, method="inclusive")
    return Spread(round(deciles[4]), round(deciles[8]))


def expected_wait(
    now: datetime, starts: datetime, ahead: Sequence[Spread], *, under_way: tuple[Spread, int] | None = None
) -> Spread:
    """Return how many minutes from `now` until a provider is free for a visit, by the work that is before it.

    `under_way` is the visit the provider is in and for how many minutes already; `ahead` are those before this one.
    Spreads of independent visits add in squares, so the p90 of a queue is less than the sum of its p90s.
    """
    middle, beyond = 0, 0
    if under_way is not None:
        usual, lasted = under_way
        middle += max(usual.p50 - lasted, 3)
        beyond += max(usual.p90 - max(usual.p50, lasted), 2) ** 2
    for one in ahead:
        middle += one.p50
        beyond += (one.p90 - one.p50) ** 2
    until = max(minutes(starts - now), 0)
    p50 = max(middle, until)
    return Spread(p50, max(p50, round(middle + beyond**0.5)))


def said_wait(wait: Spread) -> str:
    """Say a wait to a patient, in steps of five minutes: "about 15 minutes, at most 25"."""
    near, far = _rounded(wait.p50), _rounded(wait.p90)
    if far <= 5:
        return "a few minutes"
    if far == near:
        return f"about {near} minutes"
    return f"about {max(near, 5)} minutes, at most {far}"


def _rounded(span: int) -> int:
    return 5 * ((span + 2) // 5)


# What somebody who is told of a wait may answer, and how it stands in the visit's note.
ANSWERS = ("keep", "later", "unreached")
TOLD = "Told of the wait: "
_TOLD = re.compile(rf" *{TOLD}(?:keeps the time|comes later, about \d+:\d\d [ap]m)")
LONGEST_NOTE = 400


def answered(answer: str, wall: datetime, late: int) -> str:
    """Put into words what came of telling somebody with a visit at `wall` that it runs `late` minutes late."""
    if answer == "later":
        then = wall + timedelta(minutes=late)
        return f"comes later, about {then:%-I:%M} {f'{then:%p}'.lower()}"
    return {"keep": "keeps the time", "unreached": "not reached"}[answer]


def told(note: str, words: str) -> str:
    """Return a visit's note with what they said of the wait: beside what stood there, in place of what they said before."""
    said = f"{TOLD}{words}"
    return f"{_TOLD.sub('', note).strip()[: LONGEST_NOTE - len(said) - 1]} {said}".strip()

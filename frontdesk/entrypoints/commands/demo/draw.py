"""Weighted drawing from tables, fast enough for a million people."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Urn(Generic[T]):
    """Draw from `items` by weight; without weights the first is commonest, as names are (a Zipf-like law)."""

    __slots__ = ("items", "steps", "total")

    def __init__(
        self, items: Sequence[T], weights: Sequence[float] | None = None, *, flatness: int = 14
    ) -> None:
        self.items = items
        self.steps = list(accumulate(weights or [1 / (rank + flatness) for rank in range(len(items))]))
        self.total = self.steps[-1]

    def draw(self, rng: Random) -> T:
        """Return one item."""
        return self.items[bisect(self.steps, rng.random() * self.total)]


def listed(words: str) -> list[str]:
    """Return the words of a table written as running text."""
    return words.split()

"""Words in a picture, put together as the eye does: what stands in one run, what stands right of it, what beneath it."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.exchange.cards.sight import Word

_GAP = 1.4  # of a word's height: what is further apart is another run
_TILT = 0.07  # how far a line may rise or fall on its way across: 4 degrees


@dataclass(frozen=True, slots=True)
class Scrap:
    """Words that stand in one run, and their box. `sure` is that of its least sure word."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(one.text for one in self.words)

    @property
    def sure(self) -> float:
        """How sure it is, 0 to 1."""
        return min(one.sure for one in self.words)

    @property
    def left(self) -> int:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> int:
        """Where it ends."""
        return self.words[-1].left + self.words[-1].width

    @property
    def top(self) -> int:
        """Its upper edge where it begins."""
        return self.words[0].top

    @property
    def bottom(self) -> int:
        """Its lower edge where it begins."""
        return self.words[0].top + self.words[0].height

    @property
    def height(self) -> int:
        """The height of its tallest word."""
        return max(one.height for one in self.words)


def scraps(words: Sequence[Word]) -> list[Scrap]:
    """Return the runs of words in a picture, from the top down."""
    left = sorted(words, key=lambda one: one.left)
    runs: list[list[Word]] = []
    for word in left:
        run = next((one for one in runs if _follows(one[-1], word)), None)
        if run is None:
            runs.append([word])
        else:
            run.append(word)
    return sorted((Scrap(tuple(run)) for run in runs), key=lambda one: (one.top, one.left))


def right_of(label: Scrap, others: Sequence[Scrap]) -> list[Scrap]:
    """Return what stands on the same line to the right of a scrap, the nearest first."""
    beside = [
        one
        for one in others
        if one.left >= label.right
        and abs(_middle(one.words[0]) - _middle(label.words[-1]))
        < 0.6 * max(label.height, one.height) + _TILT * (one.left - label.right)
    ]
    return sorted(beside, key=lambda one: one.left)


def beneath(label: Scrap, others: Sequence[Scrap]) -> list[Scrap]:
    """Return what stands beneath a scrap and begins where it does, the nearest first."""
    under = [
        one
        for one in others
        if 0 <= one.top - label.bottom + label.height * 0.4 < 3.2 * max(label.height, one.height)
        and abs(one.left - label.left) < 2.5 * max(label.height, one.height)
        and one is not label
    ]
    return sorted(under, key=lambda one: one.top)


def _follows(before: Word, word: Word) -> bool:
    tall = max(before.height, word.height)
    gap = word.left - (before.left + before.width)
    return -0.3 * tall <= gap <= _GAP * tall and abs(_middle(before) - _middle(word)) < 0.45 * tall


def _middle(word: Word) -> float:
    return word.top + word.height / 2

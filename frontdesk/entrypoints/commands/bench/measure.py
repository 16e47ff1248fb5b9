"""Time things in pairs: ours and its floor by turns, so that a busy machine slows both alike."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle, islice

Work = Callable[[], object]


@dataclass(slots=True)
class Result:
    """One figure. `ratio` is ours ÷ the floor's at p50; `limit` says in words what was promised."""

    name: str
    unit: str
    p50: float
    p95: float
    floor: float
    ratio: float
    n: int
    database: str
    passed: bool
    limit: str = ""
    notes: list[str] = field(default_factory=list)

    def public(self) -> dict[str, object]:
        """Return the figure as `bench --json` writes it."""
        names = ("name", "unit", "p50", "p95", "floor", "ratio", "n", "database", "passed")
        whole = asdict(self)
        return {name: whole[name] for name in names}


@dataclass(frozen=True, slots=True)
class Times:
    """Durations in milliseconds, sorted."""

    sorted: tuple[float, ...]

    def at(self, share: float) -> float:
        """Return the duration that `share` of all stay within (nearest rank)."""
        return self.sorted[min(len(self.sorted) - 1, max(0, round(share * len(self.sorted)) - 1))]

    @property
    def p50(self) -> float:
        """Half of all were no slower."""
        return self.at(0.5)

    @property
    def p95(self) -> float:
        """Nineteen of twenty were no slower."""
        return self.at(0.95)


def timed(work: Sequence[Work], *, rounds: int = 1, warm: int = 3) -> Times:
    """Time each piece of work `rounds` times after warming up; the collector waits meanwhile."""
    for piece in islice(cycle(work), warm):
        piece()
    return Times(tuple(sorted(_once(piece) for _ in range(rounds) for piece in work)))


def timed_by_turns(
    ours: Sequence[Work], floor: Sequence[Work], *, rounds: int = 1, warm: int = 3
) -> tuple[Times, Times]:
    """Time two lists of the same length side by side, a piece of each in turn."""
    for one, other in islice(cycle(zip(ours, floor, strict=True)), warm):
        one()
        other()
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        for one, other in zip(ours, floor, strict=True):
            mine.append(_once(one))
            theirs.append(_once(other))
    return Times(tuple(sorted(mine))), Times(tuple(sorted(theirs)))


def _once(piece: Work) -> float:
    gc.disable()
    began = time.perf_counter()
    piece()
    took = time.perf_counter() - began
    gc.enable()
    return took * 1000

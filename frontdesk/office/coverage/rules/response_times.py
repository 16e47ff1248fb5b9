"""How fast payers answer, against what the CAQH CORE operating rules ask of them. Pure.

Eligibility infrastructure rule (formerly 155 and 156): in real time 20 seconds, for 90 % of a calendar month; a batch handed
in by 9 pm Eastern on a business day by 7 am Eastern on the next. System availability (157): 86 % of a calendar week.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from frontdesk.kit.walltime import to_utc, to_wall
from frontdesk.office.coverage.rules.freshness import PATIENCE

PROMISED, AVAILABLE = 0.90, 0.86
EASTERN = "America/New_York"
LAST_HAND_IN, ANSWERED_BY = time(21), time(7)
REAL_TIME, BATCH = "real_time", "batch"
NO_ANSWER = {
    "late": "no answer in time",
    "away": "could not be reached",
    "garbled": "answer could not be read",
    "no_file": "no answer to the file",
}
"""Why a question that was sent has no answer, by the code of its verdict. A rejection (AAA, 999) is an answer."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question that was sent, and when what is known of it came. Moments are UTC."""

    connection: str
    kind: str
    sent_at: datetime
    done_at: datetime
    code: str

    @property
    def is_answered(self) -> bool:
        """Whether the payer's side answered, be it with a rejection."""
        return self.code not in NO_ANSWER

    @property
    def is_in_time(self) -> bool:
        """Whether it answered as soon as CORE asks."""
        latest = self.sent_at + PATIENCE if self.kind == REAL_TIME else due(self.sent_at)
        return self.is_answered and self.done_at <= latest


@dataclass(frozen=True, slots=True)
class Responses:
    """How one connection answered. Times are seconds; None where nothing was answered or asked.

    `up` of `hours`: of the hours in which something was asked, those in which at least one answer came.
    """

    connection: str
    kind: str
    asked: int
    answered: int
    in_time: int
    median: float | None
    p95: float | None
    hours: int
    up: int
    unanswered: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float | None:
        """Return how many were answered in time, of all that were asked."""
        return self.in_time / self.asked if self.asked else None

    @property
    def availability(self) -> float | None:
        """Return the share of the hours in which it was there."""
        return self.up / self.hours if self.hours else None


def due(handed_in: datetime) -> datetime:
    """Return when the answers to a batch are due (UTC). Business days are Monday to Friday; payers' holidays are not known."""
    wall = to_wall(handed_in, EASTERN)
    day = wall.date() + timedelta(days=wall.time() > LAST_HAND_IN)
    day = _business(day) + timedelta(days=1)
    return to_utc(datetime.combine(_business(day), ANSWERED_BY), EASTERN)


def _business(day: date) -> date:
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])


def responses(found: Iterable[Exchange]) -> list[Responses]:
    """Return how each connection answered, real time before batches."""
    groups: dict[tuple[str, str], list[Exchange]] = {}
    for one in found:
        groups.setdefault((one.connection, one.kind), []).append(one)
    order = sorted(groups, key=lambda key: (key[0], key[1] != REAL_TIME))
    return [_of(*key, groups[key]) for key in order]


def _of(connection: str, kind: str, found: Sequence[Exchange]) -> Responses:
    answered = [one for one in found if one.is_answered]
    took = sorted((one.done_at - one.sent_at).total_seconds() for one in answered)
    missing = Counter(one.code for one in found if not one.is_answered)
    return Responses(
        connection, kind, len(found), len(answered), sum(one.is_in_time for one in answered),
        _nearest(took, 0.5), _nearest(took, 0.95),
        len({_hour(one) for one in found}), len({_hour(one) for one in answered}),
        tuple(sorted(missing.items(), key=lambda one: (-one[1], list(NO_ANSWER).index(one[0])))),
    )  # fmt: skip


def _hour(one: Exchange) -> str:
    return f"{one.sent_at:%Y-%m-%dT%H}"


def _nearest(ordered: Sequence[float], share: float) -> float | None:
    """Return the value that so large a share does not exceed (nearest rank)."""
    return ordered[max(-(-len(ordered) * round(share * 100) // 100) - 1, 0)] if ordered else None

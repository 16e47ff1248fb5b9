"""When a Good Faith Estimate is due, what it must hold, and when charges have gone beyond it: 45 CFR 149.610 and 149.620."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing.rules.business_days import after, before, hours_between

NEAR, FAR = 3, 10
ALERT, DISPUTE = 300_00, 400_00
"""Cents beyond the estimate of a provider: when we say so, and when the patient may dispute the bill (149.620(b)(2))."""

_DIAGNOSIS = re.compile(r"[A-TV-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")
_SERVICE = re.compile(r"[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4}")


@dataclass(frozen=True, slots=True)
class Clock:
    """How pressing a due estimate is, in words: tone is good, warn or bad, `state` one word for the badge."""

    words: str
    state: str
    tone: str


def scheduled(on: date, visit: date, since: date) -> date | None:
    """Return the day by which it has to be given for a visit scheduled `on` a day; None where none is due (149.610(b)(1)(vi)).

    At least three business days ahead: one business day after it was scheduled; at least ten: three business days after.
    `since` is when we knew that no plan pays, where that is later: nobody can be in time before. Where the day of the visit
    or of the scheduling is no business day the two ways of counting differ; then it is due, and by the earlier day.
    """
    if before(visit, NEAR) < on and after(on, NEAR) > visit:
        return None
    is_far = before(visit, FAR) >= on and after(on, FAR) <= visit
    return min(after(max(on, since), 3 if is_far else 1), max(visit, since))


def asked(on: date) -> date:
    """Return the day by which an estimate somebody asked for on a day has to be given: three business days (149.610(b)(1)(vi)(C))."""
    return after(on, 3)


def last_change(visit: date) -> date:
    """Return the last day on which a changed estimate can be given: one business day before the visit (149.610(b)(1)(vii))."""
    return before(visit, 1)


def clock_of(due_at: datetime | None, now: datetime, zone: str) -> Clock:
    """Say how a due estimate stands at `now`: "due by 5 PM Wednesday, in 6 business hours"."""
    if due_at is None:
        return Clock("no day is set by law", "To write", "quiet")
    wall, here = to_wall(due_at, zone), to_wall(now, zone)
    if now > due_at:
        return Clock(f"overdue since {_day(wall, here)}", "Overdue", "bad")
    hours = hours_between(now, due_at, zone)
    left = "within the hour" if hours < 1 else f"in {_counted(int(hours), 'business hour')}"
    if hours > 18:
        left = f"in {_counted(int(hours // 9), 'business day')}"
    return Clock(f"due by 5 PM {_day(wall, here)}, {left}", "Due", "warn" if hours <= 9 else "good")


def _counted(number: int, words: str) -> str:
    return f"{number} {words}" if number == 1 else f"{number} {words}s"


def _day(wall: datetime, here: datetime) -> str:
    days = (wall.date() - here.date()).days
    if days in {-1, 0, 1}:
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    if timedelta(0) < wall - here < timedelta(days=7):
        return f"{wall:%A}"
    return f"{wall:%a, %b} {wall.day}"


def diagnosis(text: str) -> str:
    """Return a diagnosis code as it is written ("E11.9"), "" for what has not the shape of ICD-10-CM."""
    bare = text.strip().upper()
    if not _DIAGNOSIS.fullmatch(bare):
        return ""
    bare = bare.replace(".", "")
    return f"{bare[:3]}.{bare[3:]}" if len(bare) > 3 else bare


def is_service_code(text: str) -> bool:
    """Say whether a text has the shape of a CPT or HCPCS code."""
    return bool(_SERVICE.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Over:
    """Charges of a provider beyond what their estimate says, in cents."""

    name: str
    expected: int
    charged: int

    @property
    def by(self) -> int:
        """By how much."""
        return self.charged - self.expected

    @property
    def may_dispute(self) -> bool:
        """Whether the patient may begin a dispute about it."""
        return self.by >= DISPUTE


def over(
    expected: Mapping[int, tuple[str, int]], charged: Mapping[int, tuple[str, int]], *, by: int = ALERT
) -> list[Over]:
    """Return whose charges exceed their estimate by `by` cents or more; both map a provider to a name and cents.

    Who does the visit in place of a provider of the estimate takes over what was estimated for them (149.610(b)(1)(viii)).
    """
    left = {pk: one for pk, one in expected.items() if pk not in charged}
    found = []
    for pk, (name, cents) in charged.items():
        stood_in = left.pop(next(iter(left)), ("", 0))[1] if pk not in expected and left else 0
        mine = expected[pk][1] if pk in expected else stood_in
        if cents - mine >= by:
            found.append(Over(name, mine, cents))
    return sorted(found, key=lambda one: -one.by)

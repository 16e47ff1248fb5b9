"""Which step of a visit follows which, where it stands on the desk's list, and what takes too long."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

SCHEDULED, CONFIRMED, ARRIVED, CHECKED_IN = "scheduled", "confirmed", "arrived", "checked_in"
ROOMED, WITH_PROVIDER, CHECKOUT, DONE = "roomed", "with_provider", "checkout", "done"
NO_SHOW, CANCELLED = "no_show", "cancelled"

AHEAD = (SCHEDULED, CONFIRMED)
HERE = (ARRIVED, CHECKED_IN, ROOMED, WITH_PROVIDER, CHECKOUT)
OVER = (DONE, NO_SHOW, CANCELLED)
WORDS = {
    SCHEDULED: "Scheduled",
    CONFIRMED: "Confirmed",
    ARRIVED: "Arrived",
    CHECKED_IN: "Checked in",
    ROOMED: "Roomed",
    WITH_PROVIDER: "With provider",
    CHECKOUT: "Ready to check out",
    DONE: "Done",
    NO_SHOW: "No-show",
    CANCELLED: "Cancelled",
}

# Every step anybody may take, and every correction that needs a reason. What is in neither is refused.
STEPS: dict[str, tuple[str, ...]] = {
    SCHEDULED: (CONFIRMED, ARRIVED, NO_SHOW, CANCELLED),
    CONFIRMED: (ARRIVED, NO_SHOW, CANCELLED),
    ARRIVED: (CHECKED_IN, DONE),
    CHECKED_IN: (ROOMED, WITH_PROVIDER, CHECKOUT, DONE),
    ROOMED: (WITH_PROVIDER, CHECKOUT, DONE),
    WITH_PROVIDER: (CHECKOUT, DONE),
    CHECKOUT: (DONE,),
    DONE: (),
    NO_SHOW: (),
    CANCELLED: (),
}
CORRECTIONS: dict[str, tuple[str, ...]] = {
    CONFIRMED: (SCHEDULED,),
    ARRIVED: (SCHEDULED, ROOMED),
    CHECKED_IN: (ARRIVED,),
    ROOMED: (CHECKED_IN, ARRIVED),
    WITH_PROVIDER: (ROOMED, CHECKED_IN),
    CHECKOUT: (WITH_PROVIDER, ROOMED),
    DONE: (CHECKOUT, WITH_PROVIDER, ARRIVED),
    NO_SHOW: (ARRIVED,),
}


def is_step(before: str, after: str) -> bool:
    """Say whether `after` follows `before` in the ordinary course of a day."""
    return after in STEPS[before]


def is_correction(before: str, after: str) -> bool:
    """Say whether `after` may be set with a reason, because `before` was a mistake or things turned out otherwise."""
    return after in CORRECTIONS.get(before, ())


@dataclass(frozen=True, slots=True)
class Policy:
    """What a practice has agreed on, in minutes."""

    ask_when_late: int = 10
    work_in_when_late: int = 15
    no_show_after: int = 30
    early_from: int = 45
    tell_when_behind: int = 20
    soon: int = 10
    # Longer than this in a state, and somebody should look: (amber, red).
    stuck: dict[str, tuple[int, int]] = field(
        default_factory=lambda: {
            ARRIVED: (8, 15),
            CHECKED_IN: (15, 30),
            ROOMED: (15, 30),
            WITH_PROVIDER: (45, 90),
            CHECKOUT: (8, 15),
        }
    )


POLICY = Policy()


def minutes(span: timedelta) -> int:
    """Return whole minutes, towards nought."""
    return int(span.total_seconds() / 60)


def group_of(status: str, starts: datetime, now: datetime, policy: Policy = POLICY) -> str:
    """Return where a visit stands on the desk's list: now, next, later, here or done.

    "Now" is whoever needs the desk: due within minutes, late, standing there to be checked in, or ready to leave.
    """
    if status in OVER:
        return "done"
    if status in {ARRIVED, CHECKOUT}:
        return "now"
    if status in HERE:
        return "here"
    ahead = minutes(starts - now)
    if ahead <= policy.soon:
        return "now"
    return "next" if ahead <= 60 else "later"


def pace(status: str, since: datetime | None, now: datetime, policy: Policy = POLICY) -> str:
    """Return how a stage goes: "" as it should, "slow" from the first threshold on, "stuck" from the second."""
    limits = policy.stuck.get(status)
    if limits is None or since is None:
        return ""
    lasted = minutes(now - since)
    return "stuck" if lasted >= limits[1] else "slow" if lasted >= limits[0] else ""


def lateness(late: int, policy: Policy = POLICY) -> str:
    """Say by policy what to do with somebody who is `late` minutes late (negative: early); "" when nothing."""
    if late >= policy.work_in_when_late:
        return f"{late} minutes late: work in, or offer another time"
    if late >= policy.ask_when_late:
        return f"{late} minutes late: ask the nurse before rooming"
    if late <= -policy.early_from:
        return f"{-late} minutes early: say when they will be called"
    return ""


def no_show_suggested(status: str, starts: datetime, now: datetime, policy: Policy = POLICY) -> bool:
    """Say whether it is time to ask whether somebody is still coming; never decided by itself."""
    return status in AHEAD and minutes(now - starts) >= policy.no_show_after

"""The time the law gives to answer a patient: 45 CFR 164.524(b), 164.526(b), 164.528(c)."""

from dataclasses import dataclass
from datetime import date, timedelta

ACCESS, AMENDMENT, ACCOUNTING = "access", "amendment", "accounting"
KINDS = {
    ACCESS: "A copy of the record",
    AMENDMENT: "A correction",
    ACCOUNTING: "An accounting of disclosures",
}
DAYS = {ACCESS: 30, AMENDMENT: 60, ACCOUNTING: 60}
EXTENSION = 30
SOON = 7

OPEN, GRANTED, PARTLY, DENIED, WITHDRAWN = "open", "granted", "partly", "denied", "withdrawn"
ANSWERS = {
    ACCESS: (GRANTED, PARTLY, DENIED, WITHDRAWN),
    AMENDMENT: (GRANTED, PARTLY, DENIED, WITHDRAWN),
    ACCOUNTING: (GRANTED, WITHDRAWN),  # nobody may be refused an accounting
}
ANSWER_WORDS = {
    OPEN: "Open",
    GRANTED: "Granted",
    PARTLY: "Granted in part",
    DENIED: "Denied",
    WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a request stands: the day it is due, days left (negative when over), and how pressing: good, warn, bad."""

    due: date
    left: int
    tone: str

    @property
    def words(self) -> str:
        """Say how much time is left."""
        if self.left < 0:
            return f"{-self.left} {'day' if self.left == -1 else 'days'} overdue"
        if self.left == 0:
            return "due today"
        return f"{self.left} {'day' if self.left == 1 else 'days'} left"


def due(kind: str, asked_on: date, *, extended: bool = False) -> date:
    """Return the last day on which a request may be answered in time."""
    return asked_on + timedelta(days=DAYS[kind] + (EXTENSION if extended else 0))


def clock_of(due_on: date, day: date) -> Clock:
    """Say where a request that is due on `due_on` stands on `day`."""
    left = (due_on - day).days
    return Clock(due_on, left, "bad" if left < 0 else "warn" if left <= SOON else "good")


def no_extension(kind: str, asked_on: date, day: date, *, extended: bool) -> str:
    """Say why the time cannot be made longer on `day`; "" when it can: once, and while the first term still runs."""
    if extended:
        return "The time was extended once already; the law gives one extension."
    if day > due(kind, asked_on):
        return "The first term is over: an extension has to be told to the patient before that."
    return ""


# What may be noted after what about a privacy notice. An emergency is made good as soon as it is over.
SIGNED, REFUSED, UNABLE, EMERGENCY = "signed", "refused", "unable", "emergency"
HOWS = {
    SIGNED: "Signed",
    REFUSED: "Would not sign",
    UNABLE: "Could not be got",
    EMERGENCY: "Emergency, to be made good",
}
SETTLED = (SIGNED, REFUSED, UNABLE)
AFTER: dict[str, tuple[str, ...]] = {
    "": (SIGNED, REFUSED, UNABLE, EMERGENCY),
    EMERGENCY: (SIGNED, REFUSED, UNABLE),
    REFUSED: (SIGNED,),
    UNABLE: (SIGNED, REFUSED),
    SIGNED: (),
}
NEEDS_REASON = (REFUSED, UNABLE)

# Why the notice has to be given: to somebody new, anew because it changed, or now that an emergency is over.
GIVE_NEW, GIVE_CHANGED, GIVE_LATE = "new", "changed", "late"


def notice_due(answer: str | None, *, published: bool, answered_before: bool) -> str:
    """Say why a patient has to be given the notice that holds; "" when there is nothing to give.

    `answer` is the newest one that counts for that notice, `answered_before` says that there is any, to whatever version.
    """
    if not published or answer in SETTLED:
        return ""
    if answer == EMERGENCY:
        return GIVE_LATE
    return GIVE_CHANGED if answered_before else GIVE_NEW

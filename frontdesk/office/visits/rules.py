"""The visit day as pure functions: which step follows which, what is missing, how long it takes, who is where.

No database, no clock, no settings: what they need is given, so that a table of cases can hold them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import quantiles

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


# ---- readiness -------------------------------------------------------------------------------------------------

ID, DEMO, INS, FORMS, MONEY = "ID", "Demo", "Ins", "Forms", "$"
CHIPS = (ID, DEMO, INS, FORMS, MONEY)
CHIP_WORDS = {
    ID: "Identity",
    DEMO: "Address and contacts",
    INS: "Insurance",
    FORMS: "Forms",
    MONEY: "Money",
}
FRESH = timedelta(days=90)
ADULT = 18
# The lines of the check-in list, and what may be settled before the patient comes.
ITEMS = ("identity", "changes", "card", "forms", "money")
SETTLED_BEFORE = ("interpreter", "no_phone", "no_address", "no_guardian", "not_confirmed")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a visit that readiness is judged by. None in the last three: this is not known here.

    `days_ahead` is how far off the visit's day is; `asked_consent` says whether somebody asked what may be done with
    the telephone.
    """

    on: date
    starts: datetime
    status: str
    age: int
    has_photo: bool = False
    has_phone: bool = True
    has_guardian: bool = False
    has_address: bool = True
    asked_consent: bool = True
    days_ahead: int = 0
    last_confirmed: date | None = None
    interpreter: str = ""
    is_deceased: bool = False
    alerts: tuple[str, ...] = ()
    settled: frozenset[str] = frozenset()
    coverage: str | None = None
    forms: str | None = None
    money: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing or must be known: in words, with what fixes it, whose it is, and by when.

    `level` is "todo" (somebody must act), "ask" (to be asked when the patient stands there) or "note".
    `action` is a code a screen turns into its verb; `item` the line of the check-in list that settles it.
    """

    chip: str
    code: str
    words: str
    level: str
    action: str
    owner: str
    due: datetime
    item: str = ""


def readiness(facts: Facts) -> list[Finding]:
    """Return what stands between a visit and "ready", the urgent first. Pure: the same facts, the same findings.

    What was settled at check-in (`facts.settled`, items of the list) is no longer found.
    """
    before, day_before = facts.starts, facts.starts - timedelta(days=1)
    found = [
        *_identity(facts, before),
        *_contact(facts, before, day_before),
        *_known(facts, before),
        *(Finding(DEMO, "alert", words, "note", "read", "desk", before) for words in facts.alerts),
    ]
    rank = {"todo": 0, "ask": 1, "note": 2}
    return sorted(
        (one for one in found if not one.item or one.item not in facts.settled),
        key=lambda one: (rank[one.level], CHIPS.index(one.chip)),
    )


def _identity(facts: Facts, due: datetime) -> Iterable[Finding]:
    if facts.is_deceased:
        yield Finding(
            ID, "deceased", "Marked as deceased: check the chart", "todo", "open_chart", "lead", due
        )
    words = "Ask for name and birth date" if facts.has_photo else "Ask for name, birth date and a photo ID"
    yield Finding(ID, "identify", words, "ask", "identify", "desk", due, "identity")


def _contact(facts: Facts, due: datetime, day_before: datetime) -> Iterable[Finding]:
    for code, words, action in _to_do(facts):
        yield Finding(DEMO, code, words, "todo", action, "desk", day_before, code)
    if facts.last_confirmed is None:
        yield Finding(
            DEMO, "unconfirmed", "Address and phone never confirmed", "ask", "confirm", "desk", due, "changes"
        )
    elif facts.on - facts.last_confirmed > FRESH:
        when = f"{facts.last_confirmed.month}/{facts.last_confirmed.day}/{facts.last_confirmed.year}"
        words = f"Address and phone last confirmed {when}"
        yield Finding(DEMO, "stale", words, "ask", "confirm", "desk", due, "changes")
    if facts.has_phone and not facts.asked_consent:
        words = "Ask whether they may be called and texted"
        yield Finding(DEMO, "consent", words, "ask", "edit_contacts", "desk", due, "changes")


def _to_do(facts: Facts) -> Iterable[tuple[str, str, str]]:
    """Tell (code, words, action) of what somebody must see to before the day; each is settled under its code."""
    if facts.status == SCHEDULED and facts.days_ahead > 0:
        yield "not_confirmed", "Visit not confirmed yet", "confirm_visit"
    if facts.interpreter:
        yield "interpreter", f"Interpreter for {facts.interpreter}: arrange one", "arrange_interpreter"
    if facts.age < ADULT and not facts.has_guardian:
        yield "no_guardian", "A minor without a guardian on file", "edit_people"
    if not facts.has_phone:
        yield "no_phone", "No telephone number on file", "edit_contacts"
    if not facts.has_address:
        yield "no_address", "No address on file", "edit_address"


def _known(facts: Facts, due: datetime) -> Iterable[Finding]:
    """Tell what the rooms of insurance, forms and money know; what they do not know is said so, and asked."""
    for chip, item, known, words in (
        (INS, "card", facts.coverage, "Insurance not verified here: look at the card"),
        (FORMS, "forms", facts.forms, "Forms are on paper: look whether they are signed"),
        (MONEY, "money", facts.money, "Nothing is known of money due: ask billing"),
    ):
        if known is None:
            yield Finding(chip, f"{item}_unknown", words, "note", item, "desk", due, item)
        elif known:
            yield Finding(chip, item, known, "todo", item, "desk", due, item)


def is_ready(findings: Iterable[Finding]) -> bool:
    """Say whether nobody needs to act before the patient stands at the desk."""
    return not any(one.level == "todo" for one in findings)


def stands_at(findings: Iterable[Finding]) -> str:
    """Return how far a visit is prepared: "todo" (somebody must act), "ask" (to be asked at the desk), or "ready".

    Everybody is asked who they are; that alone is nothing to prepare for.
    """
    levels = {one.level for one in findings if one.code != "identify"}
    return "todo" if "todo" in levels else "ask" if "ask" in levels else "ready"


def chips(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """Return (chip, state, words) for each chip: "todo", "ask", "unknown" or "ok"."""
    by_chip: dict[str, list[Finding]] = {name: [] for name in CHIPS}
    for one in findings:
        if one.code != "alert":
            by_chip[one.chip].append(one)
    return [(name, *_state(name, found)) for name, found in by_chip.items()]


def _state(name: str, found: Sequence[Finding]) -> tuple[str, str]:
    if not found:
        return "ok", f"{CHIP_WORDS[name]}: in order"
    level = {"todo": "todo", "ask": "ask", "note": "unknown"}[found[0].level]
    return level, f"{CHIP_WORDS[name]}: {'; '.join(one.words for one in found)}"


# ---- waiting ---------------------------------------------------------------------------------------------------

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

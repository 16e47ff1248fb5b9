"""How a payer's answer is shown: its state with an icon and a word, the line, when it was checked, what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from frontdesk.entrypoints.desk.coverage.figures import Figure, figures
from frontdesk.entrypoints.desk.coverage.spellings import Spelling, spellings
from frontdesk.entrypoints.desk.scheduling.wording import how_many, short_day
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit import clock
from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage.models import EligibilityCheck, Policy
from frontdesk.office.coverage.queries import judged
from frontdesk.office.coverage.queries.ways import answers_at_once
from frontdesk.office.coverage.rules.benefits import from_json
from frontdesk.office.coverage.rules.cover import (
    ACTIVE,
    CASE,
    INACTIVE,
    NONE,
    NOT_ASKED,
    SELF_PAY,
    UNKNOWN,
    WAITING,
    Cover,
)
from frontdesk.office.coverage.rules.verdict import Verdict
from frontdesk.office.patients.models import Patient

# State: the word, the tone of its badge, its icon.
STATES = {
    ACTIVE: ("Active", "good", "circle-check"),
    INACTIVE: ("Inactive", "bad", "circle-x"),
    UNKNOWN: ("Could not be determined", "warn", "triangle-alert"),
    WAITING: ("Being asked…", "accent", "hourglass"),
    NOT_ASKED: ("Not asked yet", "quiet", "circle"),
    NONE: ("No insurance on file", "quiet", "credit-card"),
    SELF_PAY: ("Self-pay", "quiet", "receipt"),
    CASE: ("Case", "quiet", "clipboard-list"),
}
_OVERNIGHT = "Asked by file at {}. This payer's answers come overnight."
_FILED = ("Asked by file", "accent", "hourglass")
_WAIT = "The answer stands here as soon as it comes, mostly within seconds."
# How often a page looks whether an answer has come: while somebody waits for it, and at night's pace.
SOON, AT_LEISURE = "every 400ms", "every 5s"
LIVE_SECONDS = 120
# What another policy was told of: the form that adds it can be filled in.
ADDS = {"managed_payer", "other_payer"}


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do or to know after an answer. `adds` is its number where it names a payer to add a policy of."""

    words: str
    adds: int | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last answer that said something, beside a later question that has none."""

    state: str
    tone: str
    picture: str
    words: str
    checked: str
    check_id: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The verdict of one policy. `follows` is how often a page asks whether an answer has come, "" when nothing is awaited.

    `can_hurry` when it waits in a file of the night and its payer can be asked at once instead.
    """

    policy_id: int
    payer: str
    code: str
    state: str
    tone: str
    picture: str
    words: str = ""
    checked: str = ""
    about: str = ""
    advice: str = ""
    check_id: int | None = None
    follows: str = ""
    figures: tuple[Figure, ...] = ()
    tasks: tuple[Task, ...] = ()
    spellings: tuple[Spelling, ...] = ()
    earlier: Earlier | None = None
    can_hurry: bool = False

    @property
    def said(self) -> str:
        """Return what a screen reader hears when it has settled."""
        return ". ".join(one for one in (f"{self.payer}: {self.state}", self.words, self.advice) if one)


def _wait(row: EligibilityCheck, zone: str) -> str:
    return _OVERNIGHT.format(wall_time(to_wall(row.sent_at, zone))) if row.file_id and row.sent_at else _WAIT


def strip(
    policy: Policy,
    patient: Patient,
    row: EligibilityCheck | None,
    good: EligibilityCheck | None,
    zone: str,
) -> Strip:
    """Put into words how a policy stands: `row` is what was asked last, `good` the last answer that said something."""
    today = clock.today(zone)
    says = row is not None and row.verdict in {ACTIVE, INACTIVE}
    earlier = None if good is None or says else _earlier(good, zone)
    if row is None:
        return Strip(policy.pk, policy.payer.name, NOT_ASKED, *STATES[NOT_ASKED], earlier=earlier)
    about = "" if row.day == today else f"for {short_day(row.day)}"
    if row.state != EligibilityCheck.State.DONE:
        return Strip(
            policy.pk, policy.payer.name, WAITING, *(_FILED if row.file_id else STATES[WAITING]),
            words=_wait(row, zone), about=about, check_id=row.pk, follows=follows(row.asked_at), earlier=earlier,
            can_hurry=bool(row.file_id) and answers_at_once(policy.payer.connection),
        )  # fmt: skip
    found = judged(row, policy, patient)
    return Strip(
        policy.pk, policy.payer.name, row.verdict, *STATES[row.verdict],
        words=row.words, checked=checked(row, zone), about=about, advice=row.advice, check_id=row.pk,
        figures=figures(found) if found and row.verdict == ACTIVE else (),
        tasks=tuple(tasks(found)) if found else (),
        spellings=tuple(spellings(found, from_json(row.told), policy, patient.pk)) if found and row.told else (),
        earlier=earlier,
    )  # fmt: skip


def tasks(found: Verdict) -> Iterable[Task]:
    """Yield what there is to do or to know, but for what is spelled otherwise: that has its own table."""
    for at, one in enumerate(found.tasks):
        if one.code != "spelled":
            yield Task(one.words, at if one.code in ADDS and _named(one.data) else None)


def checked(row: EligibilityCheck, zone: str) -> str:
    """Say when an answer came: "checked 8:02 am", or the day and how long ago that is; and that it was by phone."""
    if row.done_at is None:
        return ""
    how = "by phone, " if row.why == EligibilityCheck.Why.PHONE else ""
    return f"{how}{'tried' if row.verdict == UNKNOWN else 'checked'} {age(row.done_at, zone)}"


def age(at: datetime, zone: str) -> str:
    """Say when something was: 8:02 am today, else 3/2/2026, 8 days ago."""
    wall, today = to_wall(at, zone), clock.today(zone)
    days = (today - wall.date()).days
    if days <= 0:
        return wall_time(wall)
    return f"{us_date(wall.date())}, {'yesterday' if days == 1 else how_many(days, 'day') + ' ago'}"


def follows(asked_at: datetime) -> str:
    """Return how often to look whether an answer has come."""
    return SOON if (clock.now() - asked_at).total_seconds() < LIVE_SECONDS else AT_LEISURE


def covered(found: Cover | None, zone: str) -> Strip | None:
    """Return the strip of a visit, out of how its policies stand together; None where that is not to be seen."""
    if found is None:
        return None
    by = found.by
    how = "tried" if found.state == UNKNOWN else "checked"
    when = f"{how} {age(by.done_at, zone)}" if by and by.done_at else ""
    plain, filed = {ACTIVE, INACTIVE, UNKNOWN}, bool(by and by.by_file)
    return Strip(
        by.policy_id if by else 0, by.payer if by else "", found.state, *(_FILED if filed else STATES[found.state]),
        words=(by.words if by and found.state in plain else _unasked(found)),
        checked=when, advice=by.advice if by and found.state in plain else "", check_id=by.check_id if by else None,
        follows=(AT_LEISURE if filed else SOON) if found.state == WAITING else "",
        can_hurry=bool(by and by.can_hurry),
    )  # fmt: skip


def _unasked(found: Cover) -> str:
    if found.state in {SELF_PAY, CASE}:
        return found.words.removeprefix("Self-pay: ")  # the badge says it already
    return {NONE: "Ask for the card.", WAITING: found.words}.get(found.state, "")


def _earlier(row: EligibilityCheck, zone: str) -> Earlier:
    state, tone, picture = STATES[row.verdict]
    return Earlier(state, tone, picture, row.words, checked(row, zone), row.pk)


def _named(data: Mapping[str, str]) -> bool:
    return bool(data.get("name") or data.get("id"))

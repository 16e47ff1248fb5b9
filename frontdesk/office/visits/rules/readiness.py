"""What stands between a visit and "ready": findings in words, each with what fixes it, and the chips that show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontdesk.office.coverage.rules import CASE, SELF_PAY, Cover
from frontdesk.office.referrals.rules import Caution
from frontdesk.office.visits.rules.steps import SCHEDULED

ID, DEMO, INS, FORMS, MONEY = "ID", "Demo", "Ins", "Forms", "$"
CHIPS = (ID, DEMO, INS, FORMS, MONEY)
CHIP_WORDS = {
    ID: "Identity",
    DEMO: "Address and contacts",
    INS: "Insurance",
    FORMS: "Forms",
    MONEY: "Money",
}
COLLECT, NOTHING, UNKNOWN = "collect", "nothing", "unknown"
IN_ORDER = {MONEY: "nothing to collect"}
AT_THE_DESK = frozenset({"identify", "money"})
"""Findings that nobody can see to before the patient stands there."""
FRESH = timedelta(days=90)
ADULT = 18
# The lines of the check-in list, and what may be settled before the patient comes.
ITEMS = ("identity", "changes", "card", "forms", "notice", "money")
NOTICES = {
    "new": "New here: give the privacy notice",
    "changed": "The privacy notice changed: give the new one",
    "late": "Emergency then: give the privacy notice now",
}
SETTLED_BEFORE = (
    *("interpreter", "no_phone", "no_address", "no_guardian", "not_confirmed"),
    *("referral", "authorization"),
)


@dataclass(frozen=True, slots=True)
class Money:
    """What is to be collected at a visit, in words. `state` is collect, nothing or unknown."""

    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a visit that readiness is judged by. None in the last ones: this is not known here.

    `days_ahead` is how far off the visit's day is; `asked_consent` says whether somebody asked what may be done with
    the telephone; `cover` how insurance stands; `medicare_due` says that a Medicare patient is to be asked who pays before
    Medicare, `medicare_asked` when that was last; `notice` why the privacy notice has to be given (a key of NOTICES), "" when it has not;
    `cautions` what a visit lacks of referrals and authorizations; `money` what billing says is to be collected.
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
    notice: str = ""
    cover: Cover | None = None
    cautions: tuple[Caution, ...] = ()
    medicare_due: bool = False
    medicare_asked: date | None = None
    forms: str | None = None
    money: Money | None = None


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

    What was settled at check-in (`facts.settled`, items of the list) is no longer found; money is, until it is paid or it
    is noted why not.
    """
    before, day_before = facts.starts, facts.starts - timedelta(days=1)
    found = [
        *_identity(facts, before),
        *_contact(facts, before, day_before),
        *_notice(facts, before),
        *_coverage(facts, before),
        *_known(facts, before),
        *(Finding(DEMO, "alert", words, "note", "read", "desk", before) for words in facts.alerts),
    ]
    rank = {"todo": 0, "ask": 1, "note": 2}
    return sorted(
        (one for one in found if one.action == "collect" or not one.item or one.item not in facts.settled),
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


def _notice(facts: Facts, due: datetime) -> Iterable[Finding]:
    """Tell that the privacy notice is to be given: no later than the first visit (45 CFR 164.520(c)(2))."""
    if facts.notice:
        yield Finding(FORMS, "notice", NOTICES[facts.notice], "ask", "notice", "desk", due, "notice")


# What follows from how insurance stands: how urgent it is, and what a screen offers. Nothing of it keeps anybody out.
_COVER = {
    "none": ("ask", "add_insurance"),
    "not_asked": ("ask", "verify"),
    "waiting": ("note", "verify"),
    "unknown": ("ask", "verify"),
    "inactive": ("todo", "add_insurance"),
}
# Where others pay than the insurance on file, the chip says who.
LABELS = {"cover_self_pay": "Self-pay", "cover_case": "Case"}


def _coverage(facts: Facts, due: datetime) -> Iterable[Finding]:
    """Tell what is to be done about insurance, and that the card is to be looked at when somebody stands there."""
    if facts.cover is None:
        words = "Insurance not verified here: look at the card"
        yield Finding(INS, "card_unknown", words, "note", "card", "desk", due, "card")
    elif facts.cover.state in {SELF_PAY, CASE}:
        level, action = ("ask", "open_case") if facts.cover.asks else ("note", "payer")
        yield Finding(INS, f"cover_{facts.cover.state}", facts.cover.words, level, action, "desk", due)
    elif facts.cover.state in _COVER:
        level, action = _COVER[facts.cover.state]
        yield Finding(
            INS, f"cover_{facts.cover.state}", facts.cover.words, level, action, "desk", due, "card"
        )
    for one in facts.cautions:  # settled under its kind: somebody accepts that it is not there
        before = due - timedelta(days=1)
        yield Finding(
            INS, f"{one.kind}_{one.code}", one.words, "todo", "see_referral", "desk", before, one.kind
        )
    if facts.medicare_due:
        asked = facts.medicare_asked
        since = f"last asked {asked.month}/{asked.day}/{asked.year}" if asked else "never asked"
        yield Finding(
            INS, "medicare", f"Medicare: ask who pays first ({since})", "ask", "medicare", "desk", due
        )


def _known(facts: Facts, due: datetime) -> Iterable[Finding]:
    """Tell what the rooms of forms and money know; what they do not know is said so, and asked.

    Money is asked for when the patient stands there: nobody is kept from a visit by it.
    """
    if facts.forms is None:
        words = "Forms are on paper: look whether they are signed"
        yield Finding(FORMS, "forms_unknown", words, "note", "forms", "desk", due, "forms")
    elif facts.forms:
        yield Finding(FORMS, "forms", facts.forms, "todo", "forms", "desk", due, "forms")
    if facts.money is None:
        words = "Nothing is known of money due: ask billing"
        yield Finding(MONEY, "money_unknown", words, "note", "money", "desk", due, "money")
    elif facts.money.state == UNKNOWN:
        yield Finding(MONEY, "money_ask", facts.money.words, "note", "money", "desk", due, "money")
    elif facts.money.state == COLLECT:
        yield Finding(MONEY, "money", facts.money.words, "ask", "collect", "desk", due, "money")


def is_ready(findings: Iterable[Finding]) -> bool:
    """Say whether nobody needs to act before the patient stands at the desk."""
    return not any(one.level == "todo" for one in findings)


def stands_at(findings: Iterable[Finding]) -> str:
    """Return how far a visit is prepared: "todo" (somebody must act), "ask" (to be asked at the desk), or "ready".

    Everybody is asked who they are, and for what they are to pay; that alone is nothing to prepare for.
    """
    levels = {one.level for one in findings if one.code not in AT_THE_DESK}
    return "todo" if "todo" in levels else "ask" if "ask" in levels else "ready"


def chips(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """Return (chip, state, words) for each chip: "todo", "ask", "unknown" or "ok"; a visit's payer in place of "Ins" where it is another."""
    by_chip: dict[str, list[Finding]] = {name: [] for name in CHIPS}
    for one in findings:
        if one.code != "alert":
            by_chip[one.chip].append(one)
    return [(_label(name, found), *_state(name, found)) for name, found in by_chip.items()]


def _label(name: str, found: Sequence[Finding]) -> str:
    return next((LABELS[one.code] for one in found if one.code in LABELS), name)


def _state(name: str, found: Sequence[Finding]) -> tuple[str, str]:
    if not found:
        return "ok", f"{CHIP_WORDS[name]}: {IN_ORDER.get(name, 'in order')}"
    level = {"todo": "todo", "ask": "ask", "note": "unknown"}[found[0].level]
    return level, f"{CHIP_WORDS[name]}: {'; '.join(one.words for one in found)}"

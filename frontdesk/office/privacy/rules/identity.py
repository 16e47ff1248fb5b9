"""Who is speaking, and what they may be told (45 CFR 164.510(b), 164.514(h)): pure functions, a table of cases holds them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from frontdesk.office.patients.names import fold, other_forms
from frontdesk.office.patients.rules import is_minor, may_hear
from frontdesk.office.patients.typed import read

GOOD_FOR = timedelta(minutes=30)
ENOUGH = 2
# Who guesses is stopped: failures for one patient by anybody, and patients for whom one clerk's callers failed.
MOST_FOR_ONE, MOST_BY_ONE = 5, 8
WITHIN = timedelta(hours=1)

IDENTIFIERS = {
    "name": "Full name",
    "birth_date": "Date of birth",
    "address": "Address",
    "phone": "Last four of the phone",
    "mrn": "MRN",
    "phrase": "Password phrase",
}
TICKABLE = ("name", "address")
TOPICS = {"schedule": "appointments", "billing": "bills", "clinical": "medical matters"}
SPEAKERS = {
    "patient": "The patient",
    "guardian": "Guardian",
    "guarantor": "Guarantor",
    "emergency": "Emergency contact",
    "authorized": "Somebody they named",
    "representative": "Legal representative",
    "other": "Somebody else",
}
VERIFIED, FAILED, MESSAGE_ONLY = "verified", "failed", "message_only"
ALL = tuple(TOPICS)


@dataclass(frozen=True, slots=True)
class Known:
    """What the record holds to compare with: names as they are called, days, lines of addresses, numbers as digits."""

    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    birth_date: date
    mrn: str
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    is_deceased: bool = False
    has_phrase: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says they are speaking. `scope`, `expires` are an authorised contact's; `barred` says papers stand against them.

    `papers` says that a legal paper lets them act today.
    """

    kind: str
    scope: str = ""
    expires: date | None = None
    barred: bool = False
    papers: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of it: the outcome, what they may be told, and why in one sentence."""

    outcome: str
    topics: tuple[str, ...] = ()
    why: str = ""
    matched: tuple[str, ...] = field(default=())
    wrong: tuple[str, ...] = field(default=())


def compare(said: Mapping[str, str], known: Known, day: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which of the identifiers that were stated are right, and which are not; what was not stated is neither.

    The phrase is compared by whoever can read its hash, and the rest here. `day` is today: "3/14/62" lies before it.
    """
    tests: dict[str, Callable[[str, Known], bool]] = {
        "name": _name,
        "birth_date": lambda text, known: known.birth_date in read(text, day).births,
        "address": _address,
        "phone": _phone,
        "mrn": _mrn,
    }
    stated = [name for name in tests if said.get(name, "").strip()]
    matched = tuple(name for name in stated if tests[name](said[name].strip(), known))
    return matched, tuple(name for name in stated if name not in matched)


def _name(said: str, known: Known) -> bool:
    """Say whether a last and a first name of theirs were both said; a nickname will do, a surname alone will not."""
    words = fold(said).split()
    lasts = {last for one in known.lasts if (last := fold(one))}
    for last in lasts:
        rest = _without(words, last.split())
        if rest is not None and any(_is_called(rest, first) for first in known.firsts):
            return True
    return False


def _without(words: list[str], gone: list[str]) -> list[str] | None:
    """Return the words with the run `gone` taken out; None where it does not stand in them."""
    for at in range(len(words) - len(gone) + 1):
        if words[at : at + len(gone)] == gone:
            return words[:at] + words[at + len(gone) :]
    return None


def _is_called(words: list[str], first: str) -> bool:
    parts = fold(first).split()
    if not parts:
        return False
    alike = {parts[0]} | other_forms(parts[0])
    return any(word in alike for word in words)


def _address(said: str, known: Known) -> bool:
    """Say whether house number and street were said; a town or a ZIP alone is what anybody knows."""
    words = fold(said).split()
    for line in known.addresses:
        parts = fold(line).split()
        if len(parts) >= 2 and any(c.isdigit() for c in parts[0]):
            if words[:2] == parts[:2]:
                return True
        elif parts and words[: len(parts)] == parts:
            return True
    return False


def _phone(said: str, known: Known) -> bool:
    digits = _digits(said)
    return len(digits) >= 4 and any(_digits(one).endswith(digits[-10:]) for one in known.phones)


def _mrn(said: str, known: Known) -> bool:
    return fold(said).removeprefix("mrn").replace(" ", "") == fold(known.mrn).replace(" ", "")


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def judge(
    speaker: Speaker,
    known: Known,
    matched: Iterable[str],
    wrong: Iterable[str],
    *,
    day: date,
    only_message: bool = False,
) -> Judgement:
    """Say whether somebody is verified, and what they may be told on `day`."""
    right, bad = tuple(matched), tuple(wrong)

    def end(outcome: str, why: str, topics: tuple[str, ...] = ()) -> Judgement:
        return Judgement(outcome, topics, why, right, bad)

    if speaker.barred:
        return end(FAILED, "Papers on file say that this person may not be told anything.")
    if only_message:
        return end(MESSAGE_ONLY, "Only a message was taken.")
    if known.has_phrase and "phrase" not in right:
        return end(FAILED, "The patient has a password phrase, and it was not said right.")
    if len(right) < ENOUGH:
        return end(FAILED, "Two identifiers must be stated and be right.")
    if len(bad) >= ENOUGH:
        return end(FAILED, "Two of the answers were wrong.")
    topics, why = may_be_told(speaker, known, day)
    return end(VERIFIED, why, topics) if topics else end(MESSAGE_ONLY, why)


def may_be_told(speaker: Speaker, known: Known, day: date) -> tuple[tuple[str, ...], str]:
    """Return what such a speaker may be told on `day`, or nothing and why."""
    if known.is_deceased and not (speaker.kind == "representative" and speaker.papers):
        return (), "The patient has died: only their personal representative may be told, by the papers."
    minor = is_minor(known.birth_date, day)
    match speaker.kind:
        case "patient":
            return _patient(minor)
        case "guardian":
            return _guardian(speaker, minor)
        case "authorized":
            return _authorized(speaker, day)
        case "guarantor":
            return ("billing",), "A guarantor is told of the bills alone."
        case "representative":
            if speaker.papers:
                return ALL, "Acts for the patient by papers on file."
            return (), "No paper on file lets them act for the patient today."
        case "emergency":
            return (
                (),
                "An emergency contact is called when something happens; being one is no leave to be told.",
            )
        case _:
            return (), "Nobody on the record: take a message, and do not say whether we know the patient."


def _patient(minor: bool) -> tuple[tuple[str, ...], str]:
    if minor:
        return (
            (),
            "A minor: take a message or ask for the guardian. What a minor may ask alone, clinical staff decide.",
        )
    return ALL, "The patient."


def _guardian(speaker: Speaker, minor: bool) -> tuple[tuple[str, ...], str]:
    if minor or speaker.papers:
        return ALL, "The guardian."
    return (), "The patient is of age: a parent needs the patient's leave, or a court's paper."


def _authorized(speaker: Speaker, day: date) -> tuple[tuple[str, ...], str]:
    topics = tuple(topic for topic in ALL if may_hear(speaker.scope, speaker.expires, topic, day))
    if topics:
        return topics, f"The patient lets them be told of {spoken(topics)}."
    if speaker.expires is not None and speaker.expires < day:
        return (), "The leave the patient gave them has run out."
    return (), "The patient has not said what they may be told."


def spoken(topics: Iterable[str]) -> str:
    """Say topics in words: "appointments and bills"."""
    words = [TOPICS[topic] for topic in topics]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def same_person(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Say whether two (first, last) names may be one person's: the last alike, the firsts alike, a nickname or unknown."""
    firsts, lasts = (fold(one[0]).split(), fold(other[0]).split()), (fold(one[1]), fold(other[1]))
    if not lasts[0] or lasts[0] != lasts[1]:
        return False
    if not firsts[0] or not firsts[1]:
        return True
    return firsts[0][0] in {firsts[1][0]} | other_forms(firsts[1][0])

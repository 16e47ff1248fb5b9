"""How verification, disclosures and requests are put into words."""

from dataclasses import dataclass
from datetime import date

from frontdesk.entrypoints.desk.patients.wording import moment
from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit.walltime import to_wall
from frontdesk.office.privacy.models import (
    Consent,
    Disclosure,
    LegalPaper,
    RecordRequest,
    Restriction,
    Verification,
)
from frontdesk.office.privacy.rules import clocks, identity, part_two, telling

OUTCOMES = {
    "verified": ("Verified", "good"),
    "failed": ("Not verified", "bad"),
    "message_only": ("Take a message", "warn"),
}
RESTRICTIONS = {
    "asked": ("To be answered", "warn"),
    "accepted": ("Kept", "good"),
    "declined": ("Declined", "quiet"),
}
STATUS_TONE = {"open": "warn", "granted": "good", "partly": "good", "denied": "bad", "withdrawn": "quiet"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: where it opens, what it says, how it stands."""

    id: int
    title: str
    about: str
    state: str
    tone: str
    opens: str = ""


def outcome(one: Verification) -> tuple[str, str]:
    """Return what came of a verification, in words, and its tone."""
    return OUTCOMES[one.outcome]


def speaker(one: Verification) -> str:
    """Say who spoke: "Mika Ito, somebody they named"."""
    role = identity.SPEAKERS.get(one.speaker, one.speaker)
    return f"{one.speaker_name} ({role[:1].lower()}{role[1:]})" if one.speaker_name else role


def standing(one: Verification, zone: str) -> str:
    """Say how somebody stands: "Verified until 9:30 am"."""
    words, _ = outcome(one)
    if one.outcome != Verification.Outcome.VERIFIED:
        return words
    return f"{words} until {wall_time(to_wall(one.good_until, zone))}"


def chip(one: Verification | None, zone: str) -> list[tuple[str, str]]:
    """Return what the banner says of who is speaking: tone and words; nothing where nobody was asked."""
    if one is None:
        return []
    words, (_, tone) = standing(one, zone), outcome(one)
    who = "" if one.speaker == "patient" else f": {speaker(one)}"
    told = f", {identity.spoken(one.topics)}" if who and one.topics else ""
    return [(tone, f"{words}{who}{told}")]


def verification(one: Verification, zone: str) -> Line:
    """Return a verification as a line."""
    words, tone = outcome(one)
    by = ", ".join(identity.IDENTIFIERS[name].lower() for name in one.matched if name in identity.IDENTIFIERS)
    about = f"{moment(one.at, zone)} by {one.by_name}{f' · by {by}' if by else ''}"
    return Line(one.pk, speaker(one), about, words, tone)


def disclosure(one: Disclosure, day: date, home: str) -> Line:
    """Return a disclosure as a line."""
    if one.retracted_at:
        state, tone = "Taken back", "quiet"
    elif telling.is_hidden(one.suspended_until, day):
        state, tone = f"Hidden until {us_date(one.suspended_until)}", "bad"
    else:
        state, tone = ("Accounted for", "accent") if one.accountable else ("Not accounted for", "quiet")
    about = f"{us_date(one.on)} · {one.what} · {telling.BASES[one.basis].words}"
    return Line(one.pk, one.recipient, about, state, tone, f"{home}/disclosure/{one.pk}")


def asked(one: RecordRequest, day: date, home: str) -> Line:
    """Return a request as a line."""
    clock = clocks.clock_of(one.due, day)
    is_open = one.status == RecordRequest.Status.OPEN
    state = clock.words.capitalize() if is_open else clocks.ANSWER_WORDS[one.status]
    tone = clock.tone if is_open else STATUS_TONE[one.status]
    until = f"due {us_date(one.due)}" if is_open else f"answered {us_date(one.answered_on)}"
    about = f"{one.what} · asked {us_date(one.asked_on)} · {until}"
    return Line(one.pk, clocks.KINDS[one.kind], about, state, tone, f"{home}/request/{one.pk}")


def restriction(one: Restriction, home: str) -> Line:
    """Return a restriction as a line."""
    words, tone = RESTRICTIONS[one.status]
    if one.ended_at:
        words, tone = "Ended", "quiet"
    title = "Paid in full: never to a payer" if one.kind == Restriction.Kind.PAID_IN_FULL else "Restriction"
    about = " · ".join(
        part for part in (one.what, one.payer, f"asked {us_date(one.asked_on)}", one.reason) if part
    )
    return Line(one.pk, title, about, words, tone, f"{home}/restriction/{one.pk}")


def consent(one: Consent, day: date, home: str) -> Line:
    """Return a consent as a line."""
    if one.revoked_on:
        state, tone = f"Revoked {us_date(one.revoked_on)}", "bad"
    elif one.expires and one.expires < day:
        state, tone = f"Ended {us_date(one.expires)}", "quiet"
    else:
        state, tone = "Holds", "good"
    purpose = one.about or part_two.PURPOSES[one.purpose]
    until = us_date(one.expires) if one.expires else one.ends_with
    parts = (one.what, purpose, f"signed {us_date(one.signed_on)}", f"until {until}" if until else "")
    about = " · ".join(part for part in parts if part)
    return Line(one.pk, one.recipient, about, state, tone, f"{home}/consent/{one.pk}")


def paper(one: LegalPaper, home: str) -> Line:
    """Return a legal paper as a line."""
    name = " ".join(part for part in (one.first, one.last) if part)
    may = one.effect == LegalPaper.Effect.MAY_ACT
    span = " to ".join(us_date(day) for day in (one.begins, one.ends) if day)
    about = " · ".join(part for part in (one.relationship, one.document, span, one.note) if part)
    words, tone = ("May act", "good") if may else ("May not", "bad")
    return Line(one.pk, name, about, words, tone, f"{home}/paper/{one.pk}")

"""Records about substance use (42 CFR Part 2, as of 2024): what leaves with a consent, what without, and what goes with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from frontdesk.kit.sensitivity import codes
from frontdesk.office.patients.names import fold

LABEL = "substance"
TPO, OTHER, PROCEEDINGS = "tpo", "other", "proceedings"
PURPOSES = {
    TPO: "Treatment, payment and operations, from now on",
    OTHER: "What is said below",
    PROCEEDINGS: "A court or agency proceeding",
}
# Grounds on which such a record leaves without the patient's consent, and where that is written.
WITHOUT = {
    "individual": "to the patient (42 CFR 2.23)",
    "emergency": "in a medical emergency (2.51)",
    "court_part2": "by a court order under subpart E (2.61 to 2.67)",
    "abuse": "a first report of child abuse (2.12(c)(6))",
    "oversight": "audit and evaluation (2.53)",
    "research": "research (2.52)",
    "decedent": "an inquiry into a cause of death (2.15(b))",
    "mistake": "what happened by mistake is noted all the same",
}
# What only a consent of its own kind covers (2.31(d)): a general one does not lead into a courtroom.
_IN_COURT = frozenset({"judicial", "law_enforcement"})
_TPO = frozenset({"treatment", "payment", "operations"})

SHORT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
STATEMENT = (
    "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). These "
    "rules prohibit you from using or disclosing this record, or testimony that describes the information contained in "
    "this record, in any civil, criminal, administrative, or legislative proceedings by any Federal, State, or local "
    "authority, against the patient, unless authorized by the consent of the patient, except as provided at 42 CFR "
    "2.12(c)(5) or as authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, the Federal rules "
    "prohibit you from making any other use or disclosure of this record unless at least one of the following applies: "
    "(i) Further use or disclosure is expressly permitted by the written consent of the individual whose information is "
    "being disclosed in this record or as otherwise permitted by 42 CFR part 2. (ii) You are a covered entity or "
    "business associate and have received the record pursuant to a consent for treatment, payment, or health care "
    "operations, or (iii) You have received the record from a covered entity or business associate as permitted by 45 "
    "CFR part 164, subparts A and E. A general authorization for the release of medical or other information is NOT "
    "sufficient to meet the required elements of written consent to the use or redisclosure of the record (see 42 CFR "
    "2.31)."
)


class HasScope(Protocol):
    """A consent with everything that stands in it."""

    recipient: str
    what: str
    purpose: str
    about: str
    signed_on: date
    signed_by: str
    expires: date | None
    ends_with: str


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as the rules see it."""

    id: int
    recipient: str
    purpose: str
    signed_on: date
    expires: date | None = None
    revoked_on: date | None = None


def is_labelled(labels: str) -> bool:
    """Say whether a record's labels put it under Part 2."""
    return LABEL in codes(labels)


def needs_consent(basis: str) -> bool:
    """Say whether such a record leaves on this ground with the patient's consent alone."""
    return basis not in WITHOUT


def why_not(one: Given, recipient: str, basis: str, day: date) -> str:
    """Say why a consent does not cover a disclosure on `day`; "" when it does.

    One revoked on the very day covers nothing of that day. A consent for treatment, payment and operations covers
    those grounds, whoever of the class it names is told; any other covers its one recipient.
    """
    if one.signed_on > day:
        return f"was signed later, on {_us(one.signed_on)}"
    if one.revoked_on is not None and one.revoked_on <= day:
        return f"was revoked on {_us(one.revoked_on)}"
    if one.expires is not None and one.expires < day:
        return f"ended on {_us(one.expires)}"
    if one.purpose == TPO:
        return "" if basis in _TPO else "is for treatment, payment and operations, and not for this"
    if fold(one.recipient) != fold(recipient):
        return f"is to {one.recipient}"
    if (basis in _IN_COURT) != (one.purpose == PROCEEDINGS):
        return "is for another purpose" if basis in _IN_COURT else "is for a proceeding, and for nothing else"
    return ""


def covering(consents: Iterable[Given], recipient: str, basis: str, day: date) -> Given | None:
    """Return the newest consent that covers a disclosure on `day`, if there is one."""
    found = [one for one in consents if not why_not(one, recipient, basis, day)]
    return max(found, key=lambda one: (one.signed_on, one.id), default=None)


def missing(consents: Iterable[Given], recipient: str, basis: str, day: date) -> str:
    """Say what is missing for a disclosure that no consent covers, in words that lead on."""
    whom = recipient or "whoever gets it"
    near = [one for one in consents if fold(one.recipient) == fold(recipient)] or list(consents)
    newest = max(near, key=lambda one: (one.signed_on, one.id), default=None)
    begin = "This record is about substance use (42 CFR Part 2): it leaves only with the patient's written consent. "
    if newest is None:
        return f"{begin}None is on file for {whom}."
    return f"{begin}The consent to {newest.recipient} {why_not(newest, recipient, basis, day)}."


def scope_of(one: HasScope) -> str:
    """Say how far a consent goes, for whoever receives what leaves by it (2.32(b))."""
    end = (
        f"ends {_us(one.expires)}"
        if one.expires
        else f"ends with {one.ends_with}"
        if one.ends_with
        else "has no end"
    )
    purpose = PURPOSES[one.purpose] if one.purpose == TPO else one.about
    return f"Signed {_us(one.signed_on)} by {one.signed_by}. To: {one.recipient}. What: {one.what}. For: {purpose}. It {end}."


def _us(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"

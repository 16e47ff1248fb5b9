"""Referrals and authorizations as a clerk says them."""

from datetime import date

from frontdesk.office.coverage.rules.saying import AUTHORIZATION_NEEDED, NO_REFERRAL, REFERRAL_NEEDED
from frontdesk.office.referrals.rules.fitting import AUTHORIZATION, REFERRAL, Held
from frontdesk.office.referrals.rules.needs import Need

WORDS = {REFERRAL: "referral", AUTHORIZATION: "authorization"}


def day(on: date) -> str:
    """Return 3/15/2026."""
    return f"{on.month}/{on.day}/{on.year}"


def named(held: Held) -> str:
    """Return "Referral R-12", or "The referral" of one without a number."""
    words = WORDS[held.kind]
    return f"{words.capitalize()} {held.number}" if held.number else f"The {words}"


def counted(held: Held) -> str:
    """Say what is left: "4 of 12 visits left", "1 of 1 visit left", "visits not counted"."""
    if held.allowed is None:
        return "visits not counted"
    visits = "visit" if held.allowed == 1 else "visits"
    return f"{held.left} of {held.allowed} {visits} left"


def span(begins: date | None, ends: date | None) -> str:
    """Say the days it is good for: "3/1/2026 to 5/31/2026", "until 5/31/2026", "from 3/1/2026"; "" for always."""
    if begins and ends:
        return f"{day(begins)} to {day(ends)}"
    return f"from {day(begins)}" if begins else f"until {day(ends)}" if ends else ""


def agreeing(words: str, needed: list[Need], uses: list[Held]) -> str:
    """Return the line of a verdict with what it says of referrals and authorizations as it is for this visit.

    What a payer says of a plan, "no referral", is not left standing beside the practice's own rule that one is needed;
    and where a visit uses one, the line says which and what is left of it.
    """
    own = {AUTHORIZATION_NEEDED, REFERRAL_NEEDED, NO_REFERRAL}
    parts = [one for one in words.split(" · ") if one]
    wanted, held = {one.kind for one in needed}, {one.kind: one for one in uses}
    if not wanted and not held:
        return words
    left = NO_REFERRAL in parts and REFERRAL not in wanted and REFERRAL not in held
    kept = [one for one in parts if one not in own or (one == NO_REFERRAL and left)]
    said = []
    for kind, word in WORDS.items():
        if kind in held:
            said.append(f"{named(held[kind])[:1].lower()}{named(held[kind])[1:]}, {counted(held[kind])}")
        elif kind in wanted:
            said.append(f"{word} needed, none fits")
    return " · ".join([*kept, *said])

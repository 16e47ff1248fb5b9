"""How what is known of a patient is put into words on its screens."""

from collections.abc import Iterable
from datetime import date, datetime

from frontdesk.entrypoints.desk.scheduling.wording import short_day
from frontdesk.entrypoints.desk.templating import phone, us_date, wall_time
from frontdesk.kit import clock
from frontdesk.kit.walltime import to_wall
from frontdesk.office.patients import rules
from frontdesk.office.patients.models import (
    OLD_MRN,
    Address,
    Alert,
    Confirmation,
    Contact,
    Identifier,
    PatientName,
    RelatedPerson,
)
from frontdesk.office.patients.services import SCOPES

MOST_OF_A_YEAR = 330
STALE_AFTER = 180  # days after which a section should be gone through again

USES = {"mobile": "Mobile", "home": "Home", "work": "Work"}
ADDRESS_USES = {"home": "Home", "mail": "Mail", "temp": "For a while", "confidential": "Confidential"}
NAME_USES = {"previous": "Previous name", "maiden": "Name at birth", "alias": "Also known as"}
ROLES = {
    "emergency": "Emergency contact",
    "guardian": "Guardian",
    "guarantor": "Guarantor",
    "authorized": "May be told",
}
SHOWS = {
    "always": "Always",
    "booking": "When booking",
    "check_in": "At check-in",
    "once": "Until it is read",
}
YES_NO = {True: "Yes", False: "No", None: "Not asked"}


def sex(code: str) -> str:
    """Say a sex in words."""
    return rules.SEXES.get(code, code)


def race(codes: Iterable[str]) -> str:
    """Say races in words, as they were given."""
    return ", ".join(rules.RACES.get(code, code) for code in codes)


def short_date(at: datetime | None, zone: str) -> str:
    """Write the day of a moment on the clock of `zone`: 3/3/2026; nothing for none."""
    return us_date(to_wall(at, zone).date()) if at else ""


def near_date(at: datetime | None, zone: str) -> str:
    """Write a day as short as it can be told apart: Mar 3, and 3/3/24 where it is most of a year away."""
    if at is None:
        return ""
    wall = to_wall(at, zone)
    if abs((at - clock.now()).days) < MOST_OF_A_YEAR:
        return f"{wall:%b} {wall.day}"
    return f"{wall.month}/{wall.day}/{wall:%y}"


def moment(at: datetime, zone: str) -> str:
    """Write Tue, Mar 3 at 9:10 am."""
    wall = to_wall(at, zone)
    return f"{short_day(wall.date())} at {wall_time(wall)}"


def confirmed(one: Confirmation | None, zone: str) -> tuple[str, bool]:
    """Say when and by whom a section was last confirmed, and whether that is too long ago."""
    if one is None:
        return "not confirmed yet", True
    stale = (clock.now() - one.at).days > STALE_AFTER
    return f"confirmed {short_date(one.at, zone)} by {one.by_name}", stale


def consent(one: Contact) -> str:
    """Say what may be done with a number."""
    asked = {"call": one.may_call, "text": one.may_text, "leave a voicemail": one.may_leave_voicemail}
    allowed = [words for words, answer in asked.items() if answer]
    refused = [words for words, answer in asked.items() if answer is False]
    parts = [f"may {_list(allowed)}" if allowed else "", f"do not {_list(refused, 'or')}" if refused else ""]
    said = "; ".join(part for part in parts if part)
    return said or "not asked what is all right"


def address(one: Address) -> str:
    """Write an address on one line."""
    parts = (one.line, one.line2, one.city, f"{one.state} {one.zip}".strip())
    return ", ".join(part for part in parts if part)


def held(begins: date | None, ends: date | None) -> str:
    """Say from when to when something holds; nothing when it simply does."""
    since, until = (f"from {us_date(begins)}" if begins else ""), (f"until {us_date(ends)}" if ends else "")
    return " ".join(part for part in (since, until) if part)


def number(one: Contact) -> str:
    """Write a telephone number or e-mail address as it is read."""
    return phone(one.value) if one.system == Contact.System.PHONE else one.value


def person(one: RelatedPerson) -> str:
    """Say who somebody's person is: name, and what they are to them."""
    name = f"{one.first} {one.last}".strip() or (one.person.name if one.person else "")
    return f"{name}, {one.relationship.lower()}" if one.relationship else name


def permission(one: RelatedPerson, today: date) -> str:
    """Say what a person may be told and until when."""
    if one.role != RelatedPerson.Role.AUTHORIZED:
        return ""
    about = SCOPES.get(one.scope, one.scope).lower()
    if one.expires and one.expires < today:
        return f"{about}: ended {us_date(one.expires)}"
    return f"{about}, until {us_date(one.expires)}" if one.expires else about


def other_name(one: PatientName) -> str:
    """Write a previous name and its years."""
    period = held(one.begins, one.ends)
    name = f"{one.first} {one.last}".strip()
    return f"{name} ({period})" if period else name


def number_of(one: Identifier) -> str:
    """Say whose number it is."""
    return "MRN of a chart merged into this one" if one.system == OLD_MRN else one.system


def may_go(one: Identifier) -> bool:
    """Say whether a number may be taken away: that of a merged chart goes with the merge."""
    return one.system != OLD_MRN


def alert_tone(show: str) -> str:
    """Return how loud an alert is."""
    return "bad" if show == Alert.Show.ALWAYS else "warn"


def _list(words: list[str], last: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"

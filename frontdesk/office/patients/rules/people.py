"""Pure rules: how alike two people are, what a register form may hold. No database, no clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import phonenumbers
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from frontdesk.office.patients.names import fold, other_forms, sound

SHOW, STOP = 0.75, 0.95
SEXES = {"female": "Female", "male": "Male", "other": "Other", "unknown": "Unknown"}
DECLINED = "declined"
# OMB and CDC race and ethnicity categories as USCDI names them.
RACES = {
    "1002-5": "American Indian or Alaska Native",
    "2028-9": "Asian",
    "2054-5": "Black or African American",
    "2076-8": "Native Hawaiian or Other Pacific Islander",
    "2106-3": "White",
    "other": "Other race",
    DECLINED: "Declined to say",
}
ETHNICITIES = {
    "2135-2": "Hispanic or Latino",
    "2186-5": "Not Hispanic or Latino",
    DECLINED: "Declined to say",
}
LANGUAGES = {
    "en": "English",
    "es": "Spanish",
    "zh": "Chinese",
    "vi": "Vietnamese",
    "pt": "Portuguese",
    "ht": "Haitian Creole",
    "ar": "Arabic",
    "fr": "French",
    "ru": "Russian",
    "ko": "Korean",
    "ja": "Japanese",
    "tl": "Tagalog",
    "so": "Somali",
    "hi": "Hindi",
    "ase": "American Sign Language",
    DECLINED: "Declined to say",
}
STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "DC",
        "PR",
        "VI",
        "GU",
        "AS",
        "MP",
        "AA",
        "AE",
        "AP",
    ]
)
OLDEST = 125


@dataclass(frozen=True, slots=True)
class Person:
    """What identifies a person, as far as it is known; text as typed, phones as digits.

    `ssn` holds blind indexes of a social security number: one in common, and it is the same number.
    """

    first: str
    last: str
    birth_date: date | None
    sex: str = ""
    phones: frozenset[str] = frozenset()
    line: str = ""
    zip: str = ""
    other_lasts: tuple[str, ...] = ()
    other_firsts: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    ssn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two records are one person, 0 to 1, and why, in words."""

    score: float
    why: tuple[str, ...] = field(default=())


def likeness(one: Person, other: Person) -> Likeness:
    """Weigh what agrees and what does not. Twins (all alike but the given name) stay below `STOP`."""
    if one.numbers & other.numbers:
        return Likeness(0.99, ("same number in another system",))
    given, given_why = _given(one, other)
    family, family_why = _family(one, other)
    swapped = _swapped(one, other)
    if swapped > max(0.9, (given + family) / 2):
        given = family = swapped
        given_why, family_why = "first and last name swapped", ""
    born, born_why = _birth(one.birth_date, other.birth_date)
    phone = bool(one.phones & other.phones)
    street = _street(one, other)
    score = 0.34 * given + 0.26 * family + 0.30 * born
    score += 0.06 * (1 if phone else 0.35 if not (one.phones and other.phones) else 0)
    score += 0.04 * (street if street is not None else 0.35)
    score -= (
        0.10
        if one.sex and other.sex and one.sex != other.sex and "unknown" not in {one.sex, other.sex}
        else 0
    )
    # A household shares names, phones and streets: without the same given name and birthday it is a relative.
    if given < 0.7:
        score = min(score, 0.80 if born == 1 else 0.60)
    if born < 0.6:
        score = min(score, 0.74 if not (phone and given > 0.9 and family > 0.9) else 0.85)
    score, number_why = _by_ssn(one, other, score, alike=given >= 0.7 or born >= 0.85)
    why = [
        given_why,
        family_why,
        born_why,
        number_why,
        "same phone" if phone else "",
        "same address" if street and street > 0.85 else "",
    ]
    return Likeness(round(max(0.0, min(score, 1.0)), 3), tuple(word for word in why if word))


def _by_ssn(one: Person, other: Person, score: float, *, alike: bool) -> tuple[float, str]:
    """Weigh social security numbers. The same one decides between people who are alike otherwise.

    Between others it is worth a look: a parent's number is often given for a child's. Two numbers never make one person
    without somebody who says so.
    """
    if not one.ssn or not other.ssn:
        return score, ""
    if one.ssn & other.ssn:
        return max(score, 0.97 if alike else SHOW), "same social security number"
    return min(score, 0.94), "different social security numbers"


def _given(one: Person, other: Person) -> tuple[float, str]:
    mine = {fold(one.first), *map(fold, one.other_firsts)} - {""}
    theirs = {fold(other.first), *map(fold, other.other_firsts)} - {""}
    if not mine or not theirs:
        return 0.5, ""
    return max((_token(a, b, "first name") for a in mine for b in theirs), key=lambda pair: pair[0])


def _family(one: Person, other: Person) -> tuple[float, str]:
    mine = _with_parts(one.last, *one.other_lasts)
    theirs = _with_parts(other.last, *other.other_lasts)
    if not mine or not theirs:
        return 0.5, ""
    return max((_token(a, b, "last name") for a in mine for b in theirs), key=lambda pair: pair[0])


def _with_parts(*names: str) -> set[str]:
    folded = [fold(name) for name in names if name]
    parts = {part for name in folded for part in name.split() if len(part) > 2}
    return {name.replace(" ", "") for name in folded} | parts


def _token(a: str, b: str, what: str) -> tuple[float, str]:
    if a == b:
        return 1.0, f"same {what}"
    if b in other_forms(a) or (min(len(a), len(b)) == 1 and a[0] == b[0]):
        return 0.92, f"{what} is a short form"
    if DamerauLevenshtein.distance(a, b) == 1 and min(len(a), len(b)) > 2:
        return 0.93, f"{what} one letter apart"
    near = JaroWinkler.similarity(a, b)
    if sound(a) and sound(a) == sound(b):
        return max(0.88, near), f"{what} sounds alike"
    return (near, f"{what} alike") if near > 0.88 else (near * 0.6, "")


def _swapped(one: Person, other: Person) -> float:
    a, b = _token(fold(one.first), fold(other.last), "")[0], _token(fold(one.last), fold(other.first), "")[0]
    return min(a, b) * 0.98


def _birth(a: date | None, b: date | None) -> tuple[float, str]:
    if a is None or b is None:
        return 0.35, ""
    if a == b:
        return 1.0, "same date of birth"
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return 0.88, "day and month swapped"
    wrong = DamerauLevenshtein.distance(a.strftime("%Y%m%d"), b.strftime("%Y%m%d"))
    if wrong == 1:
        return 0.85, "date of birth one digit apart"
    if wrong == 2 and (a.year == b.year or (a.month, a.day) == (b.month, b.day)):
        return 0.6, "date of birth nearly the same"
    return 0.0, ""


def _street(one: Person, other: Person) -> float | None:
    if not one.line or not other.line:
        return None
    near = JaroWinkler.similarity(fold(one.line), fold(other.line))
    same_zip = not one.zip or not other.zip or one.zip[:5] == other.zip[:5]
    return near if same_zip else near * 0.6


def read_phone(text: str) -> str | None:
    """Return a US telephone number in E.164, or None when it cannot be one."""
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def wrong_birth_date(born: date, today: date) -> str:
    """Say what is wrong with a date of birth, "" when it can be right."""
    if born > today:
        return "This date is in the future."
    if today.year - born.year > OLDEST:
        return f"That would make them more than {OLDEST} years old."
    return ""


def wrong_zip(text: str) -> str:
    """Say what is wrong with a ZIP code, "" when it can be right."""
    return (
        ""
        if re.fullmatch(r"\d{5}(-\d{4})?", text)
        else "A ZIP code has five digits, or nine: 02143 or 02143-1234."
    )


def wrong_codes(given: Mapping[str, Any]) -> dict[str, str]:
    """Say which of sex, races, ethnicity and language hold something that is not on their lists; blank is not asked."""
    wrong = {}
    if "sex" in given and given["sex"] not in SEXES:
        wrong["sex"] = "Choose one; Unknown is allowed."
    races = set(given.get("races") or ())
    if races - RACES.keys() or (DECLINED in races and len(races) > 1):
        wrong["races"] = "Choose from the list; Declined stands alone."
    if given.get("ethnicity") and given["ethnicity"] not in ETHNICITIES:
        wrong["ethnicity"] = "Choose from the list."
    if given.get("language") and not re.fullmatch(
        r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?|declined", given["language"]
    ):
        wrong["language"] = "Choose from the list."
    return wrong


def wrong_place(given: Mapping[str, Any]) -> dict[str, str]:
    """Say what is wrong with the ZIP code and the state of an address."""
    wrong = {}
    if given.get("zip") and (problem := wrong_zip(given["zip"])):
        wrong["zip"] = problem
    if given.get("state") and given["state"] not in STATES:
        wrong["state"] = "Use the two letters of the state."
    return wrong


def is_email(text: str) -> bool:
    """Say whether a text has the shape of an e-mail address, at most 254 characters long."""
    return len(text) <= 254 and re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text) is not None


def may_hear(scope: str, expires: date | None, topic: str, day: date) -> bool:
    """Say whether leave of this scope still covers `topic` ("schedule", "billing", "clinical") on `day`."""
    return scope in {topic, "all"} and (expires is None or expires >= day)


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(born: date, day: date) -> bool:
    """Say whether somebody is under eighteen on `day`."""
    return age_on(born, day) < 18


# Minimum necessary (45 CFR 164.514(d)): the fields of a record that not every role sees, by what they stand on.
BEHIND: dict[str, tuple[str, ...]] = {
    "patients.see_needs": ("gender_identity", "pronouns", "races", "ethnicity"),
}
# The same of what a deed wrote down, on whatever row: an alert's words, and what staff write about a visit.
RECORDED_BEHIND: dict[str, tuple[str, ...]] = {
    "patients.see_alerts": ("words",),
    "patients.see_notes": ("note", "internal_note", "reason", "patient_instructions"),
}

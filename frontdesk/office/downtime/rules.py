"""Paper forms as pure functions: numbers that show when they were misread, and times that must follow each other.

A number is seven random digits and a check digit. The check digit (Damm) finds every single wrong digit and every two
neighbors that changed places. The digits are random rather than counted, so that a number misread twice is not somebody
else's form, and so that a database put back from an older backup never issues one that is already on paper.
"""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

# A quasigroup of order ten with no fixed pair (Damm 2004): what follows from the check so far and the next digit.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
DIGITS = 8

VISIT, WALK_IN, RECEIPT = "visit", "walk_in", "receipt"
ISSUED, ENTERED, VOID = "issued", "entered", "void"
SEEN, LEFT, NO_SHOW = "seen", "left", "no_show"
OUTCOMES = {SEEN: "Was seen", LEFT: "Left without being seen", NO_SHOW: "Did not come"}
# The moments of a form in the order they happen, and what each is called on it.
MOMENTS = {
    "arrived": "Arrived",
    "checked_in": "Checked in",
    "roomed": "Roomed",
    "with_provider": "Provider in",
    "out": "Out",
}


def check_digit(digits: str) -> str:
    """Return the digit that makes a row of digits whole."""
    so_far = 0
    for digit in digits:
        so_far = int(_DAMM[so_far][int(digit)])
    return str(so_far)


def fresh_number() -> str:
    """Return a number nobody can guess from another: seven digits and their check."""
    digits = str(secrets.randbelow(9_000_000) + 1_000_000)
    return digits + check_digit(digits)


def is_whole(number: str) -> bool:
    """Say whether a number was read as it was printed."""
    return len(number) == DIGITS and number.isdigit() and check_digit(number) == "0"


def read_number(typed: str) -> str:
    """Return the digits of a number as somebody types it: "4172-8396", "4172 8396"."""
    return re.sub(r"[^0-9]", "", typed)


def shown(number: str) -> str:
    """Return a number as it stands on paper: 4172-8396."""
    return f"{number[:4]}-{number[4:]}"


def blanks_for(booked: int) -> int:
    """Return how many forms without a name a day gets: a quarter of the booked ones, ten at least, sixty at most."""
    return min(max(10, -(-booked // 4)), 60)


def receipts_for(booked: int) -> int:
    """Return how many numbered receipts a day gets: one for every second visit."""
    return min(max(10, -(-booked // 2)), 120)


def wrong_moments(outcome: str, moments: Mapping[str, datetime | None], now: datetime) -> dict[str, str]:
    """Return what is wrong with the times of a form, by moment; nothing when they may be entered.

    `moments` are UTC, in order of `MOMENTS`, None where the form has nothing.
    """
    given = {name: at for name in MOMENTS if (at := moments.get(name)) is not None}
    if outcome == NO_SHOW:
        return dict.fromkeys(given, "Somebody who did not come has no times.")
    wrong = {name: "That is still to come." for name, at in given.items() if at > now}
    for (before, earlier), (name, later) in pairwise(given.items()):
        if later < earlier and name not in wrong:
            wrong[name] = f"That lies before “{MOMENTS[before].lower()}”."
    if "arrived" not in given:
        wrong.setdefault("arrived", "When did they arrive?")
    if outcome == LEFT:
        if "out" not in given:
            wrong.setdefault("out", "When did they leave?")
        if "with_provider" in given:
            wrong.setdefault("with_provider", "Somebody the provider saw did not leave unseen.")
    elif "checked_in" not in given and given.keys() & {"roomed", "with_provider", "out"}:
        wrong.setdefault("checked_in", "When were they checked in?")
    return wrong

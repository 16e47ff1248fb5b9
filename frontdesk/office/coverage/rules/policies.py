"""Policies and payers: which numbers and names are good, in which order plans pay, when they hold."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

RANKS = {1: "Primary", 2: "Secondary", 3: "Tertiary"}
MOST = 9
# Words of payers' names that tell no two apart, and how people shorten the ones that do.
_FILLERS = frozenset(
    {"the", "of", "and", "inc", "llc", "co", "company", "corp", "corporation", "insurance", "ins"}
)
_SHORT = {
    "bcbs": "blue cross blue shield",
    "bluecross": "blue cross",
    "blueshield": "blue shield",
    "uhc": "united health care",
    "unitedhealthcare": "united health care",
    "healthcare": "health care",
}
_MEMBER_ID = re.compile(r"[A-Z0-9][A-Z0-9\-/. ]*[A-Z0-9]|[A-Z0-9]")


def rank_words(rank: int) -> str:
    """Say in which order a policy is asked."""
    return RANKS.get(rank, f"Number {rank}")


def search_key(name: str) -> str:
    """Return how a payer's name is compared: no accents, no signs, no fillers, the usual short forms written out."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    words: list[str] = []
    for word in letters.split():
        words += _SHORT.get(word, word).split()
    kept = [word for word in words if word not in _FILLERS] or words
    return " ".join(kept)[:160]


def member_id(typed: str) -> str:
    """Return a member number as payers keep it: capitals, no blanks around and between.

    Raises `ValueError` with a sentence for what no payer gives out. X12's NM109 holds 2 to 80 characters.
    """
    text = "".join(typed.upper().split())
    if not 2 <= len(text) <= 80:
        msg = "A member ID has 2 to 80 letters and digits."
        raise ValueError(msg)
    if not _MEMBER_ID.fullmatch(text):
        msg = "A member ID has letters, digits and dashes only. Read it from the card again."
        raise ValueError(msg)
    return text


def missing(values: Mapping[str, object]) -> dict[str, str]:
    """Say, by field, what a policy still needs: who the subscriber is, where that is not the patient."""
    wrong: dict[str, str] = {}
    if not values.get("member_id"):
        wrong["member_id"] = "Copy the member ID from the card."
    if values.get("relationship", "self") != "self":
        if not values.get("subscriber_last") or not values.get("subscriber_first"):
            wrong["subscriber_last"] = "Write whose policy it is: first and last name."
        if not values.get("subscriber_birth_date"):
            wrong["subscriber_birth_date"] = "The payer asks for the subscriber's date of birth."
    begins, ends = values.get("begins"), values.get("ends")
    if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
        wrong["ends"] = "It would end before it begins."
    return wrong


def holds_on(begins: date | None, ends: date | None, day: date) -> str:
    """Say how a policy's dates stand to a day: holds, not_yet or over."""
    if begins is not None and day < begins:
        return "not_yet"
    if ends is not None and day > ends:
        return "over"
    return "holds"


def birthday_first(one: date | None, other: date | None) -> int:
    """Say whose plan is primary for a child both parents cover: the parent's whose birthday is earlier in the year.

    NAIC birthday rule. Returns -1 for the first, 1 for the second, 0 when it cannot be told: the same day (then the
    plan that has covered a parent longer is primary), or a birthday that is not known. The year of birth does not matter.
    """
    if one is None or other is None or (one.month, one.day) == (other.month, other.day):
        return 0
    return -1 if (one.month, one.day) < (other.month, other.day) else 1

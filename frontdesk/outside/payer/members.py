"""The member file: who is insured here, and how a question finds them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

from frontdesk.outside.payer.scenarios import SCENARIOS, Scenario, played_by

DEFAULT = Path(__file__).with_name("members.json")
_SHAPE = re.compile(r"W[0-9]{8}")
NO_BIRTH_DATE, OTHER_BIRTH_DATE, BAD_ID, BAD_NAME, NOT_FOUND = "58", "71", "72", "73", "75"


class Unusable(ValueError):
    """A member file that cannot be used; says which entry and why."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody insured. `filed_as` is the last name as the payer has it, where it is not that of the card.

    Several members may have one id, as a family has; `relationship` is INS02 (18 self, 01 spouse, 19 child).
    """

    id: str
    first: str
    last: str
    birth_date: date | None
    gender: str
    scenario: Scenario
    plan: str = ""
    group: str = ""
    filed_as: str = ""
    relationship: str = "18"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a question is about, in its own words."""

    id: str
    last: str
    first: str
    birth_date: date | None
    gender: str


# What an id that nobody has plays where anybody is insured, out of a hundred: as a morning's answers come in.
_LOTS = (("ACTIVE", 56), ("HMO", 14), ("COPAYS", 10), ("INACTIVE", 4), ("TERMED", 4), ("SPELLED", 4), ("AUTH", 3),
         ("OTHER", 2), ("DOWN", 2), ("NOTFOUND", 1))  # fmt: skip


class Members:
    """Everybody in the file, by member id; with `anybody`, everybody else too, as the id itself decides."""

    def __init__(self, everybody: Iterable[Member], *, anybody: bool = False) -> None:
        self.anybody = anybody
        self._by_id: dict[str, list[Member]] = {}
        for one in everybody:
            self._by_id.setdefault(one.id.upper(), []).append(one)

    def find(self, asked: Asked) -> Member | str:
        """Return whom a question means, or the reason (AAA03) that it means nobody."""
        if (played := played_by(asked.id)) is not None:
            return _anybody(asked, played)
        family = self._by_id.get(asked.id.upper())
        if family is None and self.anybody:
            return _anybody(asked, _lot(asked.id))
        if not _SHAPE.fullmatch(asked.id.upper()):
            return BAD_ID
        if family is None:
            return NOT_FOUND
        if asked.birth_date is None:
            return NO_BIRTH_DATE
        named = [one for one in family if _plain(asked.last) in {_plain(one.last), _plain(one.filed_as)}]
        if not named:
            return BAD_NAME
        born = [one for one in named if one.birth_date == asked.birth_date]
        if not born:
            return OTHER_BIRTH_DATE
        # Twins have one birth date; a wrong or missing first name is forgiven where there is one person it can be.
        return next((one for one in born if _plain(one.first) == _plain(asked.first)), born[0])


def load(file: Path, *, anybody: bool = False) -> Members:
    """Read a member file. Raises `Unusable`."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise Unusable(f"{file} is not JSON.") from None
    if not isinstance(rows, list):
        raise Unusable(f"{file} is not a list of members.")
    return Members((_member(number, row) for number, row in enumerate(rows, 1)), anybody=anybody)


def _member(number: int, row: object) -> Member:
    words = row if isinstance(row, dict) else {}
    if wrong := [name for name in words if name not in Member.__slots__ or not isinstance(words[name], str)]:
        raise Unusable(f"Member {number}: {wrong[0]} is nothing a member has, or is not text.")
    if missing := {"id", "first", "last", "birth_date", "gender", "scenario"} - set(words):
        raise Unusable(f"Member {number} has no {', '.join(sorted(missing))}.")
    if not _SHAPE.fullmatch(words["id"].upper()):
        raise Unusable(f"Member {number}: a member id is W and eight digits.")
    if words["scenario"] not in SCENARIOS:
        raise Unusable(f"Member {number}: a scenario is one of {', '.join(SCENARIOS)}.")
    try:
        born = date.fromisoformat(words["birth_date"])
    except ValueError:
        raise Unusable(f"Member {number}: birth_date is not a day; it is written 1958-09-12.") from None
    return Member(**{**words, "birth_date": born, "scenario": SCENARIOS[words["scenario"]]})


def _lot(member_id: str) -> Scenario:
    """Return what an id plays: always the same, whichever process asks."""
    drawn = crc32(member_id.upper().encode()) % 100
    for word, share in _LOTS:
        if drawn < share:
            return SCENARIOS[word]
        drawn -= share
    return SCENARIOS["ACTIVE"]


def _anybody(asked: Asked, played: Scenario) -> Member:
    return Member(
        id=asked.id,
        first=asked.first,
        last=asked.last,
        birth_date=asked.birth_date,
        gender=asked.gender,
        scenario=played,
        group="PRACTICE",
        filed_as=_misspelled(asked.last) if played.renames else "",
    )


_NEXT = {"A": "E", "E": "I", "I": "Y", "O": "U", "U": "O", "Y": "I"}


def _misspelled(name: str) -> str:
    """Return a name with its last vowel exchanged: SMITH becomes SMYTH."""
    name = name.upper()
    at = max((n for n, letter in enumerate(name) if letter in _NEXT), default=None)
    return f"{name}E" if at is None else name[:at] + _NEXT[name[at]] + name[at + 1 :]


def _plain(name: str) -> str:
    """Return a name without what payers and cards leave out: case, blanks, hyphens, apostrophes."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())

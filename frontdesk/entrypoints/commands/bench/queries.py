"""Two hundred searches as they are typed at a desk, made from the data, each with the people it is meant to find."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

DATE_WRITINGS = (
    "{m}/{d}/{y}",
    "{m:02}/{d:02}/{y}",
    "{m}-{d}-{y}",
    "{m:02}{d:02}{y}",
    "{y}-{m:02}-{d:02}",
    "{mon} {d} {y}",
)
ENOUGH = 3
"""A query that fits more people than this cannot be asked to put one of them among the first three."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """What a search can be made of."""

    id: int
    first: str
    last: str
    birth: date
    mrn: str
    phone: str = ""
    preferred: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, what kind it is, and whom it should find; `right` is empty where too many fit."""

    text: str
    kind: str
    right: frozenset[int] = frozenset()
    typo: bool = False
    by: tuple[str, str, str] = ("", "", "")
    """The index that answers it best, and the one or two values to look up there; "" first where none does."""

    @property
    def clean(self) -> bool:
        """Say whether the text is spelled as the record is."""
        return not self.typo


@dataclass(slots=True)
class Crowd:
    """Everybody, by what a clerk may know of them."""

    people: Sequence[Somebody]
    by_birth: dict[date, list[Somebody]] = field(default_factory=lambda: defaultdict(list))
    by_last: dict[str, list[Somebody]] = field(default_factory=lambda: defaultdict(list))
    by_phone: dict[str, list[Somebody]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for person in self.people:
            self.by_birth[person.birth].append(person)
            for last in {plain(person.last), plain(person.previous)} - {""}:
                self.by_last[last[:3]].append(person)
            if person.phone:
                self.by_phone[person.phone[-4:]].append(person)


Maker = Callable[[Random, Crowd, Somebody], Query | None]


def two_hundred(people: Sequence[Somebody], seed: int, count: int = 200) -> list[Query]:
    """Return `count` queries: three fifths clean, one fifth with a typing slip, the rest vague (a birthday, four digits)."""
    rng = Random(f"queries-{seed}")
    crowd = Crowd(people)
    made: list[Query] = []
    for maker, share in MAKERS:
        wanted = round(count * share)
        tries = 0
        while wanted and tries < 5000:
            tries += 1
            query = maker(rng, crowd, rng.choice(people))
            if query is not None:
                made.append(query)
                wanted -= 1
    rng.shuffle(made)
    return made


def plain(text: str) -> str:
    """Return the text as a hurried hand types it: small letters, no accents, no apostrophes."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return (
        "".join(c for c in bare if not unicodedata.combining(c))
        .replace("'", "")
        .replace("-", " ")
        .replace(".", "")
    )


def _written(rng: Random, day: date) -> str:
    return rng.choice(DATE_WRITINGS).format(
        m=day.month, d=day.day, y=day.year, mon=day.strftime("%b").lower()
    )


def _born(who: Somebody) -> tuple[str, str, str]:
    return ("birth", who.birth.isoformat(), "")


def _those(people: list[Somebody], fits: Callable[[Somebody], bool]) -> frozenset[int]:
    found = frozenset(person.id for person in people if fits(person))
    return found if len(found) <= ENOUGH else frozenset()


def _named(first: str, last: str) -> Callable[[Somebody], bool]:
    """Fits whose first (or preferred) and last (or earlier) names begin so."""

    def fits(person: Somebody) -> bool:
        firsts, lasts = (
            (plain(person.first), plain(person.preferred)),
            (plain(person.last), plain(person.previous)),
        )
        return any(f.startswith(first) for f in firsts if f) and any(n.startswith(last) for n in lasts if n)

    return fits


def _whole_name(rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    first, last = plain(who.first), plain(who.last)
    right = _those(crowd.by_last[last[:3]], _named(first, last))
    text = f"{first} {last}" if rng.random() < 0.5 else f"{last}, {first}"
    return Query(text, "name", right, by=("name", last, first)) if right else None


def _name_and_birthday(rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    last = plain(who.last)
    right = _those(crowd.by_birth[who.birth], _named("", last))
    return (
        Query(f"{last} {_written(rng, who.birth)}", "last name, birthday", right, by=_born(who))
        if right
        else None
    )


def _pieces_and_year(_rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    first, last = plain(who.first)[:2], plain(who.last)[:3]
    fits = _named(first, last)
    right = _those(crowd.by_last[last], lambda p: p.birth.year == who.birth.year and fits(p))
    return Query(f"{last} {first} {who.birth.year}", "pieces and year", right, by=("name", last, first))


def _called_otherwise(rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    if not who.preferred:
        return None
    right = _those(crowd.by_birth[who.birth], _named(plain(who.preferred), plain(who.last)))
    return Query(
        f"{plain(who.preferred)} {plain(who.last)} {_written(rng, who.birth)}",
        "preferred name",
        right,
        by=_born(who),
    )


def _earlier_name(_rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    if not who.previous:
        return None
    fits = _named(plain(who.first), plain(who.previous))
    right = _those(
        crowd.by_last[plain(who.previous)[:3]], lambda p: p.birth.year == who.birth.year and fits(p)
    )
    return Query(
        f"{plain(who.first)} {plain(who.previous)} {who.birth.year}",
        "earlier name",
        right,
        by=("name", plain(who.previous), plain(who.first)),
    )


def _number(_rng: Random, _crowd: Crowd, who: Somebody) -> Query | None:
    return Query(who.mrn, "MRN", frozenset({who.id}), by=("mrn", who.mrn, ""))


def _whole_phone(rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    digits = who.phone[-10:]
    if len(digits) != 10:
        return None
    right = _those(crowd.by_phone[digits[-4:]], lambda p: p.phone[-10:] == digits)
    shown = rng.choice(
        (digits, f"({digits[:3]}) {digits[3:6]}-{digits[6:]}", f"{digits[:3]}-{digits[3:6]}-{digits[6:]}")
    )
    return Query(shown, "phone", right, by=("phone", digits[::-1], ""))


def _last_name_and_four_digits(_rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    if not who.phone:
        return None
    right = _those(crowd.by_phone[who.phone[-4:]], _named("", plain(who.last)))
    return Query(
        f"{plain(who.last)} {who.phone[-4:]}",
        "last name, four digits",
        right,
        by=("phone", who.phone[:-5:-1], ""),
    )


def _birthday_only(rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    return Query(
        _written(rng, who.birth),
        "birthday only",
        _those(crowd.by_birth[who.birth], lambda _: True),
        by=_born(who),
    )


def _four_digits_only(_rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    if not who.phone:
        return None
    return Query(
        who.phone[-4:],
        "four digits only",
        _those(crowd.by_phone[who.phone[-4:]], lambda _: True),
        by=("phone", who.phone[:-5:-1], ""),
    )


def _slip_in_name(rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    first, last = plain(who.first), plain(who.last)
    slipped = slip(rng, last)
    if slipped is None:
        return None
    right = _those(
        crowd.by_last[last[:3]], lambda p: p.birth.year == who.birth.year and _named(first, last)(p)
    )
    return (
        Query(f"{first} {slipped} {who.birth.year}", "slip in last name", right, typo=True) if right else None
    )


def _slip_with_birthday(rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    first, last = plain(who.first), plain(who.last)
    slipped = slip(rng, first) if rng.random() < 0.5 else None
    text = f"{slipped} {last}" if slipped else f"{first} {slip(rng, last) or ''}".strip()
    if text == first:
        return None
    right = _those(crowd.by_birth[who.birth], _named(first, last))
    return Query(f"{text} {_written(rng, who.birth)}", "slip, birthday", right, typo=True) if right else None


def _slip_in_whole_name(rng: Random, crowd: Crowd, who: Somebody) -> Query | None:
    first, last = plain(who.first), plain(who.last)
    slipped = slip(rng, last)
    right = _those(crowd.by_last[last[:3]], _named(first, last))
    return Query(f"{first} {slipped}", "slip in name", right, typo=True) if right and slipped else None


def slip(rng: Random, word: str) -> str | None:
    """Return the word with one typing slip in it, or None where it is too short for one: after its first letter, letters
    changed over, one left out, one doubled, or a neighbouring key.
    """
    parts = [part for part in word.split(" ") if len(part) > 3]
    if not parts:
        return None
    part = rng.choice(parts)
    at = rng.randint(1, len(part) - 2)
    kind = rng.randrange(4)
    if kind == 0 and part[at] != part[at + 1]:
        wrong = part[:at] + part[at + 1] + part[at] + part[at + 2 :]
    elif kind == 1:
        wrong = part[:at] + part[at + 1 :]
    elif kind == 2:
        wrong = part[:at] + part[at] + part[at:]
    else:
        wrong = part[:at] + _NEXT_KEY.get(part[at], "e") + part[at + 1 :]
    return None if wrong == part else word.replace(part, wrong, 1)


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEXT_KEY = {a: b for row in _ROWS for a, b in zip(row, row[1:] + row[-2], strict=True)}
MAKERS: tuple[tuple[Maker, float], ...] = (
    (_whole_name, 0.12),
    (_name_and_birthday, 0.14),
    (_pieces_and_year, 0.14),
    (_called_otherwise, 0.05),
    (_earlier_name, 0.04),
    (_number, 0.05),
    (_whole_phone, 0.08),
    (_last_name_and_four_digits, 0.06),
    (_birthday_only, 0.06),
    (_four_digits_only, 0.06),
    (_slip_in_name, 0.08),
    (_slip_with_birthday, 0.08),
    (_slip_in_whole_name, 0.04),
)

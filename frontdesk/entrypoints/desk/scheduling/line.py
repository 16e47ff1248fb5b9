"""One typed line: `est lee fri am` read as a visit type, a provider, a weekday and a part of the day.

Words may come in any order; what is not understood is kept and shown, never guessed. Nothing is saved by reading a line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from frontdesk.entrypoints.desk.scheduling.days import read_day, read_weekday

_TYPE_WORDS = {
    "est": ("established", "follow-up", "office"),
    "fu": ("follow-up",),
    "f/u": ("follow-up",),
    "np": ("new",),
    "wcc": ("well child",),
    "awv": ("annual wellness",),
    "cpe": ("physical",),
    "pe": ("physical",),
    "us": ("ultrasound",),
    "video": ("telehealth",),
    "tele": ("telehealth",),
    "inj": ("injection", "nurse"),
    "shot": ("nurse",),
    "proc": ("procedure",),
}
_PARTS = {
    "am": (None, time(12)), "morning": (None, time(12)), "mornings": (None, time(12)),
    "pm": (time(12), None), "afternoon": (time(12), None), "afternoons": (time(12), None),
    "early": (None, time(10)), "late": (time(15), None), "evening": (time(17), None),
}  # fmt: skip
_LANGUAGES = {"english": "en", "spanish": "es", "chinese": "zh", "mandarin": "zh", "hindi": "hi", "polish": "pl", "portuguese": "pt", "vietnamese": "vi", "french": "fr", "arabic": "ar", "russian": "ru", "korean": "ko", "haitian": "ht"}  # fmt: skip
_GENDERS = {"female": "female", "woman": "female", "male": "male", "man": "male"}
_SMALL = {
    "dr",
    "dr.",
    "with",
    "on",
    "at",
    "for",
    "the",
    "a",
    "any",
    "in",
    "provider",
    "visit",
    "and",
    "or",
    "please",
    "next",
}
_HALF = re.compile(r"(\d)\s+([ap]m)\b")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?(am|pm|a|p)?")


@dataclass(frozen=True, slots=True)
class Words:
    """What a practice calls its things: pairs of row id and the words it goes by, in the order they are offered."""

    types: Sequence[tuple[int, str]] = ()
    providers: Sequence[tuple[int, str]] = ()
    locations: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What was understood, and `unknown`: the words that were not."""

    visit_type_id: int | None = None
    other_type_ids: tuple[int, ...] = ()
    provider_ids: tuple[int, ...] = ()
    location_ids: tuple[int, ...] = ()
    weekdays: frozenset[int] = frozenset()
    from_day: date | None = None
    to_day: date | None = None
    time_from: time | None = None
    time_to: time | None = None
    at: time | None = None
    language: str = ""
    provider_gender: str = ""
    people: int = 1
    unknown: tuple[str, ...] = field(default=())


def read_line(text: str, words: Words, today: date) -> Line:
    """Read a typed line against the practice's own `words`."""
    line, type_words = Line(), []
    joined = _HALF.sub(r"\1\2", text.strip().lower())
    tokens = [t for t in re.split(r"[\s,]+", joined) if t]
    waiting = ""
    for token in tokens:
        if token in {"after", "from", "before", "until", "since"}:
            waiting = token
            continue
        read = _one(line, token, waiting, words, today)
        waiting = ""
        if read is not None:
            line = read
        elif _types(token, words):
            type_words.append(token)
        elif token not in _SMALL:
            line = replace(line, unknown=(*line.unknown, token))
    return _with_type(line, type_words, words)


def read_clock(typed: str) -> time | None:
    """Return the time of day of `9`, `9:30`, `2pm`, `noon`; an hour from 1 to 6 without am or pm is in the afternoon."""
    if typed == "noon":
        return time(12)
    found = _CLOCK.fullmatch(typed)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half == "p" or (not half and 1 <= hour <= 6):
        hour = hour % 12 + 12
    elif half == "a":
        hour %= 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _one(line: Line, token: str, waiting: str, words: Words, today: date) -> Line | None:
    """Return the line with one more word understood, or None when it is not a word of this grammar."""
    return (
        _bound(line, token, waiting, today)
        or _at(line, token)
        or _part_of_day(line, token)
        or _day(line, token, today)
        or _person(line, token, words)
        or _need(line, token)
    )


def _bound(line: Line, token: str, waiting: str, today: date) -> Line | None:
    if not waiting:
        return None
    clock, day = read_clock(token), read_day(token, today)
    begins = waiting in {"after", "from", "since"}
    if clock:
        return replace(line, time_from=clock) if begins else replace(line, time_to=clock)
    if day:
        return replace(line, from_day=day) if begins else replace(line, to_day=day)
    return None


def _at(line: Line, token: str) -> Line | None:
    """A time by the clock says so itself: 2pm, 12:15, noon; a bare number may be anything."""
    plain = token.removeprefix("@")
    at = read_clock(plain) if re.search(r"[apn:]", plain) else None
    return replace(line, at=at) if at else None


def _part_of_day(line: Line, token: str) -> Line | None:
    if token not in _PARTS:
        return None
    begins, ends = _PARTS[token]
    return replace(line, time_from=begins or line.time_from, time_to=ends or line.time_to)


def _day(line: Line, token: str, today: date) -> Line | None:
    weekday = read_weekday(token)
    if weekday is not None:
        return replace(line, weekdays=line.weekdays | {weekday})
    day = read_day(token, today)
    if day is None:
        return None
    single = not re.search(r"[+dwmy]", token) or token in {"today", "tod", "tomorrow", "tom", "tmr", "tmrw"}
    return replace(line, from_day=day, to_day=day if single else line.to_day)


def _person(line: Line, token: str, words: Words) -> Line | None:
    if len(token) < 2 or token in _SMALL:
        return None
    providers = _starting(token, words.providers)
    if providers and token not in _TYPE_WORDS:
        return replace(line, provider_ids=tuple(dict.fromkeys((*line.provider_ids, *providers))))
    locations = _starting(token, words.locations) if len(words.locations) > 1 else ()
    if locations:
        return replace(line, location_ids=tuple(dict.fromkeys((*line.location_ids, *locations))))
    return None


def _need(line: Line, token: str) -> Line | None:
    if token in _LANGUAGES:
        return replace(line, language=_LANGUAGES[token])
    if token in _GENDERS:
        return replace(line, provider_gender=_GENDERS[token])
    several = re.fullmatch(r"(?:x(\d)|(\d)x)", token)
    return replace(line, people=int(several[1] or several[2])) if several else None


def _with_type(line: Line, tokens: Sequence[str], words: Words) -> Line:
    """Choose the visit type all the words fit best; the others they fit are offered beside it."""
    if not tokens:
        return line
    counts: dict[int, int] = {}
    for token in tokens:
        for found in _types(token, words):
            counts[found] = counts.get(found, 0) + 1
    best = max(counts.values())
    fits = [number for number, _ in words.types if counts.get(number, 0) == best]
    return replace(line, visit_type_id=fits[0], other_type_ids=tuple(fits[1:]))


def _types(token: str, words: Words) -> tuple[int, ...]:
    """Return the visit types a word means, those its first meaning fits before the rest."""
    for meaning in _TYPE_WORDS.get(token, (token,)):
        found = _starting(meaning, words.types) or tuple(n for n, w in words.types if meaning in w.lower())
        if found and (len(meaning) >= 2 or meaning.isdigit()):
            return found
    return _starting(token, words.types) if len(token) >= 2 else ()


def _starting(token: str, named: Sequence[tuple[int, str]]) -> tuple[int, ...]:
    parts = {number: re.split(r"[\s,()]+", words.lower()) for number, words in named}
    exact = tuple(number for number, names in parts.items() if token in names)
    return exact or tuple(n for n, names in parts.items() if any(p.startswith(token) for p in names))

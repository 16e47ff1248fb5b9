"""How well somebody fits what was typed. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from frontdesk.office.patients.lookup import Found
from frontdesk.office.patients.names import fold, other_forms, sound
from frontdesk.office.patients.typed import Typed

SURE, WORTH = 0.86, 0.45
SSN = "social security number"


@dataclass(frozen=True, slots=True)
class Fit:
    """How well somebody fits: 0 to 1 and a little more for what is exact; by what; the name to sort equals by."""

    score: float
    by: str
    name: str


def fit(typed: Typed, person: Found) -> Fit:
    """Say how well a person fits what was typed; the weakest of names, date and number counts most."""
    name = f"{person.last} {person.first}"
    parts: list[tuple[float, str]] = []
    if typed.words:
        parts.append((names_fit(typed, person.families, person.givens), "name"))
    if typed.births and not person.hits & {"MRN", "number"}:
        parts.append((max(_birth_fit(day, person.born) for day in typed.births), "date of birth"))
    if typed.birthday:
        parts.append((1.0 if typed.birthday == f"{person.born:%m%d}" else 0.0, "birthday"))
    if typed.phone:
        parts.append((1.0 if "phone" in person.hits else 0.0, "phone"))
    if typed.ssn and typed.ssn not in typed.numbers:
        parts.append((1.0 if "ssn" in person.hits else 0.0, SSN))
    parts += [_number_fit(number, person, typed) for number in (*typed.numbers, *typed.codes)]
    parts = [part for part in parts if part[1]]
    if not parts:
        return Fit(0.0, "", name)
    low, mean = min(p[0] for p in parts), sum(p[0] for p in parts) / len(parts)
    return Fit(0.5 * low + 0.5 * mean + _extra(typed.words, person), _told(parts), name)


def _told(parts: list[tuple[float, str]]) -> str:
    return " and ".join(dict.fromkeys(words for score, words in parts if score > 0.5))


def _extra(words: tuple[str, ...], person: Found) -> float:
    """Return the little that orders those who fit alike: an MRN, then whose name was typed whole, or from its start.

    Of two pieces of a name the first is more often the last name ("smi ma").
    """
    last, first, preferred = fold(person.last), fold(person.first), fold(person.preferred)
    begun = sum(
        last.startswith(w) or first.startswith(w) or bool(preferred and preferred.startswith(w))
        for w in words
    )
    in_order = bool(words) and last.startswith(words[0])
    front = 0.025 * begun / len(words) + 0.005 * in_order if words else 0.0
    return 0.02 * ("MRN" in person.hits) + front + 0.01 * _covered(words, [*first.split()[:1], *last.split()])


def _covered(words: tuple[str, ...], own: list[str]) -> float:
    """Return the share of a name's words that were typed, so that the whole name comes before a longer one."""
    left = list(words)
    hits = 0
    for token in own:
        if token in left:
            left.remove(token)
            hits += 1
    return hits / max(len(own), len(words), 1)


def _number_fit(number: str, person: Found, typed: Typed) -> tuple[float, str]:
    if person.mrn == number:
        return 1.0, "MRN"
    if "ssn" in person.hits and number == typed.ssn:
        return 1.0, SSN
    if "number" in person.hits:
        return 0.98, "another system's number"
    if len(number) == 4 and int(number) == person.born.year:
        return (1.0 if typed.words else 0.9), "year of birth"
    if "phone" in person.hits:
        return 1.0, "phone"
    if typed.births and len(number) in (6, 8):
        return 0.0, ""  # it was read as a date
    return 0.0, "number"


def names_fit(typed: Typed, families: set[str], givens: set[str]) -> float:
    """Weigh each word against the names, one at least as a last name when there are several."""
    words = typed.words
    joined = "".join(words)
    if joined in families or joined in givens or (len(words) > 1 and families.issuperset(words)):
        return 1.0
    scores = [max(_nearest(word, families), _nearest(word, givens)) for word in words]
    alone = len(words) > 1 and not _split(words, families, givens)
    known = (sum(scores) / len(scores) + min(scores)) / 2 - (0.2 if alone else 0)
    if typed.last_words:
        before = words[: typed.last_words]
        swapped = max(_nearest(word, families) for word in before) < 0.6
        known -= 0.05 if swapped else 0
    return known


def _nearest(word: str, names: set[str]) -> float:
    if word in names and len(word) > 1:
        return 1.0
    return max((nearness(word, name) for name in names), default=0.0)


def _split(words: tuple[str, ...], families: set[str], givens: set[str]) -> bool:
    """Say whether some word is a last name and another one a first name."""
    last = [_nearest(w, families) >= 0.6 for w in words]
    first = [_nearest(w, givens) >= 0.6 for w in words]
    return any(a and b for i, a in enumerate(last) for j, b in enumerate(first) if i != j)


@lru_cache(maxsize=131_072)
def nearness(word: str, name: str) -> float:
    """Say how near a typed word is to a name: the same 1, a beginning 0.9 and more, then nickname, slip, sound.

    One letter is an initial, of a first name as much as of a middle one that is written so.
    """
    if len(word) == 1 and name.startswith(word):
        return 0.91
    if word == name:
        return 1.0
    if name.startswith(word):
        return 0.9 + 0.09 * len(word) / len(name)
    if name in other_forms(word):
        return 0.87
    if min(len(word), len(name)) > 2:
        apart = DamerauLevenshtein.distance(word, name, score_cutoff=2)
        if apart == 1:
            return 0.84 if word[0] == name[0] else 0.8
        start = name[: len(word)]
        if len(word) > 3 and DamerauLevenshtein.distance(word, start, score_cutoff=1) == 1:
            return 0.74
        if sound(word) and sound(word) == sound(name):
            return 0.76
        if apart == 2 and len(word) > 5:
            return 0.66
    near = JaroWinkler.similarity(word, name)
    return near * 0.7 if near > 0.85 else near * 0.3


def _birth_fit(day: date, born: date) -> float:
    if day == born:
        return 1.0
    if (day.year, day.month, day.day) == (born.year, born.day, born.month):
        return 0.8
    wrong = DamerauLevenshtein.distance(f"{day:%Y%m%d}", f"{born:%Y%m%d}", score_cutoff=2)
    if wrong == 1:
        return 0.8
    return 0.5 if abs(day - born) < timedelta(days=3) or wrong == 2 else 0.0


def near_days(day: date) -> list[date]:
    """Return the days a date may be a slip of: day and month changed over, or one digit other."""
    digits = f"{day:%Y%m%d}"
    texts = {digits[:i] + d + digits[i + 1 :] for i in range(2, 8) for d in "0123456789"}
    texts |= {digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(2, 7)}
    texts.add(f"{day.year:04d}{day.day:02d}{day.month:02d}")
    return sorted({found for text in texts if (found := _read(text)) is not None})


def _read(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None

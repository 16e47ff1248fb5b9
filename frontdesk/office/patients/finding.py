"""The plan of a search: a clean question first; forgiving ones only when it does not find who was meant.

At most six questions to the database: what was typed as it was typed; what the date or number knows, names forgiven;
known spellings of the words; people of those spellings; town and telephone of the rows shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from frontdesk.office.patients.index import backwards, token_keys
from frontdesk.office.patients.lookup import (
    Found,
    Part,
    Reach,
    among,
    ask,
    bearing,
    bearing_both,
    born,
    called,
    called_among,
    called_longer,
    called_one_of,
    called_something,
    known_with_names,
    numbered,
    reach_of,
    reached_at,
    tokens_under,
)
from frontdesk.office.patients.models import SSN
from frontdesk.office.patients.names import other_forms
from frontdesk.office.patients.typed import Typed
from frontdesk.office.patients.weighing import SURE, WORTH, Fit, fit, near_days, nearness

# Words too common in names to look for by themselves.
PARTICLES = frozenset(
    [
        "de",
        "la",
        "del",
        "las",
        "los",
        "el",
        "y",
        "e",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "du",
        "des",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "le",
        "al",
        "bin",
        "ibn",
        "abu",
        "san",
        "st",
        "mc",
        "mac",
    ]
)
Row = tuple[Found, Fit, Reach]


def find_people(typed: Typed, limit: int, today: date) -> list[Row]:
    """Return whom `typed` may mean, likeliest first, at most `limit`."""
    found: dict[int, Found] = {}
    fits: dict[int, Fit] = {}
    for plan in (as_typed, forgiving_names, likely_spellings):
        ask(plan(typed), found)
        fits = {pk: fit(typed, person) for pk, person in found.items()}
        if any(known.score >= SURE for known in fits.values()):
            break
    ranked = [pk for pk, known in fits.items() if known.score >= WORTH]
    ranked.sort(key=lambda pk: (-fits[pk].score, fits[pk].name, pk))
    return _shown(typed, [(found[pk], fits[pk]) for pk in ranked], limit, today)


def _shown(typed: Typed, ranked: list[tuple[Found, Fit]], limit: int, today: date) -> list[Row]:
    """Add town and telephone; whose own the typed number is comes before those who only lean on it."""
    ends = [typed.phone] if typed.phone else [number for number in typed.numbers if len(number) >= 4]
    by_phone = bool(ends) and any("phone" in person.hits for person, _ in ranked)
    kept = ranked if by_phone else ranked[:limit]
    reach = reach_of([person.id for person, _ in kept], today)
    rows = [(person, known, reach[person.id]) for person, known in kept]
    if by_phone:
        rows.sort(key=lambda row: (-round(row[1].score, 2), not _own(row[2], ends)))
    return rows[:limit]


def _own(reach: Reach, ends: Sequence[str]) -> bool:
    return any(backwards(number).startswith(end[::-1]) for number in reach.numbers for end in ends)


def as_typed(typed: Typed) -> list[Part]:
    """Ask for what was typed, read every way it may be meant."""
    parts: list[Part] = []
    if typed.numbers or typed.codes:
        parts += _by_number(typed)
    if typed.ssn:
        parts.append(bearing(SSN.indexes(typed.ssn)))
    word = longest(typed.words)
    if typed.births:
        parts.append(born(among("p.birth_date", typed.births), word))
    elif typed.words:
        parts += _by_name(typed)
    elif typed.birthday:
        parts.append(born(Part("p.birthday = %s", (typed.birthday,))))
    elif typed.year:
        parts.append(born(_in_year(typed.year)))
    if typed.phone:
        parts.append(reached_at(typed.phone, word))
    return parts


def _by_number(typed: Typed) -> list[Part]:
    """An MRN, another system's number, the end of a telephone."""
    parts: list[Part] = []
    if numbers := [number for number in (*typed.numbers, *typed.codes) if len(number) >= 5]:
        parts += numbered([*numbers, *(code.upper() for code in typed.codes)])
    word = longest(typed.words)
    return parts + [reached_at(number, word) for number in typed.numbers if len(number) in (4, 7, 10)]


def _by_name(typed: Typed) -> list[Part]:
    also = _narrowing(typed)
    pairs = name_pairs(typed.words, typed.last_words)
    if not pairs:
        word = longest(typed.words)
        if typed.birthday:
            return [born(Part("p.birthday = %s", (typed.birthday,)), word)]
        parts = [called_something("family", word, also), called_something("given", word, also)]
        forms = sorted(other_forms(word))
        return [*parts, called_among([], forms, also)] if forms else parts
    parts = [called(family, given, also) for family, given in pairs]
    parts += [called_longer(family, given, also) for family, given in pairs if len(given) == 1 < len(family)]
    if PARTICLES.intersection(typed.words):
        parts.append(called_something("family", _whole(typed.words), also))
    for family, given in pairs:
        if forms := sorted(other_forms(given)):
            parts.append(called_one_of("given", forms, family, also))
    return parts


def forgiving_names(typed: Typed) -> list[Part]:
    """Trust the date, or the number, and weigh everybody's names; or trust the names, and forgive the date a digit."""
    if not typed.words:
        return []
    parts: list[Part] = []
    if typed.births:
        parts.append(known_with_names(among("p.birth_date", typed.births)))
        near = among("p.birth_date", near_days(typed.births[0]))
        parts += [called(family, given, near) for family, given in name_pairs(typed.words, typed.last_words)]
        if len(typed.words) == 1:
            parts.append(born(near, typed.words[0]))
    elif len(typed.words) > 1:  # two last names, or two first ones, written together in the index or apart
        whole, also = _whole(typed.words), _narrowing(typed)
        parts += [called_something(side, whole, also) for side in ("family", "given")]
        parts += [bearing_both(one, other, also) for one, other in _ordered_pairs(_two_longest(typed.words))]
    initials = [word[0] for word in typed.words]
    ends = [typed.phone] if typed.phone else [n for n in typed.numbers if len(n) == 4 and not typed.births]
    parts += [reached_at(end, initials=initials) for end in ends]
    return parts


def likely_spellings(typed: Typed) -> list[Part]:
    """Look for names one slip away from the words, or that sound like them; where there is a date, that was tried."""
    words = _telling(typed.words)
    if not words or typed.births or typed.phone:
        return []
    also = _narrowing(typed)
    meant = likely(words[:4])
    if len(words) == 1:
        names = [words[0], *meant[words[0]]]
        return [called_among(names, [], also), called_among([], names, also)]
    parts: list[Part] = []
    for family, given in _ordered_pairs(words[:3]):
        families = [family, *meant[family]]
        givens = [given, *meant[given], *sorted(other_forms(given))]
        parts.append(called_among(families, givens, also))
        if len(words) == 2:
            parts.append(called_one_of("family", families[1:], given, also) if families[1:] else Part("", ()))
            parts.append(called_one_of("given", givens[1:], family, also) if givens[1:] else Part("", ()))
    return [part for part in parts if part.sql]


def likely(words: Iterable[str]) -> dict[str, list[str]]:
    """Return for each word the known names it may be a slip of, likeliest first, at most eight."""
    wanted = {word: token_keys(word) for word in words}
    known = tokens_under(sorted({key for keys in wanted.values() for key in keys}))
    meant: dict[str, list[str]] = defaultdict(list)
    for word in wanted:
        near = [(nearness(word, name), name) for name in known if name != word]
        meant[word] = [name for value, name in sorted(near, reverse=True)[:8] if value >= 0.6]
    return meant


def name_pairs(words: Sequence[str], last_words: int) -> list[tuple[str, str]]:
    """Return the ways to read words as a last and a first name, likeliest first; none for a single word.

    Names of several words are in the index written together too ("delacruz"), which is the surest way to find them.
    """
    if len(words) < 2:
        return []
    if last_words:
        last, first = words[:last_words], words[last_words:]
        read = [("".join(last), "".join(first)), (longest(last), longest(first))]
        return _distinct([*read, (longest(last), first[0]), (longest(first), longest(last))])
    plain = _telling(words)
    if len(words) == 2:
        return _distinct([(words[1], words[0]), (words[0], words[1])])
    joined = [
        ("".join(words[1:]), words[0]),
        (words[-1], "".join(words[:-1])),
        ("".join(words[:-1]), words[-1]),
    ]
    return _distinct([*joined, (plain[-1], plain[0]), (plain[0], plain[-1])])


def _telling(words: Sequence[str]) -> list[str]:
    """Return the words without the particles of a long name ("de", "la"), as long as two are left."""
    kept = [word for word in words if word not in PARTICLES]
    return kept if len(kept) >= 2 else list(words)


def longest(words: Sequence[str]) -> str:
    """Return the word that says most; "" when there is none."""
    return max(words, key=len, default="")


def _two_longest(words: Sequence[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)[:2]


def _whole(words: Sequence[str]) -> str:
    """Return the words written together, as the index holds a name of several."""
    return "".join(words)[:40]


def _ordered_pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    return [(a, b) for i, a in enumerate(words) for j, b in enumerate(words) if i != j]


def _distinct(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((family[:40], given[:40]) for family, given in pairs))


def _narrowing(typed: Typed) -> Part | None:
    """Return what a year, or a month and day, demands beside the names."""
    if typed.birthday:
        return Part("p.birthday = %s", (typed.birthday,))
    return _in_year(typed.year) if typed.year else None


def _in_year(year: int) -> Part:
    return Part("p.birth_date >= %s AND p.birth_date <= %s", (date(year, 1, 1), date(year, 12, 31)))

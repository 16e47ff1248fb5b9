"""What the search asks the database: statements put together from parts, each of them seeks in one B-tree.

A part is SQL with its parameters. Parts of one question go to the database together (`ask`), since the way there and
back costs more than what is found. They are written by hand: Django needs longer to put such a question into words
than the database to answer it. All values are parameters; the names are those of our own tables.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from frontdesk.office.patients.models import (
    Address,
    Contact,
    Identifier,
    NameToken,
    Patient,
    SearchName,
    SearchPhone,
    SocialSecurityNumber,
    TokenKey,
)
from frontdesk.office.patients.names import tokens

# ruff: noqa: S608 - the names are those of our own tables, every value is a parameter
MOST = 60
FIRST, LAST = "0", "\U0010ffff"  # the least and the greatest sign a folded name may hold
NAMES, PHONES, TOKENS, KEYS = (m._meta.db_table for m in (SearchName, SearchPhone, NameToken, TokenKey))
PATIENTS, NUMBERS, CONTACTS, ADDRESSES = (m._meta.db_table for m in (Patient, Identifier, Contact, Address))
SSNS = SocialSecurityNumber._meta.db_table
_FACTS = "p.id, p.birth_date, p.mrn, p.legal_last, p.legal_first, p.legal_middle, p.preferred_name, p.suffix, p.sex"
_OTHER = {"family": "given", "given": "family"}
_LIVING = "p.status <> 'merged'"


class Part(NamedTuple):
    """A piece of SQL and its parameters."""

    sql: str
    values: tuple[Any, ...]


@dataclass(slots=True)
class Found:
    """Somebody a question found: who they are, the name tokens known so far, and by what they were found."""

    id: int
    born: date
    mrn: str
    last: str
    first: str
    middle: str
    preferred: str
    suffix: str
    sex: str
    families: set[str] = field(default_factory=set)
    givens: set[str] = field(default_factory=set)
    hits: set[str] = field(default_factory=set)

    @property
    def legal_name(self) -> str:
        """Return the name as it stands on a card."""
        return " ".join(filter(None, (self.first, self.middle, self.last, self.suffix)))


def starts(column: str, text: str) -> Part:
    """The column begins with the text: a range, which a prefix is in an index that compares bytes."""
    return Part(f"{column} >= %s AND {column} < %s", (text, text + LAST))


def among(column: str, values: Sequence[Any]) -> Part:
    """The column is one of the values."""
    return Part(f"{column} IN ({', '.join(['%s'] * len(values))})", tuple(values))


def either(one: Part, other: Part) -> Part:
    """At least one of two conditions holds."""
    return Part(f"({one.sql} OR {other.sql})", (*one.values, *other.values))


def called(family: str, given: str, also: Part | None = None) -> Part:
    """People whose last name begins so, and whose first name begins so; exact ones first.

    The tokens that begin like the longer word are few: each is a seek to exactly the rows that fit both.
    """
    if len(given) >= len(family):
        return _seek("given", starts("t.token", given), family, also)
    return _seek("family", starts("t.token", family), given, also)


def called_longer(family: str, initial: str, also: Part | None = None) -> Part:
    """People whose last name begins so, and whose first name begins so and goes on: no middle initials."""
    return _seek("family", starts("t.token", family), initial, also, above=initial + FIRST)


def bearing_both(family: str, other: str, also: Part | None = None) -> Part:
    """People one of whose last names begins so, and another one so; looks through a bounded number of the first."""
    one, two = starts("s.family", family), starts("o.family || ''", other)
    names = f"SELECT s.patient_id, s.family, s.given FROM {NAMES} s WHERE {one.sql} ORDER BY s.family LIMIT {MOST * 20}"
    more = f" AND {also.sql}" if also else ""
    sql = (
        f"SELECT {_FACTS}, m.family, m.given, 'name' FROM ({names}) m CROSS JOIN {PATIENTS} p "
        f"WHERE EXISTS (SELECT 1 FROM {NAMES} o WHERE o.patient_id = m.patient_id AND {two.sql}) "
        f"AND p.id = m.patient_id{more} AND {_LIVING} LIMIT {MOST}"
    )
    return Part(sql, (*one.values, *two.values, *(also.values if also else ())))


def called_one_of(column: str, names: Sequence[str], beginning: str, also: Part | None = None) -> Part:
    """People whose `column` ("family" or "given") is one of the names, and whose other name begins so."""
    return _seek(column, among("t.token", names), beginning, also)


def called_among(families: Sequence[str], givens: Sequence[str], also: Part | None = None) -> Part:
    """People who have one of the last names and one of the first names; any, where there is no list."""
    sides = [among(f"s.{side}", names) for side, names in (("family", families), ("given", givens)) if names]
    return _people(f"{NAMES} s", sides, "", also)


def called_something(column: str, word: str, also: Part | None = None) -> Part:
    """People whose last (`column` "family") or first ("given") name begins so; exact ones first."""
    return _people(f"{NAMES} s", [starts(f"s.{column}", word)], f"s.{column}, s.{_OTHER[column]}", also)


def _seek(column: str, tokens: Part, beginning: str, also: Part | None, above: str = "") -> Part:
    """For each token a seek in the index that begins with `column`, to other names from `above` on.

    Each database is left no other way. SQLite keeps the order of a CROSS JOIN. PostgreSQL, which knows little of how
    many names begin alike, must do a LATERAL with a LIMIT token by token, and for a comparison of rows in this order
    has only the one index.
    """
    other = _OTHER[column]
    beside = (above or beginning, beginning + LAST)
    order = f"t.token, s.{other}"
    if connection.vendor != "postgresql":
        within = Part(f"s.{column} = t.token AND s.{other} >= %s AND s.{other} < %s", beside)
        return _people(f"{TOKENS} t CROSS JOIN {NAMES} s", [tokens, within], order, also)
    row = f"(n.{column}, n.{other})"
    names = (
        f"SELECT n.patient_id, n.family, n.given FROM {NAMES} n WHERE n.{column} = t.token "
        f"AND {row} >= (t.token, %s) AND {row} < (t.token, %s) ORDER BY n.{column}, n.{other} LIMIT {MOST * 20}"
    )
    return _people(
        f"{TOKENS} t CROSS JOIN LATERAL ({names}) s",
        [Part(tokens.sql, (*beside, *tokens.values))],
        order,
        also,
    )


def _people(tables: str, conditions: list[Part], order: str, also: Part | None) -> Part:
    """Names first, as many as are wanted; then whose they are. With `also` (about the person) both in one go."""
    where = " AND ".join(part.sql for part in conditions)
    values = tuple(value for part in conditions for value in part.values)
    if also:
        sql = (
            f"SELECT {_FACTS}, s.family, s.given, 'name' AS hit FROM {tables} CROSS JOIN {PATIENTS} p "
            f"WHERE {where} AND p.id = s.patient_id AND {also.sql} AND {_LIVING} LIMIT {MOST}"
        )
        return Part(sql, (*values, *also.values))
    sorting = f" ORDER BY {order}" if order else ""
    names = f"SELECT s.patient_id, s.family, s.given FROM {tables} WHERE {where}{sorting} LIMIT {MOST}"
    sql = (
        f"SELECT {_FACTS}, m.family, m.given, 'name' AS hit FROM ({names}) m CROSS JOIN {PATIENTS} p "
        f"WHERE p.id = m.patient_id AND {_LIVING}"
    )
    return Part(sql, values)


def born(when: Part, word: str = "", most: int = MOST) -> Part:
    """People born then; of those whose names are wanted, only the rows of a name that begins with `word`."""
    if not word:
        sql = (
            f"SELECT {_FACTS}, '', '', 'birth' FROM {PATIENTS} p WHERE {when.sql} AND {_LIVING} LIMIT {most}"
        )
        return Part(sql, when.values)
    return _with_names(f"{PATIENTS} p", "", when, word, "birth", most)


def reached_at(digits: str, word: str = "", initials: Iterable[str] = ()) -> Part:
    """People with a number that ends so; with `word`, or with `initials`, only names that begin so."""
    number = starts("n.backwards", digits[::-1])
    tables, on = f"{PHONES} n CROSS JOIN {PATIENTS} p", "p.id = n.patient_id AND "
    if word:
        return _with_names(tables, on, number, word, "phone", MOST)
    if letters := sorted(set(initials)):
        return _with_names(tables, on, number, letters, "phone", MOST * 10)
    sql = f"SELECT {_FACTS}, '', '', 'phone' FROM {tables} WHERE {on}{number.sql} AND {_LIVING} LIMIT {MOST}"
    return Part(sql, number.values)


def known_with_names(when: Part) -> Part:
    """People born then with all their names."""
    return _with_names(f"{PATIENTS} p", "", when, "", "birth", MOST * 20)


def _with_names(tables: str, on: str, where: Part, words: str | Sequence[str], hit: str, most: int) -> Part:
    beginnings = [words] if isinstance(words, str) else list(words)
    # Joined to nothing (|| ''), a column cannot be sought in: the few names of these people are read, and sifted.
    family, given = "s.family || ''", "s.given || ''"
    sides = [either(starts(family, word), starts(given, word)) for word in beginnings if word]
    names = f" AND ({' OR '.join(side.sql for side in sides)})" if sides else ""
    sql = (
        f"SELECT {_FACTS}, s.family, s.given, '{hit}' FROM {tables} CROSS JOIN {NAMES} s "
        f"WHERE {on}{where.sql} AND s.patient_id = p.id{names} AND {_LIVING} LIMIT {most}"
    )
    return Part(sql, (*where.values, *(value for side in sides for value in side.values)))


def numbered(numbers: Sequence[str]) -> list[Part]:
    """People with that MRN (an old one too), or that number in another system."""
    own, other = among("p.mrn", numbers), among("i.value", numbers)
    return [
        Part(f"SELECT {_FACTS}, '', '', 'MRN' FROM {PATIENTS} p WHERE {own.sql} AND {_LIVING}", own.values),
        Part(
            f"SELECT {_FACTS}, '', '', 'number' FROM {NUMBERS} i CROSS JOIN {PATIENTS} p "
            f"WHERE {other.sql} AND p.id = i.patient_id AND {_LIVING} LIMIT {MOST}",
            other.values,
        ),
    ]


def bearing(indexes: Sequence[str]) -> Part:
    """People whose social security number has one of these blind indexes."""
    known = among("n.blind_index", indexes)
    return Part(
        f"SELECT {_FACTS}, '', '', 'ssn' FROM {SSNS} n CROSS JOIN {PATIENTS} p "
        f"WHERE {known.sql} AND p.id = n.patient_id AND {_LIVING} LIMIT {MOST}",
        known.values,
    )


def ask(parts: Sequence[Part], found: dict[int, Found]) -> None:
    """Ask for all parts at once, and add whom they find to `found`."""
    if not parts:
        return
    sql = " UNION ALL ".join(f"SELECT * FROM ({part.sql}) q{number}" for number, part in enumerate(parts))
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for part in parts for value in part.values])
        for row in cursor.fetchall():
            person = found.get(row[0])
            if person is None:
                person = found[row[0]] = _person(row)
            if row[9] or row[10]:
                person.families.add(row[9])
                person.givens.add(row[10])
            person.hits.add(row[11])


def _person(row: Sequence[Any]) -> Found:
    facts = list(row[:9])
    facts[1] = _day(facts[1])
    person = Found(*facts)
    person.families.update(tokens(person.last))
    for name in (person.first, person.preferred, person.middle):
        if name:
            person.givens.update(tokens(name))
    return person


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def tokens_under(keys: Sequence[str]) -> list[str]:
    """Return the known name tokens that share one of these keys."""
    wanted = among("k.key", keys)
    sql = f"SELECT DISTINCT t.token FROM {KEYS} k JOIN {TOKENS} t ON t.id = k.token_id WHERE {wanted.sql} LIMIT 400"
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted.values)
        return [row[0] for row in cursor.fetchall()]


class Reach(NamedTuple):
    """Where somebody lives and what they are reached at: the town, and numbers with the one to try first last."""

    town: str
    numbers: list[str]


def reach_of(ids: Sequence[int], today: date) -> dict[int, Reach]:
    """Return town and own numbers of each patient, as they hold today."""
    towns: dict[int, str] = {}
    numbers: dict[int, list[str]] = defaultdict(list)
    if ids:
        at, to = among("a.patient_id", ids), among("c.patient_id", ids)
        sql = (
            f"SELECT a.patient_id, 0, a.id, a.city FROM {ADDRESSES} a WHERE {at.sql} AND a.use = 'home' "
            f"AND (a.ends IS NULL OR a.ends > %s) UNION ALL "
            f"SELECT c.patient_id, CASE WHEN c.is_confidential THEN 3 WHEN c.is_preferred THEN 2 ELSE 1 END, -c.id, c.value FROM {CONTACTS} c "
            f"WHERE {to.sql} AND c.system = 'phone' AND (c.ends IS NULL OR c.ends > %s)"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [*at.values, today, *to.values, today])
            for pk, kind, _, value in sorted(cursor.fetchall(), key=lambda row: (row[1], row[2])):
                if kind:
                    numbers[pk].append(value)
                else:
                    towns[pk] = value
    return {pk: Reach(towns.get(pk, ""), numbers.get(pk, [])) for pk in ids}

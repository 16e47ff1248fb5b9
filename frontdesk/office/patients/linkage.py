"""Link whole files of people: which of many thousand records are one person. Feeds the merge queue at night.

Records are compared only when they share a block (a birthday, a number, a sound of the name, a street); the pairs of
each block are weighed by `rules`, and groups are closed, so that a record linked to one of a group is linked to all.
"""

import csv
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from frontdesk.office.patients.names import fold, sound

LARGEST_BLOCK = 120
LINKED = 0.57


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a file of people. Text as written; `birth` is digits ("19620314"), `number` another system's."""

    id: str
    first: str
    last: str
    birth: str
    number: str
    house: str
    street: str
    place: str
    zip: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well linking did against the truth. `pairs` is how many true pairs there were."""

    precision: float
    recall: float
    pairs: int
    seconds: float


def match_records(records: Iterable[Record]) -> set[tuple[str, str]]:
    """Return the pairs of ids (lower first) that are one person."""
    rows = list(records)
    linked = {(a, b) for a, b in _candidates(rows) if weigh(rows[a], rows[b]) >= LINKED}
    groups = _groups(linked, len(rows))
    return {_ordered(rows[a].id, rows[b].id) for group in groups for a, b in combinations(sorted(group), 2)}


def weigh(a: Record, b: Record) -> float:
    """Return how much of what both records say agrees, 0 to 1; what is missing on a side neither helps nor harms."""
    total = gained = 0.0
    straight = _alike(a.first, b.first) + _alike(a.last, b.last)
    crossed = _alike(a.first, b.last) + _alike(a.last, b.first)
    names = (
        ((a.first, b.first, 2.0), (a.last, b.last, 2.4))
        if straight >= crossed
        else ((a.first, b.last, 2.0), (a.last, b.first, 2.4))
    )
    for mine, theirs, weight in names:
        if mine and theirs:
            total, gained = total + weight, gained + weight * _alike(mine, theirs)
    for mine, theirs, weight in ((a.birth, b.birth, 3.0), (a.number, b.number, 3.4)):
        if mine and theirs:
            total, gained = total + weight, gained + weight * _digits_alike(mine, theirs)
    for mine, theirs, weight in (
        (a.house, b.house, 0.5),
        (a.street, b.street, 1.0),
        (a.place, b.place, 0.6),
        (a.zip, b.zip, 0.5),
    ):
        if mine and theirs:
            total, gained = total + weight, gained + weight * _alike(mine, theirs)
    return gained / total if total > 5 else 0.0


def evaluate(path: Path) -> Evaluation:
    """Link a FEBRL file (truth in `rec_id`: rec-N-org and rec-N-dup-M are one person) and say how well."""
    records = list(read_febrl(path))
    begun = time.perf_counter()
    found = match_records(records)
    seconds = time.perf_counter() - begun
    groups: dict[str, list[str]] = defaultdict(list)
    for record in records:
        groups[record.id.split("-")[1]].append(record.id)
    truth = {_ordered(a, b) for ids in groups.values() for a, b in combinations(ids, 2)}
    right = len(found & truth)
    return Evaluation(right / max(len(found), 1), right / max(len(truth), 1), len(truth), seconds)


def read_febrl(path: Path) -> Iterator[Record]:
    """Yield the records of a FEBRL file (comma and blank between fields)."""
    with path.open(newline="") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            yield _record({key.strip(): (value or "").strip() for key, value in row.items() if key})


def _record(row: Mapping[str, str]) -> Record:
    return Record(
        id=row["rec_id"],
        first=fold(row["given_name"]),
        last=fold(row["surname"]),
        birth=row["date_of_birth"],
        number=row["soc_sec_id"],
        house=row["street_number"],
        street=fold(row["address_1"]),
        place=fold(row["suburb"]),
        zip=row["postcode"],
    )


def _candidates(rows: list[Record]) -> set[tuple[int, int]]:
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in _keys(row):
            blocks[key].append(number)
    return {
        pair for block in blocks.values() if len(block) <= LARGEST_BLOCK for pair in combinations(block, 2)
    }


def _keys(row: Record) -> set[tuple[str, str]]:
    first, last = sound(row.first.replace(" ", "")), sound(row.last.replace(" ", ""))
    keys = {
        ("birth", row.birth),
        ("number", row.number),
        ("names", "|".join(sorted((first, last))) if first and last else ""),
        ("last", row.last + row.first[:1] if row.last else ""),
        ("first and zip", row.first + row.zip if row.first and row.zip else ""),
        ("last and zip", row.last + row.zip if row.last and row.zip else ""),
        ("street", row.house + row.street if row.street else ""),
        ("number start", row.number[:5] if len(row.number) > 5 else ""),
        ("number end", row.number[-5:] if len(row.number) > 5 else ""),
        ("year and last", row.birth[:4] + last if row.birth and last else ""),
        ("day and first", row.birth[4:] + first if row.birth and first else ""),
        ("place and first", row.place + first if row.place and first else ""),
    }
    return {key for key in keys if key[1]}


def _alike(a: str, b: str) -> float:
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    near = float(JaroWinkler.similarity(a, b))
    return near if near > 0.8 else near * 0.4


def _digits_alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    wrong = DamerauLevenshtein.distance(a, b, score_cutoff=2)
    return {1: 0.8, 2: 0.5}.get(wrong, 0.0)


def _groups(linked: set[tuple[int, int]], size: int) -> list[list[int]]:
    """Return the groups that the links close (union-find)."""
    parent = list(range(size))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for a, b in linked:
        parent[root(a)] = root(b)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in {n for pair in linked for n in pair}:
        groups[root(number)].append(number)
    return list(groups.values())


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)

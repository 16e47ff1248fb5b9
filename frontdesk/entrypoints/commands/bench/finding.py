"""Measure the search: how fast, and whether the right person is among the first three."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from random import Random

from django.db import connection

from frontdesk.entrypoints.commands.bench.measure import Result, Times, timed, timed_by_turns
from frontdesk.entrypoints.commands.bench.queries import Query, Somebody, plain, two_hundred
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.patients import services
from frontdesk.office.patients.models import Contact, Patient, PatientName, SearchName, SearchPhone

LIMIT_MS, LIMIT_RATIO = 30.0, 3.0
TOP, CLEAN_SHARE, TYPO_SHARE = 3, 0.98, 0.90
ROWS = 12
LAST = "\U0010ffff"
_COLUMNS = "p.id, p.legal_first, p.legal_last, p.preferred_name, p.birth_date, p.sex, p.mrn"
_NAMES, _PHONES, _PATIENTS = (m._meta.db_table for m in (SearchName, SearchPhone, Patient))
# ruff: noqa: S608 - the names are those of our own tables, the values are parameters
LOOK_UPS = {
    "name": f"SELECT {_COLUMNS} FROM {_NAMES} s JOIN {_PATIENTS} p ON p.id = s.patient_id WHERE s.family >= %s AND "
    f"s.family < %s AND s.given >= %s AND s.given < %s LIMIT {ROWS}",
    "birth": f"SELECT {_COLUMNS} FROM {_PATIENTS} p WHERE p.birth_date = %s LIMIT {ROWS}",
    "phone": f"SELECT {_COLUMNS} FROM {_PHONES} s JOIN {_PATIENTS} p ON p.id = s.patient_id WHERE s.backwards >= %s AND "
    f"s.backwards < %s LIMIT {ROWS}",
    "mrn": f"SELECT {_COLUMNS} FROM {_PATIENTS} p WHERE p.mrn = %s",
}
"""The database's own index look-up of the rows a clean query is after, written by hand."""


def search(seed: int, rounds: int) -> list[Result]:
    """Measure two hundred mixed queries, and the clean ones among them beside the database's own look-up."""
    queries = two_hundred(everybody(), seed)
    found = {query: [hit.id for hit in services.search(SYSTEM, text=query.text)] for query in queries}
    times = timed([_ask(query) for query in queries], rounds=rounds)
    clean = [query for query in queries if query.clean and query.by[0]]
    ours, floor = timed_by_turns([_ask(q) for q in clean], [_look_up(q) for q in clean], rounds=rounds)
    accuracy, misses = _accuracy(queries, found)
    good = accuracy["clean"] >= CLEAN_SHARE and accuracy["typo"] >= TYPO_SHARE
    words = f"top three: {accuracy['clean']:.1%} of clean, {accuracy['typo']:.1%} of one-typo queries"
    return [
        _result(
            "search",
            times,
            floor,
            len(queries),
            times.p95 <= LIMIT_MS and good,
            "p95 30 ms; 98 % and 90 %",
            [words, *misses],
        ),
        _result(
            "search_clean",
            ours,
            floor,
            len(clean),
            ours.p50 <= LIMIT_RATIO * floor.p50,
            "3 times the look-up",
            _by_kind(clean),
        ),
    ]


def _result(
    name: str, ours: Times, floor: Times, n: int, passed: bool, limit: str, notes: list[str]
) -> Result:
    ratio = ours.p50 / floor.p50
    return Result(
        name, "ms", ours.p50, ours.p95, floor.p50, ratio, n, connection.vendor, passed, limit, notes
    )


def _ask(query: Query) -> Callable[[], object]:
    return lambda: services.search(SYSTEM, text=query.text)


def _look_up(query: Query) -> Callable[[], object]:
    kind, one, two = query.by
    family, given = (plain(part).split(" ")[0] for part in (one, two)) if kind == "name" else (one, two)
    parameters = {
        "name": [family, family + LAST, given, given + LAST],
        "birth": [one],
        "phone": [one, one + LAST],
        "mrn": [one],
    }[kind]

    def run() -> object:
        with connection.cursor() as cursor:
            cursor.execute(LOOK_UPS[kind], parameters)
            return cursor.fetchall()

    return run


def _accuracy(queries: Sequence[Query], found: dict[Query, list[int]]) -> tuple[dict[str, float], list[str]]:
    """Return the share of queries that have one of the right people among the first three, clean and with a slip."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for query in queries:
        if not query.right:
            continue
        kind = "typo" if query.typo else "clean"
        asked[kind] += 1
        if query.right & set(found[query][:TOP]):
            right[kind] += 1
        else:
            missed[query.kind] += 1
    shares = {kind: right[kind] / asked[kind] if asked[kind] else 1.0 for kind in ("clean", "typo")}
    return shares, [f"missed: {kind} ({count})" for kind, count in missed.most_common()]


def _by_kind(queries: Sequence[Query]) -> list[str]:
    grouped: dict[str, list[Query]] = defaultdict(list)
    for query in queries:
        grouped[query.kind].append(query)
    lines = []
    for kind, some in grouped.items():
        ours, floor = timed_by_turns([_ask(q) for q in some], [_look_up(q) for q in some], warm=1)
        lines.append(f"{kind}: {ours.p50:.2f} ms, look-up {floor.p50:.2f} ms ({len(some)} queries)")
    return lines


def everybody() -> list[Somebody]:
    """Return all the practice's people, as searches are made of them."""
    phones = _phones()
    previous = dict(PatientName.objects.exclude(last="").values_list("patient_id", "last"))
    columns = ("id", "legal_first", "legal_last", "birth_date", "mrn", "preferred_name")
    rows = Patient.objects.filter(status="active").values_list(*columns).iterator(chunk_size=50_000)
    return [
        Somebody(pk, first, last, born, mrn, phones.get(pk, ""), preferred, previous.get(pk, ""))
        for pk, first, last, born, mrn, preferred in rows
    ]


def _phones() -> dict[int, str]:
    rows = Contact.objects.filter(system="phone", is_preferred=True).values_list("patient_id", "value")
    return dict(rows.iterator(chunk_size=50_000))


def some_patients(count: int, seed: int) -> list[int]:
    """Return the ids of patients who can be booked."""
    last = Patient.objects.order_by("-id").values_list("id", flat=True).first() or 0
    rng = Random(f"patients-{seed}")
    drawn = {rng.randint(1, last) for _ in range(count * 3)}
    living = Patient.objects.filter(id__in=drawn, status="active", is_deceased=False).values_list(
        "id", flat=True
    )
    return list(living[:count])

"""Measure the record of deeds: proving a million entries whole, what a look costs a page, and a privacy officer's questions."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import connection, transaction

from frontdesk.entrypoints.commands.bench.finding import some_patients
from frontdesk.entrypoints.commands.bench.measure import Result, Times, timed_by_turns
from frontdesk.entrypoints.commands.bench.visiting import signed_in
from frontdesk.entrypoints.commands.demo.sink import moment
from frontdesk.kit import clock
from frontdesk.kit.rows import fetch
from frontdesk.office.audit import queries, seals
from frontdesk.office.audit.queries import Ask
from frontdesk.office.audit.services import verbs

ENTRIES, VERIFY_S, SHARE, ANSWER_MS = 1_000_000, 30.0, 1.05, 5_000.0
_BLOCK = 10_000
_COLUMNS = (
    *("at", "actor_kind", "actor_id", "actor_name", "acting_as", "action", "is_read", "outcome", "subject"),
    *("patient_id", "reason", "before", "after", "extra", "source", "location_id"),
)
_DEEDS = (
    *("patients.open_chart", "patients.search", "scheduling.view", "visits.view", "patients.open_chart"),
    *("scheduling.book", "patients.change_contact", "visits.arrive"),
)


def audit_verify(seed: int, rounds: int) -> list[Result]:
    """Measure proving a record of a million entries whole, beside reading the same rows and doing nothing with them."""
    del rounds
    fill(ENTRIES, seed)
    with tempfile.TemporaryDirectory() as folder:
        anchor = seals.Anchor(Path(folder) / "anchor.txt", settings.AUDIT_KEYS)
        began = time.perf_counter()
        sealed = seals.seal(anchor, settled=timedelta(0))
        sealing = time.perf_counter() - began
        floor = _seconds(_read_all)
        found: list[seals.Breach] = []
        ours = _seconds(lambda: found.extend(seals.breaches(anchor)))
    count = fetch("SELECT COUNT(*) FROM audit_auditentry")[0][0]
    notes = [f"{count:,} entries, {len(found)} breaches, {count / ours:,.0f} entries a second"]
    if sealed:
        notes.append(f"sealing {sealed:,} of them: {sealing:.1f} s")
    passed = ours * ENTRIES / count <= VERIFY_S and not found
    return [
        Result(
            "audit_verify", "s", ours, ours, floor, ours / floor, count, connection.vendor, passed,
            "a million in 30 s", notes,
        )
    ]  # fmt: skip


def audit_cost(seed: int, rounds: int) -> list[Result]:
    """Measure a chart's page as it is, beside the same page that leaves nothing on record."""
    client = signed_in()
    pages = [f"/patients/{number}" for number in some_patients(40, seed)]

    def drawn(path: str) -> Callable[[], object]:
        return lambda: _must_be_whole(client.get(path, follow=True).status_code)

    def unrecorded(path: str) -> Callable[[], object]:
        def ask() -> object:
            with patch.object(verbs, "_write", _nothing):
                return _must_be_whole(client.get(path, follow=True).status_code)

        return ask

    ours, floor = timed_by_turns(
        [drawn(path) for path in pages], [unrecorded(path) for path in pages], rounds=rounds, warm=5
    )
    spent, bare = (_processor_ms([make(path) for path in pages]) for make in (drawn, unrecorded))
    notes = [
        f"{(ours.p50 / floor.p50 - 1) * 100:.1f} % of the page, {ours.p50 - floor.p50:.2f} ms, waiting for the disk included",
        f"{(spent / bare - 1) * 100:.1f} % of its processor time, {spent - bare:.2f} of {spent:.2f} ms",
    ]
    return [
        _result(
            "audit_cost",
            ours,
            floor,
            len(pages) * rounds,
            "5 % of the page",
            ours.p50 / floor.p50 <= SHARE,
            notes,
        )
    ]


def audit_search(seed: int, rounds: int) -> list[Result]:
    """Measure a privacy officer's questions over the whole record, beside reading fifty entries by their number."""
    fill(ENTRIES, seed)
    now, rng = clock.now(), Random(f"asked-{seed}")
    patients = some_patients(2_000, seed)
    ever, quarter, week = (Ask(now - timedelta(days=n), now + timedelta(days=1)) for n in (2192, 92, 7))
    asks: dict[str, list[Ask]] = {
        "who saw this patient": [
            replace(ever, patients=(rng.choice(patients),), kind="looks") for _ in range(20)
        ],
        "what did this person see": [
            replace(ever, actor_id=rng.randint(1, 60), kind="looks") for _ in range(20)
        ],
        "a deed of one person": [
            replace(ever, actor_id=rng.randint(1, 60), action="scheduling.book") for _ in range(20)
        ],
        "a deed nobody did, in a quarter": [replace(quarter, action="patients.merge")] * 20,
        "everything of a week": [week] * 20,
    }
    notes, worst = [], 0.0
    for words, questions in asks.items():
        times, _ = timed_by_turns(
            [_answer(ask) for ask in questions], [_fifty(rng)] * len(questions), rounds=rounds
        )
        notes.append(f"{words}: {times.p50:.1f} ms, {times.at(1.0):.1f} ms at the most")
        worst = max(worst, times.at(1.0))
    every = [ask for questions in asks.values() for ask in questions]
    ours, floor = timed_by_turns([_answer(ask) for ask in every], [_fifty(rng)] * len(every), rounds=rounds)
    count = fetch("SELECT COUNT(*) FROM audit_auditentry")[0][0]
    notes.append(f"over {count:,} entries")
    return [
        _result(
            "audit_search", ours, floor, len(every) * rounds, "5 s at the most", worst <= ANSWER_MS, notes
        )
    ]


def _answer(ask: Ask) -> Callable[[], object]:
    return lambda: queries.entries(ask)


def _fifty(rng: Random) -> Callable[[], object]:
    at = rng.randint(1, ENTRIES - 50)
    return lambda: fetch("SELECT * FROM audit_auditentry WHERE id > %s ORDER BY id LIMIT 50", [at])


def fill(count: int, seed: int) -> None:
    """Bring the record of the bench's own database to `count` entries, as two years of a practice leave them."""
    here = fetch("SELECT COUNT(*) FROM audit_auditentry")[0][0]
    rng = Random(f"audit-{seed}")
    people, step = some_patients(2_000, seed), timedelta(days=730) / count
    while here < count:
        size = min(_BLOCK, count - here)
        rows = [_entry(rng, people, clock.now() - (count - here - n) * step) for n in range(size)]
        _insert(rows)
        here += size
    queries.count_anew()


def _entry(rng: Random, people: list[int], at: datetime) -> tuple[Any, ...]:
    deed, who, whose = rng.choice(_DEEDS), rng.randint(1, 60), rng.choice(people)
    changes = deed == "patients.change_contact"
    return (
        *(moment(at), "staff", who, f"Person {who}", "psr", deed, deed in _DEEDS[:5], "done"),
        *(f"patients.patient:{whose}", whose, ""),
        *('{"value": "+16175550134"}' if changes else None, '{"value": "+16175550135"}' if changes else None),
        *('{"purpose": "record: overview"}', "desk", 1),
    )


def _insert(rows: list[tuple[Any, ...]]) -> None:
    columns = ", ".join(f'"{name}"' for name in _COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY audit_auditentry ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(_COLUMNS))
            cursor.executemany(f"INSERT INTO audit_auditentry ({columns}) VALUES ({marks})", rows)  # noqa: S608 - our own columns


def _read_all() -> object:
    columns = ", ".join(f'"{name}"' for name in ("id", *_COLUMNS))
    last, count = 0, 0
    while rows := fetch(
        f"SELECT {columns} FROM audit_auditentry WHERE id > %s ORDER BY id LIMIT 1000",  # noqa: S608 - our own columns
        [last],
    ):
        last, count = rows[-1][0], count + len(rows)
    return count


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _processor_ms(work: list[Callable[[], object]]) -> float:
    """Return what a piece of work takes of the processor, whatever else the machine does."""
    began = time.process_time()
    for piece in work * 3:
        piece()
    return (time.process_time() - began) * 1000 / (len(work) * 3)


def _must_be_whole(status: int) -> int:
    if status != 200:
        msg = f"the page answered {status}"
        raise RuntimeError(msg)
    return status


def _nothing(*_args: object, **_more: object) -> None:
    return


def _result(
    name: str, ours: Times, floor: Times, n: int, limit: str, passed: bool, notes: list[str]
) -> Result:
    return Result(
        *(name, "ms", ours.p50, ours.p95, floor.p50, ours.p50 / floor.p50, n, connection.vendor, passed),
        *(limit, notes),
    )

"""Measure the books: what an account comes to among a million entries, proving them whole, and posting one."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random

from django.db import connection, transaction

from frontdesk.entrypoints.commands.bench.measure import Result, timed_by_turns
from frontdesk.entrypoints.commands.demo.sink import moment
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.rows import fetch, insert, marks, run
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.ledger import locks, queries, rules
from frontdesk.office.ledger import services as ledger

ENTRIES = 1_000_000
BALANCE_MS, CHECK_S, SHARE = 5.0, 60.0, 0.25
_PEOPLE, _PROVIDERS, _BLOCK = 50_000, 200, 10_000
_TILL = ("drawer", "bench")
# Accounts, in the order of their numbers: what people owe, what they paid ahead, who earned it, the till.
_NAMES = [
    *(("receivable", f"bench.patient:{one}") for one in range(_PEOPLE)),
    *(("credit", f"bench.patient:{one}") for one in range(_PEOPLE)),
    *(("revenue", f"bench.provider:{one}") for one in range(_PROVIDERS)),
    _TILL,
]


def balance(seed: int, rounds: int) -> list[Result]:
    """Measure an account's balance: people's, providers' and the till's, beside the look-up of one line by its number."""
    fill(ENTRIES, seed)
    rng = Random(seed)
    people = [
        (kind, f"bench.patient:{rng.randrange(_PEOPLE)}")
        for kind in ("receivable", "credit")
        for _ in range(90)
    ]
    wanted = [*people, *(("revenue", f"bench.provider:{one}") for one in range(19)), _TILL]
    last = fetch("SELECT MAX(id) FROM ledger_line")[0][0]
    lines = [rng.randint(1, last) for _ in wanted]
    ours, floor = timed_by_turns(
        [partial(queries.balance, kind, of) for kind, of in wanted],
        [partial(fetch, "SELECT amount FROM ledger_line WHERE id = %s", [line]) for line in lines],
        rounds=rounds,
    )
    notes = [f"{_count():,} entries; the till's account has the most lines"]
    return [
        Result(
            "balance", "ms", ours.p50, ours.p95, floor.p50, ours.p50 / floor.p50, len(wanted) * rounds,
            connection.vendor, ours.p95 <= BALANCE_MS, "p95 5 ms among a million entries", notes,
        )
    ]  # fmt: skip


def ledger_check(seed: int, rounds: int) -> list[Result]:
    """Measure proving the books whole, beside one pass that adds every line up."""
    del rounds
    fill(ENTRIES, seed)
    floor = _seconds(lambda: fetch("SELECT SUM(amount), COUNT(*) FROM ledger_line"))
    found: list[str] = []
    ours = _seconds(lambda: found.extend(one for proof in queries.invariants().values() for one in proof()))
    count = _count()
    return [
        Result(
            "ledger_check", "s", ours, ours, floor, ours / floor, count, connection.vendor,
            ours * ENTRIES / count <= CHECK_S and not found, "a million entries in 60 s", [f"{len(found)} breaches"],
        )
    ]  # fmt: skip


def post_entry(seed: int, rounds: int) -> list[Result]:
    """Measure a payment as it is posted, on record and all, beside the bare insertion of the same rows into tables without a lock."""
    fill(ENTRIES, seed)
    rng, day, stamp = Random(seed), clock.now().date(), time.time_ns()
    drafts = [
        rules.payment(
            key=f"bench-{stamp}-{at}",
            day=day,
            into={_TILL: 35_00},
            payer=f"bench.patient:{rng.randrange(_PEOPLE)}",
        )
        for at in range(200 * rounds)
    ]
    for table in ("entry", "line"):
        run(f"DROP TABLE IF EXISTS bench_{table}")
        run(f"CREATE TABLE bench_{table} AS SELECT * FROM ledger_{table} WHERE id < 0")  # noqa: S608 - our own names
        run(f"CREATE UNIQUE INDEX bench_{table}_id ON bench_{table} (id)")
    ours, floor = timed_by_turns(
        [partial(ledger.post, SYSTEM, draft=draft) for draft in drafts],
        [partial(_bare, at) for at in range(len(drafts))],
        warm=0,
    )
    share = floor.p50 / ours.p50
    rate = f"{1000 / ours.p50:,.0f} a second beside {1000 / floor.p50:,.0f} bare inserts: {share:.0%}"
    return [
        Result(
            "post_entry", "ms", ours.p50, ours.p95, floor.p50, ours.p50 / floor.p50, len(drafts), connection.vendor,
            share >= SHARE, "25 % of the bare rate", [rate],
        )
    ]  # fmt: skip


def fill(entries: int, seed: int) -> None:
    """Fill the bench's books up to so many entries, half charges and half payments, each of two lines."""
    known = fetch("SELECT COALESCE(MAX(id), 0) FROM ledger_entry")[0][0]
    if known >= entries:
        return
    rng = Random(seed)
    locks.remove(connection)
    base = _base()
    for first in range(known + 1, entries + 1, _BLOCK):
        upto = min(first + _BLOCK, entries + 1)
        with transaction.atomic():
            _insert(
                "ledger_line", ("entry_id", "account_id", "amount", "about"), _lines(first, upto, base, rng)
            )
            _insert("ledger_entry", _COLUMNS, _rows(first, upto))
    locks.install(connection)
    run("ANALYZE")
    ledger.note_sums(SYSTEM)


_COLUMNS = ("id", "series", "kind", "at", "day", '"by"', "key", "digest", "about", "reason")


def _base() -> int:
    """Return the number before the bench's first account; its accounts follow those the practice has, and are made once."""
    made = fetch("SELECT MIN(id) FROM ledger_account WHERE kind = %s AND of = %s", list(_NAMES[0]))[0][0]
    if made is not None:
        return int(made) - 1
    base: int = fetch("SELECT COALESCE(MAX(id), 0) FROM ledger_account")[0][0]
    for start in range(0, len(_NAMES), _BLOCK):
        rows = enumerate(_NAMES[start : start + _BLOCK], base + start + 1)
        _insert("ledger_account", ("id", "kind", "of"), ((at, kind, of) for at, (kind, of) in rows))
    if connection.vendor == "postgresql":
        run(
            "SELECT setval(pg_get_serial_sequence('ledger_account', 'id'), (SELECT MAX(id) FROM ledger_account))"
        )
    return base


def _lines(first: int, upto: int, base: int, rng: Random) -> Iterator[tuple[str | int | datetime, ...]]:
    for entry in range(first, upto):
        person, cents = base + 1 + rng.randrange(_PEOPLE), rng.randint(1_00, 300_00)
        charge = entry % 2
        debit = person if charge else base + len(_NAMES)
        credit = base + 2 * _PEOPLE + 1 + rng.randrange(_PROVIDERS) if charge else _PEOPLE + person
        yield entry, debit, cents, ""
        yield entry, credit, -cents, ""


def _rows(first: int, upto: int) -> Iterator[tuple[str | int | datetime, ...]]:
    now = clock.now()
    for entry in range(first, upto):
        at = now - timedelta(minutes=ENTRIES - entry)
        kind = "charge" if entry % 2 else "payment"
        yield entry, "", kind, moment(at), at.date().isoformat(), "bench", f"fill-{entry}", "", "", ""


def _insert(table: str, columns: tuple[str, ...], rows: Iterator[tuple[str | int | datetime, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks(len(columns))})",  # noqa: S608 - our own names
            list(rows),
        )


def _bare(at: int) -> None:
    """Insert the rows a payment leaves behind: the entry, its lines, and the record of it."""
    now = clock.now()
    with transaction.atomic():
        insert(AuditEntry(at=now, actor_kind="system", actor_name="bench", action="bench.bare"))
        run(
            f"INSERT INTO bench_entry ({', '.join(_COLUMNS)}) VALUES ({marks(len(_COLUMNS))})",  # noqa: S608 - our own names
            [at, "", "payment", now, now.date(), "bench", f"bare-{at}", "x" * 64, "", ""],
        )
        run(
            "INSERT INTO bench_line (id, entry_id, account_id, amount, about) VALUES (%s, %s, 1, 3500, ''), (%s, %s, 2, -3500, '')",
            [2 * at, at, 2 * at + 1, at],
        )


def _count() -> int:
    found: int = fetch("SELECT COUNT(*) FROM ledger_entry")[0][0]
    return found


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began

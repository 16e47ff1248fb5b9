"""The running database into a sealed file and back, with every row of every table counted on both sides.

Inside the seal stand four bytes (how long the list is), a list (JSON: the kind of database, when, how many rows each
table had at that moment), then the copy: an SQLite file, packed, or what pg_dump writes.
"""

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from django.db import connection, transaction

from frontdesk.exchange.backups.sealing import BLOCK, CannotBeOpened, SealedReader, SealedWriter
from frontdesk.kit import clock
from frontdesk.kit.errors import Refused

_COPY = ".frontdesk-copy-"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself: `kind` ("sqlite" or "postgresql"), when it was made, rows by table."""

    kind: str
    at: str
    rows: dict[str, int]

    @property
    def counted(self) -> str:
        """Say how much it is, in words."""
        return f"{sum(self.rows.values()):,} rows in {len(self.rows)} tables"


def write(to: Path, key: bytes) -> Contents:
    """Copy the running database, at one moment however busy the desk is, into a sealed file."""
    with to.open("wb") as file:
        to.chmod(0o600)
        sealed = SealedWriter(file, key)
        contents = _write_sqlite(sealed) if connection.vendor == "sqlite" else _write_postgres(sealed)
        sealed.close()
        file.flush()
        os.fsync(file.fileno())
    return contents


def verify(source: Path, key: bytes) -> Contents:
    """Read a backup from its first to its last byte, and prove it whole. Raises `CannotBeOpened`."""
    with SealedReader(source, key) as sealed:
        contents = _contents(sealed, source)
        if contents.kind == "sqlite":
            with _unpacked(sealed) as (_, copy):
                _must_fit(contents, _count_sqlite(copy))
        while sealed.read(BLOCK):
            pass
    return contents


def put_back(source: Path, key: bytes) -> Contents:
    """Put a backup in place of the present data, whole or not at all; what was there stays beside it (SQLite)."""
    contents = verify(source, key)
    if contents.kind != connection.vendor:
        msg = f"{source} is a backup of {contents.kind}, and this installation is on {connection.vendor}. Nothing was changed."
        raise Refused(msg)
    with SealedReader(source, key) as sealed:
        _contents(sealed, source)
        _put_sqlite(sealed, contents) if connection.vendor == "sqlite" else _put_postgres(sealed, contents)
    return contents


def _head(kind: str, rows: dict[str, int]) -> tuple[Contents, bytes]:
    contents = Contents(kind, clock.now().isoformat(), rows)
    words = json.dumps(asdict(contents)).encode()
    return contents, len(words).to_bytes(4, "big") + words


def _contents(sealed: SealedReader, source: Path) -> Contents:
    try:
        return Contents(**json.loads(sealed.read(int.from_bytes(sealed.read(4), "big"))))
    except (ValueError, TypeError):
        msg = f"{source} was written by another version of frontdesk. Nothing was changed."
        raise CannotBeOpened(msg) from None


def _must_fit(contents: Contents, rows: dict[str, int]) -> None:
    wrong = sorted(
        name for name in contents.rows.keys() | rows.keys() if contents.rows.get(name) != rows.get(name)
    )
    if wrong:
        msg = f"The rows of {', '.join(wrong[:5])} are not as many as the backup says."
        raise CannotBeOpened(msg)


def _write_sqlite(sealed: SealedWriter) -> Contents:
    """Copy with SQLite's online backup, check the copy, count it, pack it."""
    place = Path(str(connection.settings_dict["NAME"]))
    _sweep(place.parent)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=_mine()) as folder:
        plain = Path(folder) / "copy.sqlite3"
        with closing(sqlite3.connect(place)) as here, closing(sqlite3.connect(plain)) as there:
            # All in one step: between two steps a booking would have the copy begin anew, all day long.
            here.backup(there, pages=-1)
            _must_be_whole(there)
            contents, head = _head("sqlite", _count_sqlite(there))
        sealed.write(head)
        with plain.open("rb") as raw, gzip.open(cast("IO[bytes]", sealed), "wb", compresslevel=3) as packed:
            shutil.copyfileobj(raw, packed, BLOCK)
    return contents


@contextmanager
def _unpacked(sealed: SealedReader) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """Give the copy inside a backup as a database beside the present one; it is gone afterwards unless moved."""
    beside = Path(str(connection.settings_dict["NAME"])).parent if connection.vendor == "sqlite" else None
    _sweep(beside or Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(dir=beside, prefix=_mine()) as folder:
        plain = Path(folder) / "copy.sqlite3"
        with gzip.open(cast("IO[bytes]", sealed), "rb") as packed, plain.open("wb") as raw:
            plain.chmod(0o600)
            shutil.copyfileobj(packed, raw, BLOCK)
        with closing(sqlite3.connect(plain)) as copy:
            _must_be_whole(copy)
            yield plain, copy


def _mine() -> str:
    """Return how the folder of a copy in the clear begins: with the process that will remove it."""
    return f"{_COPY}{os.getpid()}-"


def _sweep(folder: Path) -> None:
    """Remove the copies in the clear of processes that were killed before they could."""
    for left in folder.glob(f"{_COPY}*"):
        number = left.name.removeprefix(_COPY).partition("-")[0]
        if not (number.isdecimal() and _is_alive(int(number))):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _must_be_whole(copy: sqlite3.Connection) -> None:
    verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    if verdict != "ok":
        msg = f"The copy is damaged: {verdict}"
        raise CannotBeOpened(msg)


def _count_sqlite(copy: sqlite3.Connection) -> dict[str, int]:
    named = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    count = 'SELECT COUNT(*) FROM "{}"'
    return {name: copy.execute(count.format(name)).fetchone()[0] for (name,) in named.fetchall()}


def _put_sqlite(sealed: SealedReader, contents: Contents) -> None:
    place = Path(str(connection.settings_dict["NAME"]))
    with _unpacked(sealed) as (fresh, copy):
        _must_fit(contents, _count_sqlite(copy))
        connection.close()
        stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
        for ending in ("", "-wal", "-shm"):
            old = place.with_name(place.name + ending)
            if old.exists():
                old.rename(place.with_name(f"{place.name}.before-{stamp}{ending}"))
        fresh.rename(place)


def _write_postgres(sealed: SealedWriter) -> Contents:
    """Count in a snapshot and have pg_dump copy that very snapshot; nothing of it touches the disk in the clear."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        contents, head = _head("postgresql", _count_postgres(cursor))
        sealed.write(head)
        command = ["pg_dump", "--format=custom", f"--snapshot={snapshot}"]
        with _running(command, stdout=subprocess.PIPE) as dump:
            shutil.copyfileobj(cast("IO[bytes]", dump.stdout), cast("IO[bytes]", sealed), BLOCK)
    return contents


def _count_postgres(cursor: Any) -> dict[str, int]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    rows = {}
    for (name,) in cursor.fetchall():
        cursor.execute(f'SELECT COUNT(*) FROM "{name}"')  # noqa: S608 - names of our own tables
        rows[name] = cursor.fetchone()[0]
    return rows


def _put_postgres(sealed: SealedReader, contents: Contents) -> None:
    words = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    name = str(connection.settings_dict["NAME"])
    connection.close()
    with _running([*words, f"--dbname={name}"], stdin=subprocess.PIPE) as load:
        into = cast("IO[bytes]", load.stdin)
        with suppress(BrokenPipeError):  # it has given up, and says why when it has ended
            while block := sealed.read(BLOCK):
                into.write(block)
            into.close()
    with connection.cursor() as cursor:
        _must_fit(contents, _count_postgres(cursor))


@contextmanager
def _running(
    command: list[str], *, stdin: int | None = None, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run one of PostgreSQL's own programs on this database; raise when it does not end well."""
    given: dict[str, Any] = connection.settings_dict
    named = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    environment = {**os.environ, **{k: str(given[v]) for k, v in named.items() if given[v]}}
    with subprocess.Popen(  # noqa: S603 - fixed words
        command, env=environment, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE
    ) as program:
        yield program
        said = cast("IO[bytes]", program.stderr).read().decode(errors="replace").strip()
    if program.returncode:
        msg = f"{command[0]} ended with: {said.splitlines()[0] if said else program.returncode}. Nothing was changed."
        raise Refused(msg)

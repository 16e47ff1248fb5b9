"""Keep the data: bring the tables up to date, back up, restore."""

import gzip
import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from frontdesk.kit import clock
from frontdesk.kit.errors import Refused
from frontdesk.office.audit import seals

BLOCK = 1 << 20


def migrate() -> None:
    """Bring the database's tables up to date; safe to run again."""
    call_command("migrate", interactive=False, verbosity=1)
    protect_files()


def protect_files() -> None:
    """Let no one else on this machine read the database file."""
    if connection.vendor == "sqlite" and Path(str(connection.settings_dict["NAME"])).exists():
        Path(str(connection.settings_dict["NAME"])).chmod(0o600)


def backup(
    to: Annotated[
        Path | None, typer.Argument(help="File to write; default: backups/ in the data folder.")
    ] = None,
) -> None:
    """Copy the running database to one file, and prove that the copy is whole."""
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    target = to or Path(settings.FRONTDESK_DATA) / "backups" / f"frontdesk-{stamp}.{_suffix()}"
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.exists():
        msg = f"{target} is already there; a backup never overwrites."
        raise Refused(msg)
    part = target.with_name(target.name + ".part")
    _copy_sqlite(part) if connection.vendor == "sqlite" else _dump_postgres(part)
    part.chmod(0o600)
    part.rename(target)
    target.with_name(target.name + ".sha256").write_text(_digest(target) + "\n")
    _keep_anchor(seals.Anchor.of_installation().path, target.with_name(target.name + ".anchor"))
    typer.echo(f"{target}  {target.stat().st_size:,} bytes")


def restore(
    source: Annotated[Path, typer.Argument(help="A file that `backup` wrote.", exists=True, dir_okay=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Replace the present data without asking.")] = False,
) -> None:
    """Put a backup back in place of the present data; what was there is kept beside it."""
    proof = source.with_name(source.name + ".sha256")
    if not proof.exists() or proof.read_text().strip() != _digest(source):
        msg = f"{source} is not as it was written: its SHA-256 does not fit. Nothing was changed."
        raise Refused(msg)
    if not yes:
        typer.confirm("This replaces all present data. Is the server stopped, and are you sure?", abort=True)
    _put_sqlite(source) if connection.vendor == "sqlite" else _load_postgres(source)
    anchor = seals.Anchor.of_installation()
    if not anchor.exists():
        _keep_anchor(source.with_name(source.name + ".anchor"), anchor.path)
    seals.adopt(anchor)
    typer.echo("Restored. Run `frontdesk migrate`, then `frontdesk check`.")


def _keep_anchor(here: Path, there: Path) -> None:
    """Carry the anchor of the record's seals along with a backup; its lines prove themselves, given the key."""
    if here.exists():
        there.touch(mode=0o600)
        there.write_bytes(here.read_bytes())


def _suffix() -> str:
    return "sqlite3.gz" if connection.vendor == "sqlite" else "dump"


def _copy_sqlite(part: Path) -> None:
    """Copy with SQLite's online backup, which sees one moment however busy the desk is, and check the copy."""
    with tempfile.TemporaryDirectory(dir=part.parent) as folder:
        plain = Path(folder) / "copy.sqlite3"
        here, there = sqlite3.connect(str(connection.settings_dict["NAME"])), sqlite3.connect(plain)
        try:
            here.backup(there, pages=2048)
            _must_be_whole(there)
        finally:
            here.close()
            there.close()
        with plain.open("rb") as raw, gzip.open(part, "wb", compresslevel=3) as packed:
            shutil.copyfileobj(raw, packed, BLOCK)


def _must_be_whole(copy: sqlite3.Connection) -> None:
    verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    if verdict != "ok":
        msg = f"The copy is damaged: {verdict}"
        raise Refused(msg)


def _put_sqlite(source: Path) -> None:
    place = Path(str(connection.settings_dict["NAME"]))
    fresh = place.with_name(place.name + ".restoring")
    with gzip.open(source, "rb") as packed, fresh.open("wb") as raw:
        shutil.copyfileobj(packed, raw, BLOCK)
    checked = sqlite3.connect(fresh)
    try:
        _must_be_whole(checked)
    finally:
        checked.close()
    connection.close()
    fresh.chmod(0o600)
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    for ending in ("", "-wal", "-shm"):
        old = place.with_name(place.name + ending)
        if old.exists():
            old.rename(place.with_name(f"{place.name}.before-{stamp}{ending}"))
    fresh.rename(place)


def _postgres_environment() -> dict[str, str]:
    given: dict[str, Any] = connection.settings_dict
    named = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    return {**os.environ, **{k: str(given[v]) for k, v in named.items() if given[v]}}


def _dump_postgres(part: Path) -> None:
    command = ["pg_dump", "--format=custom", f"--file={part}"]
    subprocess.run(command, env=_postgres_environment(), check=True)  # noqa: S603 - fixed words
    subprocess.run(["pg_restore", "--list", str(part)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607


def _load_postgres(source: Path) -> None:
    connection.close()
    words = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    command = [*words, f"--dbname={connection.settings_dict['NAME']}", str(source)]
    subprocess.run(command, env=_postgres_environment(), check=True)  # noqa: S603 - fixed words


def _digest(path: Path) -> str:
    running = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            running.update(block)
    return running.hexdigest()

"""A database of the bench's own, made once by the demo's loader and kept."""

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import typer
from django.conf import settings
from django.db import connection

HERE = "FRONTDESK_BENCH"
"""Set in the process that already stands on the bench's database."""


def is_here() -> bool:
    """Say whether this process stands on the bench's own database."""
    return bool(os.environ.get(HERE))


def again_on_own_database(size: str, words: list[str]) -> None:
    """Run `frontdesk WORDS…` in a process whose database is the bench's own, and leave with its exit code."""
    address = (
        _postgres(size)
        if connection.vendor == "postgresql"
        else f"sqlite:///{settings.FRONTDESK_DATA}/bench-{size}.sqlite3"
    )
    environment = {**os.environ, "DATABASE_URL": address, HERE: size, "FRONTDESK_LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", *words]
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603 - our own program


def _postgres(size: str) -> str:
    """Return the address of the bench's database beside the present one, making it when it is not there."""
    import psycopg  # noqa: PLC0415 - an installation on SQLite never loads it
    from psycopg import sql  # noqa: PLC0415 - as above

    name = f"frontdesk_bench_{size}"
    given = urlsplit(settings.DATABASE_URL)
    with psycopg.connect(urlunsplit(given._replace(path="/postgres")), autocommit=True) as here:
        if not here.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            here.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlunsplit(given._replace(path=f"/{name}"))

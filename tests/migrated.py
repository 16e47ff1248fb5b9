"""A database migrated once, of which every run of the tests and every installation in them gets a copy.

Migrating takes half a minute, and was done by each process of each run and by whoever tests the command line. The copy
is taken as long as the migrations are the same; what it lacks, `migrate` adds to the copy.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

ROOT = Path(__file__).parents[1]
PLACE = ROOT / ".pytest_cache" / "migrated"


def on_sqlite():
    """Return a folder as `frontdesk migrate` leaves it: the database and its keys. Only to be copied."""
    folder = PLACE / _sign()
    with _alone():
        if not folder.exists():
            for old in PLACE.glob("*-sqlite"):
                shutil.rmtree(old)
            _migrate(folder, "")
    return folder


def on_postgresql(url):
    """Return the folder with the keys, and the name of a database to copy, on the server of an address."""
    folder = PLACE / f"{_sign()[:-7]}-postgresql"
    name = f"{_prefix()}{folder.name[:12]}"
    with _alone(), _server(url) as server:
        known = [
            one
            for (one,) in server.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_prefix()]
            )
        ]
        if name not in known or not folder.exists():
            for old in PLACE.glob("*-postgresql"):
                shutil.rmtree(old)
            for old in known:
                server.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}_begun"')
            _migrate(folder, urlsplit(url)._replace(path=f"/{name}_begun").geturl())
            server.execute(f'ALTER DATABASE "{name}_begun" RENAME TO "{name}"')
    return folder, name


@contextmanager
def installed(folder):
    """A migrated installation in a folder that is not there yet; its database's address, empty for the file in the folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        shutil.copytree(on_sqlite(), folder)
        yield ""
        return
    keys, model = on_postgresql(url)
    shutil.copytree(keys, folder)
    name = f"frontdesk_own_{os.getpid()}_{uuid4().hex[:6]}"
    with _server(url) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _migrate(folder, url):
    begun = folder.with_name(f"{folder.name}.begun")
    shutil.rmtree(begun, ignore_errors=True)
    environment = {**os.environ, "FRONTDESK_DATA": str(begun), "DATABASE_URL": url}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    line = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", "migrate"]
    done = subprocess.run(line, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    begun.rename(folder)


def _sign():
    """Return what a folder is called: another one as soon as a migration, or what writes the locks, is another."""
    told = hashlib.sha256()
    files = [*ROOT.glob("frontdesk/office/*/migrations/*.py"), *ROOT.glob("frontdesk/office/*/locks.py")]
    for file in [*sorted(files), ROOT / "requirements.lock"]:
        told.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return f"{told.hexdigest()[:12]}-sqlite"


def _prefix():
    return f"frontdesk_tests_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}_"


@contextmanager
def _alone():
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _server(url):
    import psycopg

    with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True) as server:
        yield server

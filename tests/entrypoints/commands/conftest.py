"""An installation of its own: a folder, a database, and the command line as a person uses it."""

import os
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

import pytest


class Installation:
    """`run("check", "--json")` is `frontdesk check --json` in a folder and database of its own."""

    def __init__(self, folder, database_url):
        self.folder = folder
        self.environment = {**os.environ, "FRONTDESK_DATA": str(folder), "DATABASE_URL": database_url}
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)

    def run(self, *words, code=0, given=None):
        command = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", *map(str, words)]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, input=given, timeout=300
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An installation migrated once, of which each test gets a copy: the command itself is what takes long."""
    made = Installation(tmp_path_factory.mktemp("migrated") / "data", _database("model"))
    made.run("migrate")
    yield made
    _drop("model")


@pytest.fixture
def installation(tmp_path, migrated):
    """A migrated installation on the database the suite runs on."""
    made = Installation(tmp_path / "data", _database("one", like="model"))
    shutil.copytree(migrated.folder, made.folder)
    yield made
    _drop("one")


def _name(which):
    return f"frontdesk_cli_{which}_{os.getpid()}"


def _server(statements):
    import psycopg

    with psycopg.connect(
        urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl(), autocommit=True
    ) as connection:
        for statement in statements:
            connection.execute(statement)


def _database(which, *, like=""):
    """The address of a new database on the server the suite runs on; for SQLite none, it is a file in the folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return ""
    model = f" TEMPLATE {_name(like)}" if like else ""
    _server(
        [f"DROP DATABASE IF EXISTS {_name(which)} WITH (FORCE)", f"CREATE DATABASE {_name(which)}{model}"]
    )
    return urlsplit(url)._replace(path=f"/{_name(which)}").geturl()


def _drop(which):
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        _server([f"DROP DATABASE IF EXISTS {_name(which)} WITH (FORCE)"])

"""A small day worked by several desks at once, in a browser and over HTTP; `python -m tests.soak visit-day` is the whole."""

import os
import socket
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest
from django.db import connection

from tests.browser import CHROMIUM

BEHIND = 8000  # milliseconds; the second that is promised is measured on a quiet machine, by the soak


@pytest.mark.browser
@pytest.mark.django_db
def test_every_visit_ends_once_and_every_screen_follows(tmp_path):
    if not CHROMIUM:
        pytest.skip("NO CHROMIUM ON THIS MACHINE: install Debian's chromium package to run the browser tests")
    with a_database_of_its_own() as address:
        words = ["visit-day", "--visits", "12", "--clerks", "3", "--browsers", "1", "--stale", str(BEHIND)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.soak", *words, "--port", str(free_port())],
            env={**os.environ, "DATABASE_URL": address, "FRONTDESK_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok   visit-day: 12 visits, 3 clerks (1 in browsers)" in done.stdout


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def a_database_of_its_own():
    """The address of an empty database of the kind this run is on; SQLite makes its own file."""
    if connection.vendor == "sqlite":
        yield ""
        return
    facts = connection.settings_dict
    name = f"{facts['NAME']}_day"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"postgresql://{facts['USER']}@{facts['HOST']}:{facts['PORT']}/{name}"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

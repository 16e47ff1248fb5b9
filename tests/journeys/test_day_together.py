"""A small day worked by several desks at once, in a browser and over HTTP; `python -m tests.soak visit-day` is the whole."""

import os
import socket
import subprocess
import sys
from contextlib import closing

import pytest

from tests import migrated
from tests.browser import CHROMIUM

BEHIND = 8000  # milliseconds; the second that is promised is measured on a quiet machine, by the soak


@pytest.mark.browser
@pytest.mark.django_db
def test_every_visit_ends_once_and_every_screen_follows(tmp_path):
    if not CHROMIUM:
        pytest.skip("NO CHROMIUM ON THIS MACHINE: install Debian's chromium package to run the browser tests")
    with migrated.installed(tmp_path / "data") as address:
        words = ["visit-day", "--visits", "8", "--clerks", "3", "--browsers", "1", "--stale", str(BEHIND)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.soak", *words, "--port", str(free_port())],
            env={**os.environ, "DATABASE_URL": address, "FRONTDESK_DATA": str(tmp_path / "data")},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok   visit-day: 8 visits, 3 clerks (1 in browsers)" in done.stdout


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

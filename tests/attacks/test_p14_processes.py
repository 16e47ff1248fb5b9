"""P14 with the real server: access ended from another process is ended in every process that answers, within a second."""

import socket
import time

import pytest

from tests.soak.site import Clerk, Site

PASSWORD = "seven plain words for the keeper"


@pytest.fixture
def server(tmp_path):
    """A server of two processes on an SQLite file of its own, whichever database the other tests are on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = Site(tmp_path, port)
    site.environment |= {"DATABASE_URL": "", "FRONTDESK_SECOND_FACTOR": "trainee"}
    site.migrate()
    for name in ("gus", "eva"):
        made = site.command("create-admin", name, "--name", name.title(), "--password", PASSWORD)
        assert made.returncode == 0, made.stderr
    site.up()
    yield site
    site.down()


def is_in(clerk):
    with clerk.opener.open(f"{clerk.base}/my/sign-in", timeout=30) as answer:
        return answer.status == 200


def status(clerk):
    """What one of the processes says; each question opens a connection of its own, so that all are asked in turn."""
    import urllib.error

    try:
        with clerk.opener.open(f"{clerk.base}/awake", timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as told:
        return told.code


def test_access_ended_on_the_command_line_is_ended_in_both_processes_within_a_second(server):
    clerk = Clerk(server, 1, username="gus", password=PASSWORD)
    clerk.sign_in()
    assert is_in(clerk)
    assert {status(clerk) for _ in range(12)} == {204}
    assert server.command("end-access", "gus").returncode == 0
    ended = time.monotonic()
    told = [status(clerk) for _ in range(12)]
    assert time.monotonic() - ended < 5
    assert set(told) == {302}, told

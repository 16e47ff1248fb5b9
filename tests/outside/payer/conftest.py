"""The payer on a port of its own, on the morning the tests live in; late means half a second here."""

import threading
from datetime import UTC, datetime

import pytest

from frontdesk.outside.payer import members
from frontdesk.outside.payer.desk import Payer
from frontdesk.outside.payer.server import Server
from tests.outside.payer.asking import Practice

AT = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)


@pytest.fixture
def open_payer():
    """A function that opens one; `drop` and `seed` as on the command line."""
    opened = []

    def make(*, late_seconds=0.5, **words):
        server = Server(
            ("127.0.0.1", 0),
            Payer(members.load(members.DEFAULT), now=lambda: AT, **words),
            late_seconds=late_seconds,
        )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        opened.append((server, thread))
        return server

    yield make
    for server, thread in opened:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def payer(open_payer):
    return open_payer()


@pytest.fixture
def practice(payer):
    return Practice(payer.server_port)

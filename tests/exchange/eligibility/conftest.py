"""The practice payer on a port of its own, connected; what waits is asked by an inquirer that is waited for."""

import threading

import pytest

from frontdesk.exchange.eligibility.connections import Connection
from frontdesk.exchange.eligibility.inquirer import Inquirer
from frontdesk.office.coverage import services
from frontdesk.outside.payer import members
from frontdesk.outside.payer.desk import CREDENTIALS, Payer
from frontdesk.outside.payer.server import Server
from tests.conftest import MORNING
from tests.factories.coverage import payer as insurer
from tests.factories.coverage import policy
from tests.people import rosa


@pytest.fixture
def other_side():
    server = Server(
        ("127.0.0.1", 0), Payer(members.load(members.DEFAULT), now=lambda: MORNING), late_seconds=0.3
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=["mime", "soap"])
def connected(request, settings, other_side):
    """Both envelopes reach the same payer; a test that takes this runs with each."""
    connect(settings, other_side, request.param)
    return other_side


def connect(settings, server, envelope="mime", **changed):
    made = {
        "name": "", "url": f"http://127.0.0.1:{server.server_port}/core/realtime", "envelope": envelope,
        "user": CREDENTIALS.user, "password": CREDENTIALS.password, "sender": "ELMSTREET", "receiver": "PRACTICE",
    }  # fmt: skip
    settings.CONNECTIONS = {"": Connection(**{**made, **changed})}


def insured(who, scenario, **fields):
    return policy(
        who, payer_id=insurer("Practice Payer", "PRAC1").pk, member_id=f"PRAC-{scenario}-0001", **fields
    )


def asked(one, day=MORNING.date(), **given):
    """Ask, let the inquirer do its round, and return the question as it is then."""
    row = services.ask(rosa(), policy_id=one.pk, day=day, **given)
    work_off()
    row.refresh_from_db()
    return row


def work_off(worker="w1"):
    inquirer = Inquirer(worker)
    while inquirer.round():
        pass
    inquirer.pool.shutdown()

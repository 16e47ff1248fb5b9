"""Whenever the worker dies or the line breaks: nobody is written to twice, and what nobody knows is said."""

import smtplib
from datetime import timedelta

import pytest

from frontdesk.exchange.mail.server import Server
from frontdesk.exchange.post import Postman
from frontdesk.kit import clock
from frontdesk.office.messaging import delivery, queries
from tests.exchange.mail.conftest import booked, post, states
from tests.factories.messaging import reachable, react

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The worker dies here."""


def dies(*_, **__):
    raise Killed


def after(function):
    def run(*args, **kwargs):
        function(*args, **kwargs)
        raise Killed

    return run


POINTS = {
    "before anything": (delivery, "lease", dies, "again"),
    "with the lease": (delivery, "lease", after, "again"),
    "with the envelope open": (Server, "offer", after, "again"),
    "just before the mark": (delivery, "begin", dies, "again"),
    "just after the mark": (delivery, "begin", after, "doubt"),
    "after the content": (Server, "finish", after, "doubt"),
    "in the middle of the content": (smtplib.SMTP, "getreply", None, "doubt"),
}


@pytest.mark.parametrize("point", POINTS)
def test_whenever_the_worker_dies_nobody_is_written_to_twice(the, box, monkeypatch, point):
    booked(the, reachable())
    react()
    where, name, how, outcome = POINTS[point]
    genuine = getattr(where, name)
    broken = dies if how is dies else after(genuine) if how else _after_the_content(genuine)
    with monkeypatch.context() as patch:
        patch.setattr(where, name, broken)
        patch.setattr("frontdesk.exchange.post.delivery", delivery)
        with pytest.raises(Killed):
            Postman("one").round()
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        post("two")
        post("three")
        if outcome == "again":
            assert (len(box.taken), states("confirmation")) == (1, ["sent"])
        else:
            assert (len(box.taken) <= 1, states("confirmation")) == (True, ["in_doubt"])
            assert queries.how_many_failed(the.location.pk) == 1


def _after_the_content(genuine):
    def getreply(self):
        reply = genuine(self)
        if reply[1].startswith(b"2.0.0 taken"):
            raise Killed
        return reply

    return getreply


def test_a_line_that_breaks_after_the_content_leaves_a_doubt(the, box, monkeypatch):
    booked(the, reachable())
    react()

    def gone(self):
        raise smtplib.SMTPServerDisconnected

    original = Server.finish

    def finish(self, message):
        monkeypatch.setattr(smtplib.SMTP, "getreply", gone)
        return original(self, message)

    monkeypatch.setattr(Server, "finish", finish)
    Postman("w").round()
    assert states("confirmation") == ["in_doubt"]

"""Requests the live server has taken and not yet answered.

A page that is left saves its draft with a request that outlives it. Emptying the tables while such a request
holds rows is a deadlock on PostgreSQL, and one of the two loses; so the emptying waits for the last answer.
"""

import threading

from django.core.servers.basehttp import ServerHandler

_changed = threading.Condition()
_taken = 0


_run = ServerHandler.run


def _counted(self, application):
    global _taken
    with _changed:
        _taken += 1
    try:
        _run(self, application)
    finally:
        with _changed:
            _taken -= 1
            _changed.notify_all()


ServerHandler.run = _counted


def none_within(*, seconds):
    """Wait until every request is answered; raises AssertionError after so many `seconds`."""
    with _changed:
        assert _changed.wait_for(lambda: _taken == 0, seconds), f"{_taken} requests are still unanswered"

"""Messages in every state, at the desk on Tuesday, March 10th, at nine."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.office.messaging.models import Message
from tests.entrypoints.desk.visits.conftest import HX, day, desk, sign_in  # noqa: F401 - Rosa's desk, as there
from tests.factories.messaging import reachable, write_about


@pytest.fixture
def written(day):
    """Write about a visit of Ana's, and say what became of it."""

    def make(state="queued", kind="confirmation", hour=14, patient=None, **fields):
        who = patient or reachable()
        made = write_about(day.booked(hour, patient=who), kind)
        now = clock.now()
        times = {"sending_at": now, "sent_at": now} if state in {"sent", "in_doubt"} else {}
        given = {"state": state, "address": "ana@example.org", "channel": "email", **times, **fields}
        Message.objects.filter(pk=made.pk).update(**given)
        made.refresh_from_db()
        return made

    return make


def tomorrow():
    return clock.now() + timedelta(days=1)

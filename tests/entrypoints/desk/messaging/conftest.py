"""Messages in every state, at the desk on Tuesday, March 10th, at nine."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.refs import Ref
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.models import Message
from frontdesk.office.messaging.queries import facts_of
from frontdesk.office.scheduling.queries import outlook
from tests.entrypoints.desk.visits.conftest import HX, day, desk, sign_in  # noqa: F401 - Rosa's desk, as there
from tests.factories.messaging import reachable
from tests.people import rosa


@pytest.fixture
def written(day):
    """Write about a visit of Ana's, and say what became of it."""

    def make(state="queued", kind="confirmation", hour=14, patient=None, **fields):
        who = patient or reachable()
        row = day.booked(hour, patient=who)
        stands = outlook(row.pk)
        made = messaging.announce(
            rosa(), patient_id=who.pk, kind=kind, about=Ref("scheduling.appointment", row.pk), after=facts_of(stands),
            version=stands.version,
        )  # fmt: skip
        now = clock.now()
        times = {"sending_at": now, "sent_at": now} if state in {"sent", "in_doubt"} else {}
        given = {"state": state, "address": "ana@example.org", "channel": "email", **times, **fields}
        Message.objects.filter(pk=made.pk).update(**given)
        made.refresh_from_db()
        return made

    return make


def tomorrow():
    return clock.now() + timedelta(days=1)

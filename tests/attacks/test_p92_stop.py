"""P92: STOP comes in while the text lies in the sender's hands. None goes out after it.

Both at the same moment on connections of their own, and every order of their steps: tests/exchange/texting.
"""

import pytest

from frontdesk.exchange.post import Postman
from frontdesk.exchange.texting.gateway import Outbox, Receipt
from frontdesk.office.messaging import delivery, services
from frontdesk.office.messaging.models import Message
from tests.exchange.texting.test_stop_race import number, queued, stop
from tests.people import lena

pytestmark = pytest.mark.django_db
STOPS = (
    "STOP",
    "stop",
    " Stop. ",
    "STOP ALL",
    "UNSUBSCRIBE",
    "cancel",
    "END",
    "quit",
    "Alto",
    "PARAR",
    "revoke",
    "optout",
)


@pytest.fixture
def taken(monkeypatch):
    sent = []
    monkeypatch.setattr(Outbox, "send", lambda _self, to, _words, key: sent.append(to) or Receipt(key))
    return sent


@pytest.mark.parametrize("point", ["lease", "begin"])
def test_a_stop_between_the_hand_and_the_mouth(morning, taken, monkeypatch, point):
    queued(morning)
    genuine = getattr(delivery, point)

    def meet(*given, **more):
        if point == "begin":
            stop(int(given[0].to[-4:]))
        made = genuine(*given, **more)
        if point == "lease":
            for out in made:
                stop(int(out.to[-4:]))
        return made

    monkeypatch.setattr(delivery, point, meet)
    postman = Postman("w")
    while postman.round() or delivery.anything_due():
        pass
    assert taken == []
    assert set(Message.objects.values_list("state", flat=True)) == {"held"}


@pytest.mark.parametrize("word", STOPS)
def test_every_word_for_stop_is_heard(morning, taken, word):
    queued(morning)
    services.hear(lena(), channel="text", address=number(0), said=word)
    postman = Postman("w")
    while postman.round() or delivery.anything_due():
        pass
    assert number(0) not in taken
    assert number(1) in taken

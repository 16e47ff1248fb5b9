"""Where nothing carries messages they stay here, with their words."""

import pytest

from frontdesk.office.messaging.models import Message
from tests.exchange.mail.conftest import booked, post
from tests.factories.messaging import reachable

pytestmark = pytest.mark.django_db


def test_without_a_mail_server_nothing_leaves_and_the_words_are_kept(the, box, settings):
    settings.MAIL = None
    booked(the, reachable())
    post()
    row = Message.objects.get(kind="confirmation")
    assert (box.taken, row.state, row.via) == ([], "sent", "outbox")
    assert "Tuesday, March 10" in row.words


def test_a_text_stays_in_the_outbox_with_its_words(the, box):
    booked(the, reachable(email="", mobile="+16175550134", may_text=True))
    post()
    row = Message.objects.get(kind="confirmation")
    assert (row.channel, row.address, row.via, row.receipt) == ("text", "+16175550134", "outbox", row.key)
    assert row.words.startswith("Elm Street Family Medicine: you have an appointment on Tuesday, March 10")

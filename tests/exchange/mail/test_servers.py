"""What a mail server refuses, puts off or cannot take; and what is never said to one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from frontdesk.exchange.mail.composing import CannotBeWritten, compose
from frontdesk.exchange.mail.server import Server, Settings
from frontdesk.kit import clock
from frontdesk.office.messaging import delivery, queries, services
from frontdesk.office.messaging.models import Message
from frontdesk.office.patients.models import Contact
from tests.exchange.mail.conftest import booked, post, states
from tests.factories.messaging import FROM, reachable, react
from tests.people import lena, rosa

pytestmark = pytest.mark.django_db


def test_an_address_the_server_refuses_comes_back_as_work(the, box):
    box.answers["ana@example.org"] = "550 5.1.1 no such person: ana@example.org"
    booked(the, reachable())
    booked(the, reachable(email="bo@example.org"), 10)
    post()
    assert [to for to, _ in box.taken] == ["bo@example.org"]
    [failure] = queries.failures(the.location.pk)
    assert failure.line.why == "The mail server will not deliver to this address (550)."
    assert "ana@" not in failure.line.why
    Contact.objects.filter(value="ana@example.org").update(value="ana.ito@example.org")
    services.send_again(rosa(), message_id=failure.line.id)
    post()
    assert box.taken[-1][0] == "ana.ito@example.org"


def test_a_server_that_is_busy_is_asked_again_later(the, box):
    box.answers["ana@example.org"] = "451 4.3.0 try later"
    booked(the, reachable())
    post()
    assert states("confirmation") == ["queued"]
    box.answers.clear()
    post()
    assert box.taken == []
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        post()
    assert (len(box.taken), states("confirmation")) == (1, ["sent"])


def test_a_refusal_of_the_content_is_no_doubt(the, box):
    box.at_the_dot = "452 4.2.2 mailbox full"
    booked(the, reachable())
    post()
    assert states("confirmation") == ["queued"]
    box.at_the_dot = "554 5.6.0 not wanted"
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        post()
    assert states("confirmation") == ["failed"]


def test_a_server_that_is_away_loses_nothing_and_does_not_hold_up_texts(the, box, settings):
    settings.MAIL = Settings("127.0.0.1", 1, FROM, tls="none")
    for number in range(5):
        booked(the, reachable(), 9 + number)
    texted = booked(the, reachable(email="", mobile="+16175550134", may_text=True), 15)
    post()
    rows = Message.objects.filter(kind="confirmation").values_list("about_id", "state", "attempts")
    assert sum(attempts for _, _, attempts in rows) <= 2  # one was tried, the text went
    assert {about: state for about, state, _ in rows}[texted.pk] == "sent"
    settings.MAIL = box.settings
    with clock.fixed(clock.now() + timedelta(minutes=3)):
        post()
    assert len(box.taken) == 5


def test_one_connection_carries_many_messages(the, box, monkeypatch):
    opened = []
    connect = Server._connect
    monkeypatch.setattr(Server, "_connect", lambda self: opened.append(1) or connect(self))
    for number in range(6):
        booked(the, reachable(email=f"p{number}@example.org"), 9 + number)
    post()
    assert (len(box.taken), len(opened)) == (6, 1)


@pytest.mark.parametrize(
    "address",
    ["a@x.org, b@x.org", "a@x.org\r\nBcc: b@x.org", "a@x.org\nDATA", "<a@x.org>", "ä@x.org", "", "a b@x.org"],
)
def test_no_address_smuggles_in_another(the, address):
    booked(the, reachable())
    react()
    [out] = delivery.lease("w", 5)
    with pytest.raises(CannotBeWritten):
        compose(replace(out, to=address), FROM)


def test_a_dot_at_the_beginning_of_a_line_arrives(the, box):
    services.set_template(
        lena(), kind="confirmation", channel="email", language="en", subject="Hi", body="One\n.\nTwo\n..Three"
    )
    booked(the, reachable())
    booked(the, reachable(), 10)
    post()
    assert [mail.get_body(("plain",)).get_content().splitlines() for _, mail in box.taken] == [
        ["One", ".", "Two", "..Three"]
    ] * 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_said_to_the_network_inside_a_transaction(the, box, monkeypatch):
    seen = []
    for name in ("offer", "finish", "_connect"):
        genuine = getattr(Server, name)

        def spy(self, *args, genuine=genuine):
            seen.append(connection.in_atomic_block)
            return genuine(self, *args)

        monkeypatch.setattr(Server, name, spy)
    booked(the, reachable())
    post()
    assert (len(box.taken), set(seen)) == (1, {False})

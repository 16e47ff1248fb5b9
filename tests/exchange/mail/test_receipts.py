"""A receipt on its way to a real mail server: once, not at all once the payment was taken back, and seen where it fails."""

import pytest

from frontdesk.exchange.post import Postman
from frontdesk.office.messaging import delivery, queries
from frontdesk.office.messaging.models import Message
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.rules import PURPOSE, Part
from tests.exchange.mail.conftest import post, states
from tests.factories.messaging import reachable
from tests.factories.payments import drawer_open, taken
from tests.people import lena, rosa

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(the, box):
    drawer_open(the.location.pk)
    return taken(reachable(), the.location.pk, 3500)


def send(row, key="k1"):
    return payments.send_receipt(rosa(), payment_id=row.pk, channel="email", key=key)


def test_asked_for_twice_by_one_form_it_arrives_once_as_plain_text(row, box):
    sent = [send(row), send(row)]
    post()
    [(to, mail)] = box.taken
    assert (to, mail["Subject"]) == ("ana@example.org", "Your receipt from Elm Street Family Medicine")
    assert mail["Message-ID"] == f"<{sent[0].key}@elmstreet.example>"
    assert not mail.is_multipart()
    assert "Amount: $35.00" in mail.get_content()
    assert states() == ["sent"]


def test_a_payment_taken_back_in_the_last_moment_is_not_confirmed(row, box, monkeypatch):
    send(row)
    begin = delivery.begin

    def too_late(*args):
        payments.take_back(lena(), payment_id=row.pk, reason="The wrong patient", key="back")
        return begin(*args)

    monkeypatch.setattr(delivery, "begin", too_late)
    Postman("w").round()
    monkeypatch.undo()
    post()
    assert (box.taken, states()) == ([], ["withdrawn"])


def test_a_refused_address_comes_back_as_work_and_asked_for_anew_it_is_work_no_more(row, box):
    box.answers["ana@example.org"] = "550 5.1.1 no such user"
    failed = send(row)
    post()
    assert [one.line.id for one in queries.failures()] == [failed.pk]
    box.answers.clear()
    send(row, "k2")
    post()
    assert queries.failures() == []
    assert len(box.taken) == 1


def test_a_long_address_to_pay_at_arrives_as_it_is_and_is_not_kept(the, box):
    who = reachable(language="es")
    parts = (Part(who.pk, PURPOSE.BALANCE, 4000, ""),)
    link = payments.make_link(rosa(), patient_id=who.pk, location_id=the.location.pk, parts=parts, key="l")
    address = f"https://checkout.example/c/pay/cs_live_{'a1B2' * 90}#fid{'%2F' * 30}"
    CardCharge.objects.filter(pk=link.pk).update(state="link", link=address, page="cs_1")
    payments.send_link(rosa(), charge_id=link.pk, channel="email", key="k")
    post()
    [(_, mail)] = box.taken
    assert address in mail.get_content().splitlines()
    assert mail["Subject"] == "Una página de pago de Elm Street Family Medicine"
    kept = Message.objects.get()
    assert "cs_live" not in f"{kept.words}{kept.after}"
    assert "https://checkout.example/…" in kept.words


def test_after_the_dot_nobody_knows_and_it_is_not_sent_again_by_itself(row, box):
    send(row)
    box.at_the_dot = "421 4.3.2 closing down"
    post()
    box.at_the_dot = None
    assert Message.objects.get().attempts == 1
    assert states() == ["queued"]  # it said that it did not take it

"""The address the card processor calls: only the processor, not long ago, heard once, and only a reason to ask."""

import json
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock

import pytest

from frontdesk.exchange.gateway.charger import Charger, ask_about_events, read_events
from frontdesk.kit import clock
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge, CardRefund, Dispute, Payment, ProcessorEvent
from frontdesk.outside.cardnet.server import SECRET
from frontdesk.outside.cardnet.webhooks import signed
from tests.cardnetwork import asked, cardnet
from tests.factories.patients import ana
from tests.factories.payments import card_charge
from tests.factories.practice import location
from tests.people import lena

pytestmark = pytest.mark.django_db
PATH = "/processor/events"


@pytest.fixture
def net(settings):
    with cardnet() as found:
        settings.CARDS = found.processor()
        yield found


def event(about, kind="payment_intent.succeeded", name="evt_1"):
    return {"id": name, "object": "event", "type": kind, "data": {"object": {"id": about}}}


def tell(client, told, *, secret=SECRET, at=None):
    body = json.dumps(told).encode()
    moment = int((at or clock.now()).timestamp())
    headers = {"Stripe-Signature": signed(body, secret, moment)}
    return client.post(PATH, body, content_type="application/json", headers=headers)


@pytest.fixture
def row(net):
    made = card_charge(ana(), location().pk, 3500)
    asked(2)
    CardCharge.objects.update(not_before=clock.now() + timedelta(hours=1))
    made.refresh_from_db()
    return made


def test_what_it_says_is_not_believed_only_asked_about(client, row):
    assert tell(client, event(row.processor)).status_code == 204
    row.refresh_from_db()
    assert (row.state, row.not_before) == (CardCharge.State.AT_READER, clock.now())
    asked()
    row.refresh_from_db()
    assert (row.state, Payment.objects.count()) == (CardCharge.State.AT_READER, 0)


def test_told_twice_late_and_in_the_wrong_order_it_is_posted_once(client, net, row):
    net.tap()
    told = [
        event(row.processor, kind, name)
        for name, kind in (("evt_2", "charge.succeeded"), ("evt_1", "payment_intent.created"))
    ]
    for one in (*told, *told):
        assert tell(client, one).status_code == 204
    asked(2)
    for one in told:
        tell(client, one)
    asked(2)
    assert (Payment.objects.count(), ProcessorEvent.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    "wrong", [{"secret": "whsec_of_somebody_else"}, {"at": "early"}, {"at": "late"}, {"secret": ""}]
)
def test_who_does_not_sign_or_signed_long_ago_is_turned_away(client, row, wrong):
    if "at" in wrong:
        minutes = {"early": -6, "late": 6}[wrong["at"]]
        wrong = {"at": clock.now() + timedelta(minutes=minutes)}
    assert tell(client, event(row.processor), **wrong).status_code == 403
    assert not ProcessorEvent.objects.exists()


def test_without_a_signature_or_a_processor_nothing_is_read(client, settings, row):
    assert client.post(PATH, b"{}", content_type="application/json").status_code == 403
    assert client.get(PATH).status_code == 405
    assert tell(client, {"signed": "but no event"}).status_code == 422
    settings.CARDS = None
    assert tell(client, event(row.processor)).status_code == 403


def test_a_dispute_is_asked_about_and_noted_once(client, net):
    card_charge(ana(), location().pk, 3595)
    asked(2)
    net.tap()
    asked()
    name = net.all("dispute")[0]["id"]
    for number in range(2):
        tell(client, event(name, "charge.dispute.created", f"evt_{number}"))
        ask_about_events()
    row = Dispute.objects.get()
    assert (row.cents, row.state, row.charge.cents) == (3595, "needs_response", 3595)


def heard(client, name, about, kind):
    assert tell(client, event(about, kind, name)).status_code == 204
    return ProcessorEvent.objects.get(name=name)


def test_a_dispute_nobody_knows_of_keeps_no_other_event_waiting(client, net):
    told = [
        heard(client, "evt_1", "dp_of_nobody", "charge.dispute.created"),
        heard(client, "evt_2", "re_x", "refund.failed"),
    ]
    assert ask_about_events() == set()
    assert not ProcessorEvent.objects.filter(pk__in=[one.pk for one in told], asked_at=None).exists()


def test_what_nobody_answers_for_is_asked_again_and_the_others_go_on(client, net, settings):
    card_charge(ana(), location().pk, 3595)
    asked(2)
    net.tap()
    asked()
    tender = Payment.objects.get().tenders.get()
    payments.refund_card(lena(), tender_id=tender.pk, cents=500, reason="Paid twice", key="r")
    asked(2)
    back = CardRefund.objects.get()
    assert back.state == CardRefund.State.SUCCEEDED
    good = settings.CARDS
    settings.CARDS = replace(good, url="http://127.0.0.1:1")
    dispute = heard(client, "evt_1", net.all("dispute")[0]["id"], "charge.dispute.created")
    refund = heard(client, "evt_2", back.processor, "charge.refund.updated")
    other = heard(client, "evt_3", "ch_1", "charge.succeeded")
    assert ask_about_events() == {dispute.pk, refund.pk}
    other.refresh_from_db()
    assert other.asked_at is not None
    assert ask_about_events({dispute.pk, refund.pk}) == set()
    settings.CARDS = good
    assert ask_about_events() == set()
    assert (Dispute.objects.count(), ProcessorEvent.objects.filter(asked_at=None).count()) == (1, 0)


def test_the_worker_leaves_what_had_no_answer_alone_for_a_while(client, net, settings, monkeypatch):
    dispute = heard(client, "evt_1", "dp_1", "charge.dispute.created")
    settings.CARDS = replace(settings.CARDS, url="http://127.0.0.1:1")
    worker = Charger("test")
    # Here and now, not on another thread: a test's rows are seen on its own connection only.
    monkeypatch.setattr(worker.pool, "submit", _at_once)
    monkeypatch.setattr("frontdesk.exchange.gateway.charger.connection", Mock())
    assert [worker.round(), worker.round()] == [1, 0]
    assert list(worker.unanswered) == [dispute.pk]


def _at_once(do, *given):
    done = Future()
    done.set_result(do(*given))
    return done


def test_events_that_never_came_are_read(net, row):
    net.tap()
    read_events()
    assert ProcessorEvent.objects.filter(kind="payment_intent.succeeded").count() == 1
    asked()
    row.refresh_from_db()
    assert row.state == CardCharge.State.SUCCEEDED

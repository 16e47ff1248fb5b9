"""The practice card network as the processor's own library meets it."""

import json
import urllib.error
import urllib.parse
import urllib.request

import pytest
import stripe

from frontdesk.outside.cardnet.network import Network
from frontdesk.outside.cardnet.server import KEY, SECRET
from frontdesk.outside.cardnet.store import Store
from tests.cardnetwork import READER, cardnet, until


@pytest.fixture
def net():
    with cardnet() as found:
        yield found


@pytest.fixture
def desk(net):
    return client(net)


def client(net, key=KEY):
    stripe.enable_telemetry = False
    return stripe.StripeClient(key, base_addresses={"api": net.url}, max_network_retries=0)


def intent(desk, cents=2500, key="one", **more):
    given = {"amount": cents, "currency": "usd", "metadata": {"frontdesk_charge": key}, **more}
    return desk.v1.payment_intents.create(given, {"idempotency_key": key})


def at_reader(desk, net, cents=2500, number="4242424242424242", key="one"):
    made = intent(desk, cents, key, payment_method_types=["card_present"])
    desk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": made.id})
    net.tap(number)
    return desk.v1.payment_intents.retrieve(made.id, {"expand": ["latest_charge"]})


def test_a_card_is_charged_at_the_reader_and_the_receipt_knows_its_last_four(desk, net):
    found = at_reader(desk, net, number="5555555555554444")
    card = found.latest_charge.payment_method_details.card_present
    assert (found.status, found.amount_received, card.brand, card.last4) == (
        "succeeded",
        2500,
        "mastercard",
        "4444",
    )
    assert net.counts() == {found.id: 1}


@pytest.mark.parametrize(
    ("cents", "number", "why"),
    [
        (2551, "4242424242424242", "insufficient_funds"),
        (2501, "4242424242424242", "call_issuer"),
        (2500, "4000000000000002", "generic_decline"),
        (2500, "4000000000009995", "insufficient_funds"),
    ],
)
def test_a_card_is_declined_by_amount_or_by_its_number(desk, net, cents, number, why):
    found = at_reader(desk, net, cents, number)
    assert (found.status, found.last_payment_error.decline_code) == ("requires_payment_method", why)
    assert net.counts() == {}


def test_one_key_is_one_intent_and_other_parameters_under_it_are_refused(desk):
    first, second = intent(desk), intent(desk)
    assert first.id == second.id
    with pytest.raises(stripe.IdempotencyError):
        intent(desk, 2600)


def test_an_intent_succeeds_once_however_often_it_is_confirmed(desk, net):
    made = intent(desk, payment_method="pm_card_visa")
    desk.v1.payment_intents.confirm(made.id)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        desk.v1.payment_intents.confirm(made.id)
    assert refused.value.code == "payment_intent_unexpected_state"
    assert net.counts() == {made.id: 1}


def test_an_intent_that_was_cancelled_is_never_charged(desk, net):
    made = intent(desk)
    desk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": made.id})
    desk.v1.payment_intents.cancel(made.id)
    assert desk.v1.terminal.readers.retrieve(READER).action is None
    with pytest.raises(stripe.InvalidRequestError):
        desk.v1.payment_intents.confirm(made.id, {"payment_method": "pm_card_visa"})
    assert net.counts() == {}


def test_a_reader_asks_for_one_card_at_a_time(desk):
    first, second = intent(desk), intent(desk, key="two")
    desk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": first.id})
    with pytest.raises(stripe.StripeError) as refused:
        desk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": second.id})
    assert refused.value.code == "terminal_reader_busy"
    desk.v1.terminal.readers.cancel_action(READER)
    desk.v1.terminal.readers.process_payment_intent(READER, {"payment_intent": second.id})


def test_the_answer_is_lost_and_the_charge_stands(desk, net):
    made = intent(desk, 2500, payment_method="pm_card_visa")
    lost = intent_lost(desk)
    desk.v1.payment_intents.confirm(made.id)
    assert lost.metadata["frontdesk_charge"] == "lost"
    with pytest.raises(stripe.APIConnectionError):
        desk.v1.payment_intents.confirm(lost.id, {}, {"idempotency_key": "c"})
    assert desk.v1.payment_intents.retrieve(lost.id).status == "succeeded"
    assert desk.v1.payment_intents.confirm(lost.id, {}, {"idempotency_key": "c"}).status == "succeeded"
    assert net.counts() == {made.id: 1, lost.id: 1}


def intent_lost(desk):
    """An amount whose answers are lost: the making's too, so that it is found by its key."""
    with pytest.raises(stripe.APIConnectionError):
        intent(desk, 2591, "lost", payment_method="pm_card_visa")
    found = [
        one for one in desk.v1.payment_intents.list({"limit": 100}).auto_paging_iter() if one.amount == 2591
    ]
    assert len(found) == 1
    searched = desk.v1.payment_intents.search({"query": "metadata['frontdesk_charge']:'lost'"})
    assert [one.id for one in searched.data] == [found[0].id]
    return found[0]


def test_a_killed_network_still_knows_each_charge(tmp_path):
    with cardnet(file=tmp_path / "kept") as net:
        found = at_reader(client(net), net)
    with cardnet(file=tmp_path / "kept") as net:
        assert client(net).v1.payment_intents.retrieve(found.id).status == "succeeded"
        assert net.counts() == {found.id: 1}


def test_some_answers_never_arrive_and_the_same_ones_each_time():
    def lost():
        with cardnet(drop=0.5, seed=7) as net:
            desk, gone = client(net), []
            for n in range(12):
                try:
                    intent(desk, key=str(n))
                except stripe.APIConnectionError:
                    gone.append(n)
            assert len(net.all("payment_intent")) == 12
            return gone

    assert lost() == lost() != []


def test_a_refund_is_given_back_once_and_never_more_than_was_charged(desk, net):
    found = at_reader(desk, net)
    desk.v1.refunds.create({"payment_intent": found.id, "amount": 1000}, {"idempotency_key": "r"})
    again = desk.v1.refunds.create({"payment_intent": found.id, "amount": 1000}, {"idempotency_key": "r"})
    assert (again.status, len(net.all("refund"))) == ("succeeded", 1)
    with pytest.raises(stripe.InvalidRequestError):
        desk.v1.refunds.create({"payment_intent": found.id, "amount": 1501})


def test_a_refund_fails_by_the_time_somebody_asks(desk, net):
    found = at_reader(desk, net, 2594)
    made = desk.v1.refunds.create({"payment_intent": found.id})
    assert (made.status, desk.v1.refunds.retrieve(made.id).status) == ("pending", "failed")


def test_a_charge_is_disputed(desk, net):
    found = at_reader(desk, net, 2595)
    assert [one.payment_intent for one in desk.v1.disputes.list({}).data] == [found.id]


def test_a_link_is_paid_in_a_browser_on_a_page_of_the_network(desk, net):
    item = {
        "price_data": {"currency": "usd", "unit_amount": 4000, "product_data": {"name": "Care"}},
        "quantity": 1,
    }
    made = desk.v1.checkout.sessions.create({"mode": "payment", "line_items": [item]})
    assert made.url.startswith(net.url)
    with urllib.request.urlopen(made.url) as page:
        assert "Pay $40.00" in page.read().decode()
    form = urllib.parse.urlencode({"number": "4000 0000 0000 9995"}).encode()
    with urllib.request.urlopen(made.url, form) as page:
        assert "not enough money" in page.read().decode()
    with urllib.request.urlopen(
        made.url, urllib.parse.urlencode({"number": "4242 4242 4242 4242"}).encode()
    ) as page:
        assert "Paid" in page.read().decode()
    found = desk.v1.checkout.sessions.retrieve(made.id, {"expand": ["payment_intent.latest_charge"]})
    assert (found.status, found.payment_intent.latest_charge.amount) == ("complete", 4000)
    with pytest.raises(stripe.InvalidRequestError):
        desk.v1.checkout.sessions.expire(made.id)


def test_a_card_is_kept_at_the_reader_and_charged_later(desk, net):
    customer = desk.v1.customers.create({})
    setup = desk.v1.setup_intents.create({"customer": customer.id, "payment_method_types": ["card_present"]})
    desk.v1.terminal.readers.process_setup_intent(
        READER, {"setup_intent": setup.id, "allow_redisplay": "always"}
    )
    net.tap()
    kept = desk.v1.setup_intents.retrieve(setup.id, {"expand": ["latest_attempt"]})
    method = kept.latest_attempt.payment_method_details.card_present.generated_card
    assert intent(desk, payment_method=method, confirm=True, off_session=True).status == "succeeded"


def event_in(body, signature):
    stripe.WebhookSignature.verify_header(body.decode(), signature, SECRET)
    return json.loads(body)["type"]


def test_events_are_told_signed_and_can_be_read_again(net):
    heard = []

    class Secretary:
        """Takes webhooks as the library checks them."""

        def __init__(self):
            import http.server

            outer = heard

            class Here(http.server.BaseHTTPRequestHandler):
                def do_POST(self):
                    body = self.rfile.read(int(self.headers["Content-Length"]))
                    outer.append(event_in(body, self.headers["Stripe-Signature"]))
                    self.send_response(200)
                    self.end_headers()

                def log_message(self, *_):
                    pass

            self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Here)

    import threading

    secretary = Secretary()
    threading.Thread(target=secretary.server.serve_forever, args=[0.02], daemon=True).start()
    with cardnet(webhook=f"http://127.0.0.1:{secretary.server.server_port}/told") as told:
        desk = client(told)
        at_reader(desk, told, 2593)  # an untidy one: twice, and not in order
        until(lambda: len(heard) >= 6)
        assert {one.type for one in desk.v1.events.list({}).data} >= {
            "payment_intent.succeeded",
            "charge.succeeded",
        }
    secretary.server.shutdown()
    assert heard.count("payment_intent.succeeded") == 2
    assert heard.index("payment_intent.succeeded") != len(heard)


def test_without_its_key_nobody_is_let_in(net):
    with pytest.raises(stripe.AuthenticationError):
        intent(client(net, "sk_test_of_somebody_else"))


def test_what_cannot_be_is_refused_as_the_processor_refuses(desk, net):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        desk.v1.payment_intents.retrieve("pi_nobody")
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")
    with pytest.raises(stripe.InvalidRequestError):
        intent(desk, 10)
    with pytest.raises(urllib.error.HTTPError) as without:
        urllib.request.urlopen(f"{net.url}/v1/charges")
    assert json.loads(without.value.read())["error"]["type"] == "invalid_request_error"


def test_a_tap_comes_by_itself_where_nobody_is_there_to_tap():
    now = [1000.0]
    network = Network(Store(), tap=2, now=lambda: now[0])
    with network.store:
        made = network.create_intent({"amount": "2500"})
        network.process(READER, {"payment_intent": made["id"]})
        network.ripen()
        assert network.counts() == {}
        now[0] += 2
        network.ripen()
        assert network.counts() == {made["id"]: 1}

"""A card is charged through the processor: once, whatever is lost on the way, and posted once."""

import json
from dataclasses import replace
from datetime import timedelta
import urllib.parse
import urllib.request

import pytest

from frontdesk.kit.actor import SYSTEM
from frontdesk.office.ledger.models import Account, Entry
from frontdesk.office.ledger.queries import balance, invariants
from frontdesk.exchange.gateway import batches
from frontdesk.exchange.gateway import charging as gateway
from frontdesk.kit import clock
from frontdesk.office.payments import charging, errors, rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge, CardOnFile, CardRefund, Payment, Tender
from frontdesk.office.payments.rules import Outcome
from tests.cardnetwork import READER, asked, cardnet
from tests.factories.ledger import charged
from tests.factories.payments import FLOAT, card_charge, cash, drawer_open, key, part, sheet
from tests.factories.patients import ana, bo
from tests.factories.practice import location
from tests.people import lena, rosa

pytestmark = pytest.mark.django_db
State = CardCharge.State


@pytest.fixture
def net(settings):
    with cardnet() as found:
        settings.CARDS = found.processor()
        yield found


@pytest.fixture
def site():
    return location().pk


def clearing():
    return balance(*rules.CARD)


def credit(who):
    return -balance(Account.Kind.CREDIT, rules.account_of(who.pk))


def sound():
    return {name: found for name, proof in invariants().items() if (found := proof())} == {}


def test_a_card_is_tapped_and_the_payment_is_posted_with_what_a_receipt_shows(net, site):
    who = ana()
    row = card_charge(who, site, 3500)
    asked(2)
    row.refresh_from_db()
    assert (row.state, clearing()) == (State.AT_READER, 0)
    net.tap("5555555555554444")
    asked()
    row.refresh_from_db()
    tender = Tender.objects.get()
    assert (row.state, row.payment.receipt, row.payment.by_name) == (State.SUCCEEDED, "1", "Rosa")
    assert (tender.brand, tender.last4, tender.processor) == ("mastercard", "4444", row.processor)
    assert tender.authorization
    assert (clearing(), credit(who), net.counts()) == (3500, 3500, {row.processor: 1})
    assert sound()


def test_a_split_is_posted_whole_when_its_card_was_charged(net, site):
    session, who = drawer_open(site), ana()
    row = card_charge(who, site, 2000, more=[cash(1500, 2000)])
    asked(2)
    assert not Payment.objects.exists()
    net.tap()
    asked()
    assert Payment.objects.get().cents == 3500
    assert balance(*rules.drawer_account(session.pk, rules.KIND.CASH)) == FLOAT + 1500
    assert Payment.objects.get().key == f"card:{row.key}"


def test_a_decline_says_what_to_tell_and_nothing_is_posted(net, site):
    row = card_charge(ana(), site, 2551)
    asked(2)
    net.tap()
    asked()
    row.refresh_from_db()
    assert (row.state, row.code) == (State.DECLINED, "insufficient_funds")
    assert rules.why_not(row.code)[0] == "There is not enough money on this card."
    assert not Payment.objects.exists()
    # The declined intent is ended: the card can be taken anew, and that one is never charged.
    assert [one["status"] for one in net.all("payment_intent")] == ["canceled"]
    card_charge(ana(), site, 2500)


def test_every_answer_is_lost_and_it_is_found_out_by_asking(net, site):
    row = card_charge(ana(), site, 2591)
    asked()
    row.refresh_from_db()
    assert (row.state, row.processor) == (State.DOUBT, "")
    asked(4)
    net.tap()
    asked(2)
    row.refresh_from_db()
    assert (row.state, len(net.all("payment_intent"))) == (State.SUCCEEDED, 1)
    assert net.counts() == {row.processor: 1}
    assert clearing() == 2591


def test_while_a_charge_is_in_doubt_no_other_of_this_patient_begins(net, site):
    who = ana()
    card_charge(who, site, 2591)
    asked()
    with pytest.raises(errors.CardUnderWay):
        card_charge(who, site, 2591)


def test_a_worker_that_died_on_the_way_leaves_a_charge_that_is_looked_for_first(net, site):
    row = card_charge(ana(), site, 2500)
    gateway.step(charging.lease("dead", 8)[0])  # the intent is made, and nobody notes it
    CardCharge.objects.update(lease_until=None)
    asked(3)
    net.tap()
    asked()
    assert len(net.all("payment_intent")) == 1
    row.refresh_from_db()
    assert (row.state, net.counts()) == (State.SUCCEEDED, {row.processor: 1})


def test_called_off_before_anybody_began_it_is_over_at_once(net, site):
    row = card_charge(ana(), site, 2500)
    assert payments.call_off(rosa(), charge_id=row.pk).state == State.CANCELLED
    asked()
    assert net.all("payment_intent") == []


def test_called_off_at_the_reader_the_card_is_not_charged(net, site):
    row = card_charge(ana(), site, 2500)
    asked(2)
    payments.call_off(rosa(), charge_id=row.pk)
    asked()
    row.refresh_from_db()
    assert (row.state, net.counts()) == (State.CANCELLED, {})
    assert [one["status"] for one in net.all("payment_intent")] == ["canceled"]


def test_charged_though_it_was_called_off_it_is_posted_as_credit_and_given_back_by_itself(net, site):
    who = ana()
    row = card_charge(who, site, 2500, about="scheduling.appointment:5")
    asked(2)
    net.tap()
    payments.call_off(rosa(), charge_id=row.pk)
    asked()
    refund = CardRefund.objects.get()
    assert (refund.cents, Payment.objects.get().cents, credit(who)) == (2500, 2500, 0)
    assert (refund.state, clearing()) == (CardRefund.State.SUCCEEDED, 0)
    assert balance(Account.Kind.REFUND, rules.account_of(who.pk)) == 0
    assert sound()


def test_cash_whose_drawer_was_closed_meanwhile_keeps_no_charge_out_of_the_books(net, site):
    session, who = drawer_open(site), ana()
    row = card_charge(who, site, 2000, more=[cash(1500)])
    asked(2)
    session.closed_at = session.opened_at
    session.save()
    net.tap()
    asked()
    row.refresh_from_db()
    assert (row.payment.cents, credit(who), clearing()) == (2000, 2000, 2000)


def test_settled_again_it_stays_what_it_is(net, site):
    row = card_charge(ana(), site, 3500)
    outcome = Outcome(State.SUCCEEDED, processor="pi_1", cents=3500, brand="visa", last4="4242")
    assert payments.settle_card(SYSTEM, charge_id=row.pk, worker="a", outcome=outcome)
    for other in (outcome, Outcome(State.DECLINED, processor="pi_1"), Outcome(State.CANCELLED)):
        assert not payments.settle_card(SYSTEM, charge_id=row.pk, worker="a", outcome=other)
    assert (Payment.objects.count(), clearing()) == (1, 3500)


def test_that_it_was_declined_is_believed_only_from_the_worker_who_has_it(net, site):
    row = card_charge(ana(), site, 3500)
    charging.lease("mine", 8)
    other = Outcome(State.DECLINED, code="lost_card")
    assert not payments.settle_card(SYSTEM, charge_id=row.pk, worker="other", outcome=other)
    assert payments.settle_card(SYSTEM, charge_id=row.pk, worker="mine", outcome=other)


def test_the_same_form_sent_again_is_the_charge_that_stands(net, site):
    who, same = ana(), key()
    made = {card_charge(who, site, 2500, key=same).pk for _ in range(3)}
    assert len(made) == 1


def test_no_processor_is_said_in_words(settings, site):
    settings.CARDS = None
    row = card_charge(ana(), site, 2500)
    asked()
    row.refresh_from_db()
    assert (row.state, rules.why_not(row.code)[0]) == (State.DECLINED, "No card processor is set up.")


def test_nobody_there_leaves_it_in_doubt_until_somebody_is(settings, site):
    with cardnet() as net:
        settings.CARDS = net.processor()
    row = card_charge(ana(), site, 2500)
    asked(2)
    row.refresh_from_db()
    assert (row.state, row.code, row.attempts) == (State.DOUBT, "lost", 2)


def refunded(payment, cents, same=None, **fields):
    tender = payment.tenders.get(kind=rules.KIND.CARD)
    return payments.refund_card(
        lena(), tender_id=tender.pk, cents=cents, reason="Paid twice", key=same or key(), **fields
    )


@pytest.fixture
def paid(net, site):
    def take(cents, who=None):
        row = card_charge(who or ana(), site, cents)
        asked(5)
        net.tap()
        asked()
        row.refresh_from_db()
        return row

    return take


def test_a_refund_goes_back_to_the_card_once_and_never_more_than_was_charged(net, paid):
    row, same = paid(3500), key()
    assert refunded(row.payment, 1000, same).pk == refunded(row.payment, 1000, same).pk
    with pytest.raises(errors.NotCharged):
        refunded(row.payment, 2501)
    assert clearing() == 3500
    asked(2)
    assert (clearing(), credit(row.patient), len(net.all("refund"))) == (2500, 2500, 1)
    assert sound()


def test_a_refund_whose_answer_is_lost_is_asked_about(net, paid):
    row = paid(3591)
    made = refunded(row.payment, 3591)
    asked()
    made.refresh_from_db()
    assert made.state == CardRefund.State.DOUBT
    asked(2)
    assert (clearing(), len(net.all("refund"))) == (0, 1)


def test_a_refund_that_fails_is_the_patients_credit_again(net, paid):
    row = paid(3594)
    made = refunded(row.payment, 3594)
    assert credit(row.patient) == 0
    asked(2)
    made.refresh_from_db()
    assert (made.state, made.code) == (CardRefund.State.FAILED, "expired_or_canceled_card")
    assert (clearing(), credit(row.patient)) == (3594, 3594)
    assert refunded(row.payment, 3594).pk != made.pk


def test_what_was_put_against_a_charge_is_owed_again_when_it_is_given_back(net, paid):
    who = ana()
    charged(5000, rules.account_of(who.pk), about="scheduling.appointment:1")
    row = paid(3500, who)
    owed = lambda: balance(Account.Kind.RECEIVABLE, rules.account_of(who.pk))  # noqa: E731
    assert owed() == 1500
    with pytest.raises(errors.BeyondWhatIsLeft):
        refunded(row.payment, 1000)
    assert owed() == 1500
    refunded(row.payment, 1000, unapply=True)
    assert (owed(), credit(who)) == (2500, 0)
    asked()
    assert clearing() == 2500
    assert sound()


def test_a_link_is_paid_on_the_processors_page_and_posted(net, site):
    who = ana()
    row = payments.make_link(rosa(), patient_id=who.pk, location_id=site, parts=(part(who, 4000),), key=key())
    asked()
    row.refresh_from_db()
    assert row.state == State.LINK
    assert row.link.startswith(net.url)
    with urllib.request.urlopen(row.link, urllib.parse.urlencode({"number": "4242424242424242"}).encode()):
        pass
    asked()
    row.refresh_from_db()
    assert (row.state, row.last4, clearing(), row.link) == (State.SUCCEEDED, "4242", 4000, "")
    # The processor is told an amount and a random key, and nothing of the patient.
    told = json.dumps(net.all("checkout.session") + net.all("payment_intent"))
    assert "Ito" not in told


def test_a_link_that_is_withdrawn_or_over_is_never_paid(net, site):
    who = ana()
    rows = [
        payments.make_link(rosa(), patient_id=who.pk, location_id=site, parts=(part(who, 4000),), key=key())
        for _ in range(2)
    ]
    asked()
    payments.call_off(rosa(), charge_id=rows[0].pk)
    with net.network.store:
        net.network.expire(CardCharge.objects.get(pk=rows[1].pk).page)
    asked()
    found = CardCharge.objects.order_by("pk")
    assert [(one.state, one.code) for one in found] == [
        (State.CANCELLED, "ended"),
        (State.CANCELLED, "expired"),
    ]
    assert not Entry.objects.filter(kind="payment").exists()


def test_a_link_whose_page_is_open_is_never_called_declined(net, site, settings):
    who, good = ana(), settings.CARDS
    row = payments.make_link(rosa(), patient_id=who.pk, location_id=site, parts=(part(who, 4000),), key=key())
    asked()
    for bad in (replace(good, url="http://127.0.0.1:1"), replace(good, key="sk_test_wrong")):
        settings.CARDS = bad
        asked()
        row.refresh_from_db()
        assert row.state == State.DOUBT
    settings.CARDS = good
    net.pay(row.page)
    asked()
    row.refresh_from_db()
    assert (row.state, clearing(), net.counts()) == (State.SUCCEEDED, 4000, {row.processor: 1})


def test_a_card_on_file_is_charged_while_the_patient_lets_us(net, site):
    who = ana()
    card = payments.keep_card(
        rosa(),
        patient_id=who.pk,
        customer="",
        method="pm_card_visa",
        brand="visa",
        last4="4242",
        words="I agree.",
    )
    made = sheet(who, site, [rules.Given(rules.KIND.CARD, 5000)], [part(who, 5000)])
    row = payments.charge_on_file(rosa(), card_id=card.pk, sheet=made, key="plan:1:2026-03")
    asked(2)
    row.refresh_from_db()
    assert (row.state, clearing()) == (State.SUCCEEDED, 5000)
    assert payments.charge_on_file(rosa(), card_id=card.pk, sheet=made, key="plan:1:2026-03").pk == row.pk
    payments.end_card(rosa(), card_id=card.pk, why="asked to")
    with pytest.raises(errors.NotCharged):
        payments.charge_on_file(rosa(), card_id=card.pk, sheet=made, key="plan:1:2026-04")


def test_a_card_on_file_whose_answer_is_lost_is_charged_once(net, site):
    who = ana()
    card = payments.keep_card(
        rosa(),
        patient_id=who.pk,
        customer="",
        method="pm_card_visa",
        brand="visa",
        last4="4242",
        words="I agree.",
    )
    made = sheet(who, site, [rules.Given(rules.KIND.CARD, 5091)], [part(who, 5091)])
    row = payments.charge_on_file(rosa(), card_id=card.pk, sheet=made, key="plan:2")
    asked(6)
    row.refresh_from_db()
    assert (row.state, net.counts(), clearing()) == (State.SUCCEEDED, {row.processor: 1}, 5091)


def test_the_reader_of_another_desk_is_busy(net, site):
    first = card_charge(ana(), site, 2500)
    asked(2)
    second = card_charge(bo(), site, 2500)
    asked(2)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.code) == (
        State.AT_READER,
        State.DECLINED,
        "terminal_reader_busy",
    )
    assert second.reader == READER


def at_another_reader(site):
    who = ana()
    made = sheet(who, site, [rules.Given(rules.KIND.CARD, 2500)], [part(who, 2500)])
    return payments.begin_card(rosa(), sheet=made, key=key(), reader="tmr_gone")


def test_a_reader_nobody_knows_is_said_in_words_and_keeps_no_card_back(net, site):
    row = at_another_reader(site)
    asked(3)
    row.refresh_from_db()
    assert (row.state, row.code) == (State.DECLINED, "resource_missing")
    assert "does not know this reader" in rules.why_not(row.code)[0]
    assert [one["status"] for one in net.all("payment_intent")] == ["canceled"]
    card_charge(row.patient, site, 2500)


def test_a_charge_whose_reader_was_removed_can_be_called_off(net, site):
    row = card_charge(ana(), site, 2500)
    asked(2)
    CardCharge.objects.update(reader="tmr_gone")
    payments.call_off(rosa(), charge_id=row.pk)
    asked()
    row.refresh_from_db()
    assert (row.state, net.counts()) == (State.CANCELLED, {})


def test_what_moved_at_the_processor_in_a_day_agrees_with_the_books(net, paid):
    first, second = paid(3500), paid(2500)
    refunded(first.payment, 1000)
    asked(2)
    now = clock.now()
    told = batches.moved(now - timedelta(hours=1), now + timedelta(hours=1))
    assert sorted(one.cents for one in told) == [-1000, 2500, 3500]
    assert sum(one.cents for one in told) == clearing()
    assert second.processor in {one.reference for one in told}
    assert batches.moved(now + timedelta(hours=1), now + timedelta(hours=2)) == []


def test_a_card_is_kept_when_the_patient_agreed_and_charged_later(net, site):
    who = ana()
    made = sheet(who, site, [rules.Given(rules.KIND.CARD, 2500)], [part(who, 2500)])
    payments.begin_card(rosa(), sheet=made, key=key(), reader=READER, consent=rules.CONSENT)
    asked(2)
    net.tap("5555555555554444")
    asked()
    card = CardOnFile.objects.get()
    assert (card.words, card.brand, card.last4, card.taken_by) == (
        rules.CONSENT,
        "mastercard",
        "4444",
        "Rosa",
    )
    row = payments.charge_on_file(rosa(), card_id=card.pk, sheet=made, key="plan:9")
    asked(2)
    row.refresh_from_db()
    assert (row.state, row.last4, clearing()) == (State.SUCCEEDED, "4444", 5000)


def test_without_consent_no_card_is_kept(net, paid):
    paid(2500)
    assert not CardOnFile.objects.exists()

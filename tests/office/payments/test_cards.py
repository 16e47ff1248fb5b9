"""A charge and what stands beside it: cash under the same form, what does not fit, a merged chart, another site."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account
from frontdesk.office.ledger.queries import balance, invariants
from frontdesk.office.patients import services as patients
from frontdesk.office.payments import errors, queries, rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge, CardRefund, Payment, Tender
from frontdesk.office.payments.rules import Outcome
from tests.factories.drawers import opened
from tests.factories.patients import ana, bo
from tests.factories.payments import card_charge, cash, key, part, sheet
from tests.factories.practice import location
from tests.people import lena, mia, rosa

pytestmark = pytest.mark.django_db
State = CardCharge.State


@pytest.fixture
def site():
    made = location().pk
    opened(made)
    return made


def succeeded(row, **fields):
    told = Outcome(
        State.SUCCEEDED, processor=f"pi_{row.pk}", cents=row.cents, brand="visa", last4="4242", **fields
    )
    payments.settle_card(SYSTEM, charge_id=row.pk, worker="a", outcome=told)
    row.refresh_from_db()
    return row


def unsound():
    proofs = {**invariants(), **queries.invariants(), **queries.card_invariants()}
    return {name: found for name, proof in proofs.items() if (found := proof())}


def test_one_form_is_taken_in_cash_or_by_card_and_not_both(site):
    who, same = ana(), key()
    row = card_charge(who, site, 3500, key=same)
    fee = part(who, 3500, rules.PURPOSE.FEE)
    with pytest.raises(errors.PaidAlready):
        payments.take(rosa(), sheet=sheet(who, site, [cash(3500)], [fee]), key=same)
    assert succeeded(row).payment.key == f"card:{same}"
    assert balance(*rules.CARD) == 3500
    payments.take(rosa(), sheet=sheet(who, site, [cash(100)], [part(who, 100)]), key="cash-first")
    with pytest.raises(errors.PaidAlready):
        card_charge(who, site, 100, key="cash-first")
    assert Payment.objects.count() == 2
    assert unsound() == {}


def test_a_key_that_its_payment_could_not_bear_charges_nothing(site):
    with pytest.raises(Invalid):
        card_charge(ana(), site, 100, key="k" * 78)


@pytest.mark.parametrize(
    ("tenders", "fields", "wrong"),
    [
        ([cash(100)], {"paid_by": "x" * 121}, "paid_by"),
        ([rules.Given(rules.KIND.CARD, 100)], {"paid_by": "x" * 121}, "paid_by"),
        ([rules.Given(rules.KIND.CHECK, 100, reference="1" * 41)], {}, "reference"),
        ([rules.Given(rules.KIND.CHECK, 100, reference="1", bearer="x" * 121)], {}, "bearer"),
    ],
)
def test_what_could_not_be_written_down_is_refused_before_anything_is_charged(site, tenders, fields, wrong):
    who = ana()
    made = sheet(who, site, tenders, [part(who, 100)], **fields)
    deed = payments.begin_card if made.by_card else payments.take
    with pytest.raises(Invalid) as refused:
        deed(rosa(), sheet=made, key=key(), **({"reader": "tmr_front"} if made.by_card else {}))
    assert wrong in refused.value.fields
    assert not CardCharge.objects.exists()


def test_a_charge_whose_sheet_does_not_fit_is_posted_as_a_credit(site):
    row = card_charge(ana(), site, 3500)
    CardCharge.objects.update(sheet=row.sheet | {"paid_by": "x" * 300, "language": "en-US"})
    row = succeeded(row)
    assert (row.payment.cents, row.payment.paid_by, row.sheet["posted_as"]) == (3500, "x" * 120, "credit")
    assert unsound() == {}


def given_back(row, cents, **fields):
    tender = row.payment.tenders.get(kind=rules.KIND.CARD)
    return payments.refund_card(
        lena(), tender_id=tender.pk, cents=cents, reason="Paid twice", key=key(), **fields
    )


@pytest.mark.parametrize("state", [CardRefund.State.SUCCEEDED, CardRefund.State.FAILED])
def test_a_chart_that_is_merged_while_money_goes_back_to_its_card_stops_nothing(site, state):
    who, twin = ana(), ana(phone="(617) 555-0199")
    made = given_back(succeeded(card_charge(twin, site, 3500)), 3500)
    patients.merge(mia(), survivor_id=who.pk, duplicate_id=twin.pk, reason="Registered twice")
    assert payments.settle_card_refund(SYSTEM, refund_id=made.pk, outcome=Outcome(state, processor="re_1"))
    left = 0 if state == CardRefund.State.SUCCEEDED else 3500
    assert balance(*rules.CARD) == left
    assert queries.balance_of(who.pk).credit == left
    assert not any(balance(Account.Kind.REFUND, rules.account_of(one.pk)) for one in (who, twin))
    assert unsound() == {}


@pytest.mark.parametrize("back", [False, True])
def test_whoever_posts_is_alone_before_it_locks_a_row(site, monkeypatch, back):
    row = card_charge(ana(), site, 3500)
    made = given_back(succeeded(row), 3500) if back else None
    seen = []
    with CaptureQueriesContext(connection) as asked:
        monkeypatch.setattr(ledger, "alone", lambda: seen.append([one["sql"] for one in asked]))
        if made:
            told = Outcome(CardRefund.State.SUCCEEDED, processor="re_1")
            payments.settle_card_refund(SYSTEM, refund_id=made.pk, outcome=told)
        else:
            succeeded(row)
    assert not [one for one in seen[0] if 'FROM "payments_card' in one]


def test_a_refund_that_failed_is_seen_to_where_one_works(site):
    made = given_back(succeeded(card_charge(ana(), site, 3500)), 3500)
    failed = Outcome(CardRefund.State.FAILED, processor="re_1")
    payments.settle_card_refund(SYSTEM, refund_id=made.pk, outcome=failed)
    with pytest.raises(errors.NoSuchCharge):
        payments.see_to(replace(lena(), sites=frozenset({site + 1})), what="refund", row_id=made.pk)
    made.refresh_from_db()
    assert made.seen_at is None
    payments.see_to(replace(lena(), sites=frozenset({site})), what="refund", row_id=made.pk)
    made.refresh_from_db()
    assert made.seen_by == "Lena"


def test_what_a_card_is_being_charged_for_is_not_taken_another_way(site):
    who, other = ana(), bo()
    row = card_charge(who, site, 3500)
    for deed in (
        lambda: payments.take(
            rosa(), sheet=sheet(other, site, [cash(100)], [part(other, 60), part(who, 40)]), key=key()
        ),
        lambda: payments.make_link(
            rosa(), patient_id=who.pk, location_id=site, parts=(part(who, 3500),), key=key()
        ),
    ):
        with pytest.raises(errors.CardUnderWay):
            deed()
    # Something else of the same patient can be taken meanwhile.
    fee = part(who, 100, rules.PURPOSE.FEE)
    payments.take(rosa(), sheet=sheet(who, site, [cash(100)], [fee]), key=key())
    succeeded(row)
    payments.take(rosa(), sheet=sheet(who, site, [cash(3500)], [part(who, 3500)]), key=key())
    assert Payment.objects.count() == 3


def test_once_it_is_called_off_it_is_taken_another_way_though_nobody_knows_yet(site):
    who = ana()
    row = card_charge(who, site, 3500)
    CardCharge.objects.update(state=State.DOUBT, attempts=3)
    payments.call_off(rosa(), charge_id=row.pk)
    payments.take(rosa(), sheet=sheet(who, site, [cash(3500)], [part(who, 3500)]), key=key())
    # It had been charged all the same: a credit that goes back to the card by itself.
    succeeded(row)
    assert CardRefund.objects.get().cents == queries.balance_of(who.pk).credit == 3500
    assert unsound() == {}


def test_a_charge_that_is_posted_without_its_tender_is_found(site):
    row = succeeded(card_charge(ana(), site, 3500))
    assert unsound() == {}
    Tender.objects.update(processor="")
    assert unsound() == {
        "payments.charged_cards_are_posted_once": [f"charge {row.pk}: charged, and not posted as what it is"]
    }
    Tender.objects.update(processor="pi_of_nobody")
    assert len(unsound()["payments.charged_cards_are_posted_once"]) == 2

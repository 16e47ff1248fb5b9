"""A charge and what stands beside it: cash under the same form, what does not fit, a merged chart, another site."""

import pytest

from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid
from frontdesk.office.ledger.queries import balance, invariants
from frontdesk.office.payments import errors, queries, rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge, Payment
from frontdesk.office.payments.rules import Outcome
from tests.factories.patients import ana
from tests.factories.payments import card_charge, cash, drawer_open, key, part, sheet
from tests.factories.practice import location
from tests.people import rosa

pytestmark = pytest.mark.django_db
State = CardCharge.State


@pytest.fixture
def site():
    made = location().pk
    drawer_open(made)
    return made


def succeeded(row, **fields):
    told = Outcome(State.SUCCEEDED, processor=f"pi_{row.pk}", cents=row.cents, brand="visa", last4="4242", **fields)
    payments.settle_card(SYSTEM, charge_id=row.pk, worker="a", outcome=told)
    row.refresh_from_db()
    return row


def sound():
    proofs = {**invariants(), **queries.invariants(), **queries.card_invariants()}
    return {name: found for name, proof in proofs.items() if (found := proof())} == {}


def test_one_form_is_taken_in_cash_or_by_card_and_not_both(site):
    who, same = ana(), key()
    row = card_charge(who, site, 3500, key=same)
    with pytest.raises(errors.PaidAlready):
        payments.take(rosa(), sheet=sheet(who, site, [cash(3500)], [part(who, 3500)]), key=same)
    assert succeeded(row).payment.key == f"card:{same}"
    assert balance(*rules.CARD) == 3500
    payments.take(rosa(), sheet=sheet(who, site, [cash(100)], [part(who, 100)]), key="cash-first")
    with pytest.raises(errors.PaidAlready):
        card_charge(who, site, 100, key="cash-first")
    assert Payment.objects.count() == 2
    assert sound()


def test_a_key_that_its_payment_could_not_bear_charges_nothing(site):
    with pytest.raises(Invalid):
        card_charge(ana(), site, 100, key="k" * 78)

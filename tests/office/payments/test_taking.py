"""Taking a payment: one receipt, one entry, what it is put against; once, whole or not at all."""

import pytest

from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.ledger.models import Account, Entry
from frontdesk.office.ledger.queries import balance
from frontdesk.office.payments import rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.errors import DrawerClosed, NotCovered
from frontdesk.office.payments.models import Payment
from tests.factories.ledger import charged
from tests.factories.patients import ana, bo
from tests.factories.payments import FLOAT, cash, check, drawer_open, key, part, sheet, taken
from tests.factories.practice import location
from tests.people import rosa, sam

pytestmark = pytest.mark.django_db
VISIT = "scheduling.appointment:9"


@pytest.fixture
def site():
    return location().pk


def owes(patient):
    return balance(Account.Kind.RECEIVABLE, rules.account_of(patient.pk))


def has(patient):
    return -balance(Account.Kind.CREDIT, rules.account_of(patient.pk))


def test_a_balance_is_paid_and_the_cash_lies_in_the_open_drawer(site):
    session, who = drawer_open(site), ana()
    charged(8200, rules.account_of(who.pk), about=VISIT)
    made = taken(who, site, 5000)
    assert (owes(who), has(who)) == (3200, 0)
    assert balance(*rules.drawer_account(session.pk, rules.KIND.CASH)) == FLOAT + 5000
    assert (made.receipt, made.session, made.day) == ("1", session, session.day)


def test_a_copay_of_a_visit_that_is_not_charged_yet_waits_for_it_and_leaves_the_old_balance_alone(site):
    drawer_open(site)
    who = ana()
    charged(8200, rules.account_of(who.pk), about="scheduling.appointment:1")
    taken(who, site, 3500, purpose=rules.PURPOSE.COPAY, about=VISIT)
    assert (owes(who), has(who)) == (8200, 3500)


def test_split_tenders_and_a_family_are_one_receipt(site):
    session = drawer_open(site)
    who, other = ana(), bo()
    charged(2000, rules.account_of(other.pk), about=VISIT)
    made = payments.take(
        rosa(),
        sheet=sheet(who, site, [cash(1500, 2000), check(3500)], [part(who, 3000), part(other, 2000)]),
        key=key(),
    )
    assert (has(who), owes(other), made.cents) == (3000, 0, 5000)
    assert balance(*rules.drawer_account(session.pk, rules.KIND.CHECK)) == 3500
    assert [one.change for one in made.tenders.order_by("id")] == [500, 0]


def test_the_same_payment_sent_again_is_the_one_that_stands(site):
    drawer_open(site)
    who, same = ana(), key()
    made = [
        payments.take(rosa(), sheet=sheet(who, site, [cash(100)], [part(who, 100)]), key=same)
        for _ in range(3)
    ]
    assert len({one.pk for one in made}) == 1
    assert has(who) == 100


@pytest.mark.parametrize(
    ("tenders", "cents", "refusal"),
    [([100], 200, NotCovered), ([], 200, Invalid), ([0, 200], 200, Invalid), ([200, -100], 100, Invalid)],
)
def test_what_is_no_payment_is_refused_and_leaves_nothing(site, tenders, cents, refusal):
    drawer_open(site)
    who = ana()
    with pytest.raises(refusal):
        payments.take(
            rosa(), sheet=sheet(who, site, [cash(each) for each in tenders], [part(who, cents)]), key=key()
        )
    assert not Payment.objects.exists()
    assert not Entry.objects.filter(kind="payment").exists()


def test_cash_needs_an_open_drawer_and_whoever_takes_it_a_permission(site):
    who = ana()
    with pytest.raises(DrawerClosed):
        taken(who, site, 100)
    drawer_open(site)
    with pytest.raises(NotPermitted):
        taken(who, site, 100, by=sam())

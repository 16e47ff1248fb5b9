"""Money at the desk: an open drawer, a sheet, a payment taken."""

from itertools import count

from frontdesk.kit import clock
from frontdesk.office.payments import rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.queries import open_session
from tests.factories.drawers import opened
from tests.people import rosa

_keys = count(1)
FLOAT = 10000


def key():
    return f"test-payment-{next(_keys)}"


def drawer_open(location_id, *, by=None):
    """The drawer somebody has open at a location, opened with its float where there is none; Rosa's, unless told otherwise."""
    actor = by or rosa()
    return open_session(location_id, actor.id) or opened(location_id, by=actor, float_cents=FLOAT)


def cash(cents, handed=0):
    return rules.Given(rules.KIND.CASH, cents, handed)


def check(cents, number="1042"):
    return rules.Given(rules.KIND.CHECK, cents, reference=number, bearer="Ana Ito")


def part(patient, cents, purpose=rules.PURPOSE.BALANCE, about=""):
    return rules.Part(patient.pk, purpose, cents, about)


def sheet(patient, location_id, tenders, parts, **fields):
    return rules.Sheet(patient.pk, location_id, tuple(tenders), tuple(parts), **fields)


def taken(patient, location_id, cents, *, purpose=rules.PURPOSE.BALANCE, about="", by=None):
    """A patient pays so much in cash; a drawer is to be open."""
    made = sheet(patient, location_id, [cash(cents)], [part(patient, cents, purpose, about)])
    return payments.take(by or rosa(), sheet=made, key=key())


def card_charge(patient, location_id, cents, *, more=(), about="", key=None, purpose=rules.PURPOSE.COPAY):
    """Rosa has a card charged at the reader, with other tenders beside it."""
    tenders = [rules.Given(rules.KIND.CARD, cents), *more]
    whole = sum(one.cents for one in tenders)
    made = sheet(
        patient,
        location_id,
        tenders,
        [part(patient, whole, purpose if about else rules.PURPOSE.BALANCE, about)],
    )
    return payments.begin_card(rosa(), sheet=made, key=key or f"test-card-{next(_keys)}", reader="tmr_front")


def declined_card(patient, location_id, cents=3500):
    """A card the bank did not take, at a location."""
    row = card_charge(patient, location_id, cents)
    CardCharge.objects.filter(pk=row.pk).update(
        state="declined", code="insufficient_funds", processor=f"pi_test{row.pk}", settled_at=clock.now()
    )
    return row

"""Two who send one key at the same moment make one payment: the second is given the first's. On PostgreSQL they really meet."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from frontdesk.kit import clock
from frontdesk.office.ledger.models import Entry
from frontdesk.office.messaging.errors import AlreadyOnItsWay
from frontdesk.office.messaging.models import Message
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import Payment
from tests.factories.messaging import reachable
from tests.factories.patients import ana
from tests.factories.payments import cash, drawer_open, key, part, sheet, taken
from tests.factories.practice import location, practice
from tests.people import rosa

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def test_one_key_sent_at_once_by_many_is_one_payment(morning):
    if connection.vendor != "postgresql":
        return  # SQLite has one writer: nobody meets anybody
    site, who, same = location().pk, ana(), key()
    drawer_open(site)
    made = sheet(who, site, [cash(100)], [part(who, 100)])
    together = Barrier(AT_ONCE)

    def send(_):
        with clock.fixed(morning):
            together.wait(timeout=20)
            try:
                return payments.take(rosa(), sheet=made, key=same).pk
            finally:
                connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = set(pool.map(send, range(AT_ONCE)))
    assert len(found) == 1
    assert (Payment.objects.count(), Entry.objects.filter(kind="payment").count()) == (1, 1)


def test_one_receipt_asked_for_at_once_by_many_is_one_message(morning):
    if connection.vendor != "postgresql":
        return  # as above
    practice()
    site, who = location().pk, reachable()
    drawer_open(site)
    row = taken(who, site, 100)
    together = Barrier(AT_ONCE)

    def send(n):
        with clock.fixed(morning):
            together.wait(timeout=20)
            try:
                # Half of them are one form sent again and again, the others forms of their own.
                asked = payments.send_receipt(rosa(), payment_id=row.pk, channel="email", key=f"k{n % 3}")
            except AlreadyOnItsWay:
                return None
            finally:
                connection.close()
            return asked.pk

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = set(pool.map(send, range(AT_ONCE))) - {None}
    assert len(found) == Message.objects.count() == 1

"""Two people close at once, and somebody takes money meanwhile: one wins, nothing is lost, the closed day holds."""

import threading

import pytest
from django.db import connection, connections

from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Refusal
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import AutopayCharge, CardCharge, DayLock, Deposit, DrawerClose
from frontdesk.office.payments.rules import account_of
from tests.factories.autopay import card_of, plan_of
from tests.factories.drawers import closed, counted, opened
from tests.factories.ledger import charged
from tests.factories.patients import ana
from tests.factories.payments import taken
from tests.factories.practice import location
from tests.people import lena, rosa


def at_once(*deeds):
    """Do these at the same moment, each in a connection of its own; return what came of each."""
    found, gate = [None] * len(deeds), threading.Barrier(len(deeds))

    def run(n, deed):
        from frontdesk.kit import clock
        from tests.conftest import MORNING

        try:
            with clock.fixed(MORNING):
                gate.wait(timeout=30)
                found[n] = deed()
        except Refusal as refusal:
            found[n] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    return found


@pytest.mark.django_db(transaction=True)
def test_one_of_two_closes_and_money_goes_to_the_open_day_or_is_refused():
    site, who = location().pk, ana()
    session = opened(site)
    taken(who, site, 2500)
    count = counted(session)
    outcomes = at_once(
        lambda: closed(session, count, left=10000),
        lambda: closed(session, count, by=lena(), left=10000),
        lambda: taken(who, site, 700),
    )
    assert connection.vendor in {"sqlite", "postgresql"}
    closes = [one for one in outcomes[:2] if isinstance(one, DrawerClose)]
    took = not isinstance(outcomes[2], Refusal)
    # Either the payment came first and both counts no longer fit, or one close did and the payment finds no drawer.
    assert len(closes) == (0 if took else 1)
    assert Deposit.objects.count() == DayLock.objects.count() == len(closes)
    assert rosa().id == session.opened_by_id
    assert not any(proof() for proof in queries.invariants().values())


@pytest.mark.django_db(transaction=True)
def test_workers_and_the_desk_at_once_take_a_part_of_a_plan_once():
    site, who = location().pk, ana()
    charged(9000, account_of(who.pk))
    opened(site)
    plan = plan_of(who, site, card=card_of(who))

    def charge():
        return payments.charge_part(SYSTEM, plan_id=plan.pk)

    *begun, cash = at_once(
        charge,
        charge,
        charge,
        lambda: taken(who, site, 3000, purpose="plan", about=f"payments.plan:{plan.pk}"),
    )
    made = [one for one in begun if isinstance(one, CardCharge)]
    # Either the cash came first and no card is charged, or one card is being charged and the cash is refused.
    assert len(made) == CardCharge.objects.count() == AutopayCharge.objects.count()
    assert len(made) == (1 if isinstance(cash, Refusal) else 0)

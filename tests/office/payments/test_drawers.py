"""Drawers and the close: books and drawer agree to the cent, whatever is taken, paid out, dropped, handed over or miscounted."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.accounts.errors import SignInRefused
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account
from frontdesk.office.ledger.queries import balance
from frontdesk.office.payments import queries, rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.errors import (
    ClosedAlready,
    CountedBefore,
    DrawerClosed,
    DrawerOpen,
    NoSuchDrawer,
    NotClosedYet,
    NotInTheDrawer,
    NotYours,
)
from frontdesk.office.payments.models import DayLock, Deposit, DrawerClose, DrawerSession, MonthLock
from tests.factories.drawers import PASSWORD, account, closed, counted, drawer, in_bills, opened
from tests.factories.patients import ana
from tests.factories.payments import cash, check, key, part, sheet, taken
from tests.factories.practice import location
from tests.people import dev, gus, lena, mia, rosa, sam

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2026, 3, 3), date(2026, 3, 4)
K = Account.Kind


@pytest.fixture
def site():
    return location().pk


def broken():
    return {name: found for name, proof in queries.invariants().items() if (found := proof())}


def paid_by(tender, site, who=None):
    who = who or ana()
    return payments.take(rosa(), sheet=sheet(who, site, [tender], [part(who, tender.cents)]), key=key())


def card(cents):
    return rules.Given(rules.KIND.CARD, cents, brand="Visa", last4="4242", processor=key())


def by_card(site, cents):
    from frontdesk.office.audit.services import service
    from frontdesk.office.payments.services.taking import take_in

    who = ana()
    sent = sheet(who, site, [card(cents)], [part(who, cents)])
    return service("payments.settle_card", permission="payments.take")(lambda by: take_in(by, sent, key()))(
        rosa()
    )


def test_a_float_is_counted_and_lies_in_the_drawer(site):
    session = opened(site, float_cents=15075)
    assert (session.float_cents, session.day, session.keeper_id) == (15075, DAY, rosa().id)
    assert queries.expected_in(session.pk) == (15075, 0)
    assert balance(*rules.safe(site)) == -15075
    assert queries.open_session(site, rosa().id) == session
    assert not broken()


def test_a_drawer_is_open_once_and_a_person_has_one(site):
    session = opened(site)
    account(lena(), "lead")
    with pytest.raises(DrawerOpen):
        payments.open_drawer(lena(), drawer_id=session.drawer_id, counts={})
    with pytest.raises(DrawerOpen):
        opened(site)
    other = opened(site, by=lena())
    assert queries.open_session(site, lena().id) == other
    with pytest.raises(NoSuchDrawer):
        payments.open_drawer(dev(), drawer_id=999, counts={})
    with pytest.raises(NotPermitted):
        payments.open_drawer(sam(), drawer_id=session.drawer_id, counts={})


@pytest.mark.parametrize("counts", [{"300": 1}, {"2000": -1}, {"x": 1}, {"2000": 10**6}])
def test_what_is_no_bill_is_no_count(site, counts):
    account(rosa())
    with pytest.raises(Invalid):
        payments.open_drawer(rosa(), drawer_id=drawer(site).pk, counts=counts)


def test_pay_outs_change_and_drops_move_the_books_with_the_cash(site):
    session = opened(site)
    for kind, cents, to, what in (
        ("out", 1500, "Corner Hardware", "light bulbs"), ("in", 500, "", "change of the bulbs"), ("change", 2000, "", ""), ("drop", 4000, "", ""),
    ):  # fmt: skip
        payments.move_cash(rosa(), session_id=session.pk, kind=kind, cents=cents, to=to, what=what)
    assert queries.expected_in(session.pk)[0] == 10000 - 1500 + 500 + 2000 - 4000
    assert balance(*rules.PETTY) == 1000
    assert balance(*rules.safe(site)) == -10000 - 2000 + 4000
    assert not broken()


def test_more_than_lies_in_it_does_not_go_out_and_nobody_moves_what_is_not_theirs(site):
    session = opened(site)
    with pytest.raises(NotInTheDrawer):
        payments.move_cash(rosa(), session_id=session.pk, kind="drop", cents=10001)
    with pytest.raises(NotYours):
        payments.move_cash(dev(), session_id=session.pk, kind="drop", cents=100)
    with pytest.raises(Invalid):
        payments.move_cash(rosa(), session_id=session.pk, kind="out", cents=100, to="", what="")
    payments.move_cash(lena(), session_id=session.pk, kind="drop", cents=100)
    assert queries.expected_in(session.pk)[0] == 9900


def test_a_drawer_handed_over_goes_on_as_the_other_ones_and_each_has_their_own_difference(site):
    session = opened(site)
    taken(ana(), site, 3500)
    account(dev(), "biller")
    with pytest.raises(SignInRefused):
        payments.hand_over(
            rosa(), session_id=session.pk, to_id=dev().id, password="guessed", counts=in_bills(13400)
        )
    made = payments.hand_over(
        rosa(), session_id=session.pk, to_id=dev().id, password=PASSWORD, counts=in_bills(13400)
    )
    assert (made.over, made.to, made.cents) == (-100, "Dev", 13400)
    assert queries.open_session(site, dev().id) == session
    assert queries.session_of(session.pk).keeper_id == dev().id
    assert queries.expected_in(session.pk)[0] == 13400
    second = taken(ana(), site, 1000, by=dev())
    assert (second.session_id, second.receipt) == (session.pk, "2")
    with pytest.raises(NotYours):
        payments.move_cash(rosa(), session_id=session.pk, kind="drop", cents=100)
    assert balance(*rules.difference(session.drawer_id)) == 100
    assert not broken()


def test_a_close_leaves_the_float_sends_the_rest_to_the_bank_and_locks_the_day(site):
    session = opened(site)
    taken(ana(), site, 3500)
    paid_by(check(2500), site)
    payments.move_cash(rosa(), session_id=session.pk, kind="drop", cents=2000)
    done = closed(session, counted(session, over=-200), left=10000)
    deposit = Deposit.objects.get()
    assert (deposit.number, deposit.cash, deposit.dropped, deposit.check_cents) == ("1", 1300, 2000, 2500)
    assert balance(*rules.BANK) == deposit.cents == 5800
    assert balance(*rules.difference(session.drawer_id)) == 200
    assert balance(*rules.resting(session.drawer_id)) == 10000
    assert queries.expected_in(session.pk) == (0, 0)
    assert done.count.over_cash == -200
    lock = DayLock.objects.get()
    assert (lock.day, lock.figures["totals"]["payments"]) == (DAY, 6000)
    assert sum(row[1] for row in lock.figures["trial"]) == sum(row[2] for row in lock.figures["trial"])
    assert not broken()


def test_what_comes_after_the_close_belongs_to_the_next_day(site):
    closed(opened(site), left=10000)
    with pytest.raises(DrawerClosed):
        taken(ana(), site, 100)
    assert queries.business_day(site) == NEXT
    late = by_card(site, 4000)
    session = opened(site)
    assert (late.day, session.day, taken(ana(), site, 100).day) == (NEXT, NEXT, NEXT)
    assert not broken()


def test_a_day_that_goes_on_is_closed_by_the_last_drawer(site):
    session = opened(site)
    closed(session, left=10000, goes_on=True)
    assert not DayLock.objects.exists()
    again = opened(site, where=session.drawer)
    assert again.day == DAY
    closed(again, left=10000)
    assert DayLock.objects.get().day == DAY


def test_the_day_waits_for_its_other_drawers(site):
    mine, theirs = opened(site), opened(site, by=mia())
    closed(mine)
    assert not DayLock.objects.exists()
    with pytest.raises(NotClosedYet):
        payments.close_day(mia(), location_id=site, day=DAY)
    closed(theirs, by=mia())
    assert DayLock.objects.get().day == DAY
    with pytest.raises(ClosedAlready):
        payments.close_day(mia(), location_id=site, day=DAY)


def test_money_that_moves_after_the_count_has_it_counted_again(site):
    session = opened(site)
    count = counted(session)
    taken(ana(), site, 500)
    with pytest.raises(CountedBefore):
        closed(session, count)
    newer = counted(session)
    with pytest.raises(CountedBefore):
        closed(session, count)
    closed(session, newer)


def test_over_the_threshold_a_reason_and_somebody_else_with_their_own_password(site):
    session = opened(site)
    count = counted(session, over=-500)
    account(lena(), "lead")
    account(dev(), "biller")
    for more in (
        {}, {"reason": "miscounted change"}, {"reason": "", "second_id": lena().id, "password": PASSWORD},
        {"reason": "why", "second_id": rosa().id, "password": PASSWORD}, {"reason": "why", "second_id": dev().id, "password": PASSWORD},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            closed(session, count, **more)
    with pytest.raises(SignInRefused):
        closed(session, count, reason="why", second_id=lena().id, password="guessed")
    assert not DrawerClose.objects.exists()
    done = closed(session, count, reason="miscounted change", second_id=lena().id, password=PASSWORD)
    assert (done.second_name, done.reason) == ("Lena", "miscounted change")


def test_a_lead_who_counts_is_not_the_second_person_of_the_own_count(site):
    session = opened(site)
    account(lena(), "lead")
    count = counted(session, by=lena(), over=900)
    with pytest.raises(Invalid):
        closed(session, count, reason="why", second_id=lena().id, password=PASSWORD)


def test_a_check_that_is_missing_is_short_and_does_not_go_to_the_bank(site):
    session = opened(site)
    paid_by(check(2500, "1"), site)
    paid_by(check(1500, "2"), site)
    account(lena(), "lead")
    kept = queries.checks_of(session.pk)[1]
    count = counted(session, found=[kept.pk])
    assert (count.over_check, len(count.missing)) == (-2500, 1)
    closed(session, count, left=10000, reason="check 1 lost", second_id=lena().id, password=PASSWORD)
    assert Deposit.objects.get().check_cents == 1500
    assert balance(*rules.BANK) == 1500
    assert not broken()


def test_the_card_batch_is_counted_with_the_last_drawer(site):
    session = opened(site)
    by_card(site, 4000)
    assert counted(session, card=3900).over_card == -100
    without = counted(session)
    closed(session, without, left=10000)
    assert not DayLock.objects.exists()
    with pytest.raises(Invalid):
        payments.close_day(rosa(), location_id=site, day=DAY)
    with pytest.raises(Invalid):
        payments.close_day(rosa(), location_id=site, day=DAY, card=9900)
    payments.close_day(rosa(), location_id=site, day=DAY, card=4000)
    assert not broken()


def test_a_day_is_not_closed_without_its_card_batch_whatever_was_known_when_the_drawers_were_counted(site):
    mine, theirs = opened(site), opened(site, by=mia())
    by_card(site, 3500)
    first, second = counted(mine), counted(theirs, by=mia())
    closed(mine, first)
    closed(theirs, second, by=mia())
    assert not DayLock.objects.exists(), "each was counted while the other was open"
    assert payments.close_day(mia(), location_id=site, day=DAY, card=3500).card == 3500


def test_the_batch_that_was_counted_is_kept_with_the_day(site):
    session = opened(site)
    by_card(site, 4000)
    closed(session, counted(session, card=4000), left=10000)
    assert (DayLock.objects.get().card, DayLock.objects.get().expected_card) == (4000, 4000)


def test_what_is_given_back_is_of_the_day_of_where_it_was_paid(site):
    elsewhere = location(name="Lakeside").pk
    opened(site)
    opened(elsewhere, by=mia())
    made = paid_by(check(3500), site)
    payments.return_check(dev(), tender_id=made.tenders.get().pk, reason="No funds", key=key())
    here, there = (queries.totals_of(queries.day_lines(one, DAY)) for one in (site, elsewhere))
    assert (here["payments"], there["payments"]) == (0, 0)
    by_way = [line.what for line in queries.day_lines(site, DAY) if line.kind == K.BANK]
    assert by_way == ["returned"]


def test_a_float_that_is_not_what_was_left_is_noted(site):
    session = opened(site)
    closed(session, left=10000)
    with clock.fixed(clock.now().replace(day=4)):
        again = opened(site, where=session.drawer, float_cents=9900)
    assert again.float_over == -100
    assert balance(*rules.difference(session.drawer_id)) == 100
    assert balance(*rules.resting(session.drawer_id)) == 0
    assert not broken()


def test_whoever_comes_second_is_told_that_it_is_closed(site):
    session = opened(site)
    count = counted(session)
    closed(session, count)
    with pytest.raises(ClosedAlready):
        closed(session, count)
    assert Deposit.objects.count() == 1


def test_what_is_posted_into_a_closed_day_all_the_same_is_found(site):
    session = opened(site)
    closed(session, left=10000)
    draft = rules.found_over(
        key="sneaked", day=DAY, drawer_id=session.drawer_id, place=rules.safe(site), over=1
    )
    ledger.post(rosa(), draft=draft)
    assert set(broken()) == {"payments.closed_days_are_unchanged"}


def test_a_month_is_closed_when_its_days_are(site):
    session = opened(site)
    taken(ana(), site, 3500)
    with clock.fixed(clock.now().replace(month=4, day=1)):
        with pytest.raises(NotClosedYet):
            payments.close_month(mia(), first=DAY)
        closed(session, left=10000)
        with pytest.raises(NotPermitted):
            payments.close_month(gus(), first=DAY)
        made = payments.close_month(mia(), first=DAY)
        with pytest.raises(ClosedAlready):
            payments.close_month(mia(), first=DAY)
    assert (made.opening, made.payments, made.closing) == (0, 3500, -3500)
    assert MonthLock.objects.count() == 1
    assert not broken()


def test_a_month_that_is_not_over_is_not_closed(site):
    with pytest.raises(NotClosedYet):
        payments.close_month(mia(), first=DAY)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["cash", "check", "out", "in", "change", "drop", "hand"]), st.integers(1, 30000)
    ),
    max_size=14,
)


@given(steps=STEPS, over=st.integers(-499, 499), left=st.integers(0, 30000), opening=st.integers(0, 40000))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_books_and_drawer_agree_to_the_cent(transactional_site, steps, over, left, opening):
    site, who = transactional_site
    session = opened(site, where=drawer(site), float_cents=opening)
    account(lena(), "lead")
    holders, cash_there, checks_there, lost = [rosa(), lena()], opening, 0, 0
    for kind, cents in steps:
        me = holders[0]
        if kind == "cash":
            payments.take(me, sheet=sheet(who, site, [cash(cents, cents + 5)], [part(who, cents)]), key=key())
            cash_there += cents
        elif kind == "check":
            payments.take(me, sheet=sheet(who, site, [check(cents)], [part(who, cents)]), key=key())
            checks_there += cents
        elif kind == "hand":
            off = cents % 7 - 3
            if cash_there + off < 0:
                continue
            payments.hand_over(
                me,
                session_id=session.pk,
                to_id=holders[1].id,
                password=PASSWORD,
                counts=in_bills(cash_there + off),
            )
            cash_there, lost = cash_there + off, lost - off
            holders.reverse()
        elif kind in {"in", "change"} or cents <= cash_there:
            payments.move_cash(
                me, session_id=session.pk, kind=kind, cents=cents, to="Somebody", what="something"
            )
            cash_there += cents if kind in {"in", "change"} else -cents
    assert queries.expected_in(session.pk) == (cash_there, checks_there)
    over = max(over, -cash_there)
    before = balance(*rules.BANK)
    count = counted(session, by=holders[0], over=over)
    closed(session, count, by=holders[0], left=min(left, count.cash))
    deposit = Deposit.objects.filter(close__session=session).first()
    assert balance(*rules.BANK) - before == (deposit.cents if deposit else 0)
    assert queries.expected_in(session.pk) == (0, 0)
    assert balance(*rules.difference(session.drawer_id)) == lost - over
    assert not broken()
    DayLock.objects.all().delete()


@pytest.fixture
def transactional_site(db):
    return location().pk, ana()

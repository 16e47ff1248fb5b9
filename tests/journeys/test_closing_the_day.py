"""Open a drawer, take money, count it blind, close the day: by keyboard alone, three keys besides what is typed."""

import pytest

from frontdesk.kit.money import dollars
from frontdesk.kit import clock
from frontdesk.office.payments import queries, rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import DayLock, Deposit, DrawerSession
from tests.browser import until
from tests.factories import drawers as make
from tests.factories.patients import ana
from tests.factories.payments import cash, check, key, part, sheet
from tests.journeys.office import Keys, Office
from tests.people import mia
from tests.ui.axe import violations


@pytest.fixture
def closing(elm_street, rosa_account):
    """Nearly five in the afternoon, a drawer with a name, and the practice's bank account known."""
    office = Office(elm_street)
    make.drawer(elm_street.pk, "Drawer 1")
    payments.set_close_rule(
        mia(), threshold_cents=500, float_cents=10000, bank="First National, checking 4821"
    )
    with clock.fixed(office.at(16, 50)):
        yield office


def took(office, who, *tenders):
    from frontdesk.office.accounts.queries import actor_for

    person = DrawerSession.objects.get().opened_by
    made = sheet(who, office.location.pk, tenders, [part(who, sum(one.cents for one in tenders))])
    return payments.take(actor_for(person), sheet=made, key=key())


def numbers(page, entries):
    """Type into the field that has the focus and go on with Tab; a number is one entry, however many digits it has."""
    for one in entries:
        if one:
            page.keyboard.type(one)
        page.keyboard.press("Tab")
    return len(entries)


def ready(page):
    until(page, "document.documentElement.hasAttribute('data-ready')")


def test_a_drawer_is_opened_and_the_day_closed_by_keyboard(page, closing):
    who = ana()
    page.goto("/drawer/open")
    ready(page)
    until(page, "document.activeElement.name === 'n-10000'")
    numbers(page, ["", "", "4", "1", "1"])  # $95 in bills
    numbers(page, ["", "5"])
    page.keyboard.press("Enter")
    page.wait_for_selector("text=open, ")
    session = DrawerSession.objects.get()
    assert session.float_cents == 10000
    took(closing, who, cash(3500, 4000))
    took(closing, who, cash(2500), check(4000, "1042"))
    took(closing, who, check(1500, "77"))
    page.goto("/close")
    ready(page)
    until(page, "document.activeElement.name === 'n-10000'")
    assert "$160.00" not in page.content()  # what should be there is not told before it is counted
    keys = Keys(page)
    #   100 50   20   10   5    2   1    50¢ 25¢ 10¢ 5¢ 1¢
    entries = numbers(page, ["", "", "6", "2", "2", "", "8", "", "4", "5", "4", "30"])
    for _ in range(2):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    entries += 2
    keys.press("Enter").see("text=Over or short")
    assert "$0.00 short" not in page.content()
    ready(page)
    until(page, "document.activeElement.name === 'float'")
    assert violations(page) == []
    keys.press("Tab")
    page.keyboard.type("B-2041")
    entries += 1
    keys.press("Enter").see("text=Drawer 1 is closed")
    assert keys.count <= 3
    assert entries <= 15
    deposit = Deposit.objects.get()
    assert (deposit.cash, deposit.check_cents, deposit.bag) == (6000, 5500, "B-2041")
    assert DayLock.objects.get().day == session.day
    assert violations(page) == []
    slip = page.request.get(f"/close/done/{deposit.close_id}/deposit")
    assert slip.body().startswith(b"%PDF")
    assert not any(found() for found in queries.invariants().values())
    assert queries.open_session(closing.location.pk) is None
    assert dollars(deposit.cents) == "$115.00"


def test_a_count_begun_and_left_is_offered_again(page, closing, rosa_account):
    from frontdesk.office.accounts.queries import actor_for

    session = payments.open_drawer(
        actor_for(rosa_account), drawer_id=queries.drawers(closing.location.pk)[0].id, counts={"2000": 5}
    )
    page.goto(f"/close?drawer={session.pk}")
    ready(page)
    until(page, "document.activeElement.name === 'n-10000'")
    numbers(page, ["", "1"])
    page.wait_for_selector("[data-draft-state]:has-text('Kept at')")
    page.goto("/")
    page.goto(f"/close?drawer={session.pk}")
    page.click("text=Put it back")
    until(page, "document.querySelector('[name=\"n-5000\"]').value === '1'")

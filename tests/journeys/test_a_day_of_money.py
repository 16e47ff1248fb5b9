"""A day of money by keyboard alone: the drawer, every tender, family, plan, given back, counted blind, closed; the papers agree."""

import pytest

from frontdesk.entrypoints.commands.checking import invariants
from frontdesk.kit import clock
from frontdesk.kit.money import dollars
from frontdesk.office.billing.models import EstimateVersion
from frontdesk.office.patients.models import RelatedPerson
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardRefund, DrawerSession, Payment, Plan
from frontdesk.office.payments.rules import KIND, PURPOSE, Given, account_of
from frontdesk.office.visits.models import Check
from tests.browser import until
from tests.cardnetwork import READER, asked, cardnet
from tests.factories import billing as price
from tests.factories import drawers as make
from tests.factories.ledger import charged
from tests.factories.patients import patient
from tests.factories.payments import cash, check, key, part, sheet
from tests.journeys.money_day import (
    COPAY,
    amounts,
    day_sheet_agrees,
    office_of_the_day,
    receipt_agrees,
    slip_agrees,
    tapped,
)
from tests.journeys.office import MONDAY, TUESDAY, Keys
from tests.people import mia
from tests.ui.axe import violations
from tests.reading import words


@pytest.fixture
def rosa_account(elm_street):
    """Rosa leads the desk: she may give money back."""
    from tests.factories import practice

    return practice.user(role="lead")


@pytest.fixture
def day(elm_street, rosa_account, settings, request):
    office = office_of_the_day(elm_street, rosa_account, request.param)
    with clock.fixed(office.at(10)), cardnet() as net:  # the network's clock begins where ours stands
        settings.CARDS = net.processor()
        office.net = net
        yield office


@pytest.mark.parametrize("day", [6], indirect=True)
def test_every_way_of_paying_by_keys(page, day):
    rows, keys = day.rows, Keys(page)
    _open(page, keys)

    # The expected copay by card: five keys at the most, from the row of the visit.
    _chosen(page, keys, rows[0])
    before = keys.count
    keys.press("p").see(".pay").press("d").press("Enter")
    assert keys.count - before <= 5
    _charged_at_reader(keys, day.net)
    assert Check.objects.get(appointment=rows[0], item="money").answer == "$35.00 paid, receipt 1"
    keys.press("n").gone("#sheet[open]")

    _pay(page, keys, rows[1], "c", "50")
    assert Payment.objects.latest("id").tenders.get().change == 1500
    _pay(page, keys, rows[2], "k", "1042")
    _chosen(page, keys, rows[3])
    keys.press("p").see(".pay").press("h").press("Enter")
    _charged_at_reader(keys, day.net)
    _pay(page, keys, rows[4], "o", "77")

    # Two ways of paying: by check, and the rest in cash.
    _chosen(page, keys, rows[5])
    keys.press("p").see(".pay").press("k").see("[name=reference]:focus").type("88").press("Shift+Tab")
    keys.press("a").see("[name=first]:focus").type("20").press("Tab").see("[name=tender2]:focus").press(
        "ArrowDown"
    )
    keys.press("Enter").see("[name=handed2]:focus")
    assert violations(page) == []
    keys.press("Enter").see(".receipt")
    assert sorted(Payment.objects.latest("id").tenders.values_list("kind", "cents")) == [
        ("cash", 1500),
        ("check", 2000),
    ]

    assert Payment.objects.count() == 6
    assert all(queries.balance_of(row.patient_id).credit == COPAY for row in rows)
    for row in Payment.objects.all():
        receipt_agrees(page, row)
    _sound()


@pytest.mark.parametrize("day", [3], indirect=True)
def test_a_family_a_plan_and_money_given_back_by_keys(page, day):
    rows, keys = day.rows, Keys(page)
    bounced = _check_of_monday(day)
    session = payments.open_drawer(
        day.by, drawer_id=queries.drawers(day.location.pk)[0].id, counts=make.in_bills(10000)
    )
    by_card, in_cash = _by_card(day, rows[0]), _taken(day, rows[1], cash(COPAY, 5000))
    price.charged(rows[0])
    price.charged(rows[1])

    # The second pays for the third too: what each owed from before.
    payer_, other = rows[1].patient, rows[2].patient
    RelatedPerson.objects.create(patient=payer_, person=other, role="spouse", first="", last="")
    for who in (payer_, other):
        charged(2000, account_of(who.pk), about="scheduling.appointment:900", day=TUESDAY)
    page.goto(f"/patients/{payer_.pk}/money")
    keys.press("p").see(".pay").press("f").see(f".pay-tick[value='balance-account-{other.pk}']")
    keys.press("2").press("c").press("Enter").see(".receipt")
    family = Payment.objects.latest("id")
    assert family.cents == 4000
    assert queries.balance_of(other.pk).owed == queries.balance_of(payer_.pk).owed == 0

    who = patient(legal_first="Parts")
    charged(9000, account_of(who.pk), about="scheduling.appointment:901", day=TUESDAY)
    page.goto(f"/patients/{who.pk}/money")
    keys.press("l").see("#sheet [name=total]:focus").press("Tab").see("[name=count]:focus").press("Control+a")
    keys.type("3").press("Enter").see("#money-here .plan-bar")
    plan = Plan.objects.get()
    assert [one.cents for one in plan.parts.order_by("number")] == [3000, 3000, 3000]
    printed = words(page.request.get(f"/payments/plans/{plan.pk}/plan.pdf").body())
    assert amounts(printed) == {9000: 1, 3000: 3}

    _estimate(page, keys, who)

    before, _ = queries.expected_in(session.pk)
    _give_back(page, keys, in_cash)
    assert queries.expected_in(session.pk)[0] == before - 1000
    _give_back(page, keys, by_card)
    asked(2)
    assert CardRefund.objects.get().state == "succeeded"
    assert queries.expected_by_card(day.location.pk, TUESDAY) == COPAY - 1000
    assert [queries.balance_of(row.patient_id).left for row in rows] == [1000, 1000, 0]

    page.goto(f"/payments/{bounced.pk}")
    keys.press("r").see("[name=reason]:focus").type("Insufficient funds").press("Enter")
    keys.see("#money-here:has-text('A check of this patient came back unpaid.')")
    assert queries.balance_of(bounced.patient_id).left == 4000 + 2500
    for row in (by_card, in_cash, family):
        receipt_agrees(page, row)
    _sound()


@pytest.mark.parametrize("day", [6], indirect=True)
def test_the_day_is_counted_blind_and_closed_by_keys_and_the_papers_agree(page, day):
    rows, keys = day.rows, Keys(page)
    bounced = _check_of_monday(day)
    _open(page, keys)
    by_card, in_cash = _by_card(day, rows[0]), _taken(day, rows[1], cash(COPAY, 5000))
    _taken(day, rows[2], check(COPAY, "1042"))
    _by_card(day, rows[3], KIND.HEALTH_ACCOUNT)
    _taken(day, rows[4], Given(KIND.MONEY_ORDER, COPAY, reference="77"))
    _taken(day, rows[5], check(2000, "88"), cash(1500))
    for row in rows:
        price.charged(row)
    for give, row in ((payments.refund_card, by_card), (payments.refund, in_cash)):
        more = {"location_id": day.location.pk} if row is in_cash else {}
        give(
            day.by,
            tender_id=row.tenders.get().pk,
            cents=1000,
            reason="Paid too much",
            key=key(),
            unapply=True,
            **more,
        )
    asked(2)
    payments.return_check(
        day.by, tender_id=bounced.tenders.get().pk, reason="Insufficient funds", key=key(), with_fee=True
    )

    _close(page, keys)
    slip = slip_agrees(page)
    assert all(number in slip for number in ("1042", "77", "88"))
    assert slip.count("Pat4 Ito") == 1  # nobody typed a name for the money order: it is the payer's
    lock = day_sheet_agrees(page, day)
    assert lock.card == lock.expected_card == 2 * COPAY - 1000
    for row in Payment.objects.filter(day=TUESDAY):
        receipt_agrees(page, row)
    _sound()


def _estimate(page, keys, who):
    """They ask what it costs: an estimate is due, written with the fee of the office visit, and given by hand."""
    page.goto(f"/patients/{who.pk}/money")
    keys.press("e").see("text=No estimate and no notice yet").press("n").see("[name=about]:focus")
    keys.press("ArrowUp").press("Tab").see("[name=words]:focus").type("What is a visit?").press("Enter")
    keys.see("button:has-text('Write the estimate')")
    _tab_to(page, keys, "primary")
    keys.press("Control+a").type("Office visit").press("Enter").see("text=No. 1, version 1")
    assert violations(page) == []
    keys.press("h").see("p.small:has-text('By hand, 3/10/2026')")
    made = EstimateVersion.objects.get()
    printed = amounts(words(page.request.get(f"/estimates/versions/{made.pk}.pdf").body()))
    assert made.cents == 16000
    assert set(printed) == {16000}  # the law's own $400 is no amount: it stands without cents


def _tab_to(page, keys, name):
    for _ in range(60):
        if page.evaluate("document.activeElement.name") == name:
            return
        keys.press("Tab")
    raise AssertionError(f"Tab never comes to {name}")


def _sound():
    """Assert what `frontdesk check` asks: the invariants of the whole program hold."""
    assert {name: found for name, proof in invariants().items() if (found := proof())} == {}


def _check_of_monday(day):
    """A check that was taken and went to the bank on Monday; the practice charges $25 for one that comes back."""
    payments.set_rules(mia(), returned_check_fee=2500)
    who = patient(legal_first="Bounce")
    with clock.fixed(day.at(10, day=MONDAY)):
        charged(4000, account_of(who.pk), day=MONDAY)
        session = payments.open_drawer(
            day.by, drawer_id=queries.drawers(day.location.pk)[0].id, counts=make.in_bills(10000)
        )
        made = sheet(who, day.location.pk, [check(4000, "9")], [part(who, 4000)])
        row = payments.take(day.by, sheet=made, key="monday")
        make.closed(session, make.counted(session, by=day.by), by=day.by, left=10000)
    return row


def _sheet(day, row, *tenders):
    about = f"scheduling.appointment:{row.pk}"
    return sheet(row.patient, day.location.pk, tenders, [part(row.patient, COPAY, PURPOSE.COPAY, about)])


def _taken(day, row, *tenders):
    return payments.take(day.by, sheet=_sheet(day, row, *tenders), key=key())


def _by_card(day, row, kind=KIND.CARD):
    charge = payments.begin_card(day.by, sheet=_sheet(day, row, Given(kind, COPAY)), key=key(), reader=READER)
    tapped(day.net)
    charge.refresh_from_db()
    return charge.payment


def _ready(page, name):
    until(
        page,
        f"document.documentElement.hasAttribute('data-ready') && document.activeElement.name === '{name}'",
    )


def _open(page, keys):
    page.goto("/drawer/open")
    _ready(page, "n-10000")
    keys.type("1").press("Enter").see("text=open, ")


def _chosen(page, keys, row):
    page.goto("/")
    for _ in range(8):
        keys.press("ArrowDown").see("[data-card]")
        page.wait_for_timeout(50)
        if page.locator(f'[data-card="{row.pk}"]').count():
            return
        page.wait_for_timeout(250)
        if page.locator(f'[data-card="{row.pk}"]').count():
            return
    raise AssertionError("the visit is not on the list")


def _charged_at_reader(keys, net):
    keys.see("[data-card=waiting], [data-card=at_reader]")
    tapped(net)
    keys.see(".receipt")


def _pay(page, keys, row, tender, typed):
    _chosen(page, keys, row)
    keys.press("p").see(".pay").press(tender).see("input:not([type=radio]):focus").type(typed).press(
        "Enter"
    ).see(".receipt")


def _give_back(page, keys, row):
    page.goto(f"/payments/{row.pk}")
    keys.press("g").see("[name=cents]:focus").press("Control+a").type("10").press("Tab").see(
        "[name=reason]:focus"
    )
    keys.type("Paid too much").press("Tab").see("[name=unapply]:focus")
    if not page.locator("[name=unapply]").is_checked():
        keys.press("Space")
    assert violations(page) == []
    keys.press("Enter").see("#money-here")


def _close(page, keys):
    session = DrawerSession.objects.get(closed_at=None)
    there, _ = queries.expected_in(session.pk)
    page.goto("/close")
    _ready(page, "n-10000")
    assert dollars(there) not in page.content()  # counted blind
    many = make.in_bills(there)
    for one in page.locator("[name^='n-']").evaluate_all("all => all.map(one => one.name.slice(2))"):
        keys.type(str(many.get(one, ""))).press("Tab")
    for _ in queries.checks_of(session.pk):
        keys.press("Space").press("Tab")
    assert page.input_value("[name=card]") == dollars(
        queries.expected_by_card(session.drawer.location_id, session.day)
    )
    keys.press("Enter").see("text=Over or short")
    _ready(page, "float")
    keys.press("Enter").see("text=Drawer 1 is closed")

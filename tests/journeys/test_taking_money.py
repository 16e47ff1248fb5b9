"""Taking money by keys alone: an expected copay by card and in cash, a balance by check, one payment two ways."""

import pytest

from frontdesk.entrypoints.desk.payments.expecting import Due
from frontdesk.entrypoints.desk.payments.receipt import shown
from frontdesk.kit import clock
from frontdesk.office.audit.services import service
from frontdesk.office.payments.models import Payment
from frontdesk.office.payments.rules import PURPOSE, account_of
from frontdesk.office.payments.services.taking import take_in
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.models import Check
from tests.factories import scheduling as book
from tests.factories.ledger import charged
from tests.factories.patients import ana
from tests.factories.payments import drawer_open
from tests.journeys.office import Keys, Office

ROSA = book.actor()


@pytest.fixture
def office(elm_street, rosa_account, monkeypatch):
    made = Office(elm_street)
    monkeypatch.setattr("frontdesk.entrypoints.desk.payments.lines.expecting", copay)
    with clock.fixed(made.at(9)):
        drawer_open(made.location.pk, by=book.actor(id=rosa_account.pk))
        yield made


def copay(_request, appointment_id):
    """A copay of $35 for the visit, as billing would expect it."""
    about = f"scheduling.appointment:{appointment_id}"
    return [Due(PURPOSE.COPAY, 3500, "Copay of this visit", "Your copay today is $35.00.", about)]


def arrived(office):
    with clock.fixed(office.at(7)):
        row = office.book(ana(), 9)
    visits.arrive(ROSA, appointment_id=row.pk)
    return row


def chosen(page, row):
    page.goto("/")
    return Keys(page).press("ArrowDown").see(f'[data-card="{row.pk}"]')


def test_an_expected_copay_by_card_takes_at_most_five_keys(page, office, monkeypatch):
    charges = []

    def charge(request, sheet, key):
        charges.append(sheet.by_card)
        return shown(request, service("payments.take")(take_in)(request.actor, sheet, key), fresh=True)

    monkeypatch.setattr("frontdesk.entrypoints.desk.payments.sheet.charge_card", charge)
    row = arrived(office)
    chosen(page, row)
    keys = Keys(page).press("p").see(".pay").press("d").press("Enter").see(".receipt")
    assert charges == [3500]
    assert keys.count <= 5, keys.count
    assert Payment.objects.get().cents == 3500


def test_on_the_visits_own_page_the_letters_act_at_once(page, office):
    row = arrived(office)
    page.goto(f"/visits/{row.pk}")
    Keys(page).see("#visit-card").press("p").see(".pay")


def test_cash_is_as_few_keys_and_the_change_is_what_one_sees_first(page, office):
    row = arrived(office)
    chosen(page, row)
    keys = Keys(page).press("p").see(".pay")
    keys.press("c").see("[name=handed]:focus").type("50").see(".change-n:has-text('$15.00')")
    keys.press("Enter").see(".change-now:has-text('$15.00')")
    assert keys.count <= 5, keys.count
    made = Payment.objects.get()
    assert (made.cents, made.tenders.get().change, made.towards.get().about) == (
        3500,
        1500,
        f"scheduling.appointment:{row.pk}",
    )
    assert Check.objects.get(appointment=row, item="money").answer == "$35.00 paid, receipt 1"
    keys.press("Enter").gone("#sheet[open]").see(".checklist-done:has-text('$35.00 paid')")


def test_a_refused_sheet_keeps_what_was_typed(page, office):
    row = arrived(office)
    keys = chosen(page, row).press("p").see(".pay").press("k").see("[name=reference]:focus").press("Enter")
    keys.see(".error:has-text('Type its number')")
    assert page.locator("[name=tender][value=check]").is_checked()
    assert not Payment.objects.exists()


def test_two_ways_of_paying_show_what_is_left(page, office):
    row = arrived(office)
    keys = chosen(page, row).press("p").see(".pay").press("k").type("1042")
    page.focus("[data-focus]")
    keys.press("a").see("[name=first]:focus").type("20").see("[data-rest]:has-text('$15.00')")
    page.locator("[name=tender2]").select_option("cash")
    keys.press("Enter")
    keys.see(".receipt")
    assert [(one.kind, one.cents) for one in Payment.objects.get().tenders.order_by("id")] == [
        ("check", 2000),
        ("cash", 1500),
    ]


def test_the_account_of_a_patient_is_seen_and_a_balance_taken_from_there(page, office):
    row = arrived(office)
    charged(8200, account_of(row.patient_id), about=f"scheduling.appointment:{row.pk}")
    page.goto(f"/patients/{row.patient_id}/money")
    keys = Keys(page)
    keys.press("p").see(".pay").press("k").type("1042").press("Enter").see(".receipt")
    keys.press("n").gone("#sheet[open]").see("#money-here:has-text('Payment, receipt 1')")

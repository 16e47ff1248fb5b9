"""A card at the desk: asked for, followed, called off, declined in words, in doubt; what is to be seen to; links."""

import pytest

from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge, CardOnFile, CardRefund, Payment
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.visits.models import Check
from tests.cardnetwork import asked, cardnet
from tests.factories import scheduling as book
from tests.factories.patients import ana
from tests.factories.payments import card_charge, declined_card
from tests.people import lena

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}
State = CardCharge.State


@pytest.fixture
def net(settings):
    with cardnet() as found:
        settings.CARDS = found.processor()
        yield found


@pytest.fixture
def charge(net, office):
    return card_charge(ana(), office.location.pk, 3500)


def html(answer):
    return answer.content.decode()


def panel(desk, row, knows=""):
    return desk.get(f"/payments/cards/{row.pk}" + (f"?knows={knows}" if knows else ""), **HX)


def visit_of(office, who):
    return scheduling.book(lena(), patient_id=who.pk, **office.ask(office.at(9)))


def test_the_panel_asks_for_the_card_follows_and_shows_the_receipt(desk, net, charge):
    asked(2)
    shown = html(panel(desk, charge))
    assert "Ask the patient to tap or insert." in shown
    assert "$35.00" in shown
    assert "every 500ms" in shown
    net.tap()
    asked()
    shown = html(panel(desk, charge, "at_reader..0.0"))
    assert "Receipt 1" in shown
    assert "go on without a receipt" in shown
    assert "4242" in shown
    assert "$35.00" in shown
    assert "every 500ms" not in shown
    assert "go on without a receipt" not in html(
        panel(desk, charge)
    )  # looked at again it is a receipt like any other


def test_a_card_settles_the_check_in_of_its_visit_as_cash_does_and_once(desk, net, office):
    row = visit_of(office, ana())
    charge = card_charge(row.patient, office.location.pk, 3500)
    asked(2)
    net.tap()
    asked()
    to = f"/payments/cards/{charge.pk}?knows=at_reader..0.0&visit={row.pk}"
    answer = desk.get(to, **HX)
    assert 'hx-swap-oob="innerHTML:#visit-card"' in html(answer)
    assert "book-changed" in answer["HX-Trigger"]
    assert Check.objects.get(appointment=row, item="money").answer == "$35.00 paid, receipt 1"
    desk.get(to, **HX)
    assert AuditEntry.objects.filter(action="visits.settle").count() == 1


def test_the_receipt_of_one_patient_settles_no_visit_of_another(desk, net, office):
    row = visit_of(office, book.patient())
    charge = card_charge(ana(), office.location.pk, 3500)
    asked(2)
    net.tap()
    asked()
    desk.get(f"/payments/cards/{charge.pk}?knows=at_reader..0.0&visit={row.pk}", **HX)
    assert not Check.objects.filter(item="money").exists()


def test_while_nothing_changed_the_panel_is_sent_nothing_and_no_look_is_on_record(desk, charge):
    asked(2)
    known = "at_reader..0.0"
    before = AuditEntry.objects.filter(action="payments.open_charge").count()
    assert panel(desk, charge, known).status_code == 204
    assert AuditEntry.objects.filter(action="payments.open_charge").count() == before
    assert panel(desk, charge, "waiting..0.0").status_code == 200


def test_esc_calls_it_off(desk, net, charge):
    asked(2)
    assert "data-esc" in html(panel(desk, charge))
    answer = desk.post(f"/payments/cards/{charge.pk}/call-off", **HX)
    assert "Calling it off" in html(answer)
    asked()
    assert "The card was not charged" in html(panel(desk, charge))
    assert net.counts() == {}


def test_a_decline_says_why_and_another_card_begins_with_the_same_amount(desk, office, net):
    row = declined_card(ana(), office.location.pk)
    shown = html(panel(desk, row))
    assert "There is not enough money on this card." in shown
    assert "Ask for another card, or take cash." in shown
    answer = desk.post(f"/payments/cards/{row.pk}/again", {"_key": "again-1"}, **HX)
    assert "Waking the reader" in html(answer)
    assert desk.post(f"/payments/cards/{row.pk}/again", {"_key": "again-1"}, **HX).status_code == 200
    assert [one.cents for one in CardCharge.objects.order_by("pk")] == [3500, 3500]


def test_in_doubt_it_says_not_to_charge_again(desk, office, net):
    row = card_charge(ana(), office.location.pk, 3591)
    asked()
    shown = html(panel(desk, row))
    assert "The answer was lost. We are asking." in shown
    assert "Do not charge again." in shown


def test_what_is_to_be_seen_to_stands_on_one_page(manager_desk, site, net):
    paid = card_charge(ana(), site.pk, 3594)
    asked(2)
    net.tap()
    asked()
    made = payments.refund_card(
        lena(), tender_id=Payment.objects.get().tenders.get().pk, cents=3594, reason="Paid twice", key="r"
    )
    asked(2)
    shown = html(manager_desk.get("/payments/cards"))
    assert "Could not be given back to the card" in shown
    assert paid.patient.name in shown
    manager_desk.post(f"/payments/cards/seen/refund/{made.pk}")
    assert CardRefund.objects.get().seen_by
    assert "Could not be given back" not in html(manager_desk.get("/payments/cards"))


def test_the_page_asks_the_database_no_more_for_many_than_for_one(
    manager_desk, site, net, django_assert_max_num_queries
):
    for _ in range(6):
        card_charge(ana(), site.pk, 3500)
    with django_assert_max_num_queries(60):
        assert html(manager_desk.get("/payments/cards")).count("<tr data-row>") == 6


def test_a_link_is_made_shown_as_a_code_and_followed_until_it_is_paid(desk, net, office):
    who = ana()
    to = f"/patients/{who.pk}/payment-link"
    wrong = desk.post(to, {"amount": "some", "purpose": "balance"}, **HX)
    assert wrong.status_code == 422
    assert "Type dollars and cents" in html(wrong)
    answer = desk.post(to, {"amount": "40.00", "purpose": "balance", "_key": "l"}, **HX)
    assert "The link is being made" in html(answer)
    asked()
    row = CardCharge.objects.get()
    assert row.link in html(panel(desk, row))
    assert desk.get(f"/payments/links/{row.pk}/code")["Content-Type"] == "image/svg+xml"
    net.pay(row.page)
    asked()
    shown = html(panel(desk, row, "at_reader..0.0"))
    assert "Receipt 1" in shown
    assert "$40.00" in shown


def test_without_a_reader_it_is_said_in_words(settings, office, desk):
    settings.CARDS = None
    row = declined_card(ana(), office.location.pk)
    answer = desk.post(f"/payments/cards/{row.pk}/again", **HX)
    assert answer.status_code == 422
    assert "No card reader is set up. Take it another way." in html(answer)


def test_a_card_on_file_is_shown_with_what_was_agreed_and_ended(desk, office):
    who = ana()
    payments.keep_card(
        lena(),
        patient_id=who.pk,
        customer="cus_1",
        method="pm_1",
        brand="visa",
        last4="4242",
        words="I agree to this.",
    )
    to = f"/patients/{who.pk}/cards-on-file"
    shown = html(desk.get(to, **HX))
    assert "Visa ending in 4242" in shown
    assert "I agree to this." in shown
    card = CardOnFile.objects.get()
    assert desk.post(to, {"do": "end", "card": card.pk, "reason": ""}, **HX).status_code == 422
    assert desk.post(to, {"do": "end", "card": card.pk, "reason": "asked to"}, **HX).status_code == 200
    assert CardOnFile.objects.get().ended_why == "asked to"
    assert "No card is on file." in html(desk.get(to, **HX))

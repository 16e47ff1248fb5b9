"""Autopay on the screens: set with words read aloud, stopped, and a card that was not charged is seen where staff look."""

import re
from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.office.payments import rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import Autopay, CardOnFile, Payment, Plan
from frontdesk.office.payments.rules.autopay import WORDS
from tests.cardnetwork import cardnet
from tests.entrypoints.desk.payments.test_money import form
from tests.entrypoints.desk.payments.test_sheet import HX, text
from tests.factories.autopay import NO_MONEY, card_of, plan_of, worked
from tests.factories.ledger import charged
from tests.people import rosa

pytestmark = pytest.mark.django_db


@pytest.fixture
def net(settings):
    with cardnet() as found:
        settings.CARDS = found.processor()
        yield found


@pytest.fixture
def card(net, owing):
    return card_of(owing)


@pytest.fixture
def plan(owing, site, net):
    return plan_of(owing, site.pk, total=8100)


def to(plan):
    return f"/payments/plans/{plan.pk}/autopay"


def setting(who, plan, card, **fields):
    given = {
        "do": "set",
        "card": card.pk,
        "language": "es",
        "agreed": "on",
        "version": plan.version,
        **fields,
    }
    return form(who, **given)


def test_it_is_set_with_the_plan_in_one_form_and_the_words_stand_there(desk, owing, card):
    address = f"/patients/{owing.pk}/money/plan"
    html = text(desk.get(address, **HX))
    for words in WORDS.values():
        assert words in html
    given = {
        "do": "agree",
        "total": "81",
        "count": "3",
        "every": "month",
        "first": "3/3/2026",
        "card": card.pk,
    }
    refused = desk.post(address, form(owing, **given), **HX)
    assert refused.status_code == 422
    assert "Read the words to the patient" in text(refused)
    assert f'<option value="{card.pk}" selected' in text(refused), "what was chosen is kept"
    assert not Plan.objects.exists()
    assert desk.post(address, form(owing, agreed="on", **given), **HX).status_code == 204
    assert Autopay.objects.get().card == card
    html = text(desk.get(f"/patients/{owing.pk}/money"))
    assert "Autopay: Visa ending in 4242" in html


def test_without_a_card_on_file_a_plan_is_agreed_on_as_before(desk, owing, net):
    html = text(desk.get(f"/patients/{owing.pk}/money/plan", **HX))
    assert "Autopay" not in html


def test_it_is_set_later_on_the_plans_panel_and_stopped_with_a_reason(desk, owing, plan, card):
    assert to(plan) in text(desk.get(f"/payments/plans/{plan.pk}", **HX))
    html = text(desk.get(to(plan), **HX))
    assert WORDS["es"] in html
    assert "$81.00 is due already" not in html
    assert "$27.00 is due already" in html
    refused = desk.post(to(plan), setting(owing, plan, card, agreed=""), **HX)
    assert refused.status_code == 422
    assert desk.post(to(plan), setting(owing, plan, card, _key="k3"), **HX).status_code == 204
    assert Autopay.objects.get().words == WORDS["es"]
    html = text(desk.get(to(plan), **HX))
    for words in ("Visa ending in 4242", "read in Spanish", "Stop autopay", "Another card"):
        assert words in html, words
    refused = desk.post(to(plan), form(owing, do="stop", reason="", _key="k4"), **HX)
    assert refused.status_code == 422
    assert (
        desk.post(to(plan), form(owing, do="stop", reason="asked by phone", _key="k5"), **HX).status_code
        == 204
    )
    assert "by Rosa: asked by phone" in text(desk.get(to(plan), **HX))


def test_sent_twice_it_is_set_once(desk, owing, plan, card):
    for _ in range(2):
        assert desk.post(to(plan), setting(owing, plan, card), **HX).status_code == 204
    assert Autopay.objects.count() == 1


def test_on_the_sheet_a_part_that_is_charged_by_itself_stands_unticked_with_the_reason(
    desk, owing, site, card
):
    plan = plan_of(owing, site.pk, total=8100, card=card)
    html = text(desk.get(f"/payments/take/{owing.pk}"))
    assert "the card on file is charged" in html
    assert not re.search(rf'value="plan-payments.plan:{plan.pk}-{owing.pk}"[^>]* checked', html)
    payments.stop_autopay(rosa(), plan_id=plan.pk, why="asked")
    html = text(desk.get(f"/payments/take/{owing.pk}"))
    assert re.search(rf'value="plan-payments.plan:{plan.pk}-{owing.pk}"[^>]* checked', html)


def test_a_part_that_was_charged_is_a_receipt_on_the_tab(desk, owing, site, net, card):
    plan_of(owing, site.pk, total=8100, card=card)
    worked()
    made = Payment.objects.get()
    html = text(desk.get(f"/patients/{owing.pk}/money"))
    assert f"Receipt {made.receipt}" in html
    assert "Autopay" in html
    assert desk.get(f"/payments/{made.pk}/receipt.pdf").content[:5] == b"%PDF-"


def test_a_card_that_was_not_charged_is_seen_on_the_tab_the_list_and_the_close(
    desk, owing, site, net, morning
):
    plan = plan_of(owing, site.pk, total=8100, card=card_of(owing, NO_MONEY, "9995"))
    worked()
    said = "There is not enough money on this card. It is tried again on 3/6/2026."
    for address in (f"/patients/{owing.pk}/money", "/payments/plans", "/close", f"/payments/plans/{plan.pk}"):
        assert said in text(desk.get(address)), address
    with clock.fixed(morning + timedelta(days=3)):
        worked()
        for address in (f"/patients/{owing.pk}/money", "/payments/plans", "/close", to(plan)):
            html = text(desk.get(address))
            assert "Autopay is paused: There is not enough money on this card." in html, address
        CardOnFile.objects.update(method="pm_card_visa")
        assert desk.post(to(plan), form(owing, do="resume", _key="k7"), **HX).status_code == 204
        worked()
        assert "Autopay is paused" not in text(desk.get(f"/patients/{owing.pk}/money"))
    assert Payment.objects.count() == 1


def test_another_card_is_chosen_with_its_own_words(desk, owing, site, net):
    plan = plan_of(owing, site.pk, total=8100, card=card_of(owing, NO_MONEY, "9995"))
    second = card_of(owing)
    plan.refresh_from_db()
    assert WORDS["en"] in text(desk.get(f"{to(plan)}?another=1", **HX))
    assert desk.post(to(plan), setting(owing, plan, second), **HX).status_code == 204
    assert Autopay.objects.get(ended_at=None).card == second


def test_ending_the_card_says_that_autopay_stops_and_stops_it(desk, owing, site, net, card):
    plan_of(owing, site.pk, total=8100, card=card)
    address = f"/patients/{owing.pk}/cards-on-file"
    assert "it stops with the card" in text(desk.get(address, **HX))
    desk.post(address, form(owing, do="end", card=card.pk, reason="lost it"), **HX)
    assert "lost it" in Autopay.objects.get().ended_why


def test_a_trainee_may_not(trainee, owing, plan, card):
    assert trainee.get(to(plan), **HX).status_code == 403
    assert trainee.post(to(plan), setting(owing, plan, card), **HX).status_code == 403


def test_the_card_of_another_patient_is_refused_at_its_field(desk, owing, other, plan, card):
    charged(1000, rules.account_of(other.pk))
    theirs = payments.keep_card(
        rosa(), patient_id=other.pk, customer="", method="pm_card_amex", brand="amex", last4="0005", words="I agree."
    )  # fmt: skip
    refused = desk.post(to(plan), setting(owing, plan, theirs), **HX)
    assert refused.status_code == 422
    assert "Choose one of the cards the patient lets us charge." in text(refused)
    assert not Autopay.objects.exists()

"""Money on a visit's card and on the lists of the day: what to collect and why, charges, and what was not collected."""

import pytest

from frontdesk.kit import clock
from frontdesk.office.billing.models import Uncollected, VisitCharge
from frontdesk.office.visits import services as visits
from tests.factories import billing as make
from tests.people import rosa

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def here(the):
    """Somebody with a $35 copay, who stands at the desk."""
    row = the.insured(hour=10)
    visits.arrive(rosa(), appointment_id=row.pk)
    return row


def card(browser, row):
    return browser.get(f"/visits/{row.pk}", headers=HX).content.decode()


def test_the_card_says_what_to_collect_why_and_what_to_say(enter, here):
    html = card(enter("psr", "rosa", "Rosa Diaz"), here)
    assert "Collect $35.00: copay" in html
    assert "Aetna tells a $35 copay for office visits in network" in html
    assert "“Your plan tells us a $35 copay for office visits in network." in html
    # What is owed has no tick: it is paid, or it is said why not.
    assert "/settle/money" not in html
    assert f"/visits/{here.pk}/not-collected" in html


def test_the_chip_on_the_desk_and_on_tomorrow_says_it_too(enter, the, here):
    rosas = enter("psr", "rosa", "Rosa Diaz")
    assert "Money: Collect $35.00: copay" in rosas.get("/").content.decode()
    assert "Money: Collect $35.00: copay" in rosas.get("/tomorrow?day=2026-03-10").content.decode()


def test_the_desk_costs_no_more_questions_for_more_visits(enter, the, here, django_assert_max_num_queries):
    rosas = enter("psr", "rosa", "Rosa Diaz")
    for hour in (11, 12, 13, 14, 15):
        the.insured(hour=hour, member_id=f"W{hour}")
    rosas.get("/")
    with django_assert_max_num_queries(45):
        assert rosas.get("/").content.decode().count("Collect $35.00") >= 6


def test_why_it_was_not_collected_is_noted_and_the_chip_is_settled(enter, here):
    rosas, to = enter("psr", "rosa", "Rosa Diaz"), f"/visits/{here.pk}/not-collected"
    html = rosas.get(to, headers=HX).content.decode()
    assert "$35.00" in html and "Waive" not in html
    wrong = rosas.post(to, {"do": "note", "why": "promised", "words": "on Friday"}, headers=HX)
    assert wrong.status_code == 422
    assert (
        "Say by when they will pay." in wrong.content.decode()
        and 'value="on Friday"' in wrong.content.decode()
    )
    answer = rosas.post(to, {"do": "note", "why": "promised", "promised_on": "3/13/2026"}, headers=HX)
    assert answer["HX-Retarget"] == "#visit-card"
    assert Uncollected.objects.get().cents == 3500
    assert "Nothing more to collect: $35.00 noted as not collected" in card(rosas, here)


def test_a_lead_waives_a_part_with_a_reason(enter, here):
    lena, to = enter("lead", "lena", "Lena Park"), f"/visits/{here.pk}/not-collected"
    assert "Waive it for good" in lena.get(to, headers=HX).content.decode()
    assert lena.post(to, {"do": "waive", "cents": "36", "reason": "hardship"}, headers=HX).status_code == 422
    lena.post(to, {"do": "waive", "cents": "15.00", "reason": "hardship"}, headers=HX)
    html = card(lena, here)
    assert "Collect $20.00: copay" in html and "$15.00 of it was waived." in html


def test_the_desk_may_not_waive_by_the_back_door(enter, here):
    rosas = enter("psr", "rosa", "Rosa Diaz")
    answer = rosas.post(
        f"/visits/{here.pk}/not-collected", {"do": "waive", "cents": "1", "reason": "x"}, headers=HX
    )
    assert answer.status_code == 403
    assert not Uncollected.objects.exists()


def test_charges_come_filled_in_and_are_posted_and_taken_back(enter, here):
    lena, to = enter("lead", "lena", "Lena Park"), f"/visits/{here.pk}/charges"
    assert 'value="99213"' in lena.get(to, headers=HX).content.decode()
    wrong = lena.post(to, {"do": "charge", "lines": "99213 and"}, headers=HX)
    assert wrong.status_code == 422
    assert 'value="99213 and"' in wrong.content.decode()
    lena.post(to, {"do": "charge", "lines": "99213-25, 80053 x2"}, headers=HX)
    made = VisitCharge.objects.get()
    assert (made.cents, made.patient_cents) == (24000, 3500)
    html = lena.get(to, headers=HX).content.decode()
    assert "2 x $40.00" in html and "Take them back" in html
    assert "Charged: $35 of this visit" in card(lena, here)
    lena.post(to, {"do": "take_back", "reason": "wrong code"}, headers=HX)
    made.refresh_from_db()
    assert made.taken_back_why == "wrong code"


def test_the_same_form_twice_charges_once(enter, here):
    dev, to = enter("biller", "dev", "Dev Shah"), f"/visits/{here.pk}/charges"
    form = {"do": "charge", "lines": "99213", "_key": make.key()}
    for _ in range(3):
        dev.post(to, form, headers=HX)
    assert VisitCharge.objects.count() == 1


def test_whoever_may_not_see_money_is_told_nothing_of_it(enter, here):
    html = enter("clinical", "cara", "Cara Fox").get(f"/visits/{here.pk}", headers=HX).content.decode()
    assert "$35" not in html.replace("$35 copay", "")
    assert "Collect $35" not in html


def test_charges_posted_in_the_evening_are_of_the_day_it_is_here(enter, the, here):
    with clock.fixed(the.at(21)):
        dev, to = enter("biller", "dev", "Dev Shah"), f"/visits/{here.pk}/charges"
        dev.post(to, {"do": "charge", "lines": "99213", "_key": make.key()}, headers=HX)
        html = dev.get(to, headers=HX).content.decode()
    assert "3/10/2026 by Dev Shah" in html

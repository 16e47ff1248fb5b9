"""The screens of fees: what holds today, one code's history and rates, usual services, the scale."""

import pytest

from frontdesk.kit import clock
from frontdesk.office.billing.models import (
    BalanceRule,
    ContractRate,
    Fee,
    SlidingPlace,
    SlidingScale,
    UsualService,
)
from frontdesk.office.billing.services import set_fee
from tests.factories import billing as make
from tests.factories.scheduling import patient
from tests.people import dev

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


def test_the_list_shows_what_holds_today_and_finds_by_code_and_word(enter):
    mia = enter()
    html = mia.get("/fees").content.decode()
    assert "99213" in html and "$160.00" in html and "Blood panel" in html
    found = mia.get("/fees?q=blood", headers=HX).content.decode()
    assert "80053" in found and "99213" not in found
    assert "No service fits" in mia.get("/fees?q=nothing", headers=HX).content.decode()


def test_a_sign_no_database_keeps_is_not_looked_for(enter):
    mia = enter()
    assert "80053" in mia.get("/fees?q=%00blood", headers=HX).content.decode()
    assert mia.get("/fees/add?code=%00", headers=HX).status_code == 200


def test_a_longer_list_costs_no_more_questions(enter, django_assert_max_num_queries):
    mia = enter()
    for n in range(30):
        set_fee(dev(), code=f"980{n:02}", words=f"Service {n}", cents=100, begins=make.YEAR)
    with django_assert_max_num_queries(12):
        assert "98029" in mia.get("/fees").content.decode()


def test_a_fee_is_set_and_the_one_before_it_stands_in_its_history(enter):
    mia = enter()
    typed = {"code": "99213", "words": "Office visit", "cents": "170", "begins": "3/10/2026"}
    answer = mia.post("/fees/add", typed)
    assert answer["Location"] == "/fees/codes/99213"
    html = mia.get("/fees/codes/99213").content.decode()
    assert "$170.00" in html and "1/1/2026 to 3/9/2026" in html


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"cents": "many"}, "Write dollars"),
        ({"code": "99"}, "five signs"),
        ({"begins": "soon"}, "Write the day in full"),
    ],
)
def test_what_is_wrong_with_a_fee_stands_beside_its_field_and_what_was_typed_is_kept(enter, typed, words):
    sent = {
        "code": "99214",
        "words": "Longer visit",
        "cents": "235",
        "begins": "3/10/2026",
        "do": "fee",
        **typed,
    }
    answer = enter().post("/fees/add", sent, headers=HX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html and 'value="Longer visit"' in html
    assert not Fee.objects.filter(code="99214").exists()


def test_a_rate_is_noted_for_a_payer_by_its_name_and_ended(enter, the):
    mia = enter()
    typed = {"payer": "aetna", "plan": "Choice POS", "cents": "92.50", "begins": "3/10/2026"}
    mia.post("/fees/codes/80053/rate", typed)
    row = ContractRate.objects.get(code="80053")
    assert (row.payer_id, row.plan, row.cents) == (the.aetna.pk, "Choice POS", 9250)
    mia.post("/fees/codes/80053", {"do": "end_rate", "row": row.pk, "last_day": "3/31/2026"})
    assert "3/10/2026 to 3/31/2026" in mia.get("/fees/codes/80053").content.decode()
    wrong = mia.post("/fees/codes/80053/rate", {**typed, "payer": "nobody", "do": "rate"}, headers=HX)
    assert "Choose one payer from the list." in wrong.content.decode()
    assert mia.post("/fees/codes/99213", {"do": "end_rate", "row": row.pk}).status_code == 404
    assert mia.get("/fees/codes/00000").status_code == 404


def test_what_a_visit_is_usually_made_of_is_typed_in_one_line(enter, the):
    mia, to = enter(), f"/fees/usual/{the.visit.pk}"
    mia.post(to, {"lines": "99213-25, 80053 x2"})
    kept = UsualService.objects.order_by("id").values_list("code", "modifier", "units")
    assert list(kept) == [("99213", "25", 1), ("80053", "", 2)]
    assert 'value="99213-25, 80053 x2"' in mia.get(to, headers=HX).content.decode()
    assert "$240.00" in mia.get("/fees/usual").content.decode()
    for wrong in ("99213 and more", "11111"):
        answer = mia.post(to, {"lines": wrong, "do": "usual"}, headers=HX)
        assert answer.status_code == 422
        assert f'value="{wrong}"' in answer.content.decode()


def test_the_scale_and_the_rule_of_balances_are_set_on_one_page(enter):
    mia = enter()
    scale = {"do": "scale", "begins": "3/10/2026", "person": "15,650", "more": "5500"}
    steps = {
        "upto-1": "100",
        "kind-1": "flat",
        "amount-1": "20",
        "upto-2": "200",
        "kind-2": "percent",
        "amount-2": "50",
    }
    mia.post("/fees/asking", {**scale, **steps})
    assert SlidingScale.objects.get().bands == [[100, "flat", 2000], [200, "percent", 50]]
    mia.post("/fees/asking", {"do": "balance", "whole": "200", "part": "25"})
    assert (BalanceRule.objects.get().whole_upto_cents, BalanceRule.objects.get().part_percent) == (20000, 25)
    html = mia.get("/fees/asking").content.decode()
    assert "Up to 100 %: $20" in html and "Up to $200 the whole balance" in html
    wrong = mia.post("/fees/asking", {**scale, "begins": "3/11/2026", "upto-1": "many", "amount-1": "1"})
    assert wrong.status_code == 422
    assert 'value="many"' in wrong.content.decode()


def test_a_household_is_noted_with_what_was_shown(enter):
    mia, who = enter(), patient()
    home = {
        "people": "3",
        "income": "25,000",
        "begins": "3/10/2026",
        "ends": "3/9/2027",
        "proof": "Pay slips",
    }
    mia.post(f"/patients/{who.pk}/sliding-fee", home)
    assert SlidingPlace.objects.values_list("patient_id", "people", "income_cents").get() == (
        who.pk,
        3,
        2_500_000,
    )
    assert "3 at $25,000 a year" in mia.get(f"/patients/{who.pk}/sliding-fee", headers=HX).content.decode()


def test_the_desk_sees_fees_and_sets_none(enter):
    rosa = enter("psr", "rosa", "Rosa Diaz")
    assert "Set a fee" not in rosa.get("/fees").content.decode()
    assert rosa.get("/fees/add").status_code == 403
    assert rosa.post("/fees/asking", {"do": "balance", "whole": "1", "part": "1"}).status_code == 403


def test_what_is_noted_in_the_evening_is_of_the_day_it_is_here(enter, the):
    who, home = patient(), {"people": "3", "income": "25,000", "begins": "3/10/2026", "ends": "3/9/2027"}
    with clock.fixed(the.at(21)):
        mia = enter()
        mia.post(f"/patients/{who.pk}/sliding-fee", {**home, "proof": "Pay slips"})
        html = mia.get(f"/patients/{who.pk}/sliding-fee", headers=HX).content.decode()
    assert "Noted 3/10/2026 by" in html

"""What is to be collected for a visit, out of the rows of all rooms; of a whole day at the price of a few questions."""

from datetime import date, timedelta

import pytest

from frontdesk.office.billing import services as billing
from frontdesk.office.billing.queries import expected, expected_of, owing
from frontdesk.office.billing.rules import chip
from frontdesk.office.patients.services import merge
from frontdesk.office.payments.models import Toward
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.rules import account_of
from frontdesk.office.visits.queries import about_visit
from frontdesk.office.visits.services import set_payer
from tests.factories import billing as make
from tests.factories import coverage, eligibility
from tests.factories.autopay import card_of, plan_of
from tests.factories.ledger import charged as owed
from tests.factories.payments import drawer_open, taken
from tests.factories.scheduling import TUESDAY
from tests.factories.scheduling import patient as somebody
from tests.people import lena, mia, rosa

pytestmark = pytest.mark.django_db
EARLIER = "scheduling.appointment:999999"
P = Toward.Purpose
SHARE = (
    "EB*1**30*PS*AETNA",
    "EB*A*IND*98*****.2****Y",
    "EB*C*IND*30***23*1500*****Y",
    "EB*C*IND*30***29*60*****Y",
)


def lines(row):
    return [(one.purpose, one.cents, one.certain) for one in expected(row.pk).due]


def paid(the, row, cents, **fields):
    drawer_open(the.location.pk)
    return taken(row.patient, the.location.pk, cents, purpose=P.COPAY, about=about_visit(row.pk), **fields)


def test_the_copay_the_plan_tells_is_to_be_collected_with_its_reason_and_a_sentence(the):
    row = the.insured()
    (due,) = expected(row.pk).due
    assert (due.purpose, due.cents, due.certain, due.about) == (P.COPAY, 3500, True, about_visit(row.pk))
    assert due.words == "Aetna tells a $35 copay for office visits in network"
    assert chip(expected(row.pk)) == ("collect", "Collect $35.00: copay")


def test_deductible_and_share_are_taken_of_the_price_agreed_with_the_payer(the):
    # $100 agreed: $60 of the deductible, then a fifth of $40.
    assert lines(the.insured(*SHARE)) == [(P.DEDUCTIBLE, 6000, True), (P.COINSURANCE, 800, True)]


def test_a_plan_s_own_rate_goes_before_the_payer_s(the):
    make.rate(the.aetna, cents=8000, plan="Choice POS")
    row = the.insured(*SHARE, plan_name="choice pos")
    # $80: $60, then a fifth of $20.
    assert lines(row) == [(P.DEDUCTIBLE, 6000, True), (P.COINSURANCE, 400, True)]


def test_a_contract_that_ran_out_leaves_the_fee_as_an_estimate(the):
    for each in (make.rate(the.aetna, begins=date(2026, 2, 1)),):
        billing.end_rate(mia(), rate_id=each.pk, last_day=TUESDAY - timedelta(days=1))
    # $160 of the fee: $60, then a fifth of $100; neither is certain.
    assert lines(the.insured(*SHARE)) == [(P.DEDUCTIBLE, 6000, False), (P.COINSURANCE, 2000, False)]


def test_a_new_rate_holds_from_its_first_day(the):
    make.rate(the.aetna, cents=12000, begins=TUESDAY)
    # $120: $60, then a fifth of $60.
    assert lines(the.insured(*SHARE)) == [(P.DEDUCTIBLE, 6000, True), (P.COINSURANCE, 1200, True)]


def test_what_nobody_told_is_unknown_and_never_nothing(the):
    row = the.booked()
    coverage.policy(row.patient, payer_id=the.aetna.pk)
    told = expected(row.pk)
    assert (told.due, told.nothing) == ((), "")
    assert chip(told) == (
        "unknown",
        "Not known: ask. Aetna has not said what this visit costs: verify the insurance",
    )


def test_an_answer_about_an_earlier_day_counts_and_has_to_be_asked(the):
    row = the.booked()
    make.answered(row.patient, payer=the.aetna, day=date(2026, 2, 20))
    (due,) = expected(row.pk).due
    assert (due.cents, due.certain) == (3500, False)
    assert due.words.endswith("as told for 2/20/2026: verify again")


def test_a_policy_that_was_changed_since_is_not_answered(the):
    row = the.booked()
    held = make.answered(row.patient, payer=the.aetna)
    held.version += 1
    held.save()
    assert expected(row.pk).unknown


def test_an_inactive_plan_leaves_the_fee_to_be_asked(the):
    assert lines(the.insured(*eligibility.GONE)) == [(P.SELF_PAY, 16000, False)]


def test_a_supplement_behind_medicare_pays_what_medicare_leaves(the):
    row = the.booked()
    medicare = coverage.payer("Medicare Part B", "MEDB1", kind="medicare", in_network=True)
    make.rate(medicare)
    said = ("EB*1**30*MB", "EB*C*IND*96***23*283", "EB*C*IND*96***29*0", "EB*A*IND*96*****.2")
    make.answered(row.patient, *said, payer=medicare)
    assert lines(row) == [(P.COINSURANCE, 2000, True)]
    coverage.policy(
        row.patient, payer_id=coverage.payer("Silver Supplement", "S1").pk, plan_name="Plan G", member_id="S1"
    )
    assert lines(row) == []
    assert "Silver Supplement pays what Medicare leaves" in expected(row.pk).nothing


def test_a_qualified_medicare_beneficiary_is_asked_for_nothing(the):
    row = the.booked()
    medicare = coverage.payer("Medicare Part B", "MEDB1", kind="medicare", in_network=True)
    make.answered(row.patient, "EB*1**30*MB", "EB*1**30*QM", "EB*A*IND*96*****.2", payer=medicare)
    assert not expected(row.pk).due
    assert "never asked for a share" in expected(row.pk).nothing


def test_a_case_is_paid_by_its_carrier_and_self_pay_by_the_patient(the):
    row = the.insured()
    injury = coverage.case(row.patient)
    set_payer(rosa(), appointment_id=row.pk, how="case", case_id=injury.pk)
    assert expected(row.pk).nothing == "Pioneer Comp pays for this injury: no copay may be asked"
    set_payer(rosa(), appointment_id=row.pk, how="self_pay", reason="kept")
    assert lines(row) == [(P.SELF_PAY, 16000, True)]


def test_a_household_s_place_on_the_scale_holds_while_it_holds(the):
    row = the.insured()
    set_payer(rosa(), appointment_id=row.pk, how="self_pay", reason="uninsured")
    scale = {"begins": make.YEAR, "person_cents": 1_500_000, "more_cents": 500_000}
    billing.set_scale(mia(), **scale, bands=[(100, "flat", 2000), (200, "percent", 50)])
    home = {"patient_id": row.patient_id, "people": 3, "begins": make.YEAR}
    # Three: $25,000 a year is 100 %; $30,000 is 120 %.
    billing.place_on_scale(rosa(), **home, income_cents=3_000_000, ends=TUESDAY)
    assert lines(row) == [(P.SELF_PAY, 8000, True)]
    billing.place_on_scale(rosa(), **home, income_cents=2_500_000, ends=TUESDAY)
    assert lines(row) == [(P.SELF_PAY, 2000, True)]
    billing.place_on_scale(rosa(), **home, income_cents=0, ends=TUESDAY - timedelta(days=1))
    assert lines(row) == [(P.SELF_PAY, 2000, True)]


def test_what_was_paid_for_the_visit_takes_off_and_a_free_credit_too(the):
    row = the.insured()
    paid(the, row, 2000)
    assert (lines(row), expected(row.pk).paid) == ([(P.COPAY, 1500, True)], 2000)
    taken(row.patient, the.location.pk, 1000)  # about nothing
    assert lines(row) == [(P.COPAY, 500, True)]
    taken(row.patient, the.location.pk, 500, purpose=P.COPAY, about=about_visit(row.pk))
    assert lines(row) == []
    assert chip(expected(row.pk)) == ("nothing", "Nothing more to collect: $25.00 paid")


def test_an_old_balance_is_asked_for_by_the_practice_s_rule(the):
    row = the.insured()
    owed(60000, account_of(row.patient_id), about=EARLIER, day=date(2026, 2, 8))
    assert lines(row)[1:] == [(P.BALANCE, 60000, True)]
    billing.set_balance_rule(mia(), whole_upto_cents=10000, part_percent=25)
    assert lines(row)[1:] == [(P.BALANCE, 15000, True)]
    due = expected(row.pk).due[1]
    assert due.words == "Earlier balance since 2/8/2026; a part of the $600 owed"


def test_what_is_owed_on_a_chart_that_was_merged_counts(the):
    row = the.insured()
    other = somebody()
    owed(8200, account_of(other.pk), about=EARLIER)
    merge(lena(), survivor_id=row.patient_id, duplicate_id=other.pk)
    assert lines(row)[1:] == [(P.BALANCE, 8200, True)]


def test_an_instalment_is_due_in_place_of_the_balance(the):
    row = the.insured()
    owed(60000, account_of(row.patient_id), about=EARLIER)
    plan = payments.agree_plan(
        lena(), patient_id=row.patient_id, location_id=row.location_id, total=60000, count=12, every="month",
        first=TUESDAY, key="plan",
    )  # fmt: skip
    told = [(one.purpose, one.cents, one.about) for one in expected_of([row.pk])[row.pk].due]
    assert told[1:] == [(P.INSTALMENT, 5000, f"payments.plan:{plan.pk}")]


def test_an_instalment_that_a_card_is_charged_with_by_itself_is_not_asked_for_until_that_fails(the):
    row = the.insured()
    owed(60000, account_of(row.patient_id), about=EARLIER)
    card = card_of(row.patient)
    made = plan_of(row.patient, row.location_id, total=60000, count=12, first=TUESDAY, card=card)
    assert [one.purpose for one in expected_of([row.pk])[row.pk].due] == [P.COPAY]
    (line,) = [one for one in owing(row.patient_id, TUESDAY) if one.purpose == P.INSTALMENT]
    assert (line.cents, line.by_itself) == (5000, True)
    payments.stop_autopay(rosa(), plan_id=made.pk, why="asked")
    assert [one.purpose for one in expected_of([row.pk])[row.pk].due] == [P.COPAY, P.INSTALMENT]


def test_a_long_day_costs_no_more_questions_than_a_short_one(the, django_assert_max_num_queries):
    def asked(rows):
        with django_assert_max_num_queries(11) as found:
            assert len(expected_of([row.pk for row in rows])) == len(rows)
        return len(found)

    rows = [the.insured(*SHARE, hour=hour, member_id=f"W{hour}") for hour in (9, 10, 11, 13, 14)]
    set_payer(rosa(), appointment_id=rows[1].pk, how="self_pay", reason="uninsured")
    owed(8200, account_of(rows[0].patient_id), about=EARLIER)
    few, many = asked(rows[:2]), asked(rows)
    # What was judged once is not judged, nor fetched, again.
    assert (few, asked(rows)) == (many, many - 1)


def test_a_visit_there_is_none_of_costs_nothing_and_is_told_as_nothing(the):
    assert expected(999_999).due == ()


def test_of_two_visits_of_a_day_a_free_credit_takes_off_the_first_alone(the):
    first = the.insured()
    second = the.booked(11, patient=first.patient)
    drawer_open(the.location.pk)
    taken(first.patient, the.location.pk, 5000, purpose=P.PREPAYMENT)
    assert [sum(one.cents for one in expected(row.pk).due) for row in (first, second)] == [0, 2000]
    assert {
        pk: sum(one.cents for one in told.due) for pk, told in expected_of([second.pk, first.pk]).items()
    } == {
        first.pk: 0,
        second.pk: 2000,
    }


def test_between_its_parts_what_a_plan_covers_is_not_asked_for(the):
    row = the.insured()
    account = account_of(row.patient_id)
    owed(60000, account, about=EARLIER)
    given = {"total": 60000, "count": 6, "every": "month", "first": TUESDAY + timedelta(days=20)}
    payments.agree_plan(
        rosa(), patient_id=row.patient_id, location_id=the.location.pk, key=make.key(), **given
    )
    assert lines(row) == [(P.COPAY, 3500, True)]
    owed(1500, account, about="scheduling.appointment:999998")
    assert lines(row) == [(P.COPAY, 3500, True), (P.BALANCE, 1500, True)], "what is beyond the plan is"

"""Who pays before Medicare: worked by hand after the CMS model questionnaire and 42 CFR 411, with the reason in words."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.office.coverage.rules import medicare
from frontdesk.office.coverage.rules.medicare import NO, YES, coordination, judge, next_question

DAY = date(2026, 3, 3)
CLEAR = dict.fromkeys(("black_lung", "research", "va", "work_injury", "accident"), NO)
AGED = {**CLEAR, "reason": "age"}
DISABLED = {**CLEAR, "reason": "disability"}
KIDNEY = {**CLEAR, "reason": "kidney", "group_plan": YES, "whose": "own"}
IDLE = {"employed": NO, "retired_on": "2020-06-30", "spouse_employed": NO}
WORKS = {"employed": YES, "spouse_employed": NO, "plan_own": YES}
SPOUSE = {"employed": NO, "retired_on": "", "spouse_employed": YES, "plan_spouse": YES}


def dialysis(day, training="", transplant=""):
    return {"dialysis_on": day, "transplant_on": transplant, **({"training_on": training} if day else {})}


CASES = {
    # Entitled by age: an employer of 20 or more, and work that is done now (42 CFR 411.172).
    "retired, spouse does not work": ({**AGED, **IDLE}, "primary", "", "neither the patient nor a spouse works"),
    "works, employer of 20": ({**AGED, **WORKS, "own_20": YES}, "secondary", "12", "the patient's own employer"),
    "works, employer of 19": ({**AGED, **WORKS, "own_20": NO}, "primary", "", "fewer than 20 people"),
    "works without a plan": ({**AGED, **WORKS, "plan_own": NO}, "primary", "", "no health plan through present work"),
    "works, size not known": ({**AGED, **WORKS, "own_20": "unknown"}, "unknown", "", "ask how many people work"),
    "spouse works, 20": ({**AGED, **SPOUSE, "spouse_20": YES}, "secondary", "12", "the spouse's employer"),
    "spouse works, small": ({**AGED, **SPOUSE, "spouse_20": NO}, "primary", "", "fewer than 20 people"),
    "both work, own is small": (
        {**AGED, **WORKS, "own_20": NO, "spouse_employed": YES, "plan_spouse": YES, "spouse_20": YES},
        "secondary", "12", "the spouse's employer",
    ),
    # Entitled by disability: 100 or more, and any family member's work counts (411.204, 411.206).
    "disabled, nobody works": (
        {**DISABLED, **IDLE, "plan_family": NO}, "primary", "", "no health plan through present work"
    ),
    "disabled, works for 100": ({**DISABLED, **WORKS, "own_100": YES}, "secondary", "43", "100 or more people work"),
    "disabled, works for 50": (
        {**DISABLED, **WORKS, "own_100": NO, "plan_family": NO}, "primary", "", "fewer than 100 people"
    ),
    "disabled, spouse's 100": ({**DISABLED, **SPOUSE, "spouse_100": YES}, "secondary", "43", "the spouse's employer"),
    "disabled, a parent's 100": (
        {**DISABLED, **IDLE, "plan_family": YES, "family_100": YES}, "secondary", "43", "a family member's employer"
    ),
    "disabled, a parent's 20": (
        {**DISABLED, **IDLE, "plan_family": YES, "family_100": NO}, "primary", "", "fewer than 100 people"
    ),
    # Kidney failure: 30 months, whatever the employer's size, retired or COBRA too (411.162).
    "kidneys, no group plan": ({**CLEAR, "reason": "kidney", "group_plan": NO}, "primary", "", "no health plan of an employer"),
    "dialysis since last June": (
        {**KIDNEY, **dialysis("2025-06-15")}, "secondary", "13", "until 2/29/2028, 30 months"
    ),
    "dialysis since 2022": ({**KIDNEY, **dialysis("2022-06-15")}, "primary", "", "30 months of coordination ended 2/28/2025"),
    "the last day of the thirty months": (
        {**KIDNEY, **dialysis("2023-06-10", training="2023-07-01")}, "primary", "", "ended 11/30/2025"
    ),
    "a transplant before the waiting is over": (
        {**KIDNEY, **dialysis("2025-12-20", transplant="2026-01-30")}, "secondary", "13", "until 6/30/2028"
    ),
    "a transplant alone": ({**KIDNEY, **dialysis("", transplant="2024-01-30")}, "secondary", "13", "until 6/30/2026"),
    "neither day is known": ({**KIDNEY, **dialysis("")}, "unknown", "", "ask the dialysis center"),
    # Both kinds of entitlement (411.163).
    "kidneys first, then 65": (
        {**KIDNEY, "reason": "age_kidney", **dialysis("2025-06-15"), "kidney_first": YES},
        "secondary", "13", "30 months for kidney failure",
    ),
    "65 first, no work: Medicare stays first": (
        {**KIDNEY, "reason": "age_kidney", **dialysis("2025-06-15"), "kidney_first": NO, **IDLE},
        "primary", "", "Medicare came before the kidney failure",
    ),
    "65 first, plan was first: it stays so for 30 months": (
        {**KIDNEY, "reason": "age_kidney", **dialysis("2025-06-15"), "kidney_first": NO, **WORKS, "own_20": YES},
        "secondary", "13", "30 months for kidney failure",
    ),
    "disability first, small employer": (
        {**KIDNEY, "reason": "disability_kidney", **dialysis("2025-06-15"), "kidney_first": NO, **WORKS,
         "own_100": NO, "plan_family": NO},
        "primary", "", "Medicare came before the kidney failure",
    ),
    "both, and the thirty months are over": (
        {**KIDNEY, "reason": "age_kidney", **dialysis("2022-06-15"), "kidney_first": YES}, "primary", "", "ended 2/28/2025"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_told_who_pays_first_with_the_code_and_why(case):
    answers, state, code, why = CASES[case]
    found = judge(answers, DAY)
    assert next_question(answers) is None
    assert (found.state, found.code) == (state, code)
    assert why in found.line


PARTLY = {
    "black lung": ({"black_lung": YES}, "41"),
    "a research program": ({"research": YES}, "16"),
    "Veterans Affairs": ({"va": YES}, "42"),
    "work": ({"work_injury": YES, "work_injury_on": "2026-02-03", "work_carrier": "Pioneer"}, "15"),
    "a car's own insurance": (
        {"accident": YES, "accident_on": "2026-02-03", "no_fault": YES, "no_fault_name": "", "liability": NO}, "14"
    ),
    "somebody else's insurance": (
        {"accident": YES, "accident_on": "", "no_fault": NO, "liability": YES, "liability_name": "Turnpike"}, "47"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PARTLY)
def test_who_pays_first_for_some_care_only_leaves_medicare_first_for_the_rest(case):
    said, code = PARTLY[case]
    given_answers = {**AGED, **IDLE, **said}
    found = judge(given_answers, DAY)
    assert found.state == "primary"
    assert [one.code for one in found.partly] == [code]
    assert "pays first for" in found.line


@pytest.mark.parametrize(
    ("told", "begins", "ends"),
    [
        ({"dialysis": date(2026, 1, 31)}, date(2026, 4, 1), date(2028, 10, 1)),
        ({"dialysis": date(2025, 11, 1)}, date(2026, 2, 1), date(2028, 8, 1)),
        ({"dialysis": date(2026, 1, 31), "training": date(2026, 3, 31)}, date(2026, 1, 1), date(2028, 7, 1)),
        ({"dialysis": date(2026, 1, 31), "training": date(2026, 4, 1)}, date(2026, 4, 1), date(2028, 10, 1)),
        (
            {"dialysis": date(2026, 1, 31), "transplant": date(2026, 8, 1)},
            date(2026, 4, 1),
            date(2028, 10, 1),
        ),
        ({"dialysis": date(2026, 1, 31), "transplant": date(2026, 2, 9)}, date(2026, 2, 1), date(2028, 8, 1)),
        ({"transplant": date(2025, 12, 31)}, date(2025, 12, 1), date(2028, 6, 1)),
    ],
)
def test_the_thirty_months_begin_with_the_fourth_of_dialysis_or_earlier_for_a_reason(told, begins, ends):
    assert coordination(**told) == (begins, ends)


def test_only_what_still_matters_is_asked_and_what_hung_on_a_changed_answer_is_dropped():
    answers, asked = {}, []
    script = {**AGED, **IDLE}
    while (question := next_question(answers)) is not None:
        asked.append(question.code)
        answers[question.code] = script[question.code]
    assert asked == [*CLEAR, "reason", "employed", "retired_on", "spouse_employed"]
    works = {**AGED, **WORKS, "own_20": YES}
    assert "own_20" not in medicare.settled({**works, "employed": NO})
    assert next_question({**works, "employed": NO}).code == "retired_on"


def said(question):
    if question.kind == "choice":
        return st.sampled_from([code for code, _ in question.options])
    return st.sampled_from(["", "2020-02-29", "2025-12-31", "2026-03-03"])


@given(st.fixed_dictionaries({one.code: said(one) for one in medicare.QUESTIONS}))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_is_answered_the_questions_come_to_an_end_and_the_judgement_has_words(script):
    answers = {}
    while (question := next_question(answers)) is not None:
        assert question.code not in answers
        assert medicare.is_good(question, script[question.code])
        answers[question.code] = script[question.code]
    found = judge(answers, DAY)
    assert next_question(answers) is None
    assert found.words
    assert (found.state == "secondary") == bool(found.code)
    assert not found.code or found.code in medicare.CODES
    assert medicare.settled(answers) == answers


def test_an_answer_holds_for_ninety_days():
    assert medicare.is_due(None, DAY)
    assert not medicare.is_due(DAY - timedelta(days=90), DAY)
    assert medicare.is_due(DAY - timedelta(days=91), DAY)


@pytest.mark.parametrize("far", ["9999-12-31", "0001-01-01", "1899-12-31"])
def test_a_day_no_form_takes_is_no_answer(far):
    days = [one for one in medicare.QUESTIONS if one.kind == "day"]
    assert days
    assert not any(medicare.is_good(one, far) for one in days)

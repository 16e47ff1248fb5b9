"""Codes as they are typed, charges beyond an estimate, and what a notice decides."""

import pytest

from frontdesk.office.billing import rules


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("e11.9", "E11.9"),
        ("E119", "E11.9"),
        ("I10", "I10"),
        ("S72.001A", "S72.001A"),
        (" z00.00 ", "Z00.00"),
        ("C7A.00", "C7A.00"),
    ],
)
def test_a_diagnosis_code_is_written_as_it_is_printed(typed, kept):
    assert rules.diagnosis(typed) == kept


@pytest.mark.parametrize("typed", ["", "diabetes", "11.9", "E1", "E11.12345", "99213", "U07.1.1"])
def test_what_is_no_diagnosis_code_is_none(typed):
    assert rules.diagnosis(typed) == ""


def test_a_service_code_is_cpt_or_hcpcs():
    assert all(rules.is_service_code(code) for code in ("99213", "0001U", "G0438", "J3420"))
    assert not any(rules.is_service_code(code) for code in ("9921", "99213-25", "ABCDE", ""))


LEE, RUIZ, KIM = 1, 2, 3


@pytest.mark.parametrize(
    ("charged", "found"),
    [
        (40_000, []),
        (49_999, []),
        (50_000, [(20_000, 50_000, False)]),
        (59_999, [(20_000, 59_999, False)]),
        (60_000, [(20_000, 60_000, True)]),
    ],
)
def test_three_hundred_dollars_over_is_told_and_four_hundred_may_be_disputed(charged, found):
    overs = rules.over({LEE: ("Lee", 20_000)}, {LEE: ("Lee", charged)})
    assert [(one.expected, one.charged, one.may_dispute) for one in overs] == found


def test_each_provider_is_held_to_their_own_estimate():
    overs = rules.over(
        {LEE: ("Lee", 90_000), RUIZ: ("Ruiz", 0)}, {LEE: ("Lee", 10_000), RUIZ: ("Ruiz", 45_000)}
    )
    assert [one.name for one in overs] == ["Ruiz"]


def test_who_stands_in_takes_over_what_was_estimated_for_whom_they_replace():
    assert rules.over({LEE: ("Lee", 20_000)}, {KIM: ("Kim", 20_000)}) == []
    assert rules.over({LEE: ("Lee", 20_000)}, {LEE: ("Lee", 20_000), KIM: ("Kim", 30_000)})[0].expected == 0


@pytest.mark.parametrize(
    ("choice", "voluntary", "wants", "serves", "bills", "modifiers", "pays"),
    [
        ("1", False, None, True, True, ("GA",), True),
        ("1", True, None, True, True, ("GX", "GY"), True),
        ("2", False, None, True, False, (), True),
        ("2", True, None, True, False, (), True),
        ("3", False, None, False, False, (), False),
        ("refused", False, True, True, True, ("GA",), True),
        ("refused", False, False, False, False, (), False),
    ],
)
def test_the_box_that_is_ticked_decides_the_bill(choice, voluntary, wants, serves, bills, modifiers, pays):
    found = rules.decision(choice, is_voluntary=voluntary, wants_it=wants)
    assert (found.serves, found.bills_medicare, found.modifiers, found.patient_pays) == (
        serves,
        bills,
        modifiers,
        pays,
    )


def test_until_somebody_has_chosen_nothing_is_decided():
    assert rules.decision("", is_voluntary=False) is None


@pytest.mark.parametrize(
    ("estimated", "actual", "good"),
    [
        (20_000, 29_900, True),
        (20_000, 30_100, False),
        (150_000, 200_000, True),
        (149_900, 200_000, False),
        (100_00, 0, True),
    ],
)
def test_a_cost_within_a_hundred_dollars_or_a_quarter_is_estimated_in_good_faith(estimated, actual, good):
    assert rules.is_good_estimate(estimated, actual) is good

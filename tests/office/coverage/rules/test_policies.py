from datetime import date

import pytest

from frontdesk.office.coverage import rules


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("W123456789", "W123456789"),
        (" w12 345-6789 ", "W12345-6789"),
        ("1EG4-TE5-MK73", "1EG4-TE5-MK73"),  # a Medicare number as the card groups it
        ("99", "99"),
    ],
)
def test_a_member_id_is_kept_as_payers_keep_it(typed, kept):
    assert rules.member_id(typed) == kept


@pytest.mark.parametrize("typed", ["", "7", "A" * 81, "DOE*JANE~NM1*IL", "<script>", "=1+2", "12^34", "-1-"])
def test_what_no_payer_gives_out_is_refused(typed):
    with pytest.raises(ValueError, match="member ID"):
        rules.member_id(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BCBS of Massachusetts", "Blue Cross Blue Shield Massachusetts"),
        ("UnitedHealthcare", "United Healthcare Insurance Company"),
        ("Aetna, Inc.", "AETNA"),
        ("Médica", "Medica"),
    ],
)
def test_names_that_mean_the_same_payer_compare_alike(one, other):
    assert rules.search_key(one) == rules.search_key(other)


def test_a_name_of_nothing_but_fillers_still_has_a_key():
    assert rules.search_key("The Insurance Company") == "the insurance company"


@pytest.mark.parametrize(
    ("begins", "ends", "stands"),
    [
        (None, None, "holds"),
        (date(2026, 3, 3), date(2026, 3, 3), "holds"),
        (date(2026, 3, 4), None, "not_yet"),
        (None, date(2026, 3, 2), "over"),
    ],
)
def test_both_its_days_are_covered(begins, ends, stands):
    assert rules.holds_on(begins, ends, date(2026, 3, 3)) == stands


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        (date(1990, 1, 5), date(1980, 2, 1), -1),  # the month and day decide, never the year
        (date(1980, 12, 31), date(1995, 12, 30), 1),
        (date(1980, 6, 1), date(1990, 6, 1), 0),
        (None, date(1990, 6, 1), 0),
    ],
)
def test_the_birthday_rule(one, other, first):
    assert rules.birthday_first(one, other) == first
    assert rules.birthday_first(other, one) == -first


def test_a_policy_of_somebody_else_says_whose_it_is():
    assert rules.missing({"member_id": "W1", "relationship": "self"}) == {}
    assert set(rules.missing({"member_id": "", "relationship": "child"})) == {
        "member_id",
        "subscriber_last",
        "subscriber_birth_date",
    }
    assert set(rules.missing({"member_id": "W1", "begins": date(2026, 2, 1), "ends": date(2026, 1, 1)})) == {
        "ends"
    }

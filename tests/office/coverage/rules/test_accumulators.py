"""What is left of the deductible and of the most a patient pays, for the person and for the family."""

import pytest

from tests.factories.answers import costs, sums


def test_what_is_left_is_told_of_the_total():
    made = costs(sums("C", 1500, "23"), sums("C", 410, "29"))
    assert (made.deductible.individual.total, made.deductible.individual.left) == (1500, 410)
    assert made.words.endswith("deductible $410 of $1,500 left")


@pytest.mark.parametrize("period", ["23", "22", "25", "21", ""])
def test_any_years_total_will_do(period):
    assert costs(sums("C", 1500, period), sums("C", 410, "29")).deductible.individual.total == 1500


def test_what_was_spent_is_subtracted_where_what_is_left_is_not_told():
    assert costs(sums("C", 1500, "23"), sums("C", 400, "24")).deductible.individual.left == 1100
    assert costs(sums("C", 1500, "23"), sums("C", 1600, "24")).deductible.individual.left == 0
    made = costs(sums("C", 1500, "23"), sums("C", 400, "24"), sums("C", 900, "29"))
    assert made.deductible.individual.left == 900


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([("1500", "23"), ("0", "29")], "deductible $1,500 met"),
        ([("0", "23")], "no deductible"),
        ([("1500", "23")], "deductible $1,500, what is left not told"),
        ([("410", "29")], "deductible $410 left"),
        ([("1500", "23"), ("2500", "23"), ("10", "29")], "deductible told in two ways, look at the lines"),
        ([("1500", "23"), ("1500", "23"), ("10", "29")], "deductible $10 of $1,500 left"),
    ],
)
def test_a_deductible_is_said_as_far_as_it_was_told(lines, words):
    made = costs(*(sums("C", amount, period) for amount, period in lines))
    assert made.words == f"GOLD · copay not told · {words}"


def test_a_sum_told_for_a_level_by_name_goes_before_one_told_for_none():
    made = costs(sums("C", 2000, "23", level=""), sums("C", 1500, "23"), sums("C", 410, "29", level=""))
    assert (made.deductible.individual.total, made.deductible.individual.left) == (1500, 410)


def test_a_total_of_one_network_is_not_put_to_a_remainder_of_another():
    made = costs(sums("C", 1500, "23", "Y"), sums("C", 410, "29", "N"))
    assert (made.deductible.individual.total, made.deductible.individual.left) == (1500, None)


def test_the_other_networks_deductible_is_marked():
    made = costs(sums("C", 1500, "23", "N"), sums("C", 410, "29", "N"))
    assert made.words.endswith("deductible $410 of $1,500 left (out of network)")
    assert made.deductible.individual.network == "N"


def test_the_familys_is_kept_beside_the_persons_and_told_where_it_matters():
    own = [sums("C", 1500, "23"), sums("C", 410, "29")]
    more = costs(*own, sums("C", 3000, "23", level="FAM"), sums("C", 2000, "29", level="FAM"))
    assert (more.deductible.family.total, more.deductible.family.left) == (3000, 2000)
    assert "family" not in more.words
    same = costs(*own, sums("C", 3000, "23", level="FAM"), sums("C", 410, "29", level="FAM"))
    assert "family" not in same.words
    less = costs(*own, sums("C", 3000, "23", level="FAM"), sums("C", 0, "29", level="FAM"))
    assert less.words.endswith("deductible $410 of $1,500 left · family deductible $3,000 met")
    only = costs(sums("C", 3000, "23", level="FAM"), sums("C", 100, "29", level="FAM"))
    assert (only.deductible.individual, only.words) == (
        None,
        "GOLD · copay not told · family deductible $100 of $3,000 left",
    )


def test_a_deductible_of_none_for_just_this_service_means_it_does_not_apply():
    made = costs(sums("C", 1500, "23"), sums("C", 410, "29"), sums("C", 0, "23", service="98"))
    assert made.words.endswith("no deductible")
    assert made.deductible.individual.service == "98"


def test_a_remainder_told_for_the_plan_and_the_service_finds_the_plans_total():
    made = costs(sums("C", 1500, "23"), sums("C", 410, "29", service=("30", "98")))
    assert (made.deductible.individual.total, made.deductible.individual.left) == (1500, 410)


def test_the_most_a_patient_pays_is_kept_and_told_once_it_is_reached():
    made = costs(sums("G", 5000, "23"), sums("G", 2950, "29"))
    assert (made.out_of_pocket.individual.total, made.out_of_pocket.individual.left) == (5000, 2950)
    assert "out-of-pocket" not in made.words
    assert costs(sums("G", 5000, "23"), sums("G", 0, "29")).words.endswith("out-of-pocket maximum met")

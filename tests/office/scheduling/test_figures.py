"""What figures are made of, by tables of cases."""

from datetime import date

import pytest

from frontdesk.office.scheduling.rules import (
    LEADS,
    Rate,
    bucket_of,
    like_for_like,
    percentile,
    same_length_before,
)
from frontdesk.office.visits.queries.definitions import ARRIVALS


@pytest.mark.parametrize(
    ("histogram", "percent", "found"),
    [
        ({}, 50, None),
        ({7: 1}, 50, 7),
        ({7: 1}, 90, 7),
        ({1: 1, 2: 1}, 50, 1),
        ({1: 1, 2: 1}, 51, 2),
        ({n: 1 for n in range(1, 11)}, 50, 5),
        ({n: 1 for n in range(1, 11)}, 90, 9),
        ({n: 1 for n in range(1, 12)}, 90, 10),
        ({0: 99, 480: 1}, 90, 0),
        ({0: 89, 480: 11}, 90, 480),
        ({30: 2, -5: 2, 10: 1}, 50, 10),
        ({5: 0, 6: 3}, 50, 6),
    ],
)
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(histogram, percent, found):
    assert percentile(histogram, percent) == found


def test_a_rate_of_nothing_says_nothing():
    assert Rate().share is None
    assert (Rate(1, 4) + Rate(2, 4)).share == 3 / 8


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Under a day"), (1, "1–2 days"), (2, "1–2 days"), (3, "3–7 days"), (8, "1–2 weeks"), (28, "2–4 weeks"), (29, "Over 4 weeks"), (400, "Over 4 weeks")],
)  # fmt: skip
def test_days_ahead_fall_into_their_bucket(days, words):
    assert LEADS[bucket_of(days, LEADS)][0] == words


@pytest.mark.parametrize(
    ("late", "words"),
    [(-90, "Over 30 early"), (-31, "Over 30 early"), (-30, "16–30 early"), (-6, "6–15 early"), (-5, "Within 5"), (5, "Within 5"), (6, "6–10 late"), (10, "6–10 late"), (11, "11–15 late"), (16, "16–30 late"), (31, "Over 30 late")],
)  # fmt: skip
def test_minutes_late_fall_into_their_bucket(late, words):
    assert ARRIVALS[bucket_of(late, ARRIVALS)][0] == words


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        # A week, and a part of one: the same weekdays of the week before.
        (date(2026, 3, 2), date(2026, 3, 8), (date(2026, 2, 23), date(2026, 3, 1))),
        (date(2026, 3, 2), date(2026, 3, 4), (date(2026, 2, 23), date(2026, 2, 25))),
        # Four weeks; ten days go back two weeks, so that nothing is compared with itself.
        (date(2026, 2, 3), date(2026, 3, 2), (date(2026, 1, 6), date(2026, 2, 2))),
        (date(2026, 3, 1), date(2026, 3, 10), (date(2026, 2, 15), date(2026, 2, 24))),
        # Whole months and quarters, over the turn of the year too.
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 1, 1), date(2026, 3, 31), (date(2025, 10, 1), date(2025, 12, 31))),
    ],
)
def test_a_period_is_compared_with_one_like_it(first, last, before):
    assert same_length_before(first, last) == before


def test_like_for_like_weighs_the_second_group_as_the_first_is_made_up():
    found = like_for_like(
        [
            (Rate(10, 100), Rate(4, 10)),
            (Rate(0, 300), Rate(1, 10)),
            (Rate(), Rate(9, 9)),
            (Rate(5, 5), Rate()),
        ]
    )
    assert found.share == 10 / 400
    assert found.beside == pytest.approx(0.25 * 0.4 + 0.75 * 0.1)
    assert (found.of, found.beside_of) == (400, 20)


def test_how_far_a_difference_may_be_chance_of_one_pair():
    """Of 8 and of 18, one and one added each: 0.3 and 0.2; 1.96 × √(0.3·0.7/10 + 0.2·0.8/20)."""
    assert like_for_like([(Rate(2, 8), Rate(3, 18))]).give == pytest.approx(1.96 * (0.021 + 0.008) ** 0.5)


def test_nothing_is_like_nothing():
    assert like_for_like([]) is None
    assert like_for_like([(Rate(1, 2), Rate()), (Rate(), Rate(1, 2))]) is None

"""How long somebody waits, and how it is told them: tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.office.visits import rules
from frontdesk.office.visits.rules import Spread

NINE = datetime(2026, 3, 10, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("samples", "otherwise", "expected"),
    [
        ([], 20, Spread(20, 30)),
        ([10, 12, 14, 16], 20, Spread(20, 30)),
        ([10, 10, 10, 10, 10], 20, Spread(10, 10)),
        ([10, 20, 30, 40, 50], 20, Spread(30, 46)),
        ([10, 10, 10, 10, 10, 0, -5, 2000], 20, Spread(10, 10)),
        ([], 15, Spread(15, 23)),
    ],
)
def test_the_spread_is_measured_when_there_is_enough_to_measure(samples, otherwise, expected):
    assert rules.spread(samples, otherwise) == expected


@pytest.mark.parametrize(
    ("ahead", "under_way", "starts_in", "expected"),
    [
        ([], None, 0, Spread(0, 0)),
        ([], None, 25, Spread(25, 25)),
        ([Spread(20, 30)], None, 0, Spread(20, 30)),
        ([Spread(20, 30)], None, 40, Spread(40, 40)),
        ([Spread(20, 30), Spread(20, 30)], None, 0, Spread(40, 54)),
        ([], (Spread(20, 30), 5), 0, Spread(15, 25)),
        ([], (Spread(20, 30), 50), 0, Spread(3, 5)),
    ],
)
def test_the_wait_is_the_work_that_is_before_it(ahead, under_way, starts_in, expected):
    starts = NINE + timedelta(minutes=starts_in)
    assert rules.expected_wait(NINE, starts, ahead, under_way=under_way) == expected


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (Spread(0, 0), "a few minutes"),
        (Spread(3, 7), "a few minutes"),
        (Spread(2, 12), "about 5 minutes, at most 10"),
        (Spread(14, 26), "about 15 minutes, at most 25"),
        (Spread(20, 21), "about 20 minutes"),
    ],
)
def test_a_wait_is_told_in_steps_of_five(wait, words):
    assert rules.said_wait(wait) == words

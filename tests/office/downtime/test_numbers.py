"""A number of a form shows when it was misread, and nobody can guess another from it."""

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.office.downtime import rules

AT = datetime(2026, 3, 10, 13, tzinfo=UTC)
NOW = AT + timedelta(hours=9)


def minutes(**given):
    return {name: AT + timedelta(minutes=value) for name, value in given.items()}


def test_the_check_digit_is_the_published_one():
    assert rules.check_digit("572") == "4"


def test_every_single_wrong_digit_and_every_swap_of_neighbors_is_found():
    for _ in range(200):
        number = rules.fresh_number()
        assert rules.is_whole(number)
        for at, digit in enumerate(number):
            for other in set("0123456789") - {digit}:
                assert not rules.is_whole(number[:at] + other + number[at + 1 :])
        for at in range(7):
            swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
            assert swapped == number or not rules.is_whole(swapped)


def test_numbers_do_not_follow_each_other():
    numbers = [int(rules.fresh_number()) for _ in range(100)]
    assert len(set(numbers)) > 98
    assert numbers != sorted(numbers)


def test_a_number_is_read_however_it_is_typed():
    assert rules.read_number(" 4172-8396 ") == rules.read_number("4172 8396") == "41728396"
    assert rules.shown("41728396") == "4172-8396"


@pytest.mark.parametrize(
    ("outcome", "moments", "wrong"),
    [
        ("seen", minutes(arrived=0, checked_in=3, roomed=9, with_provider=20, out=40), set()),
        ("seen", minutes(arrived=0), set()),
        ("seen", minutes(arrived=0, checked_in=0, out=0), set()),
        ("seen", {}, {"arrived"}),
        ("seen", minutes(arrived=0, out=40), {"checked_in"}),
        ("seen", minutes(arrived=0, checked_in=9, roomed=3), {"roomed"}),
        ("seen", minutes(arrived=0, checked_in=3, out=60 * 10), {"out"}),
        ("left", minutes(arrived=0, out=40), set()),
        ("left", minutes(arrived=0), {"out"}),
        ("left", minutes(arrived=0, checked_in=1, with_provider=5, out=40), {"with_provider"}),
        ("no_show", {}, set()),
        ("no_show", minutes(arrived=0), {"arrived"}),
    ],
)
def test_times_follow_each_other_and_none_is_to_come(outcome, moments, wrong):
    assert set(rules.wrong_moments(outcome, moments, NOW)) == wrong

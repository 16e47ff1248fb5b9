"""The synthetic people are believable, hang together, and are the same for the same seed."""

from datetime import date

import pytest

from frontdesk.entrypoints.commands.demo import people

TODAY = date(2026, 3, 3)


@pytest.fixture(scope="module")
def crowd():
    return [person for number in range(4) for person in people.block(7, number, 1000, TODAY)]


def test_the_same_seed_makes_the_same_people(crowd):
    assert people.block(7, 2, 1000, TODAY) == crowd[2000:3000]


def test_another_seed_makes_others(crowd):
    assert people.block(8, 2, 1000, TODAY) != crowd[2000:3000]


def test_every_number_is_given_once(crowd):
    assert sorted(person.number for person in crowd) == list(range(4000))


def test_a_minor_has_a_grown_guardian_of_the_same_household(crowd):
    by_number = {person.number: person for person in crowd}
    minors = [p for p in crowd if (TODAY - p.birth).days < 17 * 365]
    assert len(minors) > 800
    for minor in minors:
        guardian = by_number[minor.guardian]
        assert (TODAY - guardian.birth).days > 17 * 365 or guardian.copy_of is not None


def test_nobody_is_born_ahead_or_unreachable(crowd):
    assert all(p.birth <= TODAY for p in crowd)
    assert all(p.mobile or p.home for p in crowd)


def test_numbers_are_of_the_exchange_given_to_nobody(crowd):
    assert all(number[5:8] == "555" for p in crowd for number in (p.mobile, p.home) if number)


@pytest.mark.parametrize(
    ("what", "is_one"),
    [
        ("twins", lambda p: p.twin),
        ("hyphenated names", lambda p: "-" in p.last),
        ("names of two words", lambda p: " " in p.last),
        ("accented names", lambda p: not (p.first + p.last).isascii()),
        ("apostrophes", lambda p: "'" in p.last),
        ("preferred names", lambda p: p.preferred),
        ("earlier names", lambda p: p.previous_last),
        ("interpreters", lambda p: p.interpreter),
        ("alerts", lambda p: p.alert),
        ("planted duplicates", lambda p: p.copy_of is not None),
        ("declined race", lambda p: p.race == "declined"),
    ],
)
def test_there_are_enough_of(crowd, what, is_one):
    assert sum(bool(is_one(p)) for p in crowd) >= 30, what


def test_families_share_address_and_phone(crowd):
    by_number = {person.number: person for person in crowd}
    children = [p for p in crowd if p.guardian is not None and p.copy_of is None]
    assert all(
        p.line == by_number[p.guardian].line for p in children if by_number[p.guardian].copy_of is None
    )

"""Dates, telephones and names are told apart in whatever way they are typed."""

from datetime import date

import pytest

from frontdesk.office.patients.typed import read

TODAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    "text",
    [
        "3/14/62",
        "03-14-1962",
        "3.14.62",
        "1962-03-14",
        "19620314",
        "03141962",
        "031462",
        "mar 14 1962",
        "March 14, 1962",
        "14 mar 62",
    ],
)
def test_a_date_of_birth_in_any_usual_writing(text):
    assert read(text, TODAY).births == (date(1962, 3, 14),)


def test_a_short_year_may_be_of_this_century_or_the_last():
    assert read("1/2/20", TODAY).births == (date(2020, 1, 2), date(1920, 1, 2))


def test_a_date_that_does_not_exist_is_none():
    assert read("2/30/1962", TODAY).births == ()


@pytest.mark.parametrize(
    "text", ["(617) 555-0134", "617-555-0134", "617.555.0134", "6175550134", "+1 617 555 0134"]
)
def test_a_whole_telephone(text):
    typed = read(text, TODAY)
    assert "6175550134" in (typed.phone, *typed.numbers)
    assert typed.births == ()


def test_the_parts_of_a_mixed_query():
    typed = read("Smith, ma 1962 0134", TODAY)
    assert (typed.words, typed.year, typed.numbers) == (("smith", "ma"), 1962, ("1962", "0134"))

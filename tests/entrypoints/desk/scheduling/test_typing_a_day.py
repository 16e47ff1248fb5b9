"""Days as people type them."""

from datetime import date

import pytest

from frontdesk.entrypoints.desk.scheduling.days import add_months, read_day

TUESDAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", date(2026, 3, 3)),
        ("tomorrow", date(2026, 3, 4)),
        ("fri", date(2026, 3, 6)),
        ("tue", date(2026, 3, 3)),
        ("mon", date(2026, 3, 9)),
        ("next fri", date(2026, 3, 13)),
        ("+2w", date(2026, 3, 17)),
        ("-1w", date(2026, 2, 24)),
        ("+3d", date(2026, 3, 6)),
        ("in 2 weeks", date(2026, 3, 17)),
        ("+1m", date(2026, 4, 3)),
        ("3/14", date(2026, 3, 14)),
        ("3/1", date(2027, 3, 1)),
        ("3/1/26", date(2026, 3, 1)),
        ("2026-03-05", date(2026, 3, 5)),
        ("mar 14", date(2026, 3, 14)),
        ("14th march", date(2026, 3, 14)),
        ("March 14, 2027", date(2027, 3, 14)),
        ("2/30", None),
        ("t", None),
        ("lee", None),
        ("", None),
    ],
)
def test_a_typed_day_is_the_day_that_is_meant(typed, meant):
    assert read_day(typed, TUESDAY) == meant


def test_a_month_on_from_the_31st_is_the_last_day_of_a_shorter_month():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)


def test_next_friday_said_on_a_saturday_is_the_coming_one():
    assert read_day("next fri", date(2026, 3, 7)) == date(2026, 3, 13)


@pytest.mark.parametrize("words", ["9999-12-31", "0001-01-01", "1/1/1066", "+999y", "-999y"])
def test_a_day_that_no_book_reaches_to_is_no_day(words):
    assert read_day(words, date(2026, 3, 3)) is None

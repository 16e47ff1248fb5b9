"""Business days and the days an estimate is due by, checked against a calendar by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.kit.walltime import to_wall
from frontdesk.office.billing import rules
from frontdesk.office.billing.rules.business_days import (
    after,
    before,
    ends_at,
    hours_between,
    is_business_day,
)

NEW_YORK, PHOENIX = "America/New_York", "America/Phoenix"
D = date.fromisoformat


@pytest.mark.parametrize(
    ("on", "visit", "due"),
    [
        ("2026-03-02", "2026-03-05", "2026-03-03"),  # Monday for Thursday: just three business days ahead
        ("2026-03-02", "2026-03-04", None),  # two ahead
        ("2026-03-02", "2026-03-13", "2026-03-03"),  # nine ahead
        ("2026-03-02", "2026-03-16", "2026-03-05"),  # ten ahead
        ("2026-03-06", "2026-03-11", "2026-03-09"),  # Friday evening, clocks go forward on Sunday
        ("2026-11-20", "2026-11-30", "2026-11-23"),  # over Thanksgiving: five ahead
        ("2026-11-25", "2026-12-01", "2026-11-27"),  # Thursday is a holiday, Friday is none
        ("2026-11-25", "2026-11-30", None),  # Friday and Monday: two
        ("2026-12-23", "2027-01-11", "2026-12-29"),  # over Christmas and New Year
        ("2026-12-31", "2027-01-06", "2027-01-04"),  # New Year's Day is a Friday
        ("2026-10-30", "2026-11-04", "2026-11-02"),  # clocks go back on Sunday
        ("2026-07-02", "2026-07-08", "2026-07-06"),  # July 4 is a Saturday, kept on Friday July 3
        ("2026-03-07", "2026-03-12", "2026-03-09"),  # booked on a Saturday
        (
            "2026-03-04",
            "2026-03-07",
            "2026-03-05",
        ),  # for a Saturday: Wednesday is the third business day before
    ],
)
def test_a_scheduled_visit_has_its_estimate_due(on, visit, due):
    assert rules.scheduled(D(on), D(visit), D(on)) == (D(due) if due else None)


def test_who_says_later_that_they_pay_is_given_it_from_then_on_and_never_after_the_visit():
    assert rules.scheduled(D("2026-03-02"), D("2026-03-31"), D("2026-03-20")) == D("2026-03-25")
    assert rules.scheduled(D("2026-03-02"), D("2026-03-31"), D("2026-03-30")) == D("2026-03-31")


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2026-03-02", "2026-03-05"),
        ("2026-03-06", "2026-03-11"),
        ("2026-11-25", "2026-12-01"),
        ("2026-12-24", "2026-12-30"),
    ],
)
def test_who_asks_has_it_within_three_business_days(on, due):
    assert rules.asked(D(on)) == D(due)


def test_federal_holidays_are_no_business_days_also_where_they_are_kept_on_another_day():
    kept = [
        "2026-01-01",
        "2026-01-19",
        "2026-02-16",
        "2026-05-25",
        "2026-06-19",
        "2026-07-03",
        "2026-09-07",
        "2026-10-12",
    ]
    kept += ["2026-11-11", "2026-11-26", "2026-12-25", "2021-12-31"]
    assert not any(is_business_day(D(day)) for day in kept)
    assert is_business_day(D("2026-11-27"))
    assert is_business_day(D("2026-12-24"))


@settings(deadline=None)
@given(st.dates(D("2020-01-01"), D("2035-12-31")), st.integers(1, 12))
def test_so_many_business_days_after_and_before_are_business_days_with_just_so_many_between(day, count):
    there = after(day, count)
    assert is_business_day(there)
    assert sum(is_business_day(day + timedelta(days=n)) for n in range(1, (there - day).days + 1)) == count
    back = before(day, count)
    assert is_business_day(back)
    assert sum(is_business_day(day - timedelta(days=n)) for n in range(1, (day - back).days + 1)) == count


@settings(deadline=None)
@given(
    st.dates(D("2020-01-01"), D("2035-12-31")),
    st.integers(0, 60),
    st.sampled_from([NEW_YORK, PHOENIX, "UTC"]),
)
def test_an_estimate_is_never_due_before_it_was_scheduled_nor_after_the_visit_and_always_at_five(
    day, ahead, zone
):
    visit = day + timedelta(days=ahead)
    due = rules.scheduled(day, visit, day)
    if sum(is_business_day(day + timedelta(days=n)) for n in range(1, ahead + 1)) >= 3:
        assert due is not None
    if due is not None:
        assert day < due <= visit
        wall = to_wall(ends_at(due, zone), zone)
        assert (wall.date(), wall.hour, wall.minute) == (due, 17, 0)


def test_the_clock_speaks_of_business_hours():
    def said(now, due):
        return rules.clock_of(ends_at(D(due), NEW_YORK), now, NEW_YORK)

    morning = datetime(2026, 3, 3, 16, tzinfo=UTC)  # Tuesday, eleven in the morning
    assert said(morning, "2026-03-03").words == "due by 5 PM today, in 6 business hours"
    assert said(morning, "2026-03-04").words == "due by 5 PM tomorrow, in 15 business hours"
    assert said(morning, "2026-03-06").words == "due by 5 PM Friday, in 3 business days"
    assert said(morning, "2026-03-03").tone == "warn"
    late = said(morning, "2026-03-02")
    assert (late.words, late.state, late.tone) == ("overdue since yesterday", "Overdue", "bad")
    friday = datetime(
        2026, 3, 6, 23, tzinfo=UTC
    )  # Friday evening at six: the weekend and a change of clocks lie between
    assert said(friday, "2026-03-09").words == "due by 5 PM Monday, in 9 business hours"


def test_business_hours_are_counted_over_the_change_of_clocks_and_holidays():
    friday = datetime(2026, 3, 6, 21, tzinfo=UTC)  # four in the afternoon, standard time
    assert hours_between(friday, ends_at(D("2026-03-09"), NEW_YORK), NEW_YORK) == 10
    wednesday = datetime(2026, 11, 25, 21, tzinfo=UTC)
    assert hours_between(wednesday, ends_at(D("2026-11-27"), NEW_YORK), NEW_YORK) == 10
    assert hours_between(friday, friday - timedelta(hours=2), NEW_YORK) == 0

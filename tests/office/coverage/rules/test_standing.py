"""Whether somebody is covered on the day of the visit, as the payer says."""

from datetime import date

import pytest

from frontdesk.office.coverage.rules.benefits import Benefit, Dates
from tests.factories.answers import ACTIVE, DAY, codes, copay, costs, judged, line


@pytest.mark.parametrize("information", list("12345"))
def test_five_kinds_of_active_are_active(information):
    assert judged(line(information, "30")).state == "active"


@pytest.mark.parametrize("information", list("678"))
def test_three_kinds_of_inactive_are_inactive_and_say_what_to_do(information):
    made = judged(line(information, "30"))
    assert made.state == "inactive"
    assert "self-pay" in made.advice


@pytest.mark.parametrize("information", ["V", "B", "C", "D", "Q", "R", "", "Z9"])
def test_a_line_that_says_neither_is_never_inactive(information):
    assert judged(line(information, "30")).state == "unknown"


def test_a_service_that_is_inactive_leaves_the_plan_active():
    made = costs(line("6", "98"), copay(35))
    assert made.line == "ACTIVE · GOLD · office not covered"
    assert codes(made) == ["excluded"]
    assert made.tasks[0].data == {"service": "98"}


def test_a_service_that_is_excluded_in_the_other_network_is_nothing_to_this_visit():
    made = costs(line("I", "98", network="N"), copay(35))
    assert (codes(made), made.copay.amount) == ([], 35)
    assert codes(costs(line("I", "98", network="N"), in_network=False)) == ["excluded"]


def test_without_a_word_on_the_plan_the_service_asked_about_decides():
    assert judged(line("1", "98")).state == "active"
    assert judged(line("1", "1")).state == "active"  # medical care
    assert judged(line("6", "98"), line("1", "35")).state == "inactive"
    assert judged(line("6", "35")).state == "unknown"
    assert judged(line("1", ("35", "88"))).words == "the payer told only of dental, pharmacy"


def test_an_old_plan_beside_a_new_one_is_not_the_verdict():
    old = Benefit("6", services=("30",), plan="OLD", dates=(Dates("347", date(2025, 12, 31)),))
    assert judged(old, ACTIVE).line.startswith("ACTIVE · GOLD")


def test_a_lines_own_dates_stand_above_the_plans():
    own = Benefit("1", services=("30",), dates=(Dates("346", date(2026, 4, 1)),))
    assert judged(own, dates=(Dates("346", date(2020, 1, 1)),)).code == "not_yet"


@pytest.mark.parametrize(("begins", "ends"), [("346", "347"), ("348", "349"), ("356", "357")])
def test_first_and_last_day_are_covered_and_the_days_beside_them_are_not(begins, ends):
    told = {"dates": (Dates(begins, date(2026, 2, 1)), Dates(ends, date(2026, 12, 31)))}
    states = {
        date(2026, 1, 31): ("inactive", "not_yet"),
        date(2026, 2, 1): ("active", "active"),
        date(2026, 12, 31): ("active", "active"),
        date(2027, 1, 1): ("inactive", "over"),
    }
    for day, expected in states.items():
        made = judged(ACTIVE, day=day, **told)
        assert (made.state, made.code) == expected


@pytest.mark.parametrize("kind", ["291", "307", "292"])
def test_a_period_covers_its_days(kind):
    told = {"dates": (Dates(kind, date(2026, 1, 1), date(2026, 12, 31)),)}
    assert [judged(ACTIVE, day=day, **told).code for day in (date(2025, 12, 31), DAY, date(2027, 1, 1))] == [
        "not_yet",
        "active",
        "over",
    ]


def test_a_payers_forever_is_no_end():
    made = judged(ACTIVE, dates=(Dates("347", date(9999, 12, 31)),))
    assert (made.state, made.ends) == ("active", None)


@pytest.mark.parametrize(
    ("ends", "soon"), [(date(2026, 3, 3), True), (date(2026, 4, 2), True), (date(2026, 4, 3), False)]
)
def test_an_end_within_thirty_days_is_a_task_and_in_the_line(ends, soon):
    made = judged(ACTIVE, dates=(Dates("346", date(2025, 1, 1)), Dates("347", ends)))
    assert ("ends_soon" in codes(made)) == soon
    assert (f"ends {ends.month}/{ends.day}/{ends.year}" in made.words) == soon
    assert made.ends == ends


def test_a_plan_told_year_by_year_does_not_end_with_this_one():
    def year(begins, ends):
        return Benefit("1", services=("30",), dates=(Dates("291", begins, ends),))

    this = year(date(2025, 4, 1), date(2026, 3, 31))
    assert codes(judged(this)) == ["ends_soon"]
    renewed = judged(this, year(date(2026, 4, 1), date(2027, 3, 31)))
    assert (codes(renewed), renewed.ends) == ([], date(2027, 3, 31))
    gap = judged(this, year(date(2026, 4, 2), date(2027, 3, 31)))
    assert (codes(gap), gap.ends) == (["ends_soon"], date(2026, 3, 31))


def test_a_date_of_death_asks_whether_it_is_the_right_person():
    made = judged(ACTIVE, dates=(Dates("442", date(2026, 1, 9)),))
    assert (codes(made), made.tasks[0].data) == (["death"], {"day": "2026-01-09"})

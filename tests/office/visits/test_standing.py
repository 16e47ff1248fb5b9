"""Where a visit stands on the desk's list, what takes too long, and which step follows which: tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.office.visits import rules

NINE = datetime(2026, 3, 10, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "minutes", "group"),
    [
        ("scheduled", 10, "now"),
        ("scheduled", 11, "next"),
        ("confirmed", 60, "next"),
        ("confirmed", 61, "later"),
        ("scheduled", -90, "now"),
        ("arrived", 300, "now"),
        ("checkout", -60, "now"),
        ("checked_in", 0, "here"),
        ("roomed", 0, "here"),
        ("with_provider", -20, "here"),
        ("done", 0, "done"),
        ("no_show", 0, "done"),
        ("cancelled", 60, "done"),
    ],
)
def test_who_needs_the_desk_now_stands_under_now(status, minutes, group):
    assert rules.group_of(status, NINE + timedelta(minutes=minutes), NINE) == group


@pytest.mark.parametrize(
    ("status", "lasted", "pace"),
    [
        ("arrived", 7, ""),
        ("arrived", 8, "slow"),
        ("arrived", 14, "slow"),
        ("arrived", 15, "stuck"),
        ("with_provider", 44, ""),
        ("with_provider", 90, "stuck"),
        ("checkout", 8, "slow"),
        ("scheduled", 500, ""),
        ("done", 500, ""),
    ],
)
def test_a_stage_that_takes_too_long_is_slow_and_then_stuck(status, lasted, pace):
    assert rules.pace(status, NINE - timedelta(minutes=lasted), NINE) == pace


def test_a_stage_nobody_stamped_has_no_pace():
    assert rules.pace("arrived", None, NINE) == ""


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (-40, ""),
        (9, ""),
        (10, "10 minutes late: ask the nurse before rooming"),
        (15, "15 minutes late: work in, or offer another time"),
    ],
)
def test_lateness_is_answered_by_policy(late, words):
    assert rules.lateness(late) == words


@pytest.mark.parametrize(
    ("status", "late", "asked"),
    [("scheduled", 29, False), ("scheduled", 30, True), ("confirmed", 31, True), ("arrived", 60, False)],
)
def test_a_no_show_is_asked_about_after_half_an_hour(status, late, asked):
    assert rules.no_show_suggested(status, NINE - timedelta(minutes=late), NINE) is asked


@pytest.mark.parametrize("before", rules.STEPS)
def test_no_status_is_both_the_next_step_and_its_own_correction(before):
    assert not set(rules.STEPS[before]) & {before}
    assert not set(rules.CORRECTIONS.get(before, ())) & set(rules.STEPS[before])

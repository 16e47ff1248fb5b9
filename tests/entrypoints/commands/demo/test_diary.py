"""A day's book holds nothing twice, and today is busy whatever the hour."""

import re
from collections import Counter
from datetime import date
from random import Random

import pytest

from frontdesk.entrypoints.commands.demo import diary, layout

MONDAY = date(2026, 3, 2)


def fill(now=None, from_today=0, fill=0.93):
    sessions = {
        n: diary.extended_sessions(now) if now is not None else diary.usual_sessions(n, 0) for n in range(6)
    }
    hours = diary.Hours(MONDAY, {n: s for n, s in sessions.items() if s}, fill, now, from_today)
    return list(diary.fill_day(Random(f"day {from_today}"), hours, nurses=2))


@pytest.mark.parametrize("from_today", [-10, 5])
def test_no_resource_is_held_twice_at_a_time(from_today):
    held = Counter()
    for entry in fill(from_today=from_today):
        if entry.status not in diary.FREED:
            held.update(
                (k, s, cell) for k, first, m, s in entry.legs for cell in range(first // 5, (first + m) // 5)
            )
    assert held
    assert max(held.values()) == 1


def test_a_procedure_has_its_nurse_first_and_then_its_provider():
    legs = next(e.legs for day in range(30) for e in fill(from_today=day) if e.visit.code == "procedure")
    assert [(key.split(":")[0], minutes) for key, _, minutes, _ in legs] == [("nurse", 10), ("provider", 20)]
    assert legs[1][1] == legs[0][1] + 10


@pytest.mark.parametrize("hour", range(24))
def test_today_is_busy_at_any_hour(hour):
    entries = fill(now=hour * 60 + 30)
    present = [
        e for e in entries if e.status in {"arrived", "checked_in", "roomed", "with_provider", "checkout"}
    ]
    assert len(entries) > 40
    assert len(present) >= 4


def test_visits_before_now_are_over_and_those_ahead_are_not():
    for entry in fill(now=13 * 60):
        if entry.start + entry.visit.minutes < 12 * 60:
            assert entry.status in {"done", "no_show", "cancelled"}
        if entry.start > 14 * 60:
            assert entry.status in {"scheduled", "confirmed", "cancelled"}


def test_only_a_lane_for_two_sees_two_at_a_time():
    seats = {seat for entry in fill(from_today=5) for _, _, _, seat in entry.legs}
    assert seats == {0, 1}
    assert all(e.visit.code == "sick" for e in fill(from_today=5) if any(leg[3] for leg in e.legs))


def test_what_patients_read_of_coming_early_is_what_the_read_back_says():
    said = {visit.code: re.search(r"Come (\d+) minutes early", visit.instructions) for visit in layout.VISITS}
    early = {visit.code: visit.early for visit in layout.VISITS}
    assert {code: int(found[1]) for code, found in said.items() if found}.items() <= early.items()

from datetime import date, datetime, timedelta

import pytest

from frontdesk.kit.errors import Invalid
from frontdesk.kit.walltime import day_minutes, midnight_utc, to_utc, to_wall

NEW_YORK, PHOENIX = "America/New_York", "America/Phoenix"


def test_a_wall_time_comes_back_as_it_was_given():
    wall = datetime(2026, 3, 3, 9, 10)
    assert to_wall(to_utc(wall, NEW_YORK), NEW_YORK) == wall


def test_a_time_that_the_clocks_skip_is_refused_with_the_reason():
    with pytest.raises(Invalid, match="does not exist"):
        to_utc(datetime(2026, 3, 8, 2, 30), NEW_YORK)


def test_a_zone_without_summer_time_skips_nothing():
    assert to_wall(to_utc(datetime(2026, 3, 8, 2, 30), PHOENIX), PHOENIX) == datetime(2026, 3, 8, 2, 30)


def test_an_hour_that_comes_twice_is_told_apart_by_its_fold():
    wall = datetime(2026, 11, 1, 1, 30)
    first, second = to_utc(wall, NEW_YORK, 0), to_utc(wall, NEW_YORK, 1)
    assert second - first == timedelta(hours=1)
    assert (to_wall(first, NEW_YORK).fold, to_wall(second, NEW_YORK).fold) == (0, 1)


def test_days_are_as_long_as_they_are():
    assert [day_minutes(date(2026, m, d), NEW_YORK) for m, d in ((3, 7), (3, 8), (11, 1))] == [
        1440,
        1380,
        1500,
    ]
    assert midnight_utc(date(2026, 7, 1), NEW_YORK).hour == 4

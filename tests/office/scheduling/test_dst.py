"""A visit booked for nine is at nine, on every day the clocks change, in every American zone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from frontdesk.kit import clock, walltime
from frontdesk.kit.errors import Invalid
from frontdesk.office.scheduling.models import Appointment, Claim, DaySheet
from frontdesk.office.scheduling.services._claims import Cells, cell_of
from frontdesk.office.scheduling.services._placing import wall_of
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.series import book_series, plan_series, wall_times
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

ZONES = [
    "America/New_York",
    "America/Detroit",
    "America/Kentucky/Louisville",
    "America/Indiana/Indianapolis",
    "America/Indiana/Knox",
    "America/Chicago",
    "America/North_Dakota/Center",
    "America/Denver",
    "America/Boise",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Adak",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
]
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)


def cells(day, zone):
    """The moments of a local day's five-minute cells."""
    begins = walltime.midnight_utc(day, zone)
    return [begins + timedelta(minutes=5 * n) for n in range(walltime.day_minutes(day, zone) // 5)]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_every_cell_of_the_day_keeps_its_wall_time(zone, day):
    shown = set()
    for n, moment in enumerate(cells(day, zone)):
        kept = wall_of(moment, zone)
        wall = datetime.fromisoformat(kept["wall"])
        assert walltime.to_utc(wall, zone, fold=kept["fold"]) == moment
        [(on, bits)] = Cells(1, 0, cell_of(moment), cell_of(moment) + 1, zone).by_day()
        assert (on, bits) == (day, 1 << n)
        shown.add((kept["wall"], kept["fold"]))
    assert len(shown) == walltime.day_minutes(day, zone) // 5


@pytest.mark.parametrize("zone", ZONES)
def test_a_visit_over_midnight_is_on_two_days(zone):
    starts = walltime.midnight_utc(SPRING, zone) - timedelta(minutes=10)
    first = cell_of(starts)
    days = list(Cells(1, 0, first, first + 4, zone).by_day())
    assert [(day, bits.bit_count()) for day, bits in days] == [(SPRING - timedelta(days=1), 2), (SPRING, 2)]


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["America/New_York", "America/Phoenix", "Pacific/Honolulu"])
@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_booked_on_the_day_itself(zone, day):
    the = make.Book(day=day, zone=zone)
    made = book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9)))
    assert made.wall == f"{day}T09:00"
    assert Claim.objects.count() == 4
    taken = int(DaySheet.objects.get(resource=the.lee).taken["0"], 16)
    hours = (made.starts - walltime.midnight_utc(day, zone)) / timedelta(hours=1)
    assert taken == 0b1111 << int(hours * 12)
    assert breaches() == {}


@pytest.mark.django_db
def test_the_hour_that_comes_twice_is_two_times():
    the = make.Book(day=AUTUMN)
    make.open_day(the.lee, the.lane, AUTUMN, time(0), time(5))
    first = walltime.to_utc(datetime(2026, 11, 1, 1, 30), the.location.zone)
    again = walltime.to_utc(datetime(2026, 11, 1, 1, 30), the.location.zone, fold=1)
    assert again - first == timedelta(hours=1)
    rows = [book(make.actor(), patient_id=make.patient().pk, **the.ask(at)) for at in (first, again)]
    assert [(row.wall, row.fold) for row in rows] == [("2026-11-01T01:30", 0), ("2026-11-01T01:30", 1)]
    assert breaches() == {}


@pytest.mark.django_db
def test_a_series_stays_at_nine_over_the_change():
    the = make.Book(day=date(2026, 3, 3), days=22)
    made = book_series(
        make.actor(),
        patient_id=make.patient().pk,
        **the.ask(the.at(10, day=date(2026, 3, 3))),
        every_weeks=1,
        times=3,
    )
    assert [row.wall[11:] for row in made] == ["10:00"] * 3
    assert made[1].starts - made[0].starts == timedelta(days=7) - timedelta(hours=1)
    assert breaches() == {}


def test_a_time_the_clocks_skip_is_told_of():
    with pytest.raises(Invalid, match="clocks go forward"):
        walltime.to_utc(datetime(2026, 3, 8, 2, 30), "America/New_York")


@pytest.mark.django_db
def test_a_series_through_a_skipped_time_says_which():
    the = make.Book(day=date(2026, 3, 1), days=15)
    for day in (date(2026, 3, 1), SPRING, date(2026, 3, 15)):
        make.open_day(the.lee, the.lane, day, time(0), time(5))
    first = walltime.to_utc(datetime(2026, 3, 1, 2, 30), the.location.zone)
    with clock.fixed(first):
        plan = plan_series(
            make.actor(), patient_id=make.patient().pk, **the.ask(first), every_weeks=1, times=3
        )
    assert [bool(one.refusal) for one in plan] == [False, True, False]
    assert "clocks go forward" in plan[1].refusal
    assert not Appointment.objects.exists()


def test_wall_times_are_the_same_clock_time():
    first = datetime(2026, 10, 27, 13, 0, tzinfo=UTC)
    assert [wall.hour for wall in wall_times(first, "America/New_York", every_weeks=1, times=3)] == [9, 9, 9]

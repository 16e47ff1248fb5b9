"""Locations: added with their hours, changed, and kept in the time zone in which visits are booked."""

from datetime import time

import pytest

from frontdesk.kit.errors import Invalid, StaleVersion
from frontdesk.office.practice import services as practice
from frontdesk.office.practice.models import Location, OpeningHours
from frontdesk.office.practice.services import Hours
from frontdesk.office.scheduling import services as scheduling
from tests.factories import scheduling as book
from tests.factories.patients import ana
from tests.people import mia

pytestmark = pytest.mark.django_db
MONDAY = [Hours(0, time(9), time(12))]


def hours(place):
    rows = OpeningHours.objects.filter(location=place)
    return [(row.weekday, row.opens, row.closes) for row in rows]


def test_a_second_location_is_added_with_its_hours(db):
    made = practice.add_location(mia(), name=" Riverside ", zone="America/Chicago", hours=MONDAY)
    assert (made.name, made.short_name, hours(made)) == ("Riverside", "Riverside", [(0, time(9), time(12))])


@pytest.mark.parametrize(
    "given",
    [{"name": ""}, {"zone": "Mars/Olympus"}, {"name": "x" * 121}, {"state": "Mass"}, {"is_active": ""}],
)
def test_what_cannot_be_adds_nothing(db, given):
    with pytest.raises(Invalid):
        practice.add_location(mia(), **{"name": "Riverside", "zone": "America/Chicago", **given})
    assert not Location.objects.exists()


def test_hours_that_cannot_be_undo_the_whole_change(db):
    made = practice.add_location(mia(), name="Riverside", zone="America/Chicago", hours=MONDAY)
    with pytest.raises(Invalid):
        scheduling.change_location(
            mia(), location_id=made.pk, name="Canal", hours=[Hours(0, time(9), time(8))]
        )
    assert (Location.objects.get().name, len(hours(made))) == ("Riverside", 1)


def test_two_who_change_a_location_at_once_do_not_overwrite_each_other(db):
    made = practice.add_location(mia(), name="Riverside", zone="America/Chicago")
    scheduling.change_location(mia(), location_id=made.pk, name="Canal", hours=MONDAY, version=1)
    with pytest.raises(StaleVersion):
        scheduling.change_location(mia(), location_id=made.pk, name="Elm", hours=MONDAY, version=1)


def test_the_time_zone_stays_while_visits_are_booked(db):
    office = book.Book(days=3)
    place = office.location
    change = {"location_id": place.pk, "hours": MONDAY, "zone": "America/Chicago"}
    visit = scheduling.book(book.actor(), patient_id=ana().pk, **office.ask(office.at(9)))
    with pytest.raises(Invalid, match="time zone"):
        scheduling.change_location(mia(), **change)
    assert scheduling.change_location(mia(), **{**change, "zone": place.zone, "name": "Elm"}).name == "Elm"
    visit.status = "cancelled"
    visit.save()
    assert scheduling.change_location(mia(), **change).zone == "America/Chicago"

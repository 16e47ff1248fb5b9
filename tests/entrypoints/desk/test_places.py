"""Locations on their pages: a second one is added, a first one is changed."""

from datetime import time

import pytest

from frontdesk.office.practice.models import Location, OpeningHours
from tests.entrypoints.desk.test_colleagues import send, signed_in
from tests.factories import practice as make

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Riverside office", "zone": "America/Chicago", "day-0": "8-12, 1-5", "day-4": "9 to noon"}


@pytest.fixture
def manager(client):
    make.practice()
    make.location()
    return signed_in(client, "manager", "mia", "Mia Novak")


def test_a_second_location_is_added_with_its_hours_and_worked_at(manager):
    assert send(manager, "/locations/new", **GIVEN).url == "/resources/new"
    made = Location.objects.get(name="Riverside office")
    rows = OpeningHours.objects.filter(location=made).values_list("weekday", "opens", "closes")
    assert set(rows) == {
        (0, time(8), time(12)),
        (0, time(13), time(17)),
        (4, time(9), time(12)),
    }
    assert "Riverside office" in manager.get("/resources/new").content.decode()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"day-0": "whenever"}, {"zone": ""}, {"state": "Mass"}])
def test_what_cannot_be_is_said_and_stays_as_typed(manager, wrong):
    answer = send(manager, "/locations/new", **{**GIVEN, **wrong})
    assert answer.status_code == 422
    assert 'value="9 to noon"' in answer.content.decode()
    assert Location.objects.count() == 1


def test_a_location_is_changed(manager):
    place = Location.objects.get()
    html = manager.get(f"/locations/{place.pk}").content.decode()
    assert 'value="8:00 am – 5:00 pm"' in html
    assert send(manager, f"/locations/{place.pk}", **GIVEN).url == "/locations"
    place.refresh_from_db()
    assert (place.name, place.zone) == ("Riverside office", "America/Chicago")
    assert "Riverside office" in manager.get("/locations").content.decode()


def test_a_location_that_is_not_there_is_not_found(manager):
    assert manager.get("/locations/99").status_code == 404

"""From nothing to a practice that can be booked, on its pages alone."""

import pytest

from frontdesk.office.practice.models import Holiday, Location, OpeningHours, Practice, Provider
from frontdesk.office.scheduling.models import CancelReason, Resource
from tests.entrypoints.desk.scheduling.conftest import hidden
from tests.factories import practice as make

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Elm Street Family Medicine",
    "location_name": "Main office",
    "state": "MA",
    "zone": "America/New_York",
}


@pytest.fixture
def admin(client):
    make.user(role="admin", username="gus", display_name="Gus Adler")
    client.post("/sign-in", {"username": "gus", "password": "a long enough password"})
    return client


def send(browser, path, **fields):
    return browser.post(path, {"_key": hidden(browser.get(path).content.decode(), "_key"), **fields})


def test_the_first_page_of_a_new_practice_opens_it(admin):
    assert admin.get("/").url == "/set-up"
    assert send(admin, "/set-up", **GIVEN).url == "/resources/new"
    place = Location.objects.get()
    assert (Practice.objects.get().name, place.name, place.zone) == (
        GIVEN["name"],
        "Main office",
        GIVEN["zone"],
    )
    assert OpeningHours.objects.filter(location=place).count() == 5
    assert Holiday.objects.filter(name="Thanksgiving Day").exists()


def test_a_new_practice_has_reasons_for_cancelling_and_moving_on_each_side(admin):
    send(admin, "/set-up", **GIVEN)
    sides = set(CancelReason.objects.values_list("initiator", flat=True))
    assert sides == {"patient", "provider", "organization"}
    assert admin.get("/set-up").url == "/"


def test_what_is_missing_is_said_and_nothing_is_half_opened(admin):
    answer = send(admin, "/set-up", **{**GIVEN, "location_name": ""})
    assert answer.status_code == 422
    assert 'value="Elm Street Family Medicine"' in answer.content.decode()
    assert not Practice.objects.exists()


def test_a_zone_nobody_has_is_refused(admin):
    assert send(admin, "/set-up", **{**GIVEN, "zone": "Mars/Olympus"}).status_code == 422


def test_who_may_not_open_it_is_told_whom_to_ask(client):
    make.user(username="rosa")
    client.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    answer = client.get("/set-up")
    assert answer.status_code == 403
    assert "not set up yet" in answer.content.decode()


def test_a_provider_is_added_and_can_be_given_rules(admin):
    send(admin, "/set-up", **GIVEN)
    answer = send(
        admin,
        "/resources/new",
        kind="provider",
        first_name="Dana",
        last_name="Lee",
        credential="MD",
        languages="en, es",
    )
    made = Resource.objects.get(kind="provider")
    assert answer.url == f"/templates/{made.pk}?new=1"
    assert (made.name, Provider.objects.get().languages) == ("Dana Lee, MD", ["en", "es"])
    assert admin.get(answer.url).status_code == 200


def test_a_room_is_added_and_one_without_a_name_is_not(admin):
    send(admin, "/set-up", **GIVEN)
    assert send(admin, "/resources/new", kind="room", name="Exam 1").status_code == 302
    assert send(admin, "/resources/new", kind="room", name=" ").status_code == 422
    assert Resource.objects.get().pool == "exam"


def test_everybody_else_finds_a_page_that_says_the_practice_is_open(client):
    make.location()
    make.user(username="rosa")
    client.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    assert client.get("/set-up").url == "/"
    assert client.get("/resources/new").status_code == 403

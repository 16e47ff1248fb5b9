"""P55 and the matrix: a wall and a kiosk that work by themselves show what they are for, and every other address is shut."""

import pytest
from django.test import Client

from frontdesk.entrypoints.desk.screens import RIGHTS, cookie
from frontdesk.kit.permissions import stands
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import Device
from tests.attacks.asking import FRAGMENT, ROWS, ask, name_of, ways
from tests.attacks.practice import changing_nothing, undone
from tests.halves import half
from tests.people import gus

pytestmark = pytest.mark.django_db
SECRET = "a secret of its own"
KIOSK_SECRET = "another secret of its own"


@pytest.fixture(scope="module")
def screens(world):
    """The browser of a wall and of a kiosk at Elm, as they stand after they were registered."""
    accounts.register_device(
        gus(), name="Entrance", kind="kiosk", location_id=world.elm.location.pk, secret=KIOSK_SECRET
    )
    found = {}
    for kind, secret in (("wall", SECRET), ("kiosk", KIOSK_SECRET)):
        found[kind] = Client()
        found[kind].cookies[cookie()] = secret
    return found


@pytest.mark.parametrize("row", half(ROWS), ids=name_of)
def test_every_other_address_is_shut_to_a_screen_and_changes_nothing(world, screens, row):
    name, route, stands_on = row
    for kind, browser in screens.items():
        for method, more, _ in ways(name, stands_on, route):
            for headers in ({}, FRAGMENT):
                with undone(), changing_nothing():
                    answer = ask(world, browser, name, route, method, more, world.elm, **headers)
                told = f"{kind} {method} {route}: {answer.status_code}"
                assert answer.status_code == (401 if headers else 302), told
                assert (answer.headers.get("Location") or answer.headers["HX-Redirect"]) == "/sign-in", told


def test_a_screen_holds_the_right_to_the_wall_at_most():
    assert RIGHTS == {Device.WALL: {"visits.wall"}, Device.KIOSK: frozenset()}
    assert {name for name, one in stands().items() if "visits.wall" in one.all} <= {"wall", "board_lines"}


def test_a_kiosk_greets_in_both_languages_and_shows_nothing_of_anybody(world, screens):
    html = screens["kiosk"].get("/screen").content.decode()
    assert "Please see the front desk" in html
    assert 'lang="es"' in html
    assert "recepción" in html
    assert "This screen only greets" in html
    assert world.elm.location.name in html
    for name in ("Ito", "Brandt", "<form", "<input", "<button", "<script", 'href="/'):
        assert name not in html.split("<body")[1], name
    assert screens["kiosk"].post("/screen").status_code == 405


def test_ended_it_shows_nothing_at_the_next_asking(world, screens):
    with undone():
        accounts.end_device(gus(), device_id=Device.objects.get(kind="kiosk").pk)
        assert screens["kiosk"].get("/screen").headers["Location"] == "/sign-in"

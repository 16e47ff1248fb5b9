"""P1: nobody signed in, on every address: sent to sign in, never let in, never a broken page."""

import pytest

from tests.attacks.asking import FRAGMENT, OPEN, ROWS, ask, name_of, ways
from tests.attacks.practice import changing_nothing, undone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_nobody_signed_in_is_sent_to_sign_in_and_changes_nothing(world, client, row):
    name, route, stands_on = row
    for method, more, _ in ways(name, stands_on, route):
        for headers in ({}, FRAGMENT):
            with undone(), changing_nothing():
                answer = ask(world, client, name, route, method, more, world.elm, **headers)
            assert answer.status_code == (401 if headers else 302), f"{method} {route}: {answer.status_code}"
            assert (answer.headers.get("Location") or answer.headers["HX-Redirect"]) == "/sign-in"


@pytest.mark.parametrize("row", OPEN, ids=name_of)
def test_what_is_open_to_all_says_so_and_shows_no_list_of_people(world, client, row):
    name, route = row
    with undone():
        answer = client.get(world.path(name, route, world.elm))
    assert answer.status_code in {200, 302, 404, 405, 410}
    if not name.startswith("link"):
        assert "Brandt" not in answer.content.decode()

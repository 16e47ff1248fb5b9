"""P3: somebody of one site asks for the things of another: they are not there, on any surface, in any role."""

import pytest

from frontdesk.kit.permissions import SERVICE, held_by
from tests.attacks.asking import FRAGMENT, OF_A_SITE, ROWS, ask, name_of, ways
from tests.attacks.practice import changing_nothing, undone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "row", [row for row in ROWS if any(f":{one}>" in row[1] for one in OF_A_SITE)], ids=name_of
)
def test_a_thing_of_another_site_is_not_there_on_any_surface(world, row):
    name, route, stands_on = row
    for method, more, permission in ways(name, stands_on, route):
        for role, browser in world.browsers.items():
            if permission not in held_by(role) or role == SERVICE:
                continue
            for headers in ({}, FRAGMENT):
                with undone(), changing_nothing():
                    answer = ask(world, browser, name, route, method, more, world.oak, **headers)
                told = f"{role} {method} {route} {more}: {answer.status_code}"
                assert answer.status_code == 404, told
                for theirs in ("Bo Brandt", "Ana Ito", "555-0134"):
                    assert theirs not in answer.content.decode(errors="ignore"), told


@pytest.mark.parametrize("role", ["psr", "lead", "provider", "manager"])
@pytest.mark.parametrize("path", ["/schedule", "/schedule/agenda", "/schedule/week", "/openings"])
def test_all_locations_are_all_of_ones_own(world, role, path):
    """The book of everywhere, asked for by address, is of the sites one works at: nothing of Oak stands in it."""
    text = world.browsers[role].get(f"{path}?day=2026-03-10&location=all&from=3/10/2026").content.decode()
    assert "Oak" not in text
    other = (
        world.browsers[role].get(f"{path}?day=2026-03-10&location={world.oak.location.pk}").content.decode()
    )
    assert "Oak" not in other

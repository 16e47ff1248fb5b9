"""P15: HEAD, OPTIONS, PUT and the headers that pretend another method: the same rules, and nothing changed."""

import pytest

from tests.attacks.asking import ROWS, name_of
from tests.attacks.practice import changing_nothing, undone
from tests.halves import half

pytestmark = pytest.mark.django_db
PRETEND = ("HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_METHOD_OVERRIDE", "HTTP_X_HTTP_METHOD")


@pytest.mark.parametrize("row", half(ROWS), ids=name_of)
def test_a_method_that_is_not_answered_is_refused_and_changes_nothing(world, row):
    name, route, stands_on = row
    path, lead = world.path(name, route, world.elm), world.browsers["lead"]
    for method in ("put", "patch", "delete", "options", "trace"):
        with undone(), changing_nothing():
            assert getattr(lead, method)(path).status_code == 405, method
    if not stands_on.look:
        with undone(), changing_nothing():
            assert lead.get(path).status_code == 405
            assert lead.head(path).status_code == 405


@pytest.mark.parametrize("row", half([row for row in ROWS if row[2].look]), ids=name_of)
def test_head_stands_on_what_get_stands_on(world, row):
    name, route, _ = row
    path = world.path(name, route, world.elm)
    for role in ("trainee", "kiosk"):
        with undone():
            got = world.browsers[role].get(path).status_code
            head = world.browsers[role].head(path)
        assert head.status_code == got, role
        assert not head.content


@pytest.mark.parametrize("row", half([row for row in ROWS if row[2].deed]), ids=name_of)
def test_pretending_another_method_does_no_deed(world, row):
    name, route, stands_on = row
    path = world.path(name, route, world.elm)
    for header in PRETEND:
        with undone(), changing_nothing():
            answer = world.browsers["trainee"].get(f"{path}?_method=POST", **{header: "POST"})
        assert answer.status_code in ({200, 204, 302, 403, 404, 422} if stands_on.look else {405})

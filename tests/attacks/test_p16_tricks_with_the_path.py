"""P16: the same address written another way is another address, or stands on the same thing; it never opens more."""

import pytest

from tests.attacks.asking import ROWS, name_of
from tests.attacks.practice import undone
from tests.halves import half

pytestmark = pytest.mark.django_db


def tricks(path):
    head, _, tail = path.rpartition("/")
    yield f"/{path}"
    yield f"{head}//{tail}"
    yield f"{head}/./{tail}"
    yield f"{head}/x/../{tail}"
    yield f"{head}/%2e/{tail}"
    yield f"{head}/%2e%2e{path}"
    yield f"{path};"
    yield f"{path};jsessionid=1"
    yield f"{path}/"
    yield f"{path}.json"
    yield f"{path}%00"
    yield f"{path}%20"
    yield path.upper()
    yield f"{head}%2f{tail}"


@pytest.mark.parametrize("row", half(ROWS), ids=name_of)
def test_no_way_of_writing_an_address_opens_it_to_who_may_not(world, row):
    name, route, _ = row
    path = world.path(name, route, world.elm)
    with undone():
        plain = {
            method: getattr(world.browsers["kiosk"], method)(path).status_code for method in ("get", "post")
        }
    for trick in tricks(path):
        if trick == path:
            continue
        for method in ("get", "post"):
            with undone():
                kiosk = getattr(world.browsers["kiosk"], method)(trick)
                # Two slashes begin the name of a host: what comes after it is the address, and that may be another one.
                after = "/" + trick[2:].partition("/")[2] if trick.startswith("//") else path
                other = getattr(world.browsers["kiosk"], method)(after).status_code
            home = kiosk.headers.get("Location") == "/board/wall"
            assert home or kiosk.status_code in {403, 404, 405, plain[method], other}, (
                trick,
                kiosk.status_code,
            )


@pytest.mark.parametrize(
    "trick", ["//people", "/./people", "/%2e/people", "/people;", "/people.json", "/PEOPLE", "/people/"]
)
def test_nobody_signed_in_gets_in_by_a_trick(world, client, trick):
    answer = client.get(trick)
    assert answer.status_code in {302, 404}
    assert "Rosa" not in answer.content.decode()

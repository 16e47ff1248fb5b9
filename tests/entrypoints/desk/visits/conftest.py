"""Rosa at the desk on Tuesday, March 10th, nine in the morning, on Elm Street."""

import pytest

from frontdesk.kit import clock
from tests.factories import practice as make
from tests.factories.visits import Day


@pytest.fixture
def day(db):
    make.practice()
    made = Day(days=3)
    with clock.fixed(made.at(9)):
        yield made


@pytest.fixture
def sign_in(client, day):
    """Sign somebody in; Rosa unless another is named."""

    def enter(role="psr", username="rosa", display_name="Rosa Diaz"):
        person = make.user(role=role, username=username, display_name=display_name)
        client.post("/sign-in", {"username": username, "password": "a long enough password"})
        return person

    return enter


@pytest.fixture
def desk(client, sign_in):
    """Rosa's browser, signed in."""
    sign_in()
    return client


HX = {"HX-Request": "true"}

"""A clinic with prices, at nine on Tuesday, March 10th; and browsers of those who work there."""

import pytest

from frontdesk.kit import clock
from tests.factories import practice as make
from tests.office.billing.conftest import Clinic


@pytest.fixture
def the(db):
    make.practice()
    made = Clinic()
    with clock.fixed(made.at(9)):
        yield made


@pytest.fixture
def enter(client, the):
    """Sign somebody in: Mia, who manages, unless another is named."""

    def sign_in(role="manager", username="mia", display_name="Mia Novak"):
        make.user(role=role, username=username, display_name=display_name)
        client.post("/sign-in", {"username": username, "password": "a long enough password"})
        return client

    return sign_in

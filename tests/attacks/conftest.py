"""A practice in which each list has somebody, and someone signed in who may see every page."""

import pytest
from django.test import Client

from tests.attacks.doors import add_app
from tests.browser import _session
from tests.factories import practice as make


@pytest.fixture
def street(db):
    make.practice()
    return make.location()


@pytest.fixture
def manager(street):
    return make.user(role="manager")


@pytest.fixture
def signed_in(manager):
    """A client of the manager's."""
    client = Client()
    client.cookies["session"] = _session(manager)
    return client


@pytest.fixture
def site(db):
    make.practice()
    return make.location()


@pytest.fixture
def rosa(site):
    return make.user()


@pytest.fixture
def mia(site):
    return make.user("manager", "mia", "Mia Novak")


@pytest.fixture
def app(mia):
    """The secret of the app on Mia's telephone, added some minutes ago."""
    return add_app(mia)

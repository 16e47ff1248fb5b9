"""What an attack finds: a practice on Elm Street, Rosa at its desk, Mia who manages it with an app on her telephone."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from frontdesk.kit import clock
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.accounts.rules import STEP, app_code
from tests.factories import practice as make

PASSWORD = "a long enough password"
RIGHT = {"username": "rosa", "password": PASSWORD}
WRONG = {"username": "rosa", "password": "not the right password"}


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


def add_app(user):
    with clock.fixed(clock.now() - timedelta(minutes=5)):
        secret = accounts.begin_app(actor_for(user))
        accounts.confirm_app(actor_for(user), code=code_of(secret))
    return secret


def code_of(secret, later=0):
    return app_code(secret, int(clock.now().timestamp()) // STEP + later)


def signed_in(username="rosa", **headers):
    browser = Client(headers=headers)
    browser.post("/sign-in", {"username": username, "password": PASSWORD})
    return browser


def is_in(browser):
    return browser.get("/").status_code == 200


def sentence(answer):
    return re.sub(r"<[^>]+>", " ", re.search(r'note-title">([^<]*)<', answer.content.decode())[1])

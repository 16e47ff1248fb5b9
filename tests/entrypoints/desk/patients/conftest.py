"""Rosa, Lena and Sam at the desk of a small practice where Ana Ito and Bo Brandt are patients."""

import re

import pytest

from tests.factories import practice as make
from tests.factories.patients import ana, bo

HX = {"HX-Request": "true"}
PASSWORD = "a long enough password"


@pytest.fixture
def site(db):
    make.practice()
    return make.location()


@pytest.fixture
def sign_in(site):
    """Open somebody's own browser, signed in with a role."""
    from django.test import Client

    def open_browser(role, username):
        make.user(role=role, username=username, display_name=username.title())
        browser = Client()
        browser.post("/sign-in", {"username": username, "password": PASSWORD})
        return browser

    return open_browser


@pytest.fixture
def desk(sign_in):
    """Rosa's browser."""
    return sign_in("psr", "rosa")


@pytest.fixture
def lead(sign_in):
    """Lena's browser; she leads the desk and may merge."""
    return sign_in("lead", "lena")


@pytest.fixture
def trainee(sign_in):
    """Sam's browser; he may look."""
    return sign_in("trainee", "sam")


@pytest.fixture
def who(site):
    return ana()


@pytest.fixture
def other(site):
    return bo()


def text(answer):
    return answer.content.decode()


def hidden(html, name):
    """Return the value of a hidden field of a page, as a browser would send it."""
    from html import unescape

    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    return unescape(found[1]) if found else None

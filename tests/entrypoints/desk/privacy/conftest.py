"""Rosa at the desk, Mia in the office, and Ana Ito, of whom something is asked."""

import pytest

from tests.entrypoints.desk.patients.conftest import (  # noqa: F401 - the same desk
    HX,
    desk,
    hidden,
    lead,
    other,
    sign_in,
    site,
    text,
    trainee,
    who,
)


@pytest.fixture
def office(sign_in):  # noqa: F811 - a fixture is asked for by its name
    """Mia's browser; she answers what patients ask."""
    return sign_in("manager", "mia")


def form(browser, address):
    """The hidden fields of a form in a panel, as a browser would send them."""
    html = text(browser.get(address, headers=HX))
    names = ("_key", "_patient", "version", "do")
    return {name: found for name in names if (found := hidden(html, name)) is not None}


def send(browser, address, **fields):
    """Open a panel and send its form."""
    return browser.post(address, {**form(browser, address), **fields}, headers=HX)

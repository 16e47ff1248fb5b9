"""Rosa at the desk of a small practice whose book is open on Tuesday, March 10th and the day after."""

import re

import pytest

from tests.factories import practice as make
from tests.factories import scheduling as book
from tests.factories.patients import ana


@pytest.fixture
def office(db):
    make.practice()
    made = book.Book(days=3)
    made.visit.name = "Follow-up"
    made.visit.save()
    return made


@pytest.fixture
def patient(office):
    return ana()


@pytest.fixture
def desk(client, office):
    """Rosa's browser, signed in."""
    make.user()
    client.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    return client


@pytest.fixture
def lead(client, office):
    """Lena's browser, signed in; she leads the desk."""
    make.user(role="lead", username="lena", display_name="Lena Park")
    client.post("/sign-in", {"username": "lena", "password": "a long enough password"})
    return client


@pytest.fixture
def token(office):
    """The word a form carries for a time with Dr. Lee."""
    from frontdesk.entrypoints.desk.scheduling.tokens import write_token

    def write(hour, minute=0, day=None, resource=None):
        who = (resource or office.lee).provider_id
        return write_token(office.at(hour, minute, day), who, office.location.pk)

    return write


@pytest.fixture
def visit(office, patient):
    """Ana's follow-up on Tuesday, March 10th at nine with Dr. Lee."""
    from frontdesk.office.scheduling import services

    return services.book(book.actor(), patient_id=patient.pk, **office.ask(office.at(9)))


def hidden(html, name):
    """Return the value of a hidden field on a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    return found[1] if found else None


HX = {"HX-Request": "true", "HX-Target": "sheet-body"}

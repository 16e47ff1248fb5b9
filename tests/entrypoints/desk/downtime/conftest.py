"""Rosa and Lena at the desk at five, when the system is back; forms were issued at half past seven."""

import pytest

from frontdesk.kit import clock
from frontdesk.office.downtime import services
from frontdesk.office.downtime.models import PaperForm
from tests.factories import practice as make
from tests.factories.visits import Day
from tests.people import gus


@pytest.fixture
def the(db, settings, tmp_path):
    settings.FRONTDESK_DATA = tmp_path
    make.practice()
    day = Day()
    with clock.fixed(day.at(17)):
        yield day


@pytest.fixture
def desk(client, the):
    """Rosa's browser, signed in."""
    make.user()
    client.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    return client


@pytest.fixture
def lead(client, the):
    """Lena's browser, signed in; she leads the desk."""
    make.user(role="lead", username="lena", display_name="Lena Park")
    client.post("/sign-in", {"username": "lena", "password": "a long enough password"})
    return client


@pytest.fixture
def issued(the):
    """Issue the forms of the day; return the one of a visit, or a blank one."""

    def issue(row=None, kind="walk_in"):
        with clock.fixed(the.at(7, 30)):
            services.issue_forms(gus(), location_id=the.location.pk, day=the.day)
        if row is not None:
            return PaperForm.objects.get(appointment=row)
        return PaperForm.objects.filter(kind=kind, state="issued").order_by("pk").first()

    return issue

"""Ana has a visit with Dr. Lee on Thursday, and a link about it; it is Tuesday morning."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling.services import book
from tests.factories import practice as make
from tests.factories.messaging import link_to, reachable, write_about
from tests.factories.visits import Day
from tests.people import lena


@pytest.fixture
def day(db):
    make.practice()
    made = Day(days=10)
    with clock.fixed(made.at(9)):
        yield made


@pytest.fixture
def visit(day):
    """Thursday at ten with Dr. Lee."""
    with clock.fixed(day.at(7)):
        at = day.at(10, day=day.day + timedelta(days=2))
        return book(lena(), patient_id=reachable().pk, **day.ask(at))


def linked(row, kind="confirmation", language="en"):
    """The word of a link about an appointment, from a message as it would have been sent."""
    Patient.objects.filter(pk=row.patient_id).update(language=language)
    return link_to(write_about(row, kind))


@pytest.fixture
def token(visit):
    return linked(visit)


def later(**by):
    return clock.fixed(clock.now() + timedelta(**by))

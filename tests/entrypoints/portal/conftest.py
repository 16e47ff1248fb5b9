"""Ana has a visit with Dr. Lee on Thursday, and a link about it; it is Tuesday morning."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.refs import Ref
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.queries import facts_of
from frontdesk.office.messaging.rules import ANSWERABLE
from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling.queries import outlook
from frontdesk.office.scheduling.services import book
from tests.factories import practice as make
from tests.factories.messaging import reachable
from tests.factories.visits import Day
from tests.people import lena, rosa


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


def linked(row, kind="confirmation", language="en", expires=None):
    """The word of a link about an appointment, from a message as it would have been sent."""
    stands = outlook(row.pk)
    Patient.objects.filter(pk=row.patient_id).update(language=language)
    about = Ref("scheduling.appointment", row.pk)
    told = messaging.announce(
        rosa(),
        patient_id=row.patient_id,
        kind=kind,
        about=about,
        after=facts_of(stands),
        version=stands.version,
    )
    return messaging.issue_link(
        rosa(),
        patient_id=row.patient_id,
        about=about,
        actions=ANSWERABLE[kind],
        expires_at=expires or stands.starts,
        message_id=told.pk,
    )


@pytest.fixture
def token(visit):
    return linked(visit)


def later(**by):
    return clock.fixed(clock.now() + timedelta(**by))

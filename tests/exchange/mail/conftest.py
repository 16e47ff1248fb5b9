"""A practice whose mail goes to a real mail server, and what tests of it have in common."""

import pytest

from frontdesk.exchange.post import Postman
from frontdesk.office.messaging.models import Message
from frontdesk.office.scheduling.services import book, reschedule
from tests.factories import practice
from tests.factories.messaging import Mailbox, react
from tests.factories.scheduling import Book, actor

ROSA = actor()


@pytest.fixture
def box():
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def the(box, settings):
    """The book of Tuesday, March 10th, seen a week before, and mail that goes to `box`."""
    settings.MAIL = box.settings
    practice.practice()
    return Book(days=3)


def booked(the, who, hour=9, minute=0):
    return book(ROSA, patient_id=who.pk, **the.ask(the.at(hour, minute)))


def moved(the, row, hour):
    return reschedule(ROSA, appointment_id=row.pk, starts=the.at(hour), reason_code="patient_asked")


def post(worker="postman"):
    """Let everything happen by itself, and the postman do his round."""
    react()
    postman = Postman(worker)
    while postman.round():
        pass
    return postman


def states(kind=None):
    rows = Message.objects.filter(kind=kind) if kind else Message.objects.all()
    return list(rows.order_by("pk").values_list("state", flat=True))

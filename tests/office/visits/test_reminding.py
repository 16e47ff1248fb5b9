"""Reminding of a visit of the book: as it stands, while it lies ahead, and never for one that stands no more."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from frontdesk.kit import clock
from frontdesk.kit.errors import NotFound
from frontdesk.office.messaging.errors import AlreadyReminded
from frontdesk.office.messaging.models import Message
from frontdesk.office.scheduling.services import cancel
from frontdesk.office.visits import services
from frontdesk.office.visits.errors import NotAhead
from tests.factories import practice as make
from tests.factories import scheduling as book
from tests.factories.messaging import reachable
from tests.factories.visits import ROSA, Day
from tests.people import lena

pytestmark = pytest.mark.django_db


@pytest.fixture
def the():
    make.practice()
    day = Day()
    with clock.fixed(day.at(9).replace(day=9)):  # Monday; the visits are on Tuesday
        yield day


def test_it_tells_of_the_visit_as_it_stands_in_the_book(the):
    row = the.booked(10, 20, patient=reachable())
    made = services.remind(ROSA, appointment_id=row.pk)
    assert (made.about_kind, made.about_id, made.patient_id) == (
        "scheduling.appointment",
        row.pk,
        row.patient_id,
    )
    assert (made.after["starts"], made.after["provider"]) == (row.starts.isoformat(), "Dr. Lee")


def test_nobody_is_reminded_of_what_lies_ahead_no_more(the):
    book.reasons()
    gone, here = the.booked(10, patient=reachable()), the.booked(11, patient=reachable())
    cancel(lena(), appointment_id=gone.pk, reason_code="patient_asked")
    with clock.fixed(the.at(11)):
        services.arrive(ROSA, appointment_id=here.pk)
    for row in (gone, here):
        with pytest.raises(NotAhead):
            services.remind(ROSA, appointment_id=row.pk)
    with pytest.raises(NotFound):
        services.remind(ROSA, appointment_id=0)
    assert not Message.objects.filter(kind="reminder").exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_remind_of_one_visit_at_once_one_does(the):
    row = the.booked(10, patient=reachable())
    done, refused, together = [], [], Barrier(6)

    def press(number):
        try:
            together.wait(timeout=30)
            done.append(services.remind(book.actor(id=number), appointment_id=row.pk).pk)
        except AlreadyReminded as refusal:
            refused.append(refusal.sentence)
        finally:
            connections.close_all()

    people = [Thread(target=press, args=(number,)) for number in range(50, 56)]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    assert (len(done), len(refused)) == (1, 5)
    assert Message.objects.filter(kind="reminder").count() == 1

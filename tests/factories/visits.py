"""A visit day on Elm Street: Tuesday, March 10th 2026, with visits at whatever times a test wants."""

from frontdesk.kit import clock
from frontdesk.office.practice.models import Room
from frontdesk.office.scheduling.services import book
from frontdesk.office.visits import services
from tests.factories import scheduling as make
from tests.people import lena

ROSA = make.actor()


class Day(make.Book):
    """A book with rooms, and a clerk who works in it."""

    def __init__(self, **fields):
        super().__init__(**fields)
        self.exam = Room.objects.create(location=self.location, name="Exam 1")

    def booked(self, hour=9, minute=0, patient=None, resource=None, **fields):
        """An appointment at that time, for a new patient unless one is given."""
        who = patient or make.patient(**fields)
        with clock.fixed(self.at(7)):
            return book(lena(), patient_id=who.pk, **self.ask(self.at(hour, minute), resource))

    def arrived(self, hour=9, minute=0, **fields):
        row = self.booked(hour, minute, **fields)
        services.arrive(ROSA, appointment_id=row.pk)
        row.refresh_from_db()
        return row

    def checked_in(self, hour=9, minute=0, **fields):
        row = self.arrived(hour, minute, **fields)
        services.settle(ROSA, appointment_id=row.pk, item="identity")
        services.check_in(ROSA, appointment_id=row.pk)
        row.refresh_from_db()
        return row

"""A small appointment book: Dr. Lee and Dr. Ruiz on Elm Street, an exam room, office visits of twenty minutes."""

from datetime import date, datetime, time, timedelta
from itertools import count

from frontdesk.kit import clock, walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.permissions import held_by
from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling.models import (
    CancelReason,
    DaySheet,
    Lane,
    Resource,
    Template,
    TemplateBlock,
    VisitStep,
    VisitType,
)
from tests.factories import practice

_numbers = count(1)
TUESDAY = date(2026, 3, 10)


def actor(role="psr", id=1, name="Rosa Diaz"):
    return Actor("staff", id, name, held_by(role), source="desk")


def patient(**fields):
    n = next(_numbers)
    given = {
        "mrn": f"T{n:06}",
        "legal_first": "Maria",
        "legal_last": f"Garcia{n}",
        "birth_date": date(1962, 3, 14),
        "sex": "female",
        "registered_at": clock.now(),
    }
    given |= fields
    given.setdefault("birthday", f"{given['birth_date']:%m%d}")
    return Patient.objects.create(**given)


def visit_type(steps=(("provider", 0, 0),), **fields):
    n = next(_numbers)
    given = {"code": f"office-{n}", "name": "Office visit", "minutes": 20, "start_every": 5}
    made = VisitType.objects.create(**{**given, **fields})
    for order, (pool, offset, minutes) in enumerate(steps):
        VisitStep.objects.create(visit_type=made, order=order, pool=pool, offset=offset, minutes=minutes)
    return made


def lane(seats=1, visit_types=()):
    made = Lane.objects.create(name=f"Lane {next(_numbers)}", seats=seats)
    made.visit_types.set(visit_types)
    return made


def provider_at(location, provider=None, **fields):
    who = provider or practice.provider()
    given = {"kind": "provider", "pool": "provider", "name": who.name, "location": location, "provider": who}
    return Resource.objects.create(**{**given, **fields})


def room_at(location, pool="exam", kind="room", **fields):
    return Resource.objects.create(
        kind=kind, pool=pool, name=f"Exam {next(_numbers)}", location=location, **fields
    )


def open_week(resource, lane, begins=time(8), ends=time(17), since=date(2026, 1, 1)):
    """A template open every day of the week from `begins` to `ends`."""
    made = Template.objects.create(resource=resource, effective_from=since)
    for weekday in range(7):
        TemplateBlock.objects.create(template=made, weekday=weekday, begins=begins, ends=ends, lane=lane)
    return made


def open_day(resource, lane, day=TUESDAY, begins=time(8), ends=time(17)):
    """The sheet of one day, open from `begins` to `ends` in wall time."""
    zone = resource.location.zone
    midnight = walltime.midnight_utc(day, zone)
    first, after = (
        int((walltime.to_utc(datetime.combine(day, at), zone) - midnight).total_seconds() // 300)
        for at in (begins, ends)
    )
    bits = ((1 << (after - first)) - 1) << first
    sheet, _ = DaySheet.objects.get_or_create(day=day, resource=resource)
    sheet.open = {**sheet.open, str(lane.pk): f"{bits:x}"}
    sheet.save()
    return sheet


def reasons():
    CancelReason.objects.get_or_create(
        code="patient_asked", defaults={"key": "p", "words": "The patient asked", "initiator": "patient"}
    )
    CancelReason.objects.get_or_create(
        code="provider_out", defaults={"key": "o", "words": "The provider is out", "initiator": "provider"}
    )


class Book:
    """The book of one location on `days` days from `day`: what most tests begin with."""

    def __init__(self, day=TUESDAY, days=1, seats=1, zone="America/New_York", rooms=0):
        self.day = day
        self.location = practice.location(zone=zone)
        self.lane = lane(seats)
        self.lee = provider_at(self.location)
        self.ruiz = provider_at(self.location, practice.provider(first_name="Ana", last_name="Ruiz"))
        self.rooms = [room_at(self.location) for _ in range(rooms)]
        steps = [("provider", 0, 0), *([("exam", 0, 0)] if rooms else [])]
        self.visit = visit_type(steps)
        for resource in (self.lee, self.ruiz, *self.rooms):
            open_week(resource, self.lane)
            for ahead in range(days):
                open_day(resource, self.lane, day + timedelta(days=ahead))
        reasons()

    def at(self, hour, minute=0, day=None):
        return walltime.to_utc(datetime.combine(day or self.day, time(hour, minute)), self.location.zone)

    def ask(self, starts, resource=None, **fields):
        """The arguments of a hold or booking with a resource's provider."""
        return {
            "visit_type_id": self.visit.pk,
            "location_id": self.location.pk,
            "provider_id": (resource or self.lee).provider_id,
            "starts": starts,
            **fields,
        }

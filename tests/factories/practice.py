"""A small practice: one site on Elm Street, two providers, an exam room, an ultrasound room."""

from datetime import time

from frontdesk.kit import clock
from frontdesk.office.accounts.models import User
from frontdesk.office.practice.models import Location, OpeningHours, Practice, Provider, Room


def practice(**fields):
    return Practice.objects.create(
        **{"name": "Elm Street Family Medicine", "phone": "+16175550100", **fields}
    )


def location(**fields):
    given = {
        "name": "Elm Street",
        "short_name": "Elm",
        "phone": "+16175550100",
        "line": "12 Elm Street",
        "city": "Somerville",
        "state": "MA",
        "zip": "02143",
        "zone": "America/New_York",
    }
    made = Location.objects.create(**{**given, **fields})
    for weekday in range(5):
        OpeningHours.objects.create(location=made, weekday=weekday, opens=time(8), closes=time(17))
    return made


def provider(**fields):
    given = {
        "first_name": "Dana",
        "last_name": "Lee",
        "credential": "MD",
        "specialty": "Family medicine",
        "gender": "female",
    }
    return Provider.objects.create(**{**given, "languages": ["en"], **fields})


def room(location, **fields):
    return Room.objects.create(location=location, **{"name": "Exam 1", "kind": "exam", **fields})


def user(role="psr", username="rosa", display_name="Rosa Diaz", **fields):
    made = User(username=username, display_name=display_name, role=role, created_at=clock.now(), **fields)
    made.set_password("a long enough password")
    made.save()
    return made

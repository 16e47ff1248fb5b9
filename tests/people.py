"""The cast. A name always means the same person.

Rosa works at the desk, Lena leads it, Dev is in billing, Mia manages the practice, Sam is in training,
Gus keeps the system. Ana Ito is the patient; Bo Brandt is the wrong patient.
"""

from frontdesk.kit.actor import Actor
from frontdesk.kit.permissions import ADMIN, BILLER, LEAD, MANAGER, PSR, TRAINEE, held_by


def _person(number: int, name: str, role: str) -> Actor:
    return Actor("staff", number, name, held_by(role), source="test")


def rosa() -> Actor:
    return _person(1, "Rosa", PSR)


def lena() -> Actor:
    return _person(2, "Lena", LEAD)


def dev() -> Actor:
    return _person(3, "Dev", BILLER)


def mia() -> Actor:
    return _person(4, "Mia", MANAGER)


def sam() -> Actor:
    return _person(5, "Sam", TRAINEE)


def gus() -> Actor:
    return _person(6, "Gus", ADMIN)

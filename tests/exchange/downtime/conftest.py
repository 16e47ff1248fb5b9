"""A small day on Elm Street, a passphrase, and a way to read a pack back as its reader would."""

import pytest

from frontdesk.exchange.downtime import sealing
from frontdesk.kit import clock
from frontdesk.office.patients.models import Alert, Contact
from tests.factories import practice
from tests.factories import scheduling as make
from tests.factories.visits import Day

PASSPHRASE = "lantern paper pencil clock"


@pytest.fixture(scope="session")
def keys():
    return sealing.make_keys(PASSPHRASE)


@pytest.fixture
def the(db):
    practice.practice()
    day = Day(days=3)
    with clock.fixed(day.at(7, 30)):
        yield day


def somebody(first="Zoë", last="Núñez-O’Brien", **fields):
    """A patient with a phone, an alert and an interpreter."""
    who = make.patient(legal_first=first, legal_last=last, language="es", interpreter_needed=True, **fields)
    Contact.objects.create(patient=who, system="phone", use="mobile", value="+16175550142")
    Alert.objects.create(patient=who, words="Uses a <wheelchair>", made_at=clock.now(), made_by="Lena")
    return who

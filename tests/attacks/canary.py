"""A restricted record that stands on every list, under words that are found nowhere else."""

import pytest

from frontdesk.kit.actor import SYSTEM
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling import services as book

NAMES = ("Zephyrine", "Canarywood", "555-0142", "5550142", "4/9/1971", "CANARYALERT", "CANARYNOTE")


@pytest.fixture(scope="module")
def canary(world):
    """Bo is somebody else now: a name found nowhere else, on every list of both sites, under 42 CFR Part 2."""
    Patient.objects.filter(pk=world.bo.pk).update(
        legal_first="Zephyrine", legal_last="Canarywood", birth_date="1971-04-09", labels="substance"
    )
    world.bo.refresh_from_db()
    patients.update_demographics(
        SYSTEM,
        patient_id=world.bo.pk,
        changes={"legal_last": "Canarywood-Oak"},
        base={"legal_last": "Canarywood"},
        version=world.bo.version,
    )
    patients.add_contact(SYSTEM, patient_id=world.bo.pk, system="phone", use="home", value="(617) 555-0142")
    patients.add_alert(SYSTEM, patient_id=world.bo.pk, words="CANARYALERT", show="always")
    for visit in (world.elm.next, world.elm.today):
        book.set_notes(SYSTEM, appointment_id=visit.pk, internal_note="CANARYNOTE")
    return world.bo

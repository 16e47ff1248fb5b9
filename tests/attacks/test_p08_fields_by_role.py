"""P8 and minimum necessary: a field a role has no need of stands in no byte of any page, part or paper, and is not written."""

import pytest

from frontdesk.entrypoints.commands.permissions import routes
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import NotPermitted
from frontdesk.kit.permissions import held_by, stand_of
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling import services as book
from tests.attacks.asking import FRAGMENT, ask
from tests.attacks.practice import undone

pytestmark = pytest.mark.django_db
FIELDS = {
    "patients.see_alerts": ("CANARYALERT",),
    "patients.see_needs": ("CANARYPRON", "CANARYGEND"),
    "patients.see_notes": ("CANARYNOTE",),
    "patients.see_ssn": ("***-**-8306",),
}
# On no page whoever looks: it is told in answer to a deed alone.
NOBODYS = ("219-47-8306", "219478306")


@pytest.fixture(scope="module")
def canary(world):
    Patient.objects.filter(pk__in=(world.ana.pk, world.bo.pk)).update(
        pronouns="CANARYPRON", gender_identity="CANARYGEND"
    )
    for who in (world.ana, world.bo):
        patients.add_alert(SYSTEM, patient_id=who.pk, words="CANARYALERT", show="always")
    for visit in (world.elm.visit, world.elm.next, world.elm.today):
        book.set_notes(SYSTEM, appointment_id=visit.pk, internal_note="CANARYNOTE")
    return world


@pytest.mark.parametrize("role", ["biller", "kiosk", "trainee"])
def test_what_a_role_has_no_need_of_stands_on_no_page(canary, role):
    forbidden = [bird for one, birds in FIELDS.items() if one not in held_by(role) for bird in birds]
    forbidden += NOBODYS
    assert forbidden
    for name, route, _ in routes():
        stands_on = stand_of(name)
        if stands_on.open_to or not stands_on.look or stands_on.look not in held_by(role):
            continue
        for headers in ({}, FRAGMENT):
            with undone():
                answer = ask(canary, canary.browsers[role], name, route, "get", {}, canary.elm, **headers)
            text = answer.content.decode(errors="ignore")
            for bird in forbidden:
                assert bird not in text, f"{role} reads {bird} at {name}"


def test_the_end_of_a_social_security_number_stands_where_it_is_asked_for_and_on_no_list_or_paper(canary):
    shown = set()
    for name, route, _ in routes():
        stands_on = stand_of(name)
        if not stands_on.look or stands_on.look not in held_by("manager"):
            continue
        with undone():
            answer = ask(canary, canary.browsers["manager"], name, route, "get", {}, canary.elm, **FRAGMENT)
        text = answer.content.decode(errors="ignore")
        assert not any(bird in text for bird in NOBODYS), name
        if "-8306" in text:
            shown.add(name)
    assert shown == {"patient_person", "patient_ssn", "reveal_ssn"}


def test_who_needs_them_reads_them(canary):
    text = canary.browsers["clinical"].get(f"/patients/{canary.ana.pk}/person").content.decode()
    assert "CANARYPRON" in text
    assert "CANARYALERT" in text
    assert "CANARYNOTE" in canary.browsers["psr"].get(f"/appointments/{canary.elm.visit.pk}").content.decode()


def test_who_does_not_see_a_field_does_not_write_it(canary):
    row = Patient.objects.get(pk=canary.ana.pk)
    with undone(), pytest.raises(NotPermitted):
        patients.update_demographics(
            actor_for(canary.people["biller"]),
            patient_id=row.pk,
            changes={"pronouns": "they"},
            base={"pronouns": "CANARYPRON"},
            version=row.version,
        )

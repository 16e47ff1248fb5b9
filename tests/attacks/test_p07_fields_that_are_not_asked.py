"""P7, P8: fields slipped into a form that it does not have, and changes by who may only look."""

import pytest

from frontdesk.kit.errors import Invalid
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.patients.models import Address, Patient
from frontdesk.office.scheduling.models import Appointment
from tests.attacks.practice import changing_nothing, undone
from tests.people import mia

pytestmark = pytest.mark.django_db
SLIPPED = {
    "is_staff": "1",
    "is_active": "0",
    "role": "admin",
    "mrn": "X1",
    "status": "done",
    "registered_at": "2020-01-01",
    "provider_id": "1",
    "location_id": "2",
    "site_ids": "[]",
    "labels": "[]",
    "merged_into": "2",
    "booked_by": "nobody",
}


def test_a_patients_form_takes_only_its_own_fields(world):
    with undone():
        before = Patient.objects.filter(pk=world.ana.pk).values("mrn", "status", "registered_at", "labels")[0]
        world.browsers["lead"].post(
            f"/patients/{world.ana.pk}/sections/needs",
            {**SLIPPED, "language": "en", "version": str(world.ana.version)},
        )
        after = Patient.objects.filter(pk=world.ana.pk).values("mrn", "status", "registered_at", "labels")[0]
    assert after == before


def test_a_visits_note_changes_no_more_than_the_note(world):
    kept = ("status", "location_id", "provider_id", "booked_by", "patient_id")
    with undone():
        before = Appointment.objects.filter(pk=world.elm.visit.pk).values(*kept)[0]
        world.browsers["lead"].post(
            f"/appointments/{world.elm.visit.pk}/notes", {**SLIPPED, "internal_note": "hi"}
        )
        row = Appointment.objects.get(pk=world.elm.visit.pk)
        assert row.internal_note == "hi"
        after = Appointment.objects.filter(pk=world.elm.visit.pk).values(*kept)[0]
    assert after == before


@pytest.mark.parametrize("role", ["psr", "lead", "trainee", "privacy"])
def test_nobody_raises_themselves(world, role):
    who = world.people[role]
    with undone():
        world.browsers[role].post("/preferences", {**SLIPPED, "theme": "dark"})
        answer = world.browsers[role].post(
            f"/people/{who.pk}", {**SLIPPED, "display_name": "A", "role": "admin"}
        )
        assert answer.status_code == 403
        row = User.objects.get(pk=who.pk)
        assert (row.role, row.is_active, row.site_ids) == (role, True, [world.elm.location.pk])


def test_a_manager_makes_no_administrator_and_widens_not_themselves(world):
    manager = world.people["manager"]
    with undone():
        answer = world.browsers["manager"].post(
            f"/people/{manager.pk}",
            {"display_name": "M", "role": "manager", "asks_sites": "1", "everywhere": "on", "version": "1"},
        )
        assert User.objects.get(pk=manager.pk).site_ids == [world.elm.location.pk], answer.status_code


def test_the_verb_itself_refuses_fields_it_does_not_know(world):
    for field in ("is_active", "password", "username", "preferences", "one_time_until"):
        with undone(), pytest.raises(Invalid):
            accounts.change_user(mia(), user_id=world.people["psr"].pk, changes={field: "x"})


@pytest.mark.parametrize("role", ["trainee", "privacy", "kiosk"])
def test_who_may_only_look_changes_nothing_in_a_record(world, role):
    row = Address.objects.filter(patient=world.ana).first()
    p = f"/patients/{world.ana.pk}"
    for path in (
        f"{p}/sections/contact",
        f"{p}/rows/address",
        f"{p}/rows/address/{row.pk}",
        f"{p}/photo/set",
    ):
        with undone(), changing_nothing():
            assert world.browsers[role].post(path, {"line": "x"}).status_code == 403

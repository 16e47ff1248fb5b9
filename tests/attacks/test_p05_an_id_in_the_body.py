"""P5, P6, P10: an id in the form that is not the one of the page, one of another patient's rows, one foreign id among many."""

import pytest

from frontdesk.office.patients.models import Address, Alert
from frontdesk.office.scheduling.models import Appointment, WaitlistEntry
from tests.attacks.practice import changing_nothing, undone

pytestmark = pytest.mark.django_db


def test_a_form_drawn_for_one_patient_is_not_written_into_another(world):
    with undone(), changing_nothing():
        answer = world.browsers["lead"].post(
            f"/patients/{world.ana.pk}/sections/contact",
            {"_patient": str(world.bo.pk), "phone": "6175550111"},
        )
    assert answer.status_code == 409
    assert "another patient" in answer.content.decode()


@pytest.mark.parametrize("field", ["id", "patient", "patient_id", "appointment", "appointment_id", "pk"])
def test_an_id_beside_the_one_of_the_address_is_not_heard(world, field):
    theirs = world.oak.visit
    with undone():
        world.browsers["lead"].post(
            f"/appointments/{world.elm.visit.pk}/confirm", {field: str(theirs.pk), "version": "1"}
        )
        assert Appointment.objects.get(pk=theirs.pk).status == "scheduled"
        assert Appointment.objects.get(pk=world.elm.visit.pk).status == "confirmed"


@pytest.mark.parametrize("end", ["rows/address/{}", "rows/address/{}/end"])
def test_a_row_of_another_patient_is_not_there(world, end):
    theirs = Address.objects.filter(patient=world.bo).first()
    with undone(), changing_nothing():
        answer = world.browsers["lead"].post(
            f"/patients/{world.ana.pk}/{end.format(theirs.pk)}", {"line": "x"}
        )
    assert answer.status_code == 404


def test_an_alert_of_another_patient_is_not_read_through_this_one(world):
    alert = Alert.objects.get(pk=world.alert.pk)
    with undone(), changing_nothing():
        answer = world.browsers["lead"].post(
            f"/patients/{world.bo.pk}/alerts/{alert.pk}/read", {"version": "1"}
        )
    assert answer.status_code == 404


def test_a_follow_up_of_another_visit_is_not_settled_through_this_one(world):
    """The address names one visit of one's own site, and a follow-up of the other's."""
    with undone(), changing_nothing():
        answer = world.browsers["lead"].post(
            f"/visits/{world.elm.today.pk}/follow-ups/{world.oak.follow_up.pk}", {"how": "declined"}
        )
    assert answer.status_code == 404


def test_a_call_is_not_noted_for_a_patient_the_line_is_not_about(world):
    with undone(), changing_nothing():
        answer = world.browsers["lead"].post(
            f"/attempts/waitlist/{world.elm.entry.pk}/{world.ana.pk}", {"outcome": "reached"}
        )
    assert answer.status_code == 404
    assert WaitlistEntry.objects.get(pk=world.elm.entry.pk).patient_id == world.bo.pk


def test_a_time_at_another_site_is_not_booked_with_a_token_of_it(world):
    for path in ("/openings/hold", "/openings/book"):
        with undone(), changing_nothing():
            answer = world.browsers["lead"].post(
                path,
                {
                    "offer": world.oak.offer,
                    "type": str(world.oak.office.visit.pk),
                    "patient": str(world.ana.pk),
                },
            )
        assert answer.status_code == 404, path


def test_one_foreign_visit_among_many_is_not_worked_and_not_named(world):
    """P10: each visit is its own deed; the foreign one stays as it was, and nothing of it is told."""
    ours, theirs = world.elm.visit, world.oak.visit
    with undone():
        answer = world.browsers["lead"].post(
            "/tomorrow/do/confirmed?day=2026-03-10",
            {"visit": [str(ours.pk), str(theirs.pk)], "day": "2026-03-10"},
        )
        assert Appointment.objects.get(pk=theirs.pk).status == "scheduled"
        assert Appointment.objects.get(pk=ours.pk).status == "confirmed"
    assert f"Visit {theirs.pk}" in answer.content.decode()
    assert f'name="visit" value="{theirs.pk}"' not in answer.content.decode()

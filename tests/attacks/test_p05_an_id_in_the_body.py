"""P5, P6, P10: an id in the form that is not the one of the page, one of another patient's rows, one foreign id among many."""

import pytest

from frontdesk.office.accounts.models import User
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


@pytest.mark.parametrize("verb", ["confirmed", "unchanged", "interpreter", "accept", "remind"])
@pytest.mark.parametrize("theirs", ["foreign", "nobody's", "no number"])
def test_one_foreign_visit_among_many_and_the_whole_is_refused(world, verb, theirs):
    """P10: nothing is done for the visits that are one's own either, and nothing is told of the other."""
    foreign = {"foreign": str(world.oak.visit.pk), "nobody's": "987654321", "no number": "x"}[theirs]
    with undone(), changing_nothing():
        answer = world.browsers["lead"].post(
            f"/tomorrow/do/{verb}?day=2026-03-10",
            {"visit": [str(world.elm.visit.pk), foreign], "day": "2026-03-10", "reason": "because"},
        )
    assert answer.status_code == 404
    assert f"Visit {foreign}" not in answer.content.decode()
    assert "Nothing was changed" in answer.content.decode()


def test_more_visits_at_once_than_a_day_has_are_refused_and_none_cut_off(world):
    with undone(), changing_nothing():
        answer = world.browsers["lead"].post(
            "/tomorrow/do/confirmed?day=2026-03-10", {"visit": [str(world.elm.visit.pk)] * 501}
        )
    assert answer.status_code == 422


def test_one_foreign_site_among_many_is_given_to_nobody(world):
    """P10: a colleague's sites are changed as the whole list says, or not at all."""
    for foreign, status in ((world.oak.location.pk, 422), (987654321, 404), ("x", 404)):
        with undone(), changing_nothing():
            answer = world.browsers["manager"].post(
                f"/people/{world.colleague.pk}",
                {
                    "display_name": "Pat Wu",
                    "role": "psr",
                    "asks_sites": "1",
                    "site": [str(world.elm.location.pk), str(foreign)],
                },
            )
        assert answer.status_code == status, foreign
        assert User.objects.get(pk=world.colleague.pk).site_ids is None

"""Who waits is found a time on the finder, and what they have already moves to it."""

from frontdesk.office.scheduling import services
from frontdesk.office.scheduling.models import Appointment, Hold, WaitlistEntry
from tests.entrypoints.desk.scheduling.conftest import HX, hidden
from tests.factories.scheduling import actor


def waits(patient, office, **more):
    return services.add_to_waitlist(actor(), patient_id=patient.pk, visit_type_id=office.visit.pk, **more)


def take(desk, office, patient, entry, token, **more):
    fields = {"type": office.visit.pk, "patient": patient.pk, "offer": token, "waiting": entry.pk}
    html = desk.post("/openings/hold", fields, headers=HX).content.decode()
    fields |= {"hold": hidden(html, "hold"), **more}
    return desk.post("/openings/book", fields, headers=HX)


def test_who_wants_an_earlier_time_than_they_have_is_moved_to_it(desk, office, patient, token, visit):
    entry = waits(patient, office, appointment_id=visit.pk)
    answer = take(desk, office, patient, entry, token(8))
    assert answer.status_code == 200, answer.content.decode()
    made = Appointment.objects.get(status="scheduled")
    assert (made.starts, made.replaces_id) == (office.at(8), visit.pk)
    assert "Moved" in answer.content.decode()
    assert WaitlistEntry.objects.get().status == "booked"
    assert not Hold.objects.exists()


def test_a_note_given_while_booking_who_waits_is_kept(desk, office, patient, token):
    entry = waits(patient, office)
    take(desk, office, patient, entry, token(8), internal_note="Son drives")
    assert Appointment.objects.get().internal_note == "Son drives"

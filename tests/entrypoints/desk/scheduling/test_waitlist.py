"""Who waits is found a time on the finder, and what they have already moves to it."""

import re
from datetime import time, timedelta

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


def test_a_time_is_looked_for_by_all_that_somebody_wants(desk, office, patient, visit):
    waits(
        patient,
        office,
        appointment_id=visit.pk,
        weekdays=(1, 2),
        time_from=time(8),
        time_to=time(8, 30),
        until=office.day + timedelta(days=1),
        provider_id=office.lee.provider_id,
    )
    html = desk.get("/waitlist").content.decode()
    find = re.search(r'href="(/patients/[^"]+/book[^"]+)"', html)[1].replace("&amp;", "&")
    html = desk.get(find, headers=HX).content.decode()
    said = re.findall(r"(?:Monday|Tuesday|Wednesday|Thursday), March \d+th at [^<“”]+", html)
    assert said[0].startswith("Tuesday, March 10th at 8 in the morning with Dr. Lee")
    assert not [words for words in said if "Wednesday" in words or "8:30" in words]
    assert "earlier than" in html


def test_nothing_is_looked_for_sooner_than_the_notice_that_somebody_needs(desk, office, patient):
    entry = waits(patient, office, needs_hours=24 * 8)
    ask = f"/patients/{patient.pk}/book?type={office.visit.pk}&waiting={entry.pk}"
    html = desk.get(ask, headers=HX).content.decode()
    assert "March 10th" not in html
    assert "March 11th at 8 in" not in html
    assert "Wednesday, March 11th at" in html


def test_of_a_child_the_sentence_speaks_to_whoever_calls(desk, office, patient, token):
    from frontdesk.office.patients.models import Patient

    entry = waits(patient, office)
    ask = f"/waitlist/{entry.pk}/offer?offer={token(9)}"
    assert "Ana, a time has come free" in desk.get(ask, headers=HX).content.decode()
    Patient.objects.filter(pk=patient.pk).update(birth_date=office.day.replace(year=2025))
    assert "A time has come free for Ana" in desk.get(ask, headers=HX).content.decode()

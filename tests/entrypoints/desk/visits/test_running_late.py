"""A provider runs late: who comes next is offered to keep, come later or move, and what they said is kept."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.kit import clock
from frontdesk.office.messaging.models import Message
from frontdesk.office.patients.models import Contact
from frontdesk.office.scheduling.models import Appointment, ContactAttempt
from frontdesk.office.visits import services
from frontdesk.office.visits.models import Visit
from tests.entrypoints.desk.visits.conftest import HX
from tests.factories.visits import ROSA


def late(day):
    """Dr. Lee is still with the visit of eight at ten past nine; two wait, two are still to come."""
    with clock.fixed(day.at(8)):
        first = day.checked_in(8)
        services.room(ROSA, appointment_id=first.pk)
        services.start(ROSA, appointment_id=first.pk)
    with clock.fixed(day.at(8, 40)):
        for at in ((8, 20), (8, 40)):
            day.checked_in(*at)
    return [day.booked(9, 20), day.booked(9, 40)]


def test_the_desk_offers_to_tell_the_next_patients(desk, day):
    coming = late(day)
    with clock.fixed(day.at(9, 10)):
        html = desk.get("/").content.decode()
        assert re.search(r"Lee.* is about \d+ minutes late", html)
        panel = desk.get(f"/running-late/{day.lee.provider_id}", headers=HX).content.decode()
    for row in coming:
        assert f"/running-late/{day.lee.provider_id}/{row.pk}" in panel
    assert "Would you like to keep your time" in panel


def test_what_they_said_is_kept_with_the_visit_and_as_a_call(desk, day):
    row = late(day)[0]
    with clock.fixed(day.at(9, 10)):
        to = f"/running-late/{day.lee.provider_id}/{row.pk}"
        answer = desk.post(to, {"_key": "k", "answer": "later"}, headers=HX)
    assert answer.status_code == 200
    assert "comes later, about" in Visit.objects.get(appointment=row).note
    tried = ContactAttempt.objects.get()
    assert (tried.about, tried.outcome) == (f"scheduling.appointment:{row.pk}", "reached")


def test_on_a_day_in_time_nobody_is_told_anything(desk, day):
    day.booked(9, 20)
    assert "minutes late" not in desk.get("/").content.decode()
    assert desk.get(f"/running-late/{day.lee.provider_id}", headers=HX).status_code == 404


def test_an_answer_that_is_none_is_refused(desk, day):
    row = late(day)[0]
    with clock.fixed(day.at(9, 10)):
        to = f"/running-late/{day.lee.provider_id}/{row.pk}"
        assert desk.post(to, {"_key": "k", "answer": "maybe"}, headers=HX).status_code == 422
    assert not ContactAttempt.objects.exists()


def test_all_who_agreed_are_written_to_and_nobody_else(desk, day):
    first, second = late(day)
    for row, allowed in ((first, True), (second, False)):
        Contact.objects.create(
            patient_id=row.patient_id,
            system="phone",
            use="mobile",
            value=f"+1617555010{row.pk % 10}",
            may_text=allowed,
        )
    with clock.fixed(day.at(9, 10)):
        panel = desk.post(f"/running-late/{day.lee.provider_id}/write", {"_key": "w"}, headers=HX)
        assert panel.status_code == 200
        again = desk.post(f"/running-late/{day.lee.provider_id}/write", {"_key": "v"}, headers=HX)
    html = again.content.decode()
    assert "is on its way" in html
    assert "Not written to: they do not want texts" in html
    found = {one.about_id: one for one in Message.objects.filter(kind="running_late")}
    assert {pk: one.state for pk, one in found.items()} == {first.pk: "queued", second.pk: "held"}
    assert found[first.pk].after["minutes_late"] >= 20


def test_the_sheet_asks_the_database_no_more_for_five_than_for_one(desk, day):
    late(day)
    address = f"/running-late/{day.lee.provider_id}"

    def asked():
        with CaptureQueriesContext(connection) as seen, clock.fixed(day.at(9, 10)):
            html = desk.get(address, headers=HX).content.decode()
        return html.count("data-row"), len(seen)

    asked()
    assert (few := asked())[0] == 2
    for minute in (0, 20, 40):
        day.booked(10, minute)
    Contact.objects.bulk_create(
        Contact(patient_id=pk, system="phone", use="mobile", value=f"+1617555{pk:04}")
        for pk in Appointment.objects.values_list("patient_id", flat=True)
    )
    assert asked() == (5, few[1])


def test_each_is_named_with_their_own_number(desk, day):
    first, second = late(day)
    for row, number in ((first, "+16175550101"), (second, "+16175550102")):
        Contact.objects.create(patient_id=row.patient_id, system="phone", use="mobile", value=number)
    with clock.fixed(day.at(9, 10)):
        html = desk.get(f"/running-late/{day.lee.provider_id}", headers=HX).content.decode()
    assert html.index("(617) 555-0101") < html.index("(617) 555-0102")

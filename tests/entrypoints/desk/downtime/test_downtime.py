"""The page of downtime: numbers, forms, progress, and the packs as files to take along."""

from datetime import time

import pytest

from frontdesk.entrypoints.desk.downtime.wording import read_time
from frontdesk.exchange.downtime import pdf, sealing, writing
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.downtime.models import PaperForm
from frontdesk.office.downtime.rules import fresh_number, shown
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.models import Visit
from tests.factories import practice as practice_make
from tests.factories import scheduling as make

TIMES = {
    "outcome": "seen",
    "arrived": "852",
    "checked_in": "8:55",
    "roomed": "9",
    "with_provider": "905a",
    "out": "0931",
}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("905", time(9, 5)), ("9:05a", time(9, 5)), ("9.05 am", time(9, 5)), ("1105", time(11, 5)), ("9", time(9)),
        ("130", time(13, 30)), ("1:30p", time(13, 30)), ("1330", time(13, 30)), ("0130", time(1, 30)),
        ("12", time(12)), ("12:10a", time(0, 10)), ("730", time(7, 30)), ("6a", time(6)),
        ("25", None), ("975", None), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_times_are_read_as_they_are_typed_in_a_hurry(typed, read):
    assert read_time(typed) == read


def test_a_number_leads_to_its_form_which_says_whose_it_is(desk, the, issued):
    row = the.booked(9)
    form = issued(row)
    answer = desk.post("/downtime/find", {"number": shown(form.number)})
    assert (answer.status_code, answer["Location"]) == (302, f"/downtime/forms/{form.pk}")
    page = desk.get(f"/downtime/forms/{form.pk}").content.decode()
    assert f"Enter {row.patient.name} 3/14/1962" in page
    assert row.patient.name not in page.split("<title>")[1].split("</title>")[0]
    assert AuditEntry.objects.filter(action="downtime.open_form", patient_id=row.patient_id).exists()


def test_a_misread_number_is_said_beside_the_field(desk, the, issued):
    number = issued(the.booked(9)).number
    wrong = str((int(number[0]) + 1) % 10) + number[1:]
    answer = desk.post("/downtime/find", {"number": wrong})
    assert answer.status_code == 422
    assert "misread" in answer.content.decode()


def test_a_form_is_entered_and_the_page_goes_on_to_the_next(desk, the, issued):
    row = the.booked(9)
    form = issued(row)
    answer = desk.post(f"/downtime/forms/{form.pk}", TIMES)
    assert (answer.status_code, answer["Location"]) == (302, "/downtime?day=2026-03-10")
    visit = Visit.objects.get(appointment=row)
    assert (visit.arrived_at, visit.with_provider_at, visit.done_at) == (
        the.at(8, 52),
        the.at(9, 5),
        the.at(9, 31),
    )
    page = desk.get("/downtime").content.decode()
    assert "1 of 1 entered" in page
    assert f"Form {shown(form.number)} is entered." in page


def test_the_same_form_sent_twice_is_one_and_opened_again_it_shows_what_was_entered(desk, the, issued):
    row = the.booked(9)
    form = issued(row)
    for _ in range(2):
        assert desk.post(f"/downtime/forms/{form.pk}", {**TIMES, "_key": "one-render"}).status_code == 302
    again = desk.post(f"/downtime/forms/{form.pk}", {**TIMES, "out": "950", "_key": "another"})
    assert again.status_code == 409
    page = desk.get(f"/downtime/forms/{form.pk}").content.decode()
    assert "by Rosa Diaz at 5:00 pm" in page
    assert "9:31 am" in page
    assert Visit.objects.get(appointment=row).done_at == the.at(9, 31)


def test_what_cannot_be_right_comes_back_with_what_was_typed(desk, the, issued):
    form = issued(the.booked(9))
    answer = desk.post(f"/downtime/forms/{form.pk}", {**TIMES, "arrived": "soon", "companion": "Her son"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="soon"' in page
    assert 'value="Her son"' in page
    answer = desk.post(f"/downtime/forms/{form.pk}", {**TIMES, "checked_in": "840"})
    assert "That lies before “arrived”." in answer.content.decode()
    assert not Visit.objects.exists()


def test_a_blank_form_is_entered_for_a_walk_in_and_asked_about_when_it_may_be_one_twice(desk, the, issued):
    form, who = issued(), make.patient()
    given = {**TIMES, "patient": who.pk, "type": the.visit.pk, "provider": "", "reason": "Cough"}
    assert desk.post(f"/downtime/forms/{form.pk}", given).status_code == 302
    assert Appointment.objects.get(patient=who).internal_note == "Cough"
    other = issued()
    answer = desk.post(f"/downtime/forms/{other.pk}", given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Did they come twice?" in page
    assert 'name="twice"' in page
    assert who.name in page


def test_a_blank_form_offers_the_visits_that_are_not_in_yet(desk, the, issued):
    row, done = the.booked(9), the.booked(10)
    blank = issued()
    desk.post(f"/downtime/forms/{issued(done).pk}", {"outcome": "no_show"})
    page = desk.get(f"/downtime/forms/{blank.pk}").content.decode()
    assert f"9:00 am · {row.patient.name}" in page
    assert done.patient.name not in page
    assert desk.post(f"/downtime/forms/{blank.pk}", {**TIMES, "appointment": row.pk}).status_code == 302


def test_a_lead_voids_a_form_with_a_reason_and_takes_over_an_unknown_one(lead, the, issued):
    form = issued(the.booked(9))
    assert lead.post(f"/downtime/forms/{form.pk}/void", {"void_reason": ""}).status_code == 422
    assert lead.post(f"/downtime/forms/{form.pk}/void", {"void_reason": "Torn"}).status_code == 302
    assert PaperForm.objects.get(pk=form.pk).void_reason == "Torn"
    number = fresh_number()
    assert "It is ours all the same" in lead.post("/downtime/find", {"number": number}).content.decode()
    answer = lead.post("/downtime/adopt", {"number": number, "day": "2026-03-10", "reason": "Restored"})
    assert answer["Location"] == f"/downtime/forms/{PaperForm.objects.get(number=number).pk}"


def test_rosa_voids_nothing(desk, the, issued):
    form = issued(the.booked(9))
    assert desk.post(f"/downtime/forms/{form.pk}/void", {"void_reason": "Torn"}).status_code == 403
    assert "will not be entered" not in desk.get(f"/downtime/forms/{form.pk}").content.decode()


def test_a_receipt_says_what_it_is(desk, issued):
    page = desk.get(f"/downtime/forms/{issued(kind='receipt').pk}").content.decode()
    assert "This is a receipt, no visit" in page


def test_it_is_said_loudly_when_there_is_no_pack_or_an_old_one(desk, the, settings, monkeypatch):
    assert "it has no passphrase yet" in desk.get("/downtime").content.decode()
    folder = settings.FRONTDESK_DATA / "downtime"
    sealing.keep(sealing.make_keys("lantern paper pencil clock"), folder)
    assert "No pack is written yet" in desk.get("/downtime").content.decode()
    monkeypatch.setattr(pdf, "draw", lambda *_: b"paper")
    with clock.fixed(the.at(16, 30)):
        writing.write(SYSTEM, the.location.pk, folder)
    assert "The newest pack is 30 min ago" in desk.get("/downtime").content.decode()


def test_a_pack_is_handed_over_as_a_file_and_never_opened_here(desk, the, settings, monkeypatch):
    monkeypatch.setattr(pdf, "draw", lambda *_: b"paper")
    folder = settings.FRONTDESK_DATA / "downtime"
    sealing.keep(sealing.make_keys("lantern paper pencil clock"), folder)
    the.booked(9)
    made = writing.write(SYSTEM, the.location.pk, folder)
    address = f"/downtime/packs/{the.location.pk}/20260310-210000/html"
    assert address in desk.get("/downtime").content.decode()
    answer = desk.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="downtime-elm-2026-03-10-1700.html"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer.content == made.file("html").read_bytes()
    assert AuditEntry.objects.filter(action="downtime.take_pack").exists()
    assert desk.get(f"/downtime/packs/{the.location.pk}/20260310-210000/keys").status_code == 404
    assert desk.get("/downtime/packs/999/20260310-210000/html").status_code == 404


def test_a_biller_sees_no_pack_and_no_form(client, the, issued):
    form = issued(the.booked(9))
    practice_make.user(role="biller", username="dev", display_name="Dev Shah")
    client.post("/sign-in", {"username": "dev", "password": "a long enough password"})
    assert client.get(f"/downtime/forms/{form.pk}").status_code == 403
    page = client.get("/downtime").content.decode()
    assert "Enter a paper form" not in page
    assert "/downtime/packs/" not in page


def test_the_page_costs_few_queries_however_long_the_day(desk, the, issued, django_assert_max_num_queries):
    for hour in range(8, 16):
        the.booked(hour)
    blank = issued()
    with django_assert_max_num_queries(14):
        desk.get("/downtime")
    with django_assert_max_num_queries(20):
        desk.get(f"/downtime/forms/{blank.pk}")

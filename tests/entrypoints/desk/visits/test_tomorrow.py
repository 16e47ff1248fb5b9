"""Tomorrow: what needs somebody first, how much is ready, and work on one or on many."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.entrypoints.desk.visits.days import next_working_day
from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients.models import Confirmation
from frontdesk.office.practice.models import Holiday
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.models import Check
from tests.factories import practice as make
from tests.factories import scheduling as book
from tests.factories.patients import ana
from tests.factories.visits import Day

HX = {"HX-Request": "true"}


@pytest.fixture
def the(db):
    make.practice()
    day = Day()
    with clock.fixed(day.at(9).replace(day=9)):  # Monday; the visits are on Tuesday
        yield day


@pytest.fixture
def desk(client, the):
    make.user()
    client.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    return client


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def work(desk, verb, *rows, key="k1", **fields):
    values = {"visit": [row.pk for row in rows], "_key": key, "day": "2026-03-10", **fields}
    return desk.post(f"/tomorrow/do/{verb}", values, headers=HX if len(rows) == 1 else {})


def statuses(*rows):
    return [Appointment.objects.get(pk=row.pk).status for row in rows]


def test_what_needs_somebody_stands_first_with_words_owner_and_the_verb_that_fixes_it(the, desk):
    ready, missing = the.booked(8, patient=ana()), the.booked(11, language="es", interpreter_needed=True)
    work(desk, "confirmed", ready)
    html = text(desk.get("/tomorrow"))
    assert "Tuesday, March 10" in html
    assert "1 of 2 ready" in html
    assert html.index(f'id="t{missing.pk}"') < html.index(f'id="t{ready.pk}"')
    assert "Interpreter for Spanish: arrange one" in html
    assert "Front desk, due Mon, Mar 9" in html
    assert "/tomorrow/do/interpreter" in html


@pytest.mark.parametrize(
    ("today", "closed", "expected"),
    [
        (date(2026, 3, 9), [], date(2026, 3, 10)),
        (date(2026, 3, 6), [], date(2026, 3, 9)),
        (date(2026, 3, 6), [date(2026, 3, 9)], date(2026, 3, 10)),
    ],
)
def test_weekends_and_holidays_are_no_tomorrow(db, today, closed, expected):
    place = make.location()
    for day in closed:
        Holiday.objects.create(day=day, name="Closed")
    assert next_working_day(place, today) == expected


def test_one_key_confirms_and_brings_back_the_line_with_how_much_is_ready(the, desk):
    row = the.booked(patient=ana())
    answer = work(desk, "confirmed", row)
    assert statuses(row) == ["confirmed"]
    html = text(answer)
    assert f'id="t{row.pk}"' in html
    assert "1 of 1 ready" in html
    assert "hx-swap-oob" in html
    assert "Confirmed." in answer["HX-Trigger"]


def test_unchanged_on_the_phone_confirms_the_record(the, desk):
    row = the.booked(patient=ana())
    before = Confirmation.objects.count()
    work(desk, "unchanged", row)
    assert Confirmation.objects.count() > before


def test_accepting_wants_a_reason_and_closes_its_panel(the, desk):
    row = the.booked()
    assert "No telephone number on file" in text(desk.get(f"/tomorrow/{row.pk}/accept", headers=HX))
    refused = work(desk, "accept", row)
    assert refused.status_code == 422
    assert "say why" in text(refused)
    answer = work(desk, "accept", row, key="k2", reason="will bring it")
    assert "sheet-close" in answer["HX-Trigger"]
    assert {check.answer for check in Check.objects.all()} == {"accepted: will bring it"}


def test_many_are_done_one_by_one_and_what_was_refused_is_named(the, desk):
    speaks = the.booked(8, language="es", interpreter_needed=True)
    other, third = the.booked(9), the.booked(10, language="vi", interpreter_needed=True)
    html = text(work(desk, "interpreter", speaks, other, third))
    assert "2 of 3 done" in html
    assert f'<a href="#t{other.pk}">{other.patient.name}</a>: No interpreter has to be arranged' in html
    assert set(Check.objects.values_list("appointment_id", flat=True)) == {speaks.pk, third.pk}


def test_the_same_form_sent_twice_has_one_effect_on_each(the, desk):
    rows = the.booked(8), the.booked(9)
    for _ in range(2):
        assert "2 of 2 done" in text(work(desk, "confirmed", *rows))
    assert statuses(*rows) == ["confirmed", "confirmed"]
    assert AuditEntry.objects.filter(action="scheduling.confirm").count() == 2


def test_a_step_there_is_none_of_is_not_found(the, desk):
    assert work(desk, "delete", the.booked()).status_code == 404


def test_the_list_is_narrowed_by_provider_owner_and_chip(the, desk):
    lee, ruiz = the.booked(8), the.booked(9, resource=the.ruiz)
    html = text(desk.get(f"/tomorrow?provider={the.ruiz.provider_id}"))
    assert f'id="t{ruiz.pk}"' in html
    assert f'id="t{lee.pk}"' not in html
    assert "0 of 1 ready" in html
    assert f'id="t{lee.pk}"' in text(desk.get("/tomorrow?chip=Demo&owner=desk"))
    assert f'id="t{lee.pk}"' not in text(desk.get("/tomorrow?chip=$"))
    assert f'id="t{lee.pk}"' not in text(desk.get("/tomorrow?owner=lead"))


def test_who_may_only_look_is_shown_no_verb(the, client):
    make.user(role="provider", username="lee", display_name="Dana Lee")
    client.post("/sign-in", {"username": "lee", "password": "a long enough password"})
    row = the.booked(language="es", interpreter_needed=True)
    html = text(client.get("/tomorrow"))
    assert "Interpreter for Spanish" in html
    assert "/tomorrow/do/interpreter" not in html
    assert work(client, "interpreter", row).status_code == 403


def test_looking_is_on_record(the, desk):
    row = the.booked()
    desk.get("/tomorrow")
    seen = AuditEntry.objects.get(action="visits.open_day", extra__list="tomorrow")
    assert seen.extra["shown"] == [row.patient_id]


def test_the_day_takes_no_more_queries_when_it_is_full(the, desk):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert desk.get("/tomorrow").status_code == 200
        return [one["sql"] for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]

    the.booked(8, 0)
    asked()  # the first touch of a session is noted in it
    few = asked()
    for hour in range(9, 17):
        for minute in (0, 20, 40):
            the.booked(hour, minute, language="es", interpreter_needed=True)
    many = asked()
    assert len(many) == len(few) <= 14, many
    assert book.TUESDAY == the.day

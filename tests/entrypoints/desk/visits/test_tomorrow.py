"""Tomorrow: what needs somebody first, how much is ready, and work on one or on many."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.entrypoints.desk.visits.days import next_working_day
from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.messaging.models import Message
from frontdesk.office.patients.models import Confirmation
from frontdesk.office.practice.models import Holiday
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.models import Check
from frontdesk.office.visits.queries import Stamp
from tests.factories import practice as make
from tests.factories import scheduling as book
from tests.factories.messaging import reachable
from tests.factories.patients import ana
from tests.factories.visits import Day
from tests.people import lena

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
    assert (
        f'No interpreter has to be arranged for this visit. <a href="#t{other.pk}">{other.patient.name}</a>'
        in html
    )
    assert set(Check.objects.values_list("appointment_id", flat=True)) == {speaks.pk, third.pk}


def test_the_same_form_sent_twice_has_one_effect_on_each(the, desk):
    rows = the.booked(8), the.booked(9)
    for _ in range(2):
        assert "2 of 2 done" in text(work(desk, "confirmed", *rows))
    assert statuses(*rows) == ["confirmed", "confirmed"]
    assert AuditEntry.objects.filter(action="scheduling.confirm").count() == 2


def test_a_step_there_is_none_of_is_not_found(the, desk):
    assert work(desk, "delete", the.booked()).status_code == 404


def reachable_at(the, hour, **fields):
    return the.booked(hour, patient=reachable(**fields))


def test_many_are_reminded_at_once_and_it_is_said_for_whom_not_and_why(the, desk):
    mail, text_only = (
        reachable_at(the, 8),
        reachable_at(the, 9, email="", mobile="+16175550111", may_text=True),
    )
    unasked = reachable_at(the, 10, email="", mobile="+16175550112")
    nothing, again = reachable_at(the, 11, email=""), reachable_at(the, 12)
    work(desk, "remind", again)
    html = text(work(desk, "remind", mail, text_only, unasked, nothing, again, key="k2"))
    assert "2 of 5 done" in html
    for row, why in (
        (unasked, "Nobody has asked whether texts are all right, and there is no e-mail address."),
        (nothing, "There is no e-mail address and no mobile number on file."),
        (again, "A reminder is on its way already."),
    ):
        assert f'{why} <a href="#t{row.pk}">' in html
    assert html.count("Reminder on its way<") == 3
    assert html.count("Not reminded<") == 2
    assert reminders() == {mail.pk: "email", text_only.pk: "text", again.pk: "email"}


def reminders():
    rows = Message.objects.filter(kind="reminder").values_list("about_id", "channel")
    assert len(rows) == len(dict(rows))
    return dict(rows)


def test_at_night_a_text_waits_for_the_morning_and_that_is_said(the, desk):
    row = reachable_at(the, 15, email="", mobile="+16175550111", may_text=True)
    other = reachable_at(the, 16, email="", mobile="+16175550113", may_text=True)
    with clock.fixed(the.at(22).replace(day=10)):  # ten at night in New York, the evening before
        answer = work(desk, "remind", row)
        assert 'data-aside="Too early or too late for a text where they are: it goes out' in text(answer)
        assert "it goes out Tue, Mar 10 at 8:00 am." in answer["HX-Trigger"]
        html = text(work(desk, "remind", row, other, key="k2"))
    assert "1 of 2 done" in html
    assert f'it goes out Tue, Mar 10 at 8:00 am. <a href="#t{other.pk}">' in html
    assert "Reminder goes out Tue, Mar 10 at 8:00 am" in html


def test_what_became_of_the_reminder_stands_in_the_line(the, desk):
    row = reachable_at(the, 8)
    work(desk, "remind", row)
    for changes, words in (
        ({"state": "sent", "via": "smtp"}, "Reminded today at 9:00 am, by e-mail"),
        ({"via": "outbox"}, "Reminder kept here, not sent"),
        ({"state": "failed"}, "The reminder did not arrive"),
        ({"state": "in_doubt"}, "The reminder may not have arrived"),
        (
            {"state": "held", "why": "They asked for no more messages."},
            "Not reminded: they asked for no more",
        ),
    ):
        Message.objects.filter(about_id=row.pk).update(sent_at=clock.now(), sending_at=clock.now(), **changes)
        assert words in text(desk.get("/tomorrow"))


def test_who_may_not_write_to_patients_is_not_offered_it(the, client):
    make.user(role="biller", username="dev", display_name="Dev")
    client.post("/sign-in", {"username": "dev", "password": "a long enough password"})
    row = reachable_at(the, 8)
    assert "/tomorrow/do/remind" not in text(client.get("/tomorrow"))
    assert work(client, "remind", row).status_code == 403


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


def lines(desk, since="0.0", query="day=2026-03-10", **headers):
    return desk.get(f"/tomorrow/lines?{query}&since={since}", headers={**HX, **headers})


def stamp_in(html):
    return re.search(r'data-stamp="([^"]+)"', html)[1]


def test_only_what_changed_is_brought_and_how_much_is_ready(the, desk):
    row, other = the.booked(8, patient=ana()), the.booked(9)
    since = stamp_in(text(desk.get("/tomorrow")))
    assert f'data-lines="/tomorrow/lines?day=2026-03-10" data-stamp="{since}"' in text(desk.get("/tomorrow"))
    later(row)
    html = text(lines(desk, since))
    assert f'data-line="{row.pk}"' in html
    assert '<div data-into="prepared"><p class="progress-words" id="prepared-words">1 of 2 ready' in html
    assert Stamp.parse(stamp_in(html)) > Stamp.parse(since)


def later(row):
    """A colleague confirms a visit."""
    scheduling.confirm(lena(), appointment_id=row.pk)


def test_what_is_settled_is_drawn_though_it_is_not_looked_for_any_more(the, desk):
    row, other = the.booked(8, patient=ana()), the.booked(9, resource=the.ruiz)
    query = f"day=2026-03-10&chip=$&provider={the.lee.provider_id}"
    later(row)
    html = text(lines(desk, query=query))
    assert re.search(rf'data-line="{row.pk}"[^>]* data-beyond', html)
    assert f'data-line="{other.pk}"' not in html
    assert f'data-line="{row.pk}"' not in text(desk.get(f"/tomorrow?{query}"))


def test_a_cancelled_visit_goes_and_a_new_one_comes(the, desk):
    book.reasons()
    row = the.booked(8)
    since = stamp_in(text(desk.get("/tomorrow")))
    scheduling.cancel(lena(), appointment_id=row.pk, reason_code="patient_asked")
    new = the.booked(9)
    html = text(lines(desk, since))
    assert f'data-line="{row.pk}"' not in html
    assert str(row.patient_id) in re.search(r'data-patients="([\d,]+)"', html)[1].split(",")
    assert f'data-line="{new.pk}"' in html


def test_a_line_is_another_only_when_something_in_it_is(the, desk):
    row = the.booked(8, patient=reachable())

    def rev():
        return re.search(rf'data-line="{row.pk}"[^>]*data-rev="(\w+)"', text(desk.get("/tomorrow")))[1]

    before = rev()
    assert before == rev() == re.search(r'data-rev="(\w+)"', text(lines(desk)))[1]
    work(desk, "remind", row)
    assert rev() != before


def test_lines_are_each_ones_own_and_their_forms_are_accepted(the, desk):
    row = the.booked(8, patient=ana())
    html = text(lines(desk, "0.0", "day=2026-03-10&all=1"))
    assert "@@" not in html
    assert "@@" not in text(desk.get("/tomorrow"))
    form = html.split('action="/tomorrow/do/confirmed"')[1]
    sent = {
        name: re.search(rf'name="{name}" value="([^"]+)"', form)[1] for name in ("_key", "_patient", "visit")
    }
    assert work_form(desk, sent).status_code == 200
    assert statuses(row) == ["confirmed"]


def work_form(desk, sent):
    return desk.post("/tomorrow/do/confirmed", {**sent, "day": "2026-03-10"}, headers=HX)


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
    asked()  # so is the first look at the stamps after something was booked
    many = asked()
    assert len(many) == len(few) <= 13 + 4, many  # four about money
    assert book.TUESDAY == the.day

"""The reports' pages: what they say, to whom, and what leaves the house."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.entrypoints.desk.reports.asking import span
from frontdesk.entrypoints.desk.reports.files import safe
from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.messaging.models import Message, Thread
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.queries.definitions import REPORTS
from tests.factories import practice
from tests.factories.scheduling import patient
from tests.factories.visits import Day

pytestmark = pytest.mark.django_db
DAYS = "period=days&from=3/10/2026&to=3/10/2026"


@pytest.fixture
def the(db):
    practice.practice()
    day = Day()
    with clock.fixed(day.at(12)):
        yield day


def signed_in(client, role):
    practice.user(role=role, username=role)
    client.post("/sign-in", {"username": role, "password": "a long enough password"})
    return client


@pytest.fixture
def manager(client, the):
    return signed_in(client, "manager")


def missed(the, hour=9, minute=0, **fields):
    row = the.booked(hour, minute, **fields)
    Appointment.objects.filter(pk=row.pk).update(status="no_show")
    return row


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_report_stands_at_a_glance_with_its_definition(manager):
    html = text(manager.get("/reports"))
    for report in REPORTS.values():
        assert f">{report.title}</a>" in html
        assert report.defined.replace("'", "&#39;") in html


def test_every_report_opens_in_every_way_it_can_be_cut(manager, the):
    missed(the)
    for code, report in REPORTS.items():
        for cut in report.cuts:
            html = text(manager.get(f"/reports/{code}?{DAYS}&cut={cut}"))
            assert "Left out" in html


def test_few_visits_are_said_to_be_few(manager, the):
    missed(the)
    html = text(manager.get(f"/reports/no-shows?{DAYS}"))
    assert "only 1 visit<" in html
    assert "1 of 1" in html


def test_a_bar_leads_to_its_visits_and_no_address_names_anybody(manager, the):
    row = missed(the, patient=patient(legal_first="Ana", legal_last="Ito"))
    html = text(manager.get(f"/reports/no-shows?{DAYS}"))
    href = re.search(r'href="(/reports/no-shows/rows[^"]*key=0[^"]*)"', html)[1].replace("&amp;", "&")
    rows = text(manager.get(href))
    assert "Ana Ito" in rows
    assert f'href="/visits/{row.pk}"' in rows
    assert not re.search(r'href="[^"]*Ito', rows)
    assert "<title>No-shows, the visits" in rows


def test_who_keeps_the_system_reads_the_visits_without_names(client, the):
    missed(the, patient=patient(legal_first="Ana", legal_last="Ito"))
    rows = text(signed_in(client, "admin").get(f"/reports/no-shows/rows?{DAYS}"))
    assert "Ito" not in rows
    assert "Names are not shown" in rows


def test_the_desk_has_no_reports_and_no_entry_to_them(client, the):
    desk = signed_in(client, "psr")
    assert desk.get("/reports").status_code == 403
    assert 'href="/reports"' not in text(desk.get("/"))


def test_a_day_that_cannot_be_read_is_said_beside_its_field(manager):
    html = text(manager.get("/reports/no-shows?period=days&from=zebra"))
    assert "Type a day" in html
    assert "before the first" in text(manager.get("/reports/no-shows?period=days&from=3/9/2026&to=3/2/2026"))


def test_a_typed_day_without_a_year_is_one_that_was(manager):
    assert "Nov 30, 2025 – Dec 6, 2025" in text(
        manager.get("/reports?period=days&from=11/30&to=12/6")
    ).replace("Nov 30 –", "Nov 30, 2025 –")


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("4-weeks", date(2026, 2, 10), date(2026, 3, 9)),
        ("this-week", date(2026, 3, 9), date(2026, 3, 10)),
        ("last-week", date(2026, 3, 2), date(2026, 3, 8)),
        ("this-month", date(2026, 3, 1), date(2026, 3, 10)),
        ("last-month", date(2026, 2, 1), date(2026, 2, 28)),
        ("this-quarter", date(2026, 1, 1), date(2026, 3, 10)),
        ("last-quarter", date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_is_seen_from_today(period, first, last):
    assert span(period, date(2026, 3, 10)) == (first, last)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_is_never_a_formula(text):
    assert safe(text) == f"'{text}"
    assert safe(-5) == -5
    assert safe("Ito") == "Ito"


def test_the_visits_as_a_file_are_safe_to_open_and_on_record(manager, the):
    missed(the, patient=patient(legal_first="=HYPERLINK(1)", legal_last="Ito"))
    answer = manager.post(f"/reports/no-shows/rows/export?{DAYS}")
    lines = text(answer).splitlines()
    assert answer["Content-Disposition"] == 'attachment; filename="no-shows-visits-2026-03-10-2026-03-10.csv"'
    assert lines[0].startswith("visit,day,time,patient,visit_type")
    assert ",2026-03-10,09:00,'=HYPERLINK(1) Ito," in lines[1]
    assert AuditEntry.objects.filter(action="visits.export_report_rows", is_read=True).exists()


def test_the_figures_as_a_file_have_one_head_and_real_numbers(manager, the):
    missed(the)
    lines = text(manager.post(f"/reports/no-shows/export?{DAYS}&cut=weekday")).splitlines()
    assert lines == ["Weekday,share,visits,of", "Tuesday,1.0,1,1", "All,1.0,1,1"]
    lines = text(manager.post(f"/reports/utilisation/export?{DAYS}&cut=weekday")).splitlines()
    assert lines[1] == "Tuesday,0.0185,20,20,1080"


def reminded(row):
    """A reminder about a visit that went out the day before."""
    at = row.starts - timedelta(hours=24)
    thread = Thread.objects.create(patient_id=row.patient_id, uid=str(row.pk), started_at=at)
    Message.objects.create(
        patient_id=row.patient_id, thread=thread, about_kind="scheduling.appointment", about_id=row.pk,
        kind="reminder", state="sent", dedupe=str(row.pk), key=str(row.pk), address="a@example.org",
        not_before=at, made_at=at, sending_at=at, sent_at=at,
    )  # fmt: skip


def test_the_effect_of_reminders_says_what_lies_between_and_leads_to_either_side(manager, the):
    for n, status in enumerate(("done", "done", "done", "no_show", "no_show", "done")):
        row = missed(the, 8 + n)
        Appointment.objects.filter(pk=row.pk).update(status=status, booked_at=row.starts - timedelta(days=10))
        if n < 4:
            reminded(row)
    html = text(manager.get(f"/reports/reminder-effect?{DAYS}"))
    assert ">−25 points<" in html
    assert "25.0% lost with a reminder" in html
    assert "50.0% without, like for like" in html
    assert "may be chance" in html
    assert "25 points less" in html
    assert html.count("only 2 visits") == 2  # in the picture and in the table
    assert REPORTS["reminder-effect"].mind in html.replace("&#39;", "'")
    for side, hits in (("3.1", 1), ("3.0", 1)):
        href = re.search(rf'href="(/reports/reminder-effect/rows[^"]*key={side}[^"]*)"', html)[1]
        rows = text(manager.get(href.replace("&amp;", "&")))
        assert rows.count("<tr data-row") == hits
        assert "All that were counted" in rows
    assert "Booked ahead: 1–2 weeks · not reminded" in rows
    lines = text(manager.post(f"/reports/reminder-effect/export?{DAYS}")).splitlines()
    assert lines == [
        "Booked ahead,reminder,share,lost,missed,cancelled_late,visits",
        "1–2 weeks,reminded,0.25,1,1,0,4",
        "1–2 weeks,not reminded,0.5,1,1,0,2",
        "Like for like,reminded,0.25,,,,",
        "Like for like,not reminded,0.5,,,,",
    ]


def test_without_a_match_nothing_is_compared(manager, the):
    missed(the)
    html = text(manager.get(f"/reports/reminder-effect?{DAYS}"))
    assert "nothing to compare" in html
    assert "nobody was reminded" in html


def test_a_report_there_is_not_and_a_bar_there_is_not_are_refused(manager):
    assert manager.get("/reports/wishes").status_code == 404
    assert manager.get("/reports/third-next/rows").status_code == 404
    assert manager.get("/reports/no-shows/rows?cut=lead&key=zebra").status_code == 422
    assert manager.get("/reports/no-shows/rows?cut=weekday&key=99").status_code == 422
    assert manager.get("/reports/reminder-effect/rows?cut=reminded&key=9.1").status_code == 422


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/reports", 77),
        ("/reports/waits", 30),
        ("/reports/reminder-effect", 20),
        ("/reports/third-next", 25),
        ("/reports/no-shows/rows", 14),
    ],
)
def test_a_page_asks_as_much_of_a_full_book_as_of_an_empty_one(manager, the, address, most):
    def asked():
        with CaptureQueriesContext(connection) as found:
            text(manager.get(f"{address}?{DAYS}"))
        return [one["sql"] for one in found]

    few = asked()
    for hour in range(8, 16):
        missed(the, hour)
        missed(the, hour, 20)
    many = asked()
    assert len(many) <= most
    assert len(many) <= len(few) + 3

"""The record of deeds on the screen: found by patient, person, day, deed; paged, on paper, as a file; and itself on record."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.entrypoints.desk.oversight import wording
from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.oversight.models import Look
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.queries import MASK, readable
from tests.factories import practice as make
from tests.factories.patients import ana, bo
from tests.house.reference import _verbs_by_room
from tests.people import dev, rosa

pytestmark = pytest.mark.django_db


@pytest.fixture
def the():
    make.practice()
    return make.location()


@pytest.fixture
def officer(client, the):
    """The privacy officer's browser, signed in."""
    make.user(role="privacy", username="pia", display_name="Pia Lund")
    client.post("/sign-in", {"username": "pia", "password": "a long enough password"})
    return client


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_who_saw_this_patient_is_answered_with_who_what_and_when(officer):
    who, other = ana(), bo()
    patients.open_chart(rosa(), who.pk, purpose="caller")
    patients.open_chart(dev(), other.pk, purpose="claim")
    html = read(officer, f"/audit?patient={who.pk}&kind=looks")
    assert "Opened a chart" in html
    assert "Rosa" in html
    assert "3/3/2026, 9:00:00 am" in html
    assert "caller" in html
    assert ">Dev<" not in html


def test_what_somebody_saw_is_answered_by_person(officer, the):
    sam = make.user(username="sam", display_name="Sam Wu", role="trainee")
    from frontdesk.office.accounts.queries import actor_for

    patients.open_chart(actor_for(sam, location_id=the.pk), ana().pk, purpose="training")
    html = read(officer, f"/audit?person={sam.pk}")
    assert "Ana Ito" in html
    assert "Trainee" in html


def test_a_chart_merged_away_counts_as_the_same_patient(officer):
    from tests.people import mia

    kept, gone = ana(), ana(phone="(617) 555-0188")
    patients.open_chart(rosa(), gone.pk, purpose="before the merge")
    patients.merge(mia(), survivor_id=kept.pk, duplicate_id=gone.pk, reason="twice")
    assert "before the merge" in read(officer, f"/audit?patient={kept.pk}")


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("action=patients.open_chart", True),
        ("action=patients.merge", False),
        ("outcome=done", True),
        ("outcome=refused", False),
        ("kind=changes&action=patients.open_chart", False),
        ("from=3/3&to=3/3", True),
        ("from=3/1&to=3/2", False),
        ("source=portal", False),
    ],
)
def test_each_filter_narrows(officer, query, there):
    patients.open_chart(rosa(), ana().pk, purpose="a purpose of its own")
    assert ("a purpose of its own" in read(officer, f"/audit?{query}")) is there


def test_looking_at_the_record_is_on_record(officer):
    who = ana()
    read(officer, f"/audit?patient={who.pk}")
    entry = AuditEntry.objects.get(action="oversight.search_record")
    assert (entry.actor_name, entry.patient_id, entry.is_read, entry.acting_as) == (
        "Pia Lund",
        who.pk,
        True,
        "privacy",
    )


def test_pages_follow_one_another_without_a_gap_or_a_line_twice(officer):
    who = ana()
    for number in range(120):
        patients.open_chart(rosa(), who.pk, purpose=f"look-{number:03}")
    seen, address = [], f"/audit?patient={who.pk}&kind=looks&action=patients.open_chart"
    import re

    while address:
        html = read(officer, address)
        seen += re.findall(r"look-\d{3}", html)
        found = re.search(r'href="(/audit\?[^"]*before=\d+)"', html)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == [f"look-{number:03}" for number in reversed(range(120))]


def test_a_page_asks_as_much_for_fifty_lines_as_for_one(officer):
    patients.open_chart(rosa(), ana().pk, purpose="x")
    with CaptureQueriesContext(connection) as few:
        read(officer, "/audit")
    for number in range(50):
        patients.open_chart(rosa(), ana(phone=f"(617) 555-{number:04}").pk, purpose="x")
    with CaptureQueriesContext(connection) as many:
        read(officer, "/audit")
    assert len(many) == len(few) <= 20


def test_the_record_is_found_by_index_once_it_is_counted(the):
    """A database that was counted on its first day thinks every entry is about nobody, and reads them all."""
    from frontdesk.office.audit import queries

    empty = [AuditEntry(at=clock.now(), actor_kind="system", actor_name="x", action="x.y") for _ in range(10)]
    AuditEntry.objects.bulk_create(empty)
    queries.count_anew()
    rows = [
        AuditEntry(at=clock.now(), actor_kind="staff", actor_name="R", action="x.y", patient_id=n % 200)
        for n in range(2_000)
    ]
    AuditEntry.objects.bulk_create(rows)
    queries.count_anew()
    years = queries.Ask(clock.now() - timedelta(days=2000), clock.now() + timedelta(days=1), patients=(7,))
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.entries(years, before=10**9)) == 10
    if connection.vendor == "sqlite":  # PostgreSQL counts by itself, and some time later
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
            assert "audit_by_patient" in str(cursor.fetchall())


def test_a_question_about_everybody_is_for_some_days_only(officer):
    answer = officer.get("/audit?from=1/1/2025&to=3/3/2026")
    assert answer.status_code == 422
    assert "at most 93 days" in answer.content.decode()
    read(officer, f"/audit?from=1/1/2025&to=3/3/2026&patient={ana().pk}")


def test_the_file_holds_the_same_lines_and_no_formula(officer):
    who = ana(legal_first="=cmd()")
    patients.open_chart(rosa(), who.pk, purpose="@SUM(A1)")
    answer = officer.post(f"/audit/export?patient={who.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {row["what"] for row in rows} >= {"Opened a chart", "Registered a patient"}
    assert all(not cell.startswith(("=", "@", "+", "-")) for row in rows for cell in row.values())
    assert AuditEntry.objects.filter(action="oversight.export_record").exists()


@pytest.mark.parametrize(
    ("role", "expected"), [("psr", 403), ("lead", 403), ("biller", 403), ("manager", 200), ("admin", 200)]
)
def test_only_those_who_answer_for_it_read_the_record(client, the, role, expected):
    make.user(role=role)
    client.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    assert client.get("/audit").status_code == expected
    assert ('href="/audit"' in client.get("/").content.decode()) is (expected == 200)


def test_a_manager_takes_no_file_along(client, the):
    make.user(role="manager")
    client.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    assert client.post("/audit/export").status_code == 403


def test_chart_and_account_lead_to_the_record(client, the):
    person = make.user(role="manager")
    client.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    who = ana()
    assert (
        f"/audit?patient={who.pk}&amp;kind=looks"
        in client.get(f"/patients/{who.pk}/history").content.decode()
    )
    assert f"/audit?person={person.pk}" in client.get(f"/people/{person.pk}").content.decode()


def a_look(**fields):
    who = make.user(username="sam", display_name="Sam Ito", role="psr")
    given = {
        "week": (clock.now() - timedelta(days=8)).date(),
        "user": who,
        "patient": ana(),
        "reasons": ["surname", "nothing"],
        "weight": 5,
        "times": 2,
        "first_at": clock.now() - timedelta(days=7),
        "last_at": clock.now() - timedelta(days=7),
        "entry_id": 1,
        "found_at": clock.now(),
    }
    return Look.objects.create(**{**given, **fields})


def test_a_look_is_settled_with_a_sentence_and_that_is_on_record(officer):
    row = a_look()
    html = read(officer, f"/audit/snooping?week={row.week}")
    assert "Somebody of their last name, no visit, booking, call or message behind it" in html
    answer = officer.post(f"/audit/snooping/{row.pk}", {"state": "explained", "note": "", "version": "1"})
    assert (answer.status_code, "Say in a sentence why" in answer.content.decode()) == (422, True)
    officer.post(
        f"/audit/snooping/{row.pk}",
        {"state": "explained", "note": "Her mother; asked by the office.", "version": "1", "_key": "k"},
    )
    row.refresh_from_db()
    assert (row.state, row.settled_by) == ("explained", "Pia Lund")
    entry = AuditEntry.objects.get(action="oversight.settle_look")
    assert entry.after == {"state": "explained", "note": "Her mother; asked by the office."}
    assert "Nothing to settle here" in read(officer, f"/audit/snooping?week={row.week}")
    assert "Her mother" in read(officer, f"/audit/snooping?week={row.week}&state=explained")


def test_nobody_settles_their_own_looks(officer):
    from frontdesk.office.accounts.models import User

    row = a_look(user=User.objects.get(username="pia"))
    answer = officer.post(
        f"/audit/snooping/{row.pk}", {"state": "explained", "note": "Fine.", "version": "1"}
    )
    assert answer.status_code == 422
    assert "Somebody else settles them" in answer.content.decode()


def test_a_line_two_people_settle_at_once_keeps_the_first(officer):
    row = a_look()
    for note in ("First.", "Second."):
        answer = officer.post(
            f"/audit/snooping/{row.pk}", {"state": "explained", "note": note, "version": "1"}
        )
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.note == "First."


def test_the_review_names_everybody_their_rights_and_whose_access_lives_on(officer):
    make.user(username="old", display_name="Olga Gone", role="biller")
    with clock.fixed(clock.now() + timedelta(days=60)):
        from frontdesk.office.accounts.models import User
        from frontdesk.office.accounts.queries import actor_for

        pia = User.objects.get(username="pia")
        patients.search(actor_for(pia), text="ito")
        officer.post("/sign-in", {"username": "pia", "password": "a long enough password"})
        html = read(officer, "/audit/access")
    assert "1 account to look at" in html
    assert "Olga Gone, Biller: never used" in html
    assert "See looks at charts that ask to be explained, and settle them" in html


def test_every_verb_of_the_office_is_said_in_words():
    known = {action for found in _verbs_by_room().values() for action in found}
    assert sorted(known - wording.DEEDS.keys()) == []


def test_an_entry_shows_what_stood_there_before_and_after(officer):
    who = ana()
    row = patients.add_contact(rosa(), patient_id=who.pk, system="phone", use="work", value="(617) 555-0177")
    patients.change_contact(rosa(), contact_id=row.pk, changes={"value": "(617) 555-0178"}, version=1)
    entry = AuditEntry.objects.get(action="patients.change_contact")
    html = read(officer, f"/audit/{entry.pk}")
    for words in ("Changed a number", "Ana Ito", who.mrn, "555-0177", "555-0178"):
        assert words in html, words
    assert f'href="/audit/{entry.pk}"' in read(officer, f"/audit?patient={who.pk}")
    assert AuditEntry.objects.filter(action="oversight.open_entry", patient_id=who.pk).exists()
    assert officer.get("/audit/999999").status_code == 404


def test_a_field_a_reader_has_no_need_of_is_masked_in_the_record():
    values = {
        "pronouns": "they",
        "words": "Deaf",
        "note": "late",
        "value": "1",
        "races": [],
        "legal_last": "Ito",
    }
    shown = readable(values, lambda permission: permission == "patients.see_alerts")
    assert shown == {**values, "pronouns": MASK, "note": MASK}
    assert readable(values, lambda _: True) == values

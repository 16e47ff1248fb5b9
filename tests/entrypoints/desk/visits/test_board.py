"""The board: where everybody is, how long already, and one verb further; nothing of it for those who may not."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.entrypoints.desk.visits import live
from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.practice.models import Room
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits import services
from frontdesk.office.visits.models import Visit
from tests.factories import practice as make
from tests.factories import scheduling as book
from tests.factories.visits import ROSA, Day

HX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def nothing_drawn_yet():
    """What one test has drawn is not shown in another."""
    live._drawn.clear()
    live._feed.__init__()


@pytest.fixture
def the(db):
    make.practice()
    day = Day()
    with clock.fixed(day.at(9)):
        yield day


@pytest.fixture
def desk(client, the):
    make.user()
    client.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    return client


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def column(html, code):
    """The part of a page that is one column."""
    found = re.search(rf'data-live-group="{code}".*?</section>', html)
    return found[0] if found else ""


def act(desk, row, name, **fields):
    row.refresh_from_db()
    values = {"version": row.version, "_key": f"{row.pk}-{name}", **fields}
    return desk.post(f"/board/{row.pk}/do/{name}", values, headers=HX)


def test_everybody_stands_in_the_column_of_their_stage(the, desk):
    coming, arrived, checked = the.booked(9, 20), the.arrived(9), the.checked_in(10)
    later = the.booked(15)
    html = text(desk.get("/board"))
    for row, stage in ((coming, "expected"), (arrived, "arrived"), (checked, "checked_in")):
        assert f'id="b{row.pk}"' in column(html, stage)
    assert f'id="b{later.pk}"' not in html
    assert "Nobody" in column(html, "checkout")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(7, ""), (8, "Longer than usual"), (15, "Too long: look in")],
)
def test_how_a_stage_goes_is_said_in_words(the, desk, minutes, words):
    row = the.arrived(9)
    with clock.fixed(the.at(9) + timedelta(minutes=minutes)):
        html = text(desk.get("/board"))
    assert f"{minutes} min" in html
    for each in ("Longer than usual", "Too long: look in"):
        assert (each in html) is (each == words)
    assert f'id="b{row.pk}"' in html


def test_by_room_each_room_says_who_is_in_it_planned_for_it_or_that_it_is_free(the, desk):
    inside, planned = the.checked_in(9), the.arrived(9, 20)
    free = Room.objects.create(location=the.location, name="Exam 2")
    services.room(ROSA, appointment_id=inside.pk, room_id=the.exam.pk)
    services.plan_room(ROSA, appointment_id=planned.pk, room_id=the.exam.pk)
    waiting = the.arrived(9, 40)
    html = text(desk.get("/board?by=room"))
    room = column(html, f"room-{the.exam.pk}")
    assert "in Exam 1" in room
    assert "Exam 1 planned" in room
    assert "data-line" not in column(html, f"room-{free.pk}")
    assert "Free" in column(html, f"room-{free.pk}")
    assert f'id="b{waiting.pk}"' in column(html, "waiting")


def test_one_verb_takes_a_visit_on(the, desk):
    row = the.checked_in(9)
    answer = act(desk, row, "room")
    assert (answer.status_code, Appointment.objects.get(pk=row.pk).status) == (204, "roomed")
    assert "book-changed" in answer["HX-Trigger"]


def test_what_has_to_be_done_first_is_said_and_nothing_changes(the, desk):
    row = the.arrived(9)
    answer = act(desk, row, "check-in")
    assert "First ask for their name" in answer["HX-Trigger"]
    assert "book-changed" not in answer["HX-Trigger"]
    assert Appointment.objects.get(pk=row.pk).status == "arrived"


def test_somebody_who_was_slower_is_told_and_changes_nothing(the, desk):
    row = the.checked_in(9)
    assert act(desk, row, "room").status_code == 204
    old = desk.post(f"/board/{row.pk}/do/start", {"version": row.version - 1, "_key": "old"}, headers=HX)
    assert old.status_code == 409
    assert Appointment.objects.get(pk=row.pk).status == "roomed"


def test_a_room_is_chosen_among_those_that_say_who_has_them(the, desk):
    inside, row = the.checked_in(9), the.arrived(9, 20)
    services.room(ROSA, appointment_id=inside.pk, room_id=the.exam.pk)
    free = Room.objects.create(location=the.location, name="Exam 2")
    html = text(desk.get(f"/board/{row.pk}/room", headers=HX))
    assert inside.patient.name in html
    assert "Exam 2<span class" in html
    answer = desk.post(f"/board/{row.pk}/room", {"room": free.pk, "_key": "r"}, headers=HX)
    assert "sheet-close" in answer["HX-Trigger"]
    assert Visit.objects.get(appointment=row).room == free


def test_only_what_changed_is_fetched_and_only_of_the_provider_looked_at(the, desk):
    lee, ruiz = the.arrived(9), the.arrived(9, 20, resource=the.ruiz)
    stamp = re.search(r'data-stamp="([\d.]+)"', text(desk.get("/board")))[1]
    services.settle(ROSA, appointment_id=lee.pk, item="identity")
    services.check_in(ROSA, appointment_id=lee.pk)
    html = text(desk.get(f"/board/lines?since={stamp}", headers=HX))
    assert f'data-line="{lee.pk}"' in html
    assert 'data-group="checked_in"' in html
    narrowed = f"/board/lines?provider={the.ruiz.provider_id}&since={stamp}&all=1"
    only = text(desk.get(narrowed, headers=HX))
    assert f'data-line="{ruiz.pk}"' in only
    assert f'data-line="{lee.pk}"' not in only


def test_the_cards_drawn_for_all_carry_each_ones_own_token(the, desk):
    the.arrived(9)
    assert "@@" not in text(desk.get("/board"))
    assert "@@" not in text(desk.get("/board/lines?all=1", headers=HX))


def test_visitors_are_listed_for_those_who_sign_them_in(the, desk, client):
    services.sign_in_visitor(ROSA, location_id=the.location.pk, name="Pat Doyle", organization="Lab")
    assert "Pat Doyle" in text(desk.get("/board"))
    make.user(role="biller", username="dev", display_name="Dev Shah")
    client.post("/sign-in", {"username": "dev", "password": "a long enough password"})
    html = text(client.get("/board"))
    assert "Pat Doyle" not in html
    assert "/do/" not in html


def test_looking_is_on_record(the, desk):
    row = the.arrived(9)
    desk.get("/board")
    seen = AuditEntry.objects.get(action="visits.open_day", extra__list="board")
    assert seen.extra["shown"] == [row.patient_id]


@pytest.mark.parametrize("address", ["/board", "/board?by=room", "/board/lines?all=1"])
def test_the_board_takes_no_more_queries_when_it_is_full(the, desk, address):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert desk.get(address).status_code == 200
        return [one["sql"] for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]

    the.arrived(8)
    asked()  # the first touch of a session is noted in it
    live._drawn.clear()
    few = asked()
    for hour in range(9, 13):
        for minute in (0, 20, 40):
            the.arrived(hour, minute)
    many = asked()
    # Where something is new the stamps of the sites are looked up, in two.
    assert len(many) <= len(few) + 2 <= 18, many
    assert book.TUESDAY == the.day

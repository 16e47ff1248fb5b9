"""The wall: nothing by which anybody is known, and no request of its own that keeps anybody signed in."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from frontdesk.entrypoints.desk.visits import live, wall
from frontdesk.kit import clock
from frontdesk.office.accounts.models import User
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.visits import services
from tests.factories import practice as make
from tests.factories import scheduling as book
from tests.factories.visits import ROSA, Day


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


def lines_of(html):
    return re.search(r'data-lines="([^"]+)"', html)[1]


def test_initials_time_stage_and_room_are_all_there_is(the, desk):
    who = book.patient(legal_first="Zoë", legal_last="Quackenbush")
    row = the.checked_in(9, 20, patient=who, resource=the.lee)
    services.set_note(ROSA, appointment_id=row.pk, note="very worried", companion="Her sister")
    services.room(ROSA, appointment_id=row.pk, room_id=the.exam.pk)
    page = text(desk.get("/board/wall"))
    for html in (page, text(desk.get(lines_of(page) + "?all=1"))):
        assert "ZQ" in html
        assert "9:20" in html
        assert "Exam 1" in html
        for known in ("Quackenbush", "Zoë", "1962", "Office visit", "worried", "sister", who.mrn, "Dana"):
            assert known not in html
        assert "data-patient" not in html


def test_it_follows_the_day_without_a_session_and_touches_none(the, desk, client):
    to = lines_of(text(desk.get("/board/wall")))
    kept = {(s.session_key, s.session_data, s.expire_date) for s in Session.objects.all()}
    row = the.arrived(9)
    with clock.fixed(the.at(12)):
        html = text(client.get(to))  # signed in, three hours later: this is nobody's touch
        assert f'data-line="{row.pk}"' in html
        assert {(s.session_key, s.session_data, s.expire_date) for s in Session.objects.all()} == kept
        client.cookies.clear()
        answer = client.get(to)
        assert f'data-line="{row.pk}"' in text(answer)
        assert not answer.cookies
        assert client.get("/")["Location"] == "/sign-in"


def test_only_who_is_signed_in_opens_it_and_that_is_on_record(the, desk, client):
    row = the.arrived(9)
    desk.get("/board/wall")
    seen = AuditEntry.objects.get(action="visits.open_wall")
    assert seen.extra["shown"] == [row.patient_id]
    client.cookies.clear()
    assert client.get("/board/wall")["Location"] == "/sign-in"


def test_a_word_that_was_never_given_opens_nothing(the, desk, client):
    to = lines_of(text(desk.get("/board/wall")))
    assert client.get(to[:-3] + "xxx").status_code == 410
    live = re.search(r'data-live="/live/([^"]+)"', text(desk.get("/board/wall")))[1]
    assert client.get(f"/board/wall/lines/{live}").status_code == 410


def test_a_closed_account_ends_the_walls_it_opened(the, desk, client):
    to = lines_of(text(desk.get("/board/wall")))
    User.objects.update(is_active=False)
    assert client.get(to).status_code == 410


def test_every_answer_carries_the_word_for_the_next_so_that_it_goes_on_for_days(the, desk, client):
    to = lines_of(text(desk.get("/board/wall")))
    client.cookies.clear()
    html = text(client.get(to))
    assert "@@" not in html
    following = re.search(r'data-lines-next="([^"]+)"', html)[1]
    assert client.get(following).status_code == 200
    assert client.get(re.search(r'data-live-next="([^"]+)"', html)[1]).status_code == 200


def test_a_word_is_good_for_half_a_day(the, desk, client, monkeypatch):
    to = lines_of(text(desk.get("/board/wall")))
    monkeypatch.setattr(wall, "HOURS", -1)
    assert client.get(to).status_code == 410


def test_the_minutes_go_on(the, desk):
    the.arrived(9)
    with clock.fixed(the.at(9) + timedelta(minutes=12)):
        html = text(desk.get("/board/wall"))
    assert "12 min" in html
    assert "Longer than usual" in html

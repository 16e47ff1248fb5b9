"""A list that follows: a stamp that names nobody, lines that changed, and a poll that keeps nobody signed in."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from frontdesk.entrypoints.desk.visits import live
from frontdesk.kit import clock
from frontdesk.office.patients import services as patients
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits import services
from frontdesk.office.visits.queries import Stamp
from tests.entrypoints.desk.visits.conftest import HX
from tests.factories.visits import ROSA
from tests.people import lena

FOLLOWS = {**HX, "X-Follows": "true"}


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Each test looks for itself: what this process remembers of stamps and lines belongs to another database."""
    live._feed.__init__()
    live._drawn.clear()


def seen(html):
    return re.search(r'data-live="([^"]+)"', html)[1], re.search(r'data-stamp="([^"]+)"', html)[1]


def stamp(client, address):
    live._feed._looked = 0.0
    return client.get(address).content.decode()


def test_a_change_moves_the_stamp_and_only_its_line_is_brought(desk, client, day):
    row, other = day.booked(9), day.booked(9, 40)
    address, before = seen(desk.get("/").content.decode())
    assert stamp(client, address) == before
    services.arrive(ROSA, appointment_id=row.pk)
    assert Stamp.parse(stamp(client, address)) > Stamp.parse(before)
    html = desk.get(f"/desk/lines?since={before}", headers=HX).content.decode()
    assert re.search(rf'data-line="{row.pk}"[^>]*data-status="arrived"', html.replace("\n", " "))
    assert "Ana" not in address
    services.arrive(ROSA, appointment_id=other.pk)
    later = re.search(r'data-stamp="([^"]+)"', html)[1]
    assert f'data-line="{other.pk}"' in desk.get(f"/desk/lines?since={later}", headers=HX).content.decode()


def test_a_change_at_another_site_does_not_move_this_ones_stamp(desk, client, day):
    from tests.factories import practice as make

    day.booked(9)
    elsewhere = live.token(make.location(name="Oak Street").pk)
    before = stamp(client, f"/live/{elsewhere}")
    services.arrive(ROSA, appointment_id=day.booked(10).pk)
    assert stamp(client, f"/live/{elsewhere}") == before


def test_who_looks_ahead_hears_of_what_is_days_off_and_todays_screens_do_not(desk, client, day):
    day.booked(9)
    today, ahead = (f"/live/{live.token(day.location.pk, ahead=further)}" for further in (False, True))
    row = day.booked(9, 40)
    for days, moved in ((1, (True, True)), (5, (False, True)), (20, (False, False))):
        then = clock.now() + timedelta(days=days)
        Appointment.objects.filter(pk=row.pk).update(starts=then, ends=then + timedelta(minutes=20))
        before = [stamp(client, one) for one in (today, ahead)]
        patients.add_alert(lena(), patient_id=row.patient_id, words=f"In {days} days")
        after = [stamp(client, one) for one in (today, ahead)]
        assert tuple(a != b for a, b in zip(before, after, strict=True)) == moved


def test_a_look_moves_nothing(desk, client, day):
    day.booked(9)
    address, before = seen(desk.get("/").content.decode())
    desk.get("/")
    assert stamp(client, address) == before


def test_a_cancelled_visit_is_named_so_that_its_line_goes(desk, day):
    from frontdesk.office.scheduling.services import cancel
    from tests.factories import scheduling as book
    from tests.people import lena

    book.reasons()
    row = day.booked(9)
    _, before = seen(desk.get("/").content.decode())
    cancel(lena(), appointment_id=row.pk, reason_code="patient_asked")
    html = desk.get(f"/desk/lines?since={before}", headers=HX).content.decode()
    assert f'data-patients="{row.patient_id}"' in html
    assert f'data-line="{row.pk}"' not in html


def test_the_question_for_the_stamp_needs_no_session_and_a_forged_one_is_answered_with_gone(client, day):
    assert client.get(f"/live/{live.token(day.location.pk)}").status_code == 200
    assert client.get("/live/forged").status_code == 410
    with clock.fixed(clock.now() + timedelta(hours=1)):
        assert "sessionid" not in client.cookies


@pytest.fixture
def an_hour(settings):
    settings.FRONTDESK_IDLE_MINUTES = 60


def used_at():
    return Session.objects.get().get_decoded()["used_at"]


def test_what_a_page_fetches_by_itself_does_not_keep_a_forgotten_screen_signed_in(an_hour, desk, day):
    row = day.booked(9)
    desk.get("/")
    began = used_at()
    for minutes in range(5, 65, 5):
        with clock.fixed(day.at(9) + timedelta(minutes=minutes)):
            assert desk.get("/desk/lines?since=0.0&all=1", headers=FOLLOWS).status_code == 200
            assert desk.get(f"/visits/{row.pk}", headers=FOLLOWS).status_code == 200
    assert used_at() == began
    with clock.fixed(day.at(10, 1)):
        assert desk.get("/desk/lines?since=0.0", headers=FOLLOWS).status_code == 401
        assert desk.get("/").url == "/sign-in"


def test_a_person_who_works_stays_signed_in(an_hour, desk, day):
    for minutes in range(0, 200, 50):
        with clock.fixed(day.at(9) + timedelta(minutes=minutes)):
            assert desk.get("/").status_code == 200


def test_lines_drawn_once_for_many_carry_each_ones_own_token(desk, client, day):
    row = day.booked(9)
    html = desk.get("/desk/lines?since=0.0&all=1", headers=HX).content.decode()
    assert "@@" not in html
    form = html.split(f'action="/visits/{row.pk}/do/arrive"')[1]
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{20,}"', form)

"""Known screens are answered from what was drawn, for as long as what they were let in by stands."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from frontdesk.entrypoints.desk.visits import following, live
from frontdesk.kit import clock
from frontdesk.office.accounts.models import User
from frontdesk.office.practice.models import Location
from frontdesk.office.visits import services
from tests.factories.visits import ROSA

WHOLE = "the whole program"


@pytest.fixture(autouse=True)
def nothing_remembered():
    live._feed.__init__()
    live._drawn.clear()
    following.forget_all()


class Screen:
    """A screen of Rosa's that asks as the page does; `fast` says whether it was answered without the whole program."""

    def __init__(self, client):
        self.client = client
        client.get("/")
        self.cookie = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
        self.headers = {"X-Follows": "true", "HX-Request": "true", "Cookie": self.cookie}

    def let_in(self, query="since=0.0", path="/desk/lines"):
        assert self.client.get(f"{path}?{query}", headers=self.headers).status_code == 200

    def fast(self, query="since=0.0", path="/desk/lines", **more):
        following._checked[0] = live._feed._looked = 0.0
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_X_FOLLOWS": "true",
            "HTTP_COOKIE": self.cookie,
            **more,
        }
        self.headers_sent = {}

        def begin(status, headers):
            assert status == "200 OK"
            self.headers_sent = dict(headers)

        body = b"".join(live.before(lambda _environ, _begin: [WHOLE.encode()])(environ, begin)).decode()
        return None if body == WHOLE else body


@pytest.fixture
def screen(desk, day):
    day.booked(9)
    return Screen(desk)


def test_a_screen_is_known_once_it_was_let_in_and_gets_the_same_lines(screen):
    assert screen.fast() is None
    screen.let_in()
    slow = screen.client.get("/desk/lines?since=0.0", headers=screen.headers).content.decode()
    fast = screen.fast()
    assert fast is not None
    assert "data-line" in fast
    assert without_tokens(fast) == without_tokens(slow)
    assert "@@" not in fast
    assert screen.headers_sent["Cache-Control"] == "no-store"
    assert screen.headers_sent["Content-Length"] == str(len(fast.encode()))


def without_tokens(html):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_its_form_is_accepted(screen, day):
    row = day.booked(10)
    screen.let_in()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', screen.fast())[1]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = screen.client.cookies
    sent = {"csrfmiddlewaretoken": token, "_key": "one", "_patient": row.patient_id}
    assert strict.post(f"/visits/{row.pk}/do/arrive", sent, headers={"HX-Request": "true"}).status_code == 200


def test_what_changed_is_drawn_by_the_first_and_given_to_the_next(screen, day):
    row = day.booked(10)
    screen.let_in()
    services.arrive(ROSA, appointment_id=row.pk)
    assert screen.fast() is None
    screen.let_in()
    assert f'data-line="{row.pk}"' in screen.fast()


def test_two_hundred_known_screens_cost_a_handful_of_queries(screen, desk):
    screen.let_in()
    screen.fast()
    following._checked[0] = live._feed._looked = clock.now().timestamp() * 1000  # looked just now
    with CaptureQueriesContext(connection) as asked:
        for _ in range(200):
            environ = {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": "/desk/lines",
                "QUERY_STRING": "since=0.0",
                "HTTP_X_FOLLOWS": "true",
                "HTTP_COOKIE": screen.cookie,
            }
            assert live._lines(environ)
    assert len(asked) == 0


@pytest.mark.parametrize(
    "changed",
    [
        lambda: Session.objects.all().delete(),
        lambda: User.objects.update(is_active=False),
        lambda: User.objects.update(password="another"),
        lambda: User.objects.update(role="provider"),
        lambda: Location.objects.update(is_active=False),
        lambda: Session.objects.update(expire_date=clock.now() - timedelta(hours=1)),
    ],
    ids=["signed out", "left", "new password", "another role", "site closed", "run out"],
)
def test_a_screen_is_let_in_no_longer_than_what_it_was_let_in_by(screen, changed):
    screen.let_in()
    assert screen.fast() is not None
    changed()
    assert screen.fast() is None


def test_a_screen_nobody_touches_is_let_in_no_longer_than_the_idle_clock_allows(screen, settings):
    settings.FRONTDESK_IDLE_MINUTES = 60
    screen.let_in()
    with clock.fixed(clock.now() + timedelta(minutes=61)):
        assert screen.fast() is None
        assert screen.client.get("/desk/lines?since=0.0", headers=screen.headers).status_code == 401


def test_other_cookies_another_question_or_no_word_of_following_is_another_screen(screen):
    screen.let_in()
    assert screen.fast(HTTP_COOKIE="session=guessed") is None
    assert screen.fast(HTTP_COOKIE="") is None
    assert screen.fast(REQUEST_METHOD="POST") is None
    assert screen.fast(path="/board/lines") is None
    assert screen.fast("since=0.0&provider=3") is None
    environ = {"HTTP_COOKIE": screen.cookie, "PATH_INFO": "/desk/lines", "QUERY_STRING": "since=0.0"}
    assert following.known(environ) is None


def test_the_board_is_followed_too(screen):
    screen.let_in("by=room&since=0.0", "/board/lines")
    assert screen.fast("by=room&since=0.0", "/board/lines") is not None
    assert screen.fast("since=0.0", "/board/lines") is None


def test_tomorrow_is_followed_each_day_and_each_part_of_it_by_itself(screen, day):
    day.booked(11)
    whole = "day=2026-03-10&since=0.0"
    screen.let_in(whole, "/tomorrow/lines")
    assert "data-line" in screen.fast(whole, "/tomorrow/lines")
    assert screen.fast("day=2026-03-10&owner=lead&since=0.0", "/tomorrow/lines") is None
    assert screen.fast("day=2026-03-11&since=0.0", "/tomorrow/lines") is None


def test_news_of_visitors_are_told_to_each_alone(screen, day):
    screen.let_in()
    here = replace(ROSA, location_id=day.location.pk)
    services.sign_in_visitor(here, name="Sam Poe", purpose="delivery", location_id=day.location.pk)
    screen.let_in()
    assert screen.fast() is None

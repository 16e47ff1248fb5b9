"""P13, P14: rights and access taken away. Whatever was open is refused within a second, the fast lane of live lists too."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from frontdesk.entrypoints.desk.visits import following, live
from frontdesk.kit import clock
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import Device, Factor, Invitation, SignIn, User
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.practice.models import Location
from tests.attacks.doors import PASSWORD, add_app, is_in, signed_in
from tests.entrypoints.desk.visits.test_following import Screen
from tests.factories import practice as make
from tests.people import gus, mia


@pytest.fixture
def screen(rosa):
    """A live screen of Rosa's that the fast lane knows; what the lane remembers is a fifth of a second old at most."""
    assert following.FRESH <= 0.2
    live._feed.__init__()
    live._drawn.clear()
    following.forget_all()
    known = Screen(signed_in())
    known.let_in()
    assert known.fast() is not None
    return known


def asks(screen):
    return screen.client.get("/desk/lines?since=0.0", headers=screen.headers).status_code


def test_p14_a_live_screen_is_refused_in_the_fast_lane_after_leaving(screen, rosa):
    accounts.deactivate(mia(), user_id=rosa.pk)
    assert screen.fast() is None
    assert asks(screen) == 401


def test_a_session_ended_from_elsewhere_is_ended_in_the_fast_lane_too(screen, rosa):
    elsewhere = signed_in()
    elsewhere.post("/my/sign-in/sessions/end-others")
    assert screen.fast() is None
    assert not is_in(screen.client)
    assert is_in(elsewhere)


def test_a_covered_screen_is_not_answered_in_the_fast_lane(screen):
    screen.client.post("/lock")
    assert screen.fast() is None
    assert asks(screen) == 401


def test_a_screen_nobody_uses_is_not_answered_there_once_its_time_is_over(screen, settings):
    Location.objects.update(lock_minutes=10)
    assert screen.fast() is None
    screen.let_in()
    assert screen.fast() is not None
    with clock.fixed(clock.now() + timedelta(minutes=11)):
        assert screen.fast() is None
        assert asks(screen) == 401


def test_p13_a_right_taken_away_ends_what_the_fast_lane_knows(screen, rosa):
    accounts.change_user(mia(), user_id=rosa.pk, changes={"role": "biller"})
    assert screen.fast() is None


def test_everything_that_lets_somebody_in_ends_with_their_access(rosa):
    add_app(rosa)
    accounts.new_recovery_codes(actor_for(rosa))
    accounts.set_pin(actor_for(rosa), pin="493817")
    accounts.invite(mia(), user_id=rosa.pk, email="rosa@example.org")
    accounts.deactivate(mia(), user_id=rosa.pk)
    rosa.refresh_from_db()
    assert (rosa.pin, rosa.has_usable_password()) == ("", False)
    assert not Factor.objects.filter(user=rosa).exists()
    assert not Invitation.objects.filter(user=rosa, ends_at__gt=clock.now()).exists()
    assert not SignIn.objects.filter(user=rosa, ended_at=None).exists()
    assert Client().post("/sign-in", {"username": "rosa", "password": PASSWORD}).status_code == 422


def test_no_session_row_is_left(rosa):
    signed_in()
    signed_in()
    assert Session.objects.count() == 2
    accounts.deactivate(mia(), user_id=rosa.pk)
    assert not Session.objects.exists()


def test_p13_a_right_taken_away_is_refused_at_the_next_click(site):
    make.user("manager", "mia", "Mia Novak")
    browser = signed_in("mia")
    assert browser.get("/people").status_code == 200
    accounts.change_user(gus(), user_id=User.objects.get().pk, changes={"role": "psr"})
    assert browser.get("/people").status_code == 403


def test_a_screen_whose_secret_was_taken_away_shows_nothing(site):
    make.user("manager", "mia", "Mia Novak")
    browser = signed_in("mia")
    browser.post("/people/devices/here", {"name": "Corridor", "kind": "wall"})
    answer = browser.get("/screen")
    assert b'class="wall"' in answer.content
    lines = answer.content.decode().partition('data-lines="')[2].partition('"')[0]
    assert Client().get(lines).status_code == 200
    accounts.end_device(gus(), device_id=Device.objects.get().pk)
    assert browser.get("/screen")["Location"] == "/sign-in"
    assert Client().get(lines).status_code == 410

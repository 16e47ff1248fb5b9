"""P44 to P47: sessions. Fixed beforehand, read by a script, kept after leaving, kept after a new password."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from frontdesk.kit import clock
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import SignIn
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.audit.models import AuditEntry
from tests.attacks.doors import PASSWORD, RIGHT, add_app, code_of, is_in, signed_in
from tests.factories import practice as make


def id_of(browser):
    return browser.cookies["session"].value


def test_p44_an_id_known_before_is_not_the_one_that_is_in(rosa):
    store = SessionStore()
    store["planted"] = True
    store.create()
    browser = Client()
    browser.cookies["session"] = store.session_key
    browser.post("/sign-in", RIGHT)
    assert id_of(browser) != store.session_key
    assert is_in(browser)
    victim = Client()
    victim.cookies["session"] = store.session_key
    assert not is_in(victim)
    assert "planted" not in SessionStore(id_of(browser)).load()


def test_p44_the_id_changes_with_the_second_factor_and_when_one_is_added(rosa):
    browser = signed_in()
    before = id_of(browser)
    browser.post("/my/sign-in/app/begin")
    secret = accounts.begun_app(actor_for(rosa))
    browser.post("/my/sign-in/app", {"code": code_of(secret)})
    added = id_of(browser)
    assert added != before
    browser.post("/sign-out")
    browser.post("/sign-in", RIGHT)
    between = id_of(browser)
    with clock.fixed(clock.now() + timedelta(seconds=60)):
        browser.post("/sign-in/code", {"code": code_of(secret)})
    assert id_of(browser) not in {before, added, between}
    assert is_in(browser)


def test_p44_who_takes_a_station_over_finds_nothing_of_who_sat_there(rosa):
    make.user(username="lena", display_name="Lena", role="lead")
    browser = signed_in()
    session = browser.session
    session["said"] = "Something for Rosa alone"
    session.save()
    first = id_of(browser)
    browser.post("/sign-in", {"username": "lena", "password": PASSWORD})
    assert b"Something for Rosa" not in browser.get("/").content
    other = Client()
    other.cookies["session"] = first
    assert not is_in(other)
    entry = AuditEntry.objects.filter(action="accounts.sign_out").latest("id")
    assert (entry.actor_id, entry.extra) == (rosa.pk, {"why": "somebody else signed in here"})


def test_p45_cookies_are_closed_to_scripts_and_other_sites(rosa):
    browser = Client()
    browser.post("/sign-in", RIGHT)
    for name in ("session", "station"):
        one = browser.cookies[name]
        assert one["httponly"]
        assert one["samesite"] in {"Lax", "Strict"}
    from frontdesk.site import settings

    assert settings.SESSION_COOKIE_SECURE is settings.HTTPS


def test_p46_signed_out_the_session_is_gone_on_the_server_and_no_page_was_kept(rosa):
    browser = signed_in()
    assert browser.get("/")["Cache-Control"] == "no-store"
    kept = id_of(browser)
    browser.post("/sign-out")
    other = Client()
    other.cookies["session"] = kept
    assert not is_in(other)
    assert not SessionStore().exists(kept)
    assert AuditEntry.objects.filter(action="accounts.sign_out", actor_id=rosa.pk).exists()
    assert not SignIn.objects.filter(user=rosa, ended_at=None).exists()


def test_p46_signing_out_is_no_link(rosa):
    browser = signed_in()
    assert browser.get("/sign-out").status_code == 405
    assert browser.get("/lock").status_code == 405
    assert is_in(browser)


def test_p47_a_new_password_ends_every_other_session_and_keeps_this_one(rosa):
    here, elsewhere = signed_in(), signed_in()
    new = {
        "password_current": PASSWORD,
        "password_new": "another fine long one",
        "password_again": "another fine long one",
    }
    assert here.post("/password", new).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)


def test_p47_adding_a_second_factor_ends_every_other_session(rosa):
    here, elsewhere = signed_in(), signed_in()
    here.post("/my/sign-in/app/begin")
    here.post("/my/sign-in/app", {"code": code_of(accounts.begun_app(actor_for(rosa)))})
    assert is_in(here)
    assert not is_in(elsewhere)


@pytest.mark.parametrize("field", ["user_id", "role", "is_active", "stamp", "location_id", "user"])
def test_p52_who_one_is_is_never_taken_from_what_is_sent(rosa, field):
    mia = make.user("manager", "mia", "Mia Novak")
    browser = signed_in()
    browser.post("/preferences", {"theme": "dark", field: str(mia.pk)}, headers={"X-User": str(mia.pk)})
    browser.post("/sign-in/code", {"code": "000000", field: str(mia.pk)})
    page = browser.get("/", {field: str(mia.pk)}).content
    assert b"Rosa Diaz" in page
    rosa.refresh_from_db()
    assert rosa.role == "psr"


def test_p52_nobody_ends_sessions_or_removes_factors_of_others(rosa):
    mia = make.user("manager", "mia", "Mia Novak")
    add_app(mia)
    with clock.fixed(clock.now()):
        theirs = accounts.begin_session(actor_for(mia), session_key="x" * 32, how="password")
    browser = signed_in()
    from frontdesk.office.accounts.models import Factor

    factor = Factor.objects.get(user=mia)
    assert browser.post(f"/my/sign-in/sessions/{theirs.pk}/end").status_code == 404
    assert browser.post(f"/my/sign-in/factors/{factor.pk}/remove").status_code == 404
    assert Factor.objects.filter(pk=factor.pk).exists()


def test_p46_ending_the_session_one_sits_at_is_signing_out(rosa):
    browser = signed_in()
    here = SignIn.objects.get(ended_at=None)
    assert browser.post(f"/my/sign-in/sessions/{here.pk}/end")["Location"] == "/sign-in"
    assert not is_in(browser)
    assert SignIn.objects.get(pk=here.pk).session_key == ""

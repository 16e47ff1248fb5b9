"""P43: around the second factor. Skipped, shown again, guessed, taken from paper twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from frontdesk.kit import clock
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.errors import SecondFactorRefused
from frontdesk.office.accounts.models import Factor
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.audit.models import AuditEntry
from tests.attacks.doors import PASSWORD, add_app, code_of, is_in, signed_in
from tests.factories import practice as make


def half_in(username="mia"):
    browser = Client()
    answer = browser.post("/sign-in", {"username": username, "password": PASSWORD})
    assert answer["Location"] == "/sign-in/code"
    return browser


@pytest.mark.parametrize("address", ["/", "/patients", "/people", "/my/sign-in", "/password", "/awake"])
def test_after_the_password_alone_no_page_opens(app, address):
    assert half_in().get(address)["Location"] == "/sign-in"


def test_with_the_code_the_desk_opens(app):
    browser = half_in()
    assert browser.post("/sign-in/code", {"code": code_of(app)})["Location"] == "/"
    assert is_in(browser)


def test_a_code_is_taken_once_even_from_another_browser(app):
    code = code_of(app)
    half_in().post("/sign-in/code", {"code": code})
    other = half_in()
    assert other.post("/sign-in/code", {"code": code}).status_code == 422
    assert not is_in(other)


def test_an_older_code_is_not_taken_after_a_newer_one(app):
    half_in().post("/sign-in/code", {"code": code_of(app)})
    assert half_in().post("/sign-in/code", {"code": code_of(app, -1)}).status_code == 422


def test_a_code_of_two_minutes_ago_is_none(app):
    assert half_in().post("/sign-in/code", {"code": code_of(app, -4)}).status_code == 422


def test_guessing_locks_at_five_even_for_the_right_code_and_from_a_new_session(app):
    browser = half_in()
    wrong = f"{(int(code_of(app)) + 1) % 10**6:06}"
    for _ in range(5):
        assert browser.post("/sign-in/code", {"code": wrong}).status_code == 422
    assert b"Too many tries" in browser.post("/sign-in/code", {"code": code_of(app)}).content
    other = half_in()
    assert b"Too many tries" in other.post("/sign-in/code", {"code": code_of(app)}).content
    with clock.fixed(clock.now() + timedelta(minutes=5, seconds=1)):
        assert other.post("/sign-in/code", {"code": code_of(app)}).status_code == 302


def test_the_step_between_password_and_code_does_not_stand_open(app):
    browser = half_in()
    with clock.fixed(clock.now() + timedelta(minutes=11)):
        assert browser.post("/sign-in/code", {"code": code_of(app)})["Location"] == "/sign-in"


def test_a_new_password_meanwhile_ends_the_step_between(app, mia):
    browser = half_in()
    mia.set_password("another password altogether")
    mia.save()
    assert browser.post("/sign-in/code", {"code": code_of(app)})["Location"] == "/sign-in"


def test_a_recovery_code_lets_in_once(app, mia):
    codes = accounts.new_recovery_codes(actor_for(mia))
    assert half_in().post("/sign-in/code", {"code": codes[0].upper()})["Location"] == "/"
    assert half_in().post("/sign-in/code", {"code": codes[0]}).status_code == 422
    assert half_in().post("/sign-in/code", {"code": codes[1]})["Location"] == "/"


def test_recovery_codes_of_somebody_else_let_nobody_in(app, mia, rosa):
    add_app(rosa)
    codes = accounts.new_recovery_codes(actor_for(rosa))
    assert half_in("mia").post("/sign-in/code", {"code": codes[0]}).status_code == 422


def test_neither_secret_nor_codes_are_kept_in_clear(app, mia):
    codes = accounts.new_recovery_codes(actor_for(mia))
    kept = Factor.objects.get(user=mia).secret
    assert app not in kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM accounts_recoverycode")
        assert not {row[0] for row in cursor.fetchall()} & {*codes, *(c.replace("-", "") for c in codes)}
    told = " ".join(str((e.before, e.after, e.extra)) for e in AuditEntry.objects.all())
    assert app not in told
    assert not any(code in told for code in codes)


def test_who_must_have_a_second_factor_sees_nothing_but_how_to_add_one(mia, settings):
    settings.FRONTDESK_SECOND_FACTOR = ["manager"]
    browser = signed_in("mia")
    assert browser.get("/")["Location"] == "/my/sign-in"
    assert browser.post("/preferences", {"theme": "dark"})["Location"] == "/my/sign-in"
    assert b"Your role needs a second proof" in browser.get("/my/sign-in").content
    browser.post("/my/sign-in/app/begin")
    secret = accounts.begun_app(actor_for(mia))
    assert b"Picture for the authenticator app" in browser.get("/my/sign-in/app").content
    assert browser.post("/my/sign-in/app", {"code": code_of(secret)})["Location"] == "/my/sign-in/codes"
    assert is_in(browser)


def test_a_new_role_that_needs_one_ends_the_sessions_without(rosa, settings):
    settings.FRONTDESK_SECOND_FACTOR = ["manager"]
    from tests.people import gus

    browser = signed_in()
    assert is_in(browser)
    accounts.change_user(gus(), user_id=rosa.pk, changes={"role": "manager"})
    assert not is_in(browser)


def test_the_last_factor_stays_while_the_role_needs_it(app, mia, settings):
    from frontdesk.kit.errors import Refused

    settings.FRONTDESK_SECOND_FACTOR = ["manager"]
    with pytest.raises(Refused, match="Your role needs"):
        accounts.remove_factor(actor_for(mia), factor_id=Factor.objects.get(user=mia).pk)


def test_changing_factors_asks_for_the_password_again_after_a_while(rosa):
    browser = signed_in()
    with clock.fixed(clock.now() + timedelta(minutes=16)):
        assert browser.post("/my/sign-in/app/begin").status_code == 422
        assert browser.post("/my/sign-in/pin", {"pin": "493817"}).status_code == 422
        browser.post("/my/sign-in/prove", {"password": PASSWORD})
        assert browser.post("/my/sign-in/app/begin")["Location"] == "/my/sign-in/app"


@pytest.mark.django_db(transaction=True)
def test_the_same_code_from_four_at_once_lets_one_in():
    mia = make.user("manager", "mia", "Mia Novak")
    secret = add_app(mia)
    code = code_of(secret)

    def show(_):
        try:
            accounts.show_code(user_id=mia.pk, code=code)
        except Exception as refusal:  # noqa: BLE001 - whatever it is, it is counted below
            return type(refusal).__name__
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(show, range(4)))
    assert told.count("in") == 1, told
    assert set(told) <= {"in", SecondFactorRefused.__name__}

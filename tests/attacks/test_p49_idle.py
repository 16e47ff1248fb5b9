"""P49, P50: the lock. Polling does not put it off, no word in a request puts it off, the session ends after half a day."""

from datetime import timedelta

import pytest
from django.test import Client

from frontdesk.kit import clock
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients.models import Draft
from frontdesk.office.practice.models import Location
from tests.attacks.doors import PASSWORD, is_in, signed_in
from tests.factories.patients import ana

FOLLOWS = {"HX-Request": "true", "X-Follows": "true"}


@pytest.fixture(autouse=True)
def _ten_minutes(settings):
    settings.FRONTDESK_LOCK_MINUTES, settings.FRONTDESK_IDLE_MINUTES = 10, 60
    settings.FRONTDESK_SESSION_SECONDS = 12 * 60 * 60


def after(minutes):
    return clock.fixed(clock.now() + timedelta(minutes=minutes))


def is_covered(answer):
    return answer.status_code == 401 and (b"Locked" in answer.content or "HX-Refresh" in answer.headers)


def test_p49_a_board_that_polls_is_covered_when_nobody_uses_it(rosa):
    browser = signed_in()
    for minute in range(1, 11):
        with after(minute):
            assert browser.get("/desk/lines?since=0.0", headers=FOLLOWS).status_code == 200
            assert browser.get("/awake", headers=FOLLOWS).status_code == 204
    with after(11):
        assert browser.get("/desk/lines?since=0.0", headers=FOLLOWS).status_code == 401
        assert is_covered(browser.get("/"))


def test_p49_used_it_stays_open(rosa):
    browser = signed_in()
    for minute in (9, 18, 27):
        with after(minute):
            assert browser.get("/patients").status_code == 200


@pytest.mark.parametrize(
    "word",
    ["skip_timeout_reset", "skip_lock", "keepalive", "debug", "no_lock", "covered", "used_at", "X-Left"],
)
def test_p50_words_in_a_request_put_nothing_off(rosa, word):
    browser = signed_in()
    with after(11):
        for value in ("1", "0", "true", "false", ""):
            assert is_covered(browser.get("/", {word: value}))
            assert is_covered(browser.post("/preferences", {word: value, "theme": "dark"}))
            assert is_covered(browser.get("/", headers={word: value, "X-Keep-Alive": "1"}))


def test_nothing_of_the_page_is_under_the_cover(rosa):
    who = ana()
    browser = signed_in()
    with after(11):
        page = browser.get(f"/patients/{who.pk}").content.decode()
    assert "Ito" not in page
    assert who.mrn not in page
    assert "topbar" not in page


@pytest.mark.parametrize("path", ["/", "/patients", "/my/sign-in", "/password", "/emergency", "/people"])
def test_no_page_opens_under_the_cover(rosa, path):
    browser = signed_in()
    browser.post("/lock")
    assert is_covered(browser.get(path))
    assert is_covered(browser.post("/password", {"password_current": PASSWORD}))


def test_a_form_sent_after_the_lock_does_nothing_and_its_draft_holds_what_stood_in_it(rosa):
    who = ana()
    browser = signed_in()
    name = f"/patients/{who.pk}/rows/phone"
    form = {
        "_draft": name,
        "label": "her sister's",
        "csrfmiddlewaretoken": "x",
        "password": "no",
        "_key": "k1",
    }
    with after(11):
        assert is_covered(browser.post(f"/patients/{who.pk}/rows/phone", form))
    assert Draft.objects.get(name=name).values == {"label": ["her sister's"]}


def test_under_the_cover_a_draft_is_kept_and_none_is_told(rosa):
    browser = signed_in()
    browser.post("/lock")
    browser.post("/drafts", {"name": "a form", "values": '{"note": ["typed just now"]}'})
    assert Draft.objects.get().values == {"note": ["typed just now"]}
    for ask in ({"list": "1"}, {"name": "a form", "load": "1"}):
        answer = browser.post("/drafts", ask)
        assert answer.status_code == 401
        assert b"typed" not in answer.content


def test_the_password_goes_on_where_one_was(rosa):
    browser = signed_in()
    with after(11):
        browser.get("/patients")
        answer = browser.post("/unlock", {"password": PASSWORD, "back": "/patients?x=1"})
        assert answer["Location"] == "/patients?x=1"
        assert browser.get("/patients").status_code == 200
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"accounts.lock", "accounts.unlock"} <= actions


def test_the_pin_opens_it_five_wrong_ones_do_not_and_then_only_the_password_does(rosa):
    accounts.set_pin(actor_for(rosa), pin="493817")
    browser = signed_in()
    browser.post("/lock")
    assert browser.post("/unlock", {"pin": "493817"}).status_code == 302
    browser.post("/lock")
    for _ in range(5):
        assert browser.post("/unlock", {"pin": "111222"}).status_code == 401
    assert browser.post("/unlock", {"pin": "493817"}).status_code == 401
    assert browser.post("/unlock", {"pin": ""}).status_code == 401
    assert browser.post("/unlock", {"password": PASSWORD}).status_code == 302
    assert is_in(browser)


def test_without_a_pin_an_empty_one_opens_nothing(rosa):
    browser = signed_in()
    browser.post("/lock")
    for given in ({}, {"pin": ""}, {"pin": "000000"}, {"password": ""}):
        assert browser.post("/unlock", given).status_code == 401
    assert not is_in(browser)


def test_the_pin_signs_nobody_in(rosa):
    accounts.set_pin(actor_for(rosa), pin="493817")
    assert Client().post("/sign-in", {"username": "rosa", "password": "493817"}).status_code == 422
    assert Client().post("/unlock", {"pin": "493817"})["Location"] == "/sign-in"


def test_each_location_says_how_soon(rosa):
    Location.objects.update(lock_minutes=2)
    browser = signed_in()
    with after(3):
        assert is_covered(browser.get("/"))


def test_after_an_hour_covered_it_asks_for_a_whole_sign_in(rosa):
    browser = signed_in()
    with after(61):
        assert browser.get("/")["Location"] == "/sign-in"
        assert browser.post("/unlock", {"password": PASSWORD})["Location"] == "/sign-in"


def test_half_a_day_after_the_sign_in_it_ends_however_much_it_is_used(rosa):
    browser = signed_in()
    for minute in range(0, 12 * 60, 9):
        with after(minute):
            browser.get("/awake")
            assert browser.post("/awake").status_code == 204
    with after(12 * 60 + 1):
        assert browser.get("/")["Location"] == "/sign-in"

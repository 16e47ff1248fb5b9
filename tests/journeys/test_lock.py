"""The lock: a screen nobody uses is covered, nothing of it stays to be read, and what was typed is still there after."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from frontdesk.entrypoints.desk.http import session_stamp
from frontdesk.kit import clock
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import actor_for
from tests.browser import until
from tests.factories import practice as make
from tests.factories.patients import ana

WORDS = "they/them"


@pytest.fixture
def pin(rosa_account):
    accounts.set_pin(actor_for(rosa_account), pin="493817")
    return "493817"


def typing(page, who):
    page.goto(f"/patients/{who.pk}/person?edit=identity")
    until(page, "!!window.htmx")
    page.locator("[name=pronouns]").first.focus()
    page.keyboard.type(WORDS)


def nothing_of(page, *words):
    told = page.content()
    assert not [word for word in words if word in told]


def opened_with(page, pin):
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Go on").click()


def idle(minutes):
    """Nobody has touched Rosa's screens for so long; her clock stands, so what is put back is when she last did."""
    for row in Session.objects.all():
        store = SessionStore(row.pk)
        store["used_at"] = int(clock.now().timestamp()) - minutes * 60
        store.save()


def test_locked_by_its_key_the_page_is_gone_and_the_draft_comes_back_with_the_pin(page, pin):
    who = ana()
    typing(page, who)
    page.keyboard.press("Control+Shift+L")
    page.get_by_role("heading", name="Locked", exact=True).wait_for()
    nothing_of(page, "Ito", WORDS, who.mrn)
    opened_with(page, pin)
    page.wait_for_url(f"**/patients/{who.pk}/person?edit=identity")
    page.get_by_role("button", name="Put it back").click()
    until(page, "words => document.querySelector('[name=pronouns]').value === words", arg=WORDS)


def test_a_page_left_alone_covers_itself_without_a_click(page, pin, settings):
    settings.FRONTDESK_LOCK_MINUTES = 10
    who = ana()
    page.goto(f"/patients/{who.pk}")
    page.evaluate("document.body.dataset.lock = '1'")
    idle(11)
    page.get_by_role("heading", name="Locked", exact=True).wait_for(timeout=20_000)
    nothing_of(page, "Ito", who.mrn)
    page.go_back()
    nothing_of(page, "Ito", who.mrn)
    page.goto(f"/patients/{who.pk}")
    opened_with(page, pin)
    page.wait_for_url(f"**/patients/{who.pk}")
    page.get_by_text("Ito").first.wait_for()


def test_another_person_takes_the_station_over_and_the_first_session_is_gone(page, pin, rosa_account):
    make.user(username="lena", display_name="Lena Park", role="lead")
    page.goto("/")
    page.keyboard.press("Control+Shift+L")
    page.get_by_role("link", name="Sign in as somebody else").click()
    page.get_by_label("User name").fill("lena")
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_text("Lena Park").first.wait_for()
    stamp = session_stamp(User.objects.get(pk=rosa_account.pk))
    held = [SessionStore(row.pk).load() for row in Session.objects.all()]
    assert not [one for one in held if one.get("stamp") == stamp and one.get("user_id") == rosa_account.pk]


def test_five_wrong_pins_and_only_the_password_helps(page, pin):
    page.goto("/")
    page.keyboard.press("Control+Shift+L")
    for _ in range(5):
        opened_with(page, "111222")
        page.get_by_text("That is not right.").wait_for()
    opened_with(page, pin)
    page.get_by_text("Use your password").wait_for()
    assert page.get_by_label("PIN").count() == 0
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Go on").click()
    page.locator(".topbar").wait_for()

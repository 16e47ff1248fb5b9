"""From a password alone to a second factor, as the manager's first morning goes; every step is looked at by axe."""

import pytest

from frontdesk.kit import clock
from frontdesk.office.accounts.rules import STEP, app_code
from tests.factories import practice as make
from tests.ui.axe import violations


@pytest.fixture(autouse=True)
def _managers_need_one(settings):
    settings.FRONTDESK_SECOND_FACTOR = ["manager"]


def sign_in(page):
    page.goto("about:blank")  # what the page before still asks for must not bring its cookies back
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_label("User name").fill("mia")
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Sign in", exact=True).click()


def fine(page, seen):
    seen += [f"{page.url}: {one}" for one in violations(page)]


def test_a_manager_adds_an_app_keeps_codes_and_comes_back_with_both(page):
    make.user("manager", "mia", "Mia Novak")
    seen = []
    sign_in(page)
    page.get_by_text("Your role needs a second proof").wait_for()
    fine(page, seen)
    page.get_by_role("button", name="Add an authenticator app").click()
    page.get_by_role("img", name="Picture for the authenticator app").wait_for()
    fine(page, seen)
    secret = page.locator(".typed-secret").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(app_code(secret, int(clock.now().timestamp()) // STEP - 1))
    page.get_by_role("button", name="Add the app").click()
    page.get_by_role("button", name="Draw the codes").wait_for()
    fine(page, seen)
    page.get_by_role("button", name="Draw the codes").click()
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    fine(page, seen)
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url("**/")

    sign_in(page)
    page.get_by_role("heading", name="One more step").wait_for()
    fine(page, seen)
    page.get_by_label("Code").fill(app_code(secret, int(clock.now().timestamp()) // STEP))
    page.keyboard.press("Enter")
    page.locator(".topbar").wait_for()

    sign_in(page)
    page.get_by_label("Code").fill(codes[0])
    page.keyboard.press("Enter")
    page.locator(".topbar").wait_for()
    page.goto("/my/sign-in")
    page.get_by_text("9 left, each for one sign-in").wait_for()
    page.get_by_text("This screen", exact=True).wait_for()
    fine(page, seen)
    page.keyboard.press("Control+Shift+L")
    page.get_by_role("heading", name="Locked", exact=True).wait_for()
    fine(page, seen)
    assert not seen, "\n".join(seen)

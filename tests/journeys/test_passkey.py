"""A passkey, with the browser's own virtual authenticator: added, signed in with, shown as the second step, opening a lock."""

import pytest

from frontdesk.office.accounts.models import Factor, SignIn
from frontdesk.office.audit.models import AuditEntry

PASSWORD = "a long enough password"


@pytest.fixture
def key(page):
    """An authenticator in the browser: it keeps passkeys and knows who holds it."""
    chrome = page.context.new_cdp_session(page)
    chrome.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = chrome.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return chrome, made["authenticatorId"]


@pytest.fixture
def added(page, key):
    """Rosa's passkey."""
    page.goto("/my/sign-in")
    page.get_by_role("link", name="Show my password").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    return Factor.objects.get(kind="passkey")


def test_it_is_added_with_ten_codes_for_paper_and_then_signs_in_by_itself(page, added):
    page.get_by_role("button", name="Draw the codes").click()
    assert page.locator(".codes li").count() == 10
    page.goto("about:blank")
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.locator(".topbar").wait_for()
    assert SignIn.objects.filter(ended_at=None, how="passkey").count() >= 1
    assert AuditEntry.objects.filter(action="accounts.sign_in").latest("id").extra == {"how": "passkey"}


def test_it_is_the_second_step_after_a_password(page, added):
    page.goto("about:blank")
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_label("User name").fill("rosa")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="One more step").wait_for()
    page.get_by_role("button", name="Use my passkey").click()
    page.locator(".topbar").wait_for()


def test_it_opens_a_locked_screen_on_the_same_page(page, added):
    page.goto("/schedule")
    page.keyboard.press("Control+Shift+L")
    page.get_by_role("heading", name="Locked", exact=True).wait_for()
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/schedule")
    page.locator(".topbar").wait_for()


def test_a_key_that_does_not_know_its_holder_lets_nobody_in(page, key, added):
    chrome, number = key
    chrome.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
    page.goto("about:blank")
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.locator("[data-passkey-problem]:visible").wait_for()
    page.goto("/")
    page.wait_for_url("**/sign-in")

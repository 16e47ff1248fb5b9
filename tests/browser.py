"""A real browser, a real server, a person signed in: the fixtures of every test that looks at a page.

One browser serves the whole run, so these live in one plugin rather than in each folder's conftest.
"""

import os
import shutil

import pytest
from playwright.sync_api import Error as PlaywrightError

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
# A refusal's status, and a question given up because a newer one was asked or the page was left.
EXPECTED = (
    "Failed to load resource: the server responded with a status of 4",
    "htmx:sendAbort",
    "htmx:afterRequest",
)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop in this thread


def pytest_collection_modifyitems(items):
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        pytest.skip("NO CHROMIUM ON THIS MACHINE: install Debian's chromium package to run the browser tests")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def elm_street(transactional_db):
    """The practice on Elm Street, open for the day."""
    from tests.factories import practice as make

    make.practice()
    return make.location()


@pytest.fixture
def rosa_account(elm_street):
    from tests.factories import practice as make

    return make.user()


@pytest.fixture
def page(chromium, live_server, rosa_account):
    """A page of Rosa's browser, signed in, at 1440 by 900; a script error or a refused resource fails the test."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=live_server.url)
    context.add_cookies([{"name": "session", "value": _session(rosa_account), "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(30_000)  # a busy machine may stand still for a while
    troubles, page.refusals = [], []
    page.on(
        "response", lambda one: page.refusals.append(f"{one.status} {one.url}") if one.status > 399 else None
    )
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda message: (
            troubles.append(message.text)
            if message.type == "error" and not message.text.startswith(EXPECTED)
            else None
        ),
    )
    yield page
    if not page.is_closed():
        page.goto("about:blank")  # what a page sends when it is left is sent before the tables are emptied
    context.close()
    assert not troubles, troubles


def until(page, expression, arg=None, seconds=30):
    """Ask the page again and again until `expression` holds; a TimeoutError says which never did.

    Playwright's own `wait_for_function` asks with `eval` from its second try on, which the policy of our pages refuses:
    it passes where the answer is there at once, and fails on a busy machine.
    """
    for _ in range(seconds * 20):
        try:
            if page.evaluate(expression, arg):
                return
        except PlaywrightError as left:  # the page is on its way to another
            if "context was destroyed" not in str(left) and "navigation" not in str(left):
                raise
        page.wait_for_timeout(50)
    raise TimeoutError(f"never came true in {seconds} s: {expression}")


def _session(user):
    from django.contrib.sessions.backends.db import SessionStore

    from frontdesk.entrypoints.desk.http import session_stamp

    store = SessionStore()
    store["user_id"], store["stamp"] = user.pk, session_stamp(user)
    store.create()
    return store.session_key

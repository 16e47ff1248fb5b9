"""P33: what stands in the log is a line each, and nothing in it was written by whoever asks."""

import io
import json
import logging

import pytest
from django.test import Client

from frontdesk.site.logs import JsonLines
from tests.attacks.test_p57_no_token_no_deed import ROUTES, address_of
from tests.factories import practice as make

pytestmark = pytest.mark.django_db
FORGED = '2026-03-03T14:00:00Z info frontdesk.request "LOGIN ok admin"'
BREAKS = ("\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\0", "\x1b[2K\x1b[1A")


@pytest.fixture
def log():
    """Everything the program logs from now on, as its own lines."""
    written = io.StringIO()
    here = logging.StreamHandler(written)
    here.setFormatter(JsonLines())
    ours, root = logging.getLogger("frontdesk"), logging.getLogger()
    level = ours.level
    ours.setLevel(logging.DEBUG)
    root.addHandler(here)
    yield written.getvalue
    ours.setLevel(level)
    root.removeHandler(here)


def lines(text):
    return [json.loads(line) for line in text.split("\n") if line]


@pytest.mark.parametrize("end", BREAKS, ids=repr)
def test_a_break_in_a_message_begins_no_line(log, end):
    logging.getLogger("frontdesk.x").warning("sign in of %s failed", f"rosa{end}{FORGED}")
    logging.getLogger("frontdesk.x").warning("y", extra={"facts": {"why": f"a{end}{FORGED}"}})
    assert [(one["level"], one["logger"]) for one in lines(log())] == [("warning", "frontdesk.x")] * 2
    assert log().isascii()
    assert "\x1b" not in log()


def test_nothing_of_a_request_but_its_route_is_logged(log):
    """Whatever stands in the address, its parameters, headers, cookies and fields."""
    make.practice()
    make.location()
    make.user()
    browser = Client(headers={"User-Agent": FORGED, "Referer": f"/{FORGED}", "X-Request-Id": FORGED})
    browser.cookies["session"] = "LOGIN"
    for _, pattern in ROUTES[::12]:
        browser.get(f"{address_of(pattern)}?q=LOGIN+ok+admin%0a{FORGED}")
    browser.get("/%0aLOGIN ok admin/x")
    for end in BREAKS:
        browser.post("/sign-in", {"username": f"LOGIN{end}{FORGED}", "password": "LOGIN"})
        browser.post(
            "/carrier/texts", f"From=%2B1617{end}{FORGED}", content_type="application/x-www-form-urlencoded"
        )
    told = lines(log())
    assert len(told) > 15
    assert {one["logger"] for one in told} >= {"frontdesk.request"}
    assert "LOGIN" not in log()

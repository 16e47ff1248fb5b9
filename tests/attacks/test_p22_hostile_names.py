"""P22, at the doors: signs no database holds, quotes, endless texts. Refused like any wrong name, on both databases."""

import pytest
from django.test import Client

from tests.attacks.doors import PASSWORD, is_in, signed_in

HOSTILE = [
    "\0",
    "ro\0sa",
    "' OR 1=1--",
    "rosa'--",
    "\ud800",
    "=cmd()",
    "<script>",
    "ʼ; DROP TABLE",
    "a" * 70_000,
    "%27",
    "\u202egus",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_passwords_and_codes_are_wrong_and_nothing_more(rosa, text):
    text = text.encode("utf-8", "replace").decode()
    browser = Client()
    for given in ({"username": text, "password": "x"}, {"username": "rosa", "password": text}):
        assert browser.post("/sign-in", given).status_code == 422
    assert browser.get(f"/welcome/{text.replace('/', '')[:200] or 'x'}").status_code in {404, 410}
    browser.cookies["screen"] = "x" + "".join(one for one in text[:200] if one.isascii() and one.isalnum())
    assert browser.get("/screen")["Location"] == "/sign-in"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_reasons_pins_and_names_break_nothing(rosa, text):
    text = text.encode("utf-8", "replace").decode()
    browser = signed_in()
    for path, given in (
        ("/my/sign-in/pin", {"pin": text}),
        ("/my/sign-in/passkey", {"answer": text, "name": text}),
        ("/emergency", {"reason": text}),
        ("/sign-in/passkey", {"answer": text}),
        ("/sign-in/passkey", {"answer": '{"rawId": 7, "response": []}'}),
    ):
        assert browser.post(path, given).status_code < 500
    browser.post("/lock")
    assert browser.post("/unlock", {"password": text, "pin": text}).status_code == 401
    assert not is_in(browser)
    assert browser.post("/unlock", {"password": PASSWORD}).status_code == 302

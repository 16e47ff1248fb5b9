"""P62: where one is sent on to. Never to another site, whatever stands in a form or a header."""

import pytest

from tests.attacks.doors import PASSWORD, signed_in

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%0d%0aLocation: https://evil.example",
    "/\r\nLocation: https://evil.example",
    "/\t/evil.example",
    "",
]


@pytest.mark.parametrize("back", ELSEWHERE)
def test_opening_a_lock_leads_nowhere_else(rosa, back):
    browser = signed_in()
    browser.post("/lock")
    to = browser.post("/unlock", {"password": PASSWORD, "back": back})["Location"]
    assert to.startswith("/")
    assert not to.startswith(("//", "/\\"))
    assert "\n" not in to


@pytest.mark.parametrize("back", [*ELSEWHERE, "https://evil.example//other.example/"])
def test_nor_does_a_forged_referer(rosa, back):
    browser = signed_in()
    to = browser.post("/lock", headers={"Referer": back})["Location"]
    assert to.startswith("/")
    assert not to.startswith(("//", "/\\"))


@pytest.mark.parametrize("name", ["next", "redirect", "return_to", "url", "back"])
def test_signing_in_is_sent_to_the_desk_alone(rosa, client, name):
    given = {"username": "rosa", "password": PASSWORD, name: "https://evil.example"}
    assert client.post(f"/sign-in?{name}=//evil.example", given)["Location"] == "/"

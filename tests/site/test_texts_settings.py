"""A secret for the carrier that could be guessed, or that nothing is signed with, stops the program."""

import pytest

from frontdesk.site import environment

SITE = "https://desk.example.org"


@pytest.fixture
def secret(monkeypatch):
    def given(value, site=SITE):
        monkeypatch.setenv("TEXTS_SECRET", value)
        return environment.texts_secret(site)

    return given


def test_without_one_there_is_no_carrier(secret):
    assert secret("", "") == ""


def test_a_good_one_is_taken(secret):
    assert secret(" 12345678901234567890123456789012 ") == "12345678901234567890123456789012"


@pytest.mark.parametrize(
    ("value", "site", "says"), [("hunter2", SITE, "shorter than 24"), ("x" * 32, "", "needs FRONTDESK_URL")]
)
def test_another_is_refused_and_not_repeated(secret, value, site, says):
    with pytest.raises(SystemExit, match=says) as refused:
        secret(value, site)
    assert value not in str(refused.value)

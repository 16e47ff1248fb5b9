"""Connections to payers that would send health information in the open stop the program, and say why."""

import os

import pytest

from frontdesk.site import environment


def connections(monkeypatch, **given):
    for name in [name for name in os.environ if name.startswith("FRONTDESK_PAYER_")]:
        monkeypatch.delenv(name)
    for name, value in given.items():
        monkeypatch.setenv(f"FRONTDESK_PAYER_{name}", value)
    return environment.connections()


def test_without_an_address_payers_are_called(monkeypatch):
    assert connections(monkeypatch, SENDER="CLINIC") == {}


def test_the_usual_way_stands_first_and_others_have_names(monkeypatch):
    found = connections(
        monkeypatch, URL="https://hub.example.org/core", USER="u", PASSWORD="p", MEDICARE_URL="https://cms.example.org/",
        MEDICARE_ENVELOPE="soap", MEDICARE_SENDER="ELMST", MEDICARE_RECEIVER="CMS",
    )  # fmt: skip
    assert list(found) == ["", "medicare"]
    assert (found[""].envelope, found[""].user, found[""].sender) == ("mime", "u", "FRONTDESK")
    assert (found["medicare"].envelope, found["medicare"].receiver) == ("soap", "CMS")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"URL": "http://hub.example.org/"}, "does not travel in the open"),
        ({"URL": "hub.example.org"}, "FRONTDESK_PAYER_URL"),
        ({"URL": "https://x.org/", "ENVELOPE": "ftp"}, "mime or soap"),
        ({"URL": "https://x.org/", "SENDER": "A" * 16}, "FRONTDESK_PAYER_SENDER"),
        ({"URL": "https://x.org/", "RECEIVER": "A*B"}, "FRONTDESK_PAYER_RECEIVER"),
        ({"B_URL": "ftp://x.org/"}, "FRONTDESK_PAYER_B_URL"),
    ],
)
def test_what_is_unsafe_is_refused(monkeypatch, given, says):
    with pytest.raises(environment.UnsafeSettings, match=says):
        connections(monkeypatch, **given)


def test_a_payer_on_this_machine_may_be_plain(monkeypatch):
    found = connections(monkeypatch, URL="http://127.0.0.1:8199/core/realtime")
    assert found[""].url == "http://127.0.0.1:8199/core/realtime"

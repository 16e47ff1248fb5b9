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


KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJRXirfAsWt0LLaOTXBTMupFtoya/v/pRl7jZgKHx3j"
DROP = {"URL": "sftp://drop.example.org:2222/elm", "USER": "elm", "PASSWORD": "p", "HOST_KEY": KEY}


def test_the_night_can_go_by_batch_and_the_rest_in_real_time(monkeypatch):
    found = connections(
        monkeypatch, URL="https://hub.example.org/rt", BATCH="https://hub.example.org/batch", USER="u", PASSWORD="p",
        BLUE_URL="https://blue.example.org/batch", BLUE_MODE="batch",
    )  # fmt: skip
    both, batch = found[""], found["blue"]
    assert (both.mode, both.at_once, both.files) == ("both", True, "https://hub.example.org/batch")
    assert (batch.at_once, batch.files, both.files_login) == (
        False,
        "https://blue.example.org/batch",
        ("u", "p"),
    )


def test_files_over_sftp_are_a_way_that_nobody_answers_at_once(monkeypatch):
    found = connections(monkeypatch, **DROP, INBOUND="from-hub")[""]
    assert (found.at_once, found.files, found.outbound, found.inbound) == (
        False,
        DROP["URL"],
        "outbound",
        "from-hub",
    )
    found = connections(
        monkeypatch, URL="https://hub.example.org/rt", BATCH=DROP["URL"], BATCH_USER="elm", BATCH_PASSWORD="q",
        HOST_KEY=KEY,
    )[""]  # fmt: skip
    assert (found.at_once, found.files_login) == (True, ("elm", "q"))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"HOST_KEY": ""}, "FRONTDESK_PAYER_HOST_KEY"),
        ({"HOST_KEY": "AAAA"}, "FRONTDESK_PAYER_HOST_KEY"),
        ({"PASSWORD": ""}, "FRONTDESK_PAYER_PASSWORD or a FRONTDESK_PAYER_KEY"),
        ({"KEY": "/no/such/file"}, "FRONTDESK_PAYER_KEY names no file"),
        ({"MODE": "realtime"}, "FRONTDESK_PAYER_MODE must be batch"),
        ({"MODE": "nightly"}, "realtime, batch, both"),
        ({"URL": "https://x.org/", "MODE": "both"}, "FRONTDESK_PAYER_BATCH"),
        ({"URL": "https://x.org/", "BATCH": "http://x.org/"}, "FRONTDESK_PAYER_BATCH must begin"),
    ],
)
def test_files_that_would_go_to_whoever_answers_are_refused(monkeypatch, given, says):
    with pytest.raises(environment.UnsafeSettings, match=says):
        connections(monkeypatch, **{**DROP, **given})

"""Mail settings that would send words in the open stop the program, and say why."""

import pytest

from frontdesk.site import environment

GOOD = {"SMTP_HOST": "mail.example.org", "SMTP_FROM": "desk@example.org"}


def mail(monkeypatch, **given):
    for name in ("HOST", "PORT", "USER", "PASSWORD", "TLS", "FROM"):
        monkeypatch.delenv(f"SMTP_{name}", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return environment.mail()


def test_without_a_host_nothing_leaves_the_machine(monkeypatch):
    assert mail(monkeypatch, SMTP_FROM="desk@example.org") is None


@pytest.mark.parametrize(("tls", "port"), [("", 587), ("starttls", 587), ("tls", 465)])
def test_the_port_follows_from_the_kind_of_connection(monkeypatch, tls, port):
    assert mail(monkeypatch, **GOOD, SMTP_TLS=tls).port == port


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"SMTP_TLS": "none"}, "do not travel in the open"),
        ({"SMTP_TLS": "ssl"}, "starttls, tls or none"),
        ({"SMTP_PORT": "mail"}, "SMTP_PORT"),
        ({"SMTP_FROM": "Elm Street"}, "SMTP_FROM"),
        ({"SMTP_FROM": "a@example.org, b@example.org"}, "SMTP_FROM"),
        ({"SMTP_FROM": ""}, "SMTP_FROM"),
        ({"SMTP_USER": "desk"}, "go together"),
    ],
)
def test_what_is_unsafe_is_refused(monkeypatch, given, says):
    with pytest.raises(environment.UnsafeSettings, match=says):
        mail(monkeypatch, **{**GOOD, **given})


@pytest.mark.parametrize(
    "url", ["http://desk.example.org", "desk.example.org", "https://x.org/?a=b", "ftp://x.org"]
)
def test_links_go_over_https(monkeypatch, url):
    monkeypatch.setenv("FRONTDESK_URL", url)
    with pytest.raises(environment.UnsafeSettings, match="https"):
        environment.public_url()


def test_an_address_on_this_machine_may_be_plain(monkeypatch):
    monkeypatch.setenv("FRONTDESK_URL", "http://127.0.0.1:8000/")
    assert environment.public_url() == "http://127.0.0.1:8000"

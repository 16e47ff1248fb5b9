"""P65: behind TLS, as the program itself says it: sent on to it, kept to it, and no cookie without it."""

import json
import os
import subprocess
import sys

import pytest

ASKS = """
import django, json
django.setup()
from django.conf import settings
from django.core.checks import run_checks
from django.test import Client
settings.DATABASES
from django.test.utils import setup_test_environment
told = {}
for name, heads in (("plain", {}), ("forged", {"HTTP_X_FORWARDED_PROTO": "http"}), ("tls", {"HTTP_X_FORWARDED_PROTO": "https"})):
    answer = Client(SERVER_NAME="desk.example.org").get("/static/ui/mark.svg", **heads)
    told[name] = [answer.status_code, answer.headers.get("Location", ""), answer.headers.get("Strict-Transport-Security", "")]
told["cookies"] = [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]
told["warnings"] = sorted(one.id for one in run_checks(include_deployment_checks=True))
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a new process says under the settings of a real practice."""
    given = {
        **os.environ,
        "FRONTDESK_HOSTS": "desk.example.org",
        "FRONTDESK_FIELD_KEYS": "1:c2VjcmV0d29yZHNlY3JldHdvcmRzZWNyZXR3b3JkMTI=",
        "FRONTDESK_DATA": str(tmp_path_factory.mktemp("data")),
        "DJANGO_SETTINGS_MODULE": "frontdesk.site.settings",
        "DATABASE_URL": "",
    }
    for name in ("FRONTDESK_HTTPS", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        given.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-c", ASKS], env=given, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("way", ["plain", "forged"])
def test_what_comes_in_the_open_is_sent_on_to_tls(told, way):
    status, to, _ = told[way]
    assert status == 301
    assert to.startswith("https://desk.example.org/")


def test_what_comes_through_the_proxy_over_tls_is_answered_and_told_to_stay(told):
    status, _, strict = told["tls"]
    assert status == 200
    assert int(strict.partition("=")[2].partition(";")[0]) >= 31_536_000


def test_no_cookie_travels_in_the_open(told):
    assert told["cookies"] == [True, True, "__Host-session", "__Host-csrf"]


def test_djangos_own_list_for_a_deployment_has_nothing_to_add(told):
    # W002: the header against framing is our own middleware's. W005 and W021: whether the names beneath ours speak TLS
    # too is the practice's to say.
    assert set(told["warnings"]) <= {"security.W002", "security.W005", "security.W021"}


def test_links_that_go_out_are_over_tls_or_the_program_does_not_start(monkeypatch):
    from frontdesk.site import environment

    for url in (
        "http://desk.example.org",
        "ftp://desk.example.org",
        "https://",
        "https://desk.example.org/?x=1",
    ):
        monkeypatch.setenv("FRONTDESK_URL", url)
        with pytest.raises(environment.UnsafeSettings):
            environment.public_url()
    monkeypatch.setenv("SMTP_HOST", "mail.example.org")
    monkeypatch.setenv("SMTP_FROM", "desk@example.org")
    monkeypatch.setenv("SMTP_TLS", "none")
    with pytest.raises(environment.UnsafeSettings):
        environment.mail()

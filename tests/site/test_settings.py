"""The program refuses to start unsafely, and says why."""

import os
import subprocess
import sys

import pytest


KEY = "c2VjcmV0d29yZHNlY3JldHdvcmRzZWNyZXR3b3JkMTI="
"""32 bytes in base64."""


def start(tmp_path, **environment):
    given = {**os.environ, "FRONTDESK_DATA": str(tmp_path / "data"), **environment}
    words = [sys.executable, "-c", "import frontdesk.site.settings"]
    return subprocess.run(words, env=given, capture_output=True, text=True)


def test_it_starts_with_nothing_set_and_makes_a_private_key(tmp_path):
    assert start(tmp_path).returncode == 0
    key = tmp_path / "data" / "secret_key"
    assert (key.stat().st_mode & 0o777, len(key.read_text()) >= 50) == (0o600, True)


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({"FRONTDESK_SECRET_KEY": "short"}, "shorter than 32"),
        ({"FRONTDESK_DEBUG": "yes"}, "must be true or false"),
        ({"FRONTDESK_HOSTS": "*"}, "must name the hosts"),
        ({"FRONTDESK_LOG_LEVEL": "loud"}, "must be one of DEBUG"),
        ({"DATABASE_URL": "garbage"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "mysql://u:secretword@h/d"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgresql://u:secretword@h:port/d"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgresql://u:secretword@db.example.org/d"}, "sslmode=verify-full"),
        ({"DATABASE_URL": "postgresql://u:secretword@db.example.org/d?sslmode=require"}, "verify-full"),
        ({"FRONTDESK_DATA": "/proc/nowhere"}, "cannot be made"),
        ({"FRONTDESK_HOSTS": "desk.example.org", "FRONTDESK_DEBUG": "true"}, "error pages"),
        ({"FRONTDESK_HOSTS": "desk.example.org"}, "FRONTDESK_FIELD_KEYS is not set"),
        ({"FRONTDESK_FIELD_KEYS": "1:secretword"}, "32 bytes in base64"),
        ({"FRONTDESK_FIELD_KEYS": KEY}, "written id:key"),
        ({"FRONTDESK_FIELD_KEYS": f"0:{KEY}"}, "written id:key"),
        ({"FRONTDESK_FIELD_KEYS": f"A:{KEY}"}, "written id:key"),
        ({"FRONTDESK_FIELD_KEYS": f"1:{KEY},1:{KEY}"}, "two keys of one id"),
    ],
)
def test_it_refuses_what_would_be_unsafe(tmp_path, environment, why):
    done = start(tmp_path, **environment)
    assert done.returncode != 0
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert "secretword" not in done.stderr
    assert KEY not in done.stderr


def test_beyond_this_machine_it_starts_with_a_key_of_its_own_for_fields(tmp_path):
    beyond = {"FRONTDESK_HOSTS": "desk.example.org", "FRONTDESK_FIELD_KEYS": f"2:{KEY}, 1:{KEY}"}
    assert start(tmp_path, **beyond).returncode == 0


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u@db.example.org/d?sslmode=verify-full&sslrootcert=/etc/ours.pem",
        "postgresql://u@127.0.0.1:5432/d",
        "postgresql://u@/d?host=/var/run/postgresql",
    ],
)
def test_a_database_is_reached_by_what_its_address_asks_for(tmp_path, address):
    words = "from frontdesk.site import settings; print(settings.DATABASES['default']['OPTIONS'])"
    given = {**os.environ, "FRONTDESK_DATA": str(tmp_path / "data"), "DATABASE_URL": address}
    done = subprocess.run([sys.executable, "-c", words], env=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert ("'sslmode': 'verify-full'" in done.stdout) == ("sslmode" in address)
    assert "server_side_binding" in done.stdout


def test_behind_tls_browsers_are_told_to_keep_to_it(tmp_path):
    words = "from frontdesk.site import settings as s; print(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SESSION_COOKIE_NAME)"
    beyond = {"FRONTDESK_HOSTS": "desk.example.org", "FRONTDESK_FIELD_KEYS": f"1:{KEY}"}
    given = {**os.environ, "FRONTDESK_DATA": str(tmp_path / "data"), **beyond}
    done = subprocess.run([sys.executable, "-c", words], env=given, capture_output=True, text=True)
    assert done.stdout.split() == ["31536000", "True", "__Host-session"]


def test_it_refuses_a_key_that_others_can_read(tmp_path):
    start(tmp_path)
    (tmp_path / "data" / "secret_key").chmod(0o644)
    assert "can be read by others" in start(tmp_path).stderr

"""`frontdesk rotate-keys` on an installation of its own: killed in the middle, gone on with; and nothing plain on its disk."""

import base64
import os
import signal
import sqlite3
import subprocess
import sys

import pytest

ONE, TWO = (f"{n}:{base64.b64encode(str(n).encode() * 32).decode()}" for n in (1, 2))
MANY = 60
NUMBERS = ("219-47-0001", "219-47-0033", "219-47-0060")
KEPT = "patients_socialsecuritynumber"
# Run in a process of its own, as the desk does: patients registered through the verb.
REGISTER = """
import django; django.setup()
from datetime import date
from django.db import transaction
from frontdesk.kit.actor import Actor
from frontdesk.kit.permissions import held_by
from frontdesk.office.patients import services
from frontdesk.office.patients.services import NewPatient
by = Actor("system", None, "test", held_by("admin"))
with transaction.atomic():
    for n in range({first}, {last} + 1):
        details = NewPatient("Ana", "Ito", date(1962, 3, 14), "female", "none", "en", "02143", ssn=f"219-47-{{n:04d}}")
        services.register(by, details=details, confirmed_distinct=True)
"""


@pytest.fixture
def filled(installation):
    installation.environment["FRONTDESK_FIELD_KEYS"] = ONE
    register(installation, 1, MANY)
    return installation


def register(installation, first, last):
    environment = {**installation.environment, "DJANGO_SETTINGS_MODULE": "frontdesk.site.settings"}
    words = REGISTER.format(first=first, last=last)
    subprocess.run([sys.executable, "-c", words], env=environment, check=True)


def ask(installation, statement):
    """Ask the installation's database, beside the program."""
    url = installation.environment["DATABASE_URL"]
    if url.startswith("postgres"):
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []
    connection = sqlite3.connect(installation.folder / "frontdesk.sqlite3", isolation_level=None)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def left(installation):
    return ask(installation, f"SELECT COUNT(*) FROM {KEPT} WHERE number NOT LIKE 'k2:%'")[0][0]


def test_killed_in_the_middle_it_goes_on_and_says_which_key_may_go(filled):
    filled.environment["FRONTDESK_FIELD_KEYS"] = f"{TWO},{ONE}"
    command = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", "rotate-keys"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    going = subprocess.Popen([*command, "--batch", "7", "--pause", "60"], env=filled.environment, **quiet)
    try:
        while left(filled) == MANY:
            assert going.poll() is None
        # Somebody goes on registering; what they write is sealed with the newest key at once.
        register(filled, MANY + 1, MANY + 1)
    finally:
        os.kill(going.pid, signal.SIGKILL)
        going.wait()
    still = left(filled)
    assert still == MANY - 7
    said = filled.run("rotate-keys", "--count")
    assert f"{still:,} of {MANY + 1} are left. No key may be dropped yet." in said
    assert "Key 1 seals nothing any more" in filled.run("rotate-keys", "--pause", "0")
    assert left(filled) == 0


def test_what_was_tampered_with_is_named_and_keeps_the_old_key_needed(filled):
    one, two = (number for (number,) in ask(filled, f"SELECT number FROM {KEPT} ORDER BY patient_id LIMIT 2"))
    ask(filled, f"UPDATE {KEPT} SET number = '{two}' WHERE number = '{one}'")
    said = filled.run("check", code=1)
    assert "FAIL every sealed value opens and fits its index" in said
    assert "belongs elsewhere" in said
    filled.environment["FRONTDESK_FIELD_KEYS"] = f"{TWO},{ONE}"
    said = filled.run("rotate-keys", "--pause", "0", code=1)
    assert "number does not open" in said
    assert f"1 of {MANY} are left. No key may be dropped yet." in said


def test_no_number_stands_in_the_clear_on_the_disk(filled, tmp_path):
    """Neither in the database file nor its write-ahead log, nor a dump, a backup, or what the commands say."""
    said = filled.run("backup", tmp_path / "one.backup")
    told = _dump(filled) + [said.encode(), (tmp_path / "one.backup").read_bytes()]
    told += [file.read_bytes() for file in filled.folder.rglob("*") if file.is_file()]
    assert b"Ito" in told[0], "a dump that holds no name proves nothing"
    for some in told:
        for number in NUMBERS:
            assert number.encode() not in some
            assert number.replace("-", "").encode() not in some


def _dump(filled):
    url = filled.environment["DATABASE_URL"]
    if url.startswith("postgres"):
        return [subprocess.run(["pg_dump", url], capture_output=True, check=True).stdout]
    kept = sqlite3.connect(filled.folder / "frontdesk.sqlite3")
    kept.execute("SELECT COUNT(*) FROM patients_patient").fetchone()
    # Written while this connection holds the database open, so that the write-ahead log stays to be looked into.
    register(filled, 33, 33)
    wal = (filled.folder / "frontdesk.sqlite3-wal").read_bytes()
    assert b"Ito" in wal
    return ["\n".join(kept.iterdump()).encode(), wal]

"""The passphrase and the packs on the command line."""

import re
import subprocess
import sys


def test_a_passphrase_is_made_packs_are_written_and_check_warns_until_then(installation):
    assert "WARN" not in installation.run("check")  # there is no site yet
    _site(installation)
    said = installation.run("check")
    assert "WARN No downtime pack is written: it has no passphrase yet" in said
    assert "no passphrase yet" in installation.run("downtime", "write", code=1)
    words = installation.run("downtime", "passphrase", "--make").splitlines()[0]
    assert re.fullmatch(r"([a-z]{4}-){4}[a-z]{4}", words)
    assert "has no downtime pack yet" in installation.run("check")
    desk = installation.folder / "desk"
    desk.mkdir()
    installation.run("downtime", "write", "--to", desk)
    assert sorted(path.name for path in desk.iterdir()) == ["downtime-elm.html", "downtime-elm.pdf"]
    assert "WARN" not in installation.run("check")
    kept = (installation.folder / "downtime" / "keys.json").read_text()
    assert words not in kept


def test_a_passphrase_is_asked_for_twice_and_a_weak_one_refused(installation):
    installation.run("downtime", "passphrase", given="short\nshort\n", code=1)
    installation.run("downtime", "passphrase", given="lantern paper pencil clock\nlantern paper\n", code=1)
    assert not (installation.folder / "downtime" / "keys.json").exists()
    installation.run(
        "downtime", "passphrase", given="lantern paper pencil clock\nlantern paper pencil clock\n"
    )
    assert (installation.folder / "downtime" / "keys.json").exists()


def _site(installation):
    """A site, made as the first page of a new practice makes it."""
    make = (
        "import django; django.setup(); "
        "from tests.factories import practice; practice.practice(); practice.location()"
    )
    environment = {**installation.environment, "DJANGO_SETTINGS_MODULE": "frontdesk.site.settings"}
    subprocess.run([sys.executable, "-c", make], env=environment, check=True)

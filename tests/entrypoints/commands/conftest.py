"""An installation of its own: a folder, a database, and the command line as a person uses it."""

import os
import subprocess
import sys

import pytest

from tests import migrated


class Installation:
    """`run("check", "--json")` is `frontdesk check --json` in a folder and database of its own."""

    def __init__(self, folder, database_url):
        self.folder = folder
        self.environment = {**os.environ, "FRONTDESK_DATA": str(folder), "DATABASE_URL": database_url}
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)

    def run(self, *words, code=0, given=None):
        command = [sys.executable, "-m", "frontdesk.entrypoints.commands.main", *map(str, words)]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, input=given, timeout=300
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def sealed(self):
        """Seal the record as the worker would in a few minutes."""
        words = (
            "import django; django.setup(); from datetime import timedelta; from frontdesk.office.audit import seals; "
            "seals.seal(seals.Anchor.of_installation(), settled=timedelta(0))"
        )
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "frontdesk.site.settings"}
        subprocess.run([sys.executable, "-c", words], env=environment, check=True)

    def anchor(self):
        return (self.folder / "audit-anchor.txt").read_text()


@pytest.fixture
def installation(tmp_path):
    """A migrated installation on the database the suite runs on."""
    with migrated.installed(tmp_path / "data") as address:
        yield Installation(tmp_path / "data", address)

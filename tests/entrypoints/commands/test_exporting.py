"""`frontdesk export patient`: one file for this account alone, with a reason, and never over another file."""

import json
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from frontdesk.entrypoints.commands.exporting import app
from frontdesk.kit.errors import Invalid, NotFound, Refused
from frontdesk.office.audit.models import AuditEntry
from tests.factories.patients import ana

pytestmark = pytest.mark.django_db


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_it_writes_the_whole_record_for_this_account_alone(tmp_path):
    who, file = ana(), tmp_path / "record.zip"
    done = run("patient", who.mrn, file, "--reason", "She asked for a copy")
    assert done.exit_code == 0, done.output
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(ZipFile(file).read("record.json"))["patient"]["mrn"] == who.mrn
    entry = AuditEntry.objects.get(action="privacy.export_record")
    assert (entry.source, entry.reason, entry.patient_id) == ("cli", "She asked for a copy", who.pk)


@pytest.mark.parametrize(
    ("mrn", "reason", "refusal"), [("999", "x", NotFound), ("hers", " ", Invalid), ("hers", "x", Refused)]
)
def test_what_it_does_not_do(tmp_path, mrn, reason, refusal):
    who, file = ana(), tmp_path / "record.zip"
    if refusal is Refused:
        file.write_text("something else")
    done = run("patient", who.mrn if mrn == "hers" else mrn, file, "--reason", reason)
    assert isinstance(done.exception, refusal)
    assert not file.exists() or file.read_text() == "something else"

"""The record on the command line: exported, gone through, and who still has access."""

import json
from datetime import timedelta

import pytest
import typer

from frontdesk.entrypoints.commands import audit
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refused
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients import services as patients
from tests.factories import practice as make
from tests.factories.patients import ana
from tests.people import rosa

pytestmark = pytest.mark.django_db


def test_an_export_holds_the_days_asked_for_is_private_and_on_record(tmp_path, capsys):
    patients.open_chart(rosa(), ana().pk, purpose="caller")
    with clock.fixed(clock.now() + timedelta(days=3)):
        patients.search(rosa(), text="ito")
    file = tmp_path / "events.ndjson"
    audit.export(file, "2026-03-03", "2026-03-04")
    deeds = [json.loads(line)["subtype"][0]["code"] for line in file.read_text().splitlines()]
    assert "patients.open_chart" in deeds
    assert "patients.search" not in deeds
    assert file.stat().st_mode & 0o077 == 0
    assert f"{len(deeds)} events" in capsys.readouterr().out
    assert AuditEntry.objects.filter(action="oversight.export_events").count() == 1
    with pytest.raises(Refused, match="already there"):
        audit.export(file, "2026-03-03", "2026-03-04")


def test_a_day_that_is_none_is_refused(tmp_path):
    with pytest.raises(Invalid, match="not a day"):
        audit.export(tmp_path / "x", "yesterday", "2026-03-04")


def test_the_last_whole_week_is_gone_through_unless_another_is_asked_for(capsys):
    sam = make.user(username="sam", display_name="Sam Wu")
    with clock.fixed(clock.now() - timedelta(days=30)):
        who = ana()
    at = clock.now() - timedelta(days=6)
    AuditEntry.objects.create(
        at=at, actor_kind="staff", actor_id=sam.pk, actor_name="Sam Wu", action="patients.open_chart", is_read=True,
        patient_id=who.pk,
    )  # fmt: skip
    audit.snooping("")
    said = capsys.readouterr().out
    assert f"Sam Wu  chart {who.mrn}  no visit, booking, call or message behind it  [open]" in said
    assert "Week of 2026-02-23: 1 new." in said
    assert "Ito" not in said
    audit.snooping("2026-02-10")
    assert "Week of 2026-02-09: 0 new." in capsys.readouterr().out


def test_access_that_lives_on_ends_with_one(capsys):
    make.user(username="olga", display_name="Olga Gone")
    audit.access()
    assert "nothing to look at" in capsys.readouterr().out
    with clock.fixed(clock.now() + timedelta(days=50)), pytest.raises(typer.Exit):
        audit.access()
    assert "olga" in capsys.readouterr().out

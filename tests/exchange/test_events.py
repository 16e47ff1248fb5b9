"""The record for other systems: FHIR R4 AuditEvent, one a line, as the golden file has it."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest

from frontdesk.exchange import events
from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.audit.queries import Ask, entries_in_order

GOLDEN = Path(__file__).parent / "golden" / "audit_events.ndjson"
pytestmark = pytest.mark.django_db


def entry(number, **fields):
    given = {
        "pk": 1000 + number,
        "at": clock.now() + timedelta(seconds=number),
        "actor_kind": "staff",
        "actor_id": 3,
        "actor_name": "Rosa Díaz",
        "acting_as": "psr",
        "source": "desk",
        "location_id": 1,
    }
    return AuditEntry.objects.create(**{**given, **fields})


def furnish():
    ana = {"patient_id": 12, "subject": "patients.patient:12"}
    entry(1, action="patients.open_chart", is_read=True, extra={"purpose": "record: overview"}, **ana)
    entry(2, action="patients.change_contact", before={"value": "1"}, after={"value": "2"}, **ana)
    entry(3, action="scheduling.book", patient_id=12, subject="scheduling.appointment:5", after={"wall": "x"})
    entry(4, action="patients.search", is_read=True)
    entry(5, action="accounts.sign_in", subject="accounts.user:3")
    entry(6, action="patients.merge", outcome="refused")
    entry(7, action="visits.export_report", is_read=True)
    entry(8, action="scheduling.sweep_holds", actor_kind="system", actor_id=None, actor_name="frontdesk",
          acting_as="", source="system", location_id=None)  # fmt: skip
    entry(
        9,
        action="patients.end_contact",
        before={"ends": None},
        after={"ends": "2026-03-03"},
        reason="Wrong",
        **ana,
    )


def written():
    text = io.StringIO()
    day = clock.now() - timedelta(hours=12)
    events.write(entries_in_order(Ask(day, day + timedelta(days=1))), text)
    return text.getvalue()


def test_the_lines_are_those_of_the_golden_file():
    furnish()
    assert written() == GOLDEN.read_text()


def test_every_event_has_what_r4_requires_and_no_value_of_a_field():
    furnish()
    for line in written().splitlines():
        event = json.loads(line)
        assert event["resourceType"] == "AuditEvent"
        assert event["type"]["code"]
        assert event["recorded"].endswith("Z")
        assert event["agent"][0]["requestor"] is True
        assert event["source"]["observer"]
        assert event["action"] in set("CRUDE")
        assert event["outcome"] in {"0", "4"}
        assert '2026-03-03"' not in line


def test_many_are_written_in_order_without_holding_them():
    for number in range(2_100):
        AuditEntry.objects.create(at=clock.now(), actor_kind="staff", actor_name="R", action=f"a.b{number}")
    deeds = [json.loads(line)["subtype"][0]["code"] for line in written().splitlines()]
    assert deeds == [f"a.b{number}" for number in range(2_100)]

"""The whole record: every table that holds anything about the patient, and nothing of anybody else's."""

import json
from base64 import b64decode

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients import services as patients
from frontdesk.office.privacy import services
from frontdesk.office.privacy.queries.collecting import tables
from tests.conftest import MORNING
from tests.factories.patients import ana, bo
from tests.factories.privacy import asked, disclosed, published, related, verified
from tests.people import lena, mia, rosa

pytestmark = pytest.mark.django_db
WHY = "She asked for a copy"


def export(who, reason=WHY):
    return services.export_record(mia(), patient_id=who.pk, reason=reason)


def rows(record, label):
    return next(table.rows for table in record.tables if table.label == label)


def full(who):
    """Something in most tables."""
    patients.add_alert(mia(), patient_id=who.pk, words="Prefers the morning")
    patients.add_name(mia(), patient_id=who.pk, use="maiden", last="Abe")
    related(who)
    published()
    services.acknowledge(rosa(), patient_id=who.pk, how="signed")
    services.set_phrase(rosa(), patient_id=who.pk, phrase="purple canary")
    verified(who)
    disclosed(who)
    asked(who)
    services.ask_restriction(
        rosa(), patient_id=who.pk, kind="other", what="Not my employer", asked_on=MORNING.date()
    )
    return who


def test_every_table_with_a_row_about_her_is_in_it_and_none_about_him():
    who, other = full(ana()), full_of_bo()
    record = export(who)
    found = {table.label: table.rows for table in record.tables}
    for table in tables():
        column = "pk" if table.label == "patients.patient" else "patient_id"
        if column != "pk" and "patient_id" not in table.lookups:
            continue
        counted = table.model._default_manager.filter(**{column: who.pk}).count()
        # the entry about this very export is written once it has been made
        assert len(found[table.label]) == counted - (table.label == "audit.auditentry"), table.label
        assert all(row.get("patient_id", who.pk) == who.pk for row in found[table.label])
    assert "Brandt" not in repr(record)
    assert other.mrn not in repr(record)


def full_of_bo():
    who = bo()
    patients.add_alert(mia(), patient_id=who.pk, words="Brandt only")
    disclosed(who, what="Brandt report")
    return who


def test_what_was_recorded_under_a_merged_chart_is_in_it():
    who, once = ana(), ana(phone="(617) 555-0188")
    patients.open_chart(rosa(), once.pk, purpose="before the merge")
    patients.merge(mia(), survivor_id=who.pk, duplicate_id=once.pk, reason="Registered twice")
    record = export(who)
    assert {row["id"] for row in rows(record, "patients.patient")} == {who.pk, once.pk}
    assert "before the merge" in {row["reason"] for row in rows(record, "audit.auditentry")}


def test_what_was_told_of_a_chart_goes_with_it_when_it_is_merged_and_comes_back():
    who, once = ana(), ana(phone="(617) 555-0188")
    for one in (who, once):
        services.set_phrase(rosa(), patient_id=one.pk, phrase="purple canary")
    told = disclosed(once)
    made = patients.merge(mia(), survivor_id=who.pk, duplicate_id=once.pk, reason="Registered twice")
    told.refresh_from_db()
    assert told.patient_id == who.pk
    patients.unmerge(mia(), merge_id=made.pk)
    told.refresh_from_db()
    assert told.patient_id == once.pk


def test_secrets_stay():
    record = export(full(ana()))
    (phrase,) = rows(record, "privacy.passphrase")
    assert "hash" not in phrase
    assert "argon2" not in repr(record)


def test_somebody_elses_chart_where_she_is_only_named_is_not_hers():
    who, child = ana(), bo()
    patients.add_related(mia(), patient_id=child.pk, role="guardian", person_id=who.pk, note="canary")
    assert "canary" not in repr(export(who).tables)
    assert "canary" in repr(export(child).tables)


def test_what_an_agency_had_suspended_is_not_given_away():
    who = ana()
    disclosed(
        who,
        basis="law_enforcement",
        recipient="Canary County Sheriff",
        purpose="Canary case",
        suspended_on=MORNING.date(),
        suspended_until=MORNING.date(),
        suspended_orally=True,
    )
    assert "Canary" not in repr(export(who))
    # and from the next day on it is told
    from datetime import timedelta

    from frontdesk.kit import clock

    with clock.fixed(MORNING + timedelta(days=1)):
        assert "Canary County Sheriff" in repr(export(who))


def test_it_leaves_the_house_with_a_reason_on_record():
    who = ana()
    with pytest.raises(Invalid):
        export(who, " ")
    record = export(who)
    entry = AuditEntry.objects.get(action="privacy.export_record")
    assert (entry.patient_id, entry.reason, entry.extra["rows"]) == (who.pk, WHY, record.count)


def test_a_lead_may_not_take_it_out():
    with pytest.raises(NotPermitted):
        services.export_record(lena(), patient_id=ana().pk, reason=WHY)


def test_it_asks_the_database_once_a_table_however_much_there_is():
    who = full(ana())
    with CaptureQueriesContext(
        connection,
    ) as few:
        export(who)
    for number in range(20):
        patients.add_alert(mia(), patient_id=who.pk, words=f"Alert {number}")
        verified(who, mia())
    with CaptureQueriesContext(connection) as many:
        export(who)
    assert len(many) <= len(few) <= len(tables()) + 40

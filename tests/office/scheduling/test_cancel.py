from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import StaleVersion
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.scheduling.errors import NeedsReason, NotAllowedFrom
from frontdesk.office.scheduling.models import Claim, Leg
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.moving import cancel, confirm, mark_no_show, set_notes
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db
ROSA = make.actor()


@pytest.fixture
def the():
    return make.Book()


@pytest.fixture
def row(the):
    return book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(9)))


def test_a_cancelled_visit_frees_its_time_and_says_why(the, row):
    cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked", note="Feels better", version=row.version)
    row.refresh_from_db()
    assert (row.status, row.cancel_reason.initiator, row.cancel_note) == (
        "cancelled",
        "patient",
        "Feels better",
    )
    assert row.cancelled_at == clock.now()
    assert not Claim.objects.exists()
    assert Leg.objects.filter(appointment=row).exists()
    assert book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(9))).pk
    assert breaches() == {}


def test_it_is_on_record_with_before_and_after(row):
    cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")
    entry = AuditEntry.objects.get(action="scheduling.cancel")
    assert (entry.before["status"], entry.after["status"], entry.patient_id) == (
        "scheduled",
        "cancelled",
        row.patient_id,
    )


def test_it_needs_a_reason_and_happens_once(row):
    with pytest.raises(NeedsReason):
        cancel(ROSA, appointment_id=row.pk, reason_code="whim")
    cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")
    with pytest.raises(NotAllowedFrom):
        cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")


def test_from_an_old_page_it_is_refused(row):
    confirm(ROSA, appointment_id=row.pk)
    with pytest.raises(StaleVersion):
        cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked", version=1)
    assert Claim.objects.count() == 4


def test_confirming_twice_is_confirming_once(row):
    assert confirm(ROSA, appointment_id=row.pk).version == 2
    assert confirm(ROSA, appointment_id=row.pk).version == 2


def test_a_patient_is_missed_only_after_the_time(the, row):
    with pytest.raises(NotAllowedFrom):
        mark_no_show(ROSA, appointment_id=row.pk)
    with clock.fixed(the.at(9) + timedelta(minutes=15)):
        assert mark_no_show(ROSA, appointment_id=row.pk).status == "no_show"
    assert breaches() == {}


def test_the_two_notes_are_two(row):
    set_notes(ROSA, appointment_id=row.pk, internal_note=" Anxious ", patient_instructions="Come fasting")
    row.refresh_from_db()
    assert (row.internal_note, row.patient_instructions) == ("Anxious", "Come fasting")

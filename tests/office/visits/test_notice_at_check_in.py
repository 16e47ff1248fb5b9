"""The privacy notice as a line of the check-in list: who is asked, by one key, and what stays on record."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, Refused
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.privacy import services as privacy
from frontdesk.office.privacy.errors import SettledAlready
from frontdesk.office.privacy.models import Acknowledgement
from frontdesk.office.privacy.rules.clocks import HOWS, notice_due
from frontdesk.office.visits import queries, services
from frontdesk.office.visits.models import Check
from tests.factories import practice as make
from tests.factories.privacy import published
from tests.factories.visits import Day
from tests.people import mia, rosa

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(db):
    make.practice()
    made = Day(days=3)
    with clock.fixed(made.at(9)):
        yield made


def asked_of(row):
    """Why the notice is to be given, as the day's list has it; the visit's own card says the same."""
    line = queries.line_of(mia(), row.pk)
    here = [one.words for one in line.findings if one.item == "notice"]
    [listed] = [
        one for one in queries.day_of(line.wall.date(), line.location_id, line.zone) if one.id == row.pk
    ]
    assert [one.words for one in listed.findings if one.item == "notice"] == here
    return here


@pytest.mark.parametrize(
    ("answer", "published_", "before", "why"),
    [
        (None, False, False, ""),
        (None, True, False, "new"),
        (None, True, True, "changed"),
        ("emergency", True, True, "late"),
        ("signed", True, True, ""),
        ("refused", True, True, ""),
        ("unable", True, True, ""),
    ],
)
def test_why_it_is_to_be_given(answer, published_, before, why):
    assert notice_due(answer, published=published_, answered_before=before) == why


def test_without_a_notice_nobody_is_asked(day):
    assert asked_of(day.arrived(9)) == []


def test_who_is_new_is_asked_and_one_settling_puts_it_on_record(day):
    published()
    row = day.arrived(9)
    assert asked_of(row) == ["New here: give the privacy notice"]
    services.settle(rosa(), appointment_id=row.pk, item="notice")
    assert asked_of(row) == []
    kept = Acknowledgement.objects.get(patient=row.patient_id)
    assert (kept.how, kept.notice.label) == ("signed", "2026-01")
    assert AuditEntry.objects.filter(action="privacy.acknowledge", patient_id=row.patient_id).exists()
    assert Check.objects.get(item="notice").answer == "signed"


def test_a_new_version_asks_again_when_it_is_material_and_not_before_its_day(day):
    published()
    row = day.arrived(9)
    services.settle(rosa(), appointment_id=row.pk, item="notice")
    Check.objects.all().delete()
    today = clock.today("America/New_York")
    published("small", effective=today, is_material=False)
    assert asked_of(row) == []
    published("large", effective=today + timedelta(days=1))
    assert asked_of(row) == []
    published("larger", effective=today + timedelta(days=1), is_material=False)
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert asked_of(row) == ["The privacy notice changed: give the new one"]


def test_who_declines_is_noted_with_why_and_not_asked_again(day):
    published()
    row = day.arrived(9)
    services.settle(rosa(), appointment_id=row.pk, item="notice", answer="Read it, would not sign")
    kept = Acknowledgement.objects.get(patient=row.patient_id)
    assert (kept.how, kept.reason) == ("refused", "Read it, would not sign")
    assert Check.objects.get(item="notice").answer == "would not sign: Read it, would not sign"
    Check.objects.all().delete()
    assert asked_of(row) == []


def test_why_there_is_no_signature_must_be_said_and_then_nothing_was_written(day):
    published()
    row = day.arrived(9)
    with pytest.raises(Invalid):
        services.settle(rosa(), appointment_id=row.pk, item="notice", how="unable")
    assert not Check.objects.exists()
    assert not Acknowledgement.objects.exists()


def test_an_emergency_is_made_good_at_the_next_visit(day):
    published()
    row = day.arrived(9)
    services.settle(rosa(), appointment_id=row.pk, item="notice", how="emergency")
    assert asked_of(row) == []
    Check.objects.all().delete()
    assert asked_of(row) == ["Emergency then: give the privacy notice now"]
    services.settle(rosa(), appointment_id=row.pk, item="notice")
    assert Acknowledgement.objects.get(patient=row.patient_id).how == "signed"


def test_answered_in_the_privacy_record_the_line_goes_by_itself(day):
    published()
    row = day.arrived(9)
    privacy.acknowledge(rosa(), patient_id=row.patient_id, how="signed")
    assert asked_of(row) == []
    with pytest.raises(SettledAlready):
        services.settle(rosa(), appointment_id=row.pk, item="notice")


def test_it_is_not_opened_again_by_a_key(day):
    published()
    row = day.arrived(9)
    services.settle(rosa(), appointment_id=row.pk, item="notice")
    with pytest.raises(Refused):
        services.unsettle(rosa(), appointment_id=row.pk, item="notice")
    assert Check.objects.filter(item="notice").exists()


def test_without_it_a_patient_is_checked_in_all_the_same(day):
    published()
    row = day.arrived(9)
    services.settle(rosa(), appointment_id=row.pk, item="identity")
    services.check_in(rosa(), appointment_id=row.pk)
    row.refresh_from_db()
    assert row.status == "checked_in"


def test_every_answer_has_words():
    assert set(HOWS) == set(Acknowledgement.How.values)

"""Preparing a day: what is missing is arranged, or accepted with a reason; never half of it."""

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.scheduling.services import confirm
from frontdesk.office.visits import queries, services
from frontdesk.office.visits.errors import NothingMissing
from frontdesk.office.visits.models import Check
from tests.factories import scheduling as make
from tests.factories.visits import ROSA, Day
from tests.people import dev

pytestmark = pytest.mark.django_db


@pytest.fixture
def the():
    day = Day()
    with clock.fixed(day.at(9).replace(day=9)):  # the day before
        yield day


def todo(row):
    return [one.code for one in queries.line_of(SYSTEM, row.pk).findings if one.level == "todo"]


def test_an_arranged_interpreter_is_missing_no_more(the):
    row = the.booked(language="es", interpreter_needed=True)
    assert "interpreter" in todo(row)
    services.arrange_interpreter(ROSA, appointment_id=row.pk, answer="Ms. Vega, by video")
    assert "interpreter" not in todo(row)
    assert Check.objects.get().answer == "Ms. Vega, by video"
    with pytest.raises(NothingMissing):
        services.arrange_interpreter(ROSA, appointment_id=row.pk)


def test_nobody_arranges_an_interpreter_for_who_needs_none(the):
    with pytest.raises(NothingMissing, match="No interpreter"):
        services.arrange_interpreter(ROSA, appointment_id=the.booked().pk)
    assert not Check.objects.exists()


def test_what_is_missing_is_accepted_together_and_the_reason_is_on_record(the):
    row = the.booked(birth_date=the.day.replace(year=2020))
    assert todo(row) == ["not_confirmed", "no_guardian", "no_phone", "no_address"]
    services.accept(ROSA, appointment_id=row.pk, reason=" the school brings them ")
    assert todo(row) == []
    assert {check.answer for check in Check.objects.all()} == {"accepted: the school brings them"}
    told = AuditEntry.objects.filter(action="visits.settle", patient_id=row.patient_id)
    assert told.count() == 4


def test_nothing_is_accepted_without_a_reason(the):
    row = the.booked()
    with pytest.raises(Invalid) as refusal:
        services.accept(ROSA, appointment_id=row.pk, reason="  ")
    assert "reason" in refusal.value.fields
    assert not Check.objects.exists()


def test_where_nothing_is_missing_there_is_nothing_to_accept(the):
    row = the.booked()
    services.accept(ROSA, appointment_id=row.pk, reason="known to us")
    with pytest.raises(NothingMissing):
        services.accept(ROSA, appointment_id=row.pk, reason="again")


def test_a_lead_has_to_look_at_a_chart_of_the_deceased_whoever_accepts_the_rest(the):
    row = the.booked()
    type(row.patient).objects.filter(pk=row.patient_id).update(is_deceased=True)
    services.accept(ROSA, appointment_id=row.pk, reason="to be clarified")
    assert todo(row) == ["deceased"]


def test_a_confirmed_visit_needs_no_confirming(the):
    row = the.booked()
    confirm(ROSA, appointment_id=row.pk)
    assert "not_confirmed" not in todo(row)


def test_billing_prepares_no_day(the):
    row = the.booked()
    with pytest.raises(NotPermitted):
        services.accept(dev(), appointment_id=row.pk, reason="no")
    with pytest.raises(NotPermitted):
        services.arrange_interpreter(dev(), appointment_id=row.pk)


def test_a_visit_that_is_not_there_cannot_be_prepared(the):
    with pytest.raises(NotFound):
        services.accept(ROSA, appointment_id=999, reason="why")

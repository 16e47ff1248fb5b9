"""Callers who are not who they say: after five for one patient, or eight patients by one clerk, somebody else looks."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted, Refused
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.privacy import queries, services
from frontdesk.office.privacy.errors import AskLead, SettledAlready
from frontdesk.office.privacy.models import Alarm, Verification
from tests.conftest import MORNING
from tests.factories.patients import ana, bo
from tests.factories.privacy import verified
from tests.factories.scheduling import actor, patient
from tests.people import lena, mia, rosa

pytestmark = pytest.mark.django_db
WRONG = {"name": "Zoe Quill", "mrn": "1"}


def fail(who, by=None, times=1):
    for _ in range(times):
        assert verified(who, by=by, said=WRONG).outcome == "failed"


def clerk(number):
    return actor("psr", id=100 + number, name=f"Clerk {number}")


@pytest.fixture
def who():
    return ana()


def test_the_sixth_try_for_one_patient_is_a_leads_whoever_asked_before(who):
    for number in range(5):
        fail(who, clerk(number))
    with pytest.raises(AskLead, match="A lead asks the next one"):
        verified(who, by=clerk(9))
    assert Verification.objects.count() == 5
    assert verified(bo(), by=clerk(9), said={"name": "Bo Brandt", "birth_date": "7/9/1975"}).outcome
    assert verified(who, by=lena()).outcome == "verified"
    with pytest.raises(AskLead):
        verified(who, by=clerk(9))


def test_four_are_not_too_many_and_what_was_right_or_a_message_does_not_count(who):
    fail(who, times=4)
    verified(who)
    services.verify(rosa(), patient_id=who.pk, speaker="other", said={}, only_message=True)
    assert verified(who).outcome == "verified"
    assert not Alarm.objects.exists()


@pytest.mark.parametrize(("minutes", "free"), [(54, False), (59, False), (60, True), (61, True)])
def test_an_hour_later_the_first_no_longer_counts(who, minutes, free):
    fail(who)
    with clock.fixed(MORNING + timedelta(minutes=5)):
        fail(who, times=4)
    with clock.fixed(MORNING + timedelta(minutes=minutes)):
        if free:
            assert verified(who).outcome == "verified"
        else:
            with pytest.raises(AskLead):
                verified(who)


def test_one_clerk_whose_callers_fail_for_eight_patients_is_stopped_and_nobody_else(who):
    for _ in range(8):
        fail(patient())
    with pytest.raises(AskLead, match="Ask a lead to look at it"):
        verified(who)
    assert verified(who, by=clerk(1)).outcome == "verified"


def test_the_same_patient_again_is_not_another_patient():
    for one in [patient() for _ in range(7)]:
        fail(one, times=2)
    assert not Alarm.objects.filter(kind="clerk").exists()


def test_a_leads_own_failures_stop_the_lead_too(who):
    for _ in range(8):
        fail(patient(), by=lena())
    with pytest.raises(AskLead):
        verified(who, by=lena())


def test_an_alarm_is_raised_once_with_the_failure_that_is_one_too_many(who):
    fail(who, times=4)
    assert queries.how_many_alarms(9) == 0
    fail(who)
    [alarm] = queries.open_alarms()
    assert (alarm.kind, alarm.patient_id) == ("patient", who.pk)
    fail(who, by=lena(), times=2)
    assert queries.how_many_alarms(9) == 1
    assert len(queries.alarm_of(alarm.pk).failed) == 7


def test_settled_with_a_sentence_it_goes_on_and_the_next_five_raise_another(who):
    fail(who, times=5)
    alarm = Alarm.objects.get()
    with pytest.raises(Invalid):
        services.settle_alarm(mia(), alarm_id=alarm.pk, version=1, note=" ")
    with clock.fixed(MORNING + timedelta(minutes=2)):
        services.settle_alarm(mia(), alarm_id=alarm.pk, version=1, note="Her brother; told to write")
        assert AuditEntry.objects.get(action="privacy.settle_alarm").reason == "Her brother; told to write"
        with pytest.raises(SettledAlready):
            services.settle_alarm(mia(), alarm_id=alarm.pk, version=2, note="again")
    with clock.fixed(MORNING + timedelta(minutes=3)):
        assert verified(who).outcome == "verified"
        fail(who, times=5)
        assert queries.how_many_alarms(9) == 1
        with pytest.raises(AskLead):
            verified(who)


def test_nobody_settles_what_they_did_themselves(who):
    fail(who, by=clerk(1), times=4)
    fail(who, by=lena())
    with pytest.raises(Refused, match="Somebody else"):
        services.settle_alarm(lena(), alarm_id=Alarm.objects.get().pk, version=1, note="Fine")
    with pytest.raises(NotPermitted):
        services.settle_alarm(rosa(), alarm_id=Alarm.objects.get().pk, version=1, note="Fine")
    services.settle_alarm(
        mia(), alarm_id=Alarm.objects.get().pk, version=1, note="Asked both; a wrong number"
    )

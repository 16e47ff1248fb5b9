"""Who has died is booked for nothing, waits for nothing and is due for nothing."""

from datetime import date

import pytest

from frontdesk.office.patients.events import PatientChanged
from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling.errors import LimitNotMet
from frontdesk.office.scheduling.models import Appointment, Recall, WaitlistEntry
from frontdesk.office.scheduling.queries.waiting import recalls_due, waitlist, waitlist_matches
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.ending import stop_for_deceased
from frontdesk.office.scheduling.services.openings import OpeningsAsk, find_openings
from frontdesk.office.scheduling.services.recalls import add_recall
from frontdesk.office.scheduling.services.undoing import undo
from frontdesk.office.scheduling.services.waiting import add_to_waitlist
from frontdesk.site import reactions
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db
ROSA = make.actor()


@pytest.fixture
def the():
    return make.Book()


@pytest.fixture
def who(the):
    """Somebody with a visit ahead, on the waitlist, due for a recall: and then they die."""
    one = make.patient()
    add_recall(ROSA, patient_id=one.pk, visit_type_id=the.visit.pk, due=date(2026, 3, 1))
    add_to_waitlist(ROSA, patient_id=one.pk, visit_type_id=the.visit.pk)
    book(ROSA, patient_id=one.pk, **the.ask(the.at(9)))
    Patient.objects.filter(pk=one.pk).update(is_deceased=True)
    return one


def test_everything_ahead_of_them_ends_and_only_once(the, who):
    other = book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(10)))
    reactions.stop_for_deceased(PatientChanged(who.pk, "identity"))
    row = Appointment.objects.get(patient=who)
    assert (row.status, row.cancel_reason.words) == ("cancelled", "Patient has died")
    assert not Recall.objects.filter(patient=who, closed_at=None).exists()
    assert WaitlistEntry.objects.get(patient=who).status == "removed"
    assert stop_for_deceased(ROSA, patient_id=who.pk) == 0
    assert stop_for_deceased(ROSA, patient_id=other.patient_id) == 0
    assert Appointment.objects.get(pk=other.pk).status == "scheduled"
    assert breaches() == {}


def test_the_lists_leave_them_out_at_once(the, who):
    Recall.objects.update(closed_at=None)
    assert recalls_due(date(2026, 4, 1)) == []
    assert waitlist() == []
    assert waitlist_matches(the.location.pk, the.lee.provider_id, 20, the.at(11)) == []


def test_nothing_is_planned_for_them_any_more(the, who):
    stop_for_deceased(ROSA, patient_id=who.pk)
    row = Appointment.objects.get(patient=who)
    kind = {"patient_id": who.pk, "visit_type_id": the.visit.pk}
    plans = [
        lambda: book(ROSA, patient_id=who.pk, **the.ask(the.at(11)), override_reason="Asked to"),
        lambda: find_openings(ROSA, ask=OpeningsAsk(the.visit.pk, the.day, the.day, patient_id=who.pk)),
        lambda: add_to_waitlist(ROSA, **kind),
        lambda: add_recall(ROSA, **kind, due=the.day),
        lambda: undo(ROSA, appointment_id=row.pk),
    ]
    for plan in plans:
        with pytest.raises(LimitNotMet, match="recorded as deceased"):
            plan()

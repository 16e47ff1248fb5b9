from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.office.scheduling.errors import NotAllowedFrom, PatientBookedThen, SlotTaken, TooLate
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.holding import hold
from frontdesk.office.scheduling.services.moving import cancel, confirm, mark_no_show, reschedule
from frontdesk.office.scheduling.services.undoing import undo
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


def later(minutes):
    return clock.fixed(clock.now() + timedelta(minutes=minutes))


def give_up(row):
    return cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")


def test_a_cancelled_visit_comes_back_as_it_was(row):
    confirm(ROSA, appointment_id=row.pk)
    give_up(row)
    assert undo(ROSA, appointment_id=row.pk).status == "confirmed"
    row.refresh_from_db()
    assert (row.cancel_reason, row.cancelled_at) == (None, None)
    assert breaches() == {}
    with pytest.raises(NotAllowedFrom):
        undo(ROSA, appointment_id=row.pk)


def test_not_after_ten_minutes(row):
    give_up(row)
    with later(11), pytest.raises(TooLate):
        undo(ROSA, appointment_id=row.pk)


def test_not_when_its_time_has_been_given_away(the, row):
    give_up(row)
    other = book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(9, 10)))
    with pytest.raises(SlotTaken, match="given to another patient") as refusal:
        undo(ROSA, appointment_id=row.pk)
    assert refusal.value.about == (other,)
    assert breaches() == {}


def test_not_when_its_time_is_held(the, row):
    give_up(row)
    hold(make.actor(id=2, name="Sam Okafor"), **the.ask(the.at(9)))
    with pytest.raises(SlotTaken, match="Sam Okafor is holding"):
        undo(ROSA, appointment_id=row.pk)
    with later(6):
        assert undo(ROSA, appointment_id=row.pk).status == "scheduled"
    assert breaches() == {}


def test_not_when_the_patient_is_elsewhere_then(the, row):
    give_up(row)
    book(ROSA, patient_id=row.patient_id, **the.ask(the.at(9), the.ruiz))
    with pytest.raises(PatientBookedThen):
        undo(ROSA, appointment_id=row.pk)


@pytest.mark.parametrize("named", ["old", "new"])
def test_a_move_is_taken_back_whichever_is_named(the, row, named):
    new = reschedule(ROSA, appointment_id=row.pk, starts=the.at(9, 10), reason_code="patient_asked")
    back = undo(ROSA, appointment_id={"old": row, "new": new}[named].pk)
    assert (back, back.status) == (row, "scheduled")
    new.refresh_from_db()
    assert (new.status, new.replaces) == ("cancelled", None)
    assert breaches() == {}
    assert (
        reschedule(ROSA, appointment_id=row.pk, starts=the.at(11), reason_code="patient_asked").replaces
        == row
    )


def test_a_confirmation_and_a_no_show_are_taken_back(the, row):
    confirm(ROSA, appointment_id=row.pk)
    assert undo(ROSA, appointment_id=row.pk).status == "scheduled"
    with clock.fixed(the.at(9, 15)):
        mark_no_show(ROSA, appointment_id=row.pk)
        assert undo(ROSA, appointment_id=row.pk).status == "scheduled"
    assert breaches() == {}


def test_a_plain_booking_is_cancelled_not_undone(row):
    with pytest.raises(NotAllowedFrom):
        undo(ROSA, appointment_id=row.pk)

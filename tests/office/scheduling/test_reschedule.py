from datetime import time, timedelta

import pytest

from frontdesk.kit.errors import NotFound, StaleVersion
from frontdesk.office.scheduling.errors import (
    LimitNotMet,
    NeedsReason,
    NotAllowedFrom,
    NotOpen,
    OnTimeOff,
    SlotTaken,
    WrongVisitType,
)
from frontdesk.office.scheduling.models import Appointment, Claim, DaySheet, Hold, Leg, TimeOff
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.holding import hold
from frontdesk.office.scheduling.services.moving import cancel, reassign, reschedule, set_notes
from tests.factories import practice
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db
ROSA = make.actor()


@pytest.fixture
def the():
    return make.Book(days=2, rooms=2)


def booked(the, *at, resource=None):
    return book(
        ROSA, patient_id=make.patient().pk, internal_note="Bring films", **the.ask(the.at(*at), resource)
    )


def move(row, starts, **more):
    return reschedule(
        ROSA, appointment_id=row.pk, starts=starts, reason_code="patient_asked", version=row.version, **more
    )


def test_a_move_links_the_new_to_the_old_and_frees_the_old_time(the):
    old = booked(the, 9)
    new = move(old, the.at(14, day=the.day + timedelta(days=1)))
    old.refresh_from_db()
    assert (old.status, old.cancel_reason.code, new.replaces) == ("cancelled", "patient_asked", old)
    assert (new.provider, new.internal_note) == (old.provider, "Bring films")
    assert set(Claim.objects.values_list("leg__appointment", flat=True)) == {new.pk}
    assert breaches() == {}


def test_a_move_by_ten_minutes_is_not_in_its_own_way(the):
    old = booked(the, 9)
    new = move(old, the.at(9, 10))
    assert new.starts == the.at(9, 10)
    assert breaches() == {}


def test_a_move_onto_another_is_refused_and_nothing_is_lost(the):
    old, other = booked(the, 9), booked(the, 10)
    with pytest.raises(SlotTaken):
        move(old, other.starts)
    old.refresh_from_db()
    assert old.status == "scheduled"
    assert Appointment.objects.count() == 2
    assert breaches() == {}


def test_to_another_provider_or_to_whoever_is_free(the):
    old = booked(the, 9)
    booked(the, 11)
    new = move(old, the.at(11), any_provider=True)
    assert new.provider == the.ruiz.provider
    assert move(new, the.at(9), provider_id=the.lee.provider_id).provider == the.lee.provider


def test_from_an_old_page_it_is_refused(the):
    row = booked(the, 9)
    set_notes(ROSA, appointment_id=row.pk, internal_note="Changed")
    with pytest.raises(StaleVersion):
        move(row, the.at(10))
    assert breaches() == {}


def test_it_needs_a_reason_and_an_appointment_still_ahead(the):
    row = booked(the, 9)
    with pytest.raises(NeedsReason):
        reschedule(ROSA, appointment_id=row.pk, starts=the.at(10), reason_code="")
    cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")
    with pytest.raises(NotAllowedFrom, match="was cancelled"):
        reschedule(ROSA, appointment_id=row.pk, starts=the.at(10), reason_code="patient_asked")


def test_another_provider_at_the_same_time(the):
    row = booked(the, 9)
    reassign(ROSA, appointment_id=row.pk, provider_id=the.ruiz.provider_id, version=row.version)
    assert Leg.objects.get(appointment=row, resource__kind="provider").resource == the.ruiz
    assert breaches() == {}


def test_another_room_at_the_same_time(the):
    row = booked(the, 9)
    has = Leg.objects.get(appointment=row, resource__kind="room").resource_id
    gets = next(room.pk for room in the.rooms if room.pk != has)
    reassign(ROSA, appointment_id=row.pk, swap=(has, gets))
    assert Leg.objects.get(appointment=row, resource__kind="room").resource_id == gets
    assert breaches() == {}


def swap(the, row, gets, by=ROSA, **fields):
    """Ask for another room in place of the one a visit has."""
    has = Leg.objects.get(appointment=row, resource__kind="room").resource_id
    return reassign(by, appointment_id=row.pk, swap=(has, gets.pk), **fields)


def other_room(the, row):
    has = Leg.objects.get(appointment=row, resource__kind="room").resource_id
    return next(room for room in the.rooms if room.pk != has)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [(time(12), time(17)), (time(8), time(9)), (time(8), time(9, 10)), (time(9, 5), time(17))],
)
def test_a_room_that_is_not_open_for_all_of_the_visit_is_refused(the, begins, ends):
    row = booked(the, 9)
    other = other_room(the, row)
    DaySheet.objects.filter(resource=other).delete()
    make.open_day(other, the.lane, the.day, begins, ends)
    with pytest.raises(NotOpen, match=f"^{other.name} is not open for all of that time.$"):
        swap(the, row, other)
    row.refresh_from_db()
    assert (row.version, breaches()) == (1, {})


def test_a_room_that_is_away_kept_for_others_or_taken_is_refused_by_name(the):
    row = booked(the, 9)
    other = other_room(the, row)
    TimeOff.objects.create(resource=other, begins=the.at(8), ends=the.at(12), reason="Painting")
    DaySheet.objects.filter(resource=other).update(open={})
    with pytest.raises(OnTimeOff, match=f"^{other.name} is away then.$"):
        swap(the, row, other)
    TimeOff.objects.all().delete()
    DaySheet.objects.filter(resource=other).delete()
    make.open_day(other, make.lane(visit_types=[make.visit_type()]))
    with pytest.raises(WrongVisitType, match=f"^{other.name} is kept for another kind of visit then.$"):
        swap(the, row, other)
    DaySheet.objects.filter(resource=other).delete()
    make.open_day(other, the.lane)
    booked(the, 9, resource=the.ruiz)
    with pytest.raises(SlotTaken, match=f"^{other.name} is taken then"):
        swap(the, row, other)
    assert breaches() == {}


def test_a_room_that_is_closed_is_opened_only_by_who_may_and_says_why(the):
    row = booked(the, 9)
    other = other_room(the, row)
    DaySheet.objects.filter(resource=other).delete()
    with pytest.raises(NotOpen):
        swap(the, row, other, override_reason="Step at the door")
    with pytest.raises(NotOpen):
        swap(the, row, other, by=make.actor("lead"))
    swap(the, row, other, by=make.actor("lead"), override_reason="Step at the door")
    assert Leg.objects.get(appointment=row, resource__kind="room").resource == other
    assert breaches() == {}


def test_a_room_of_another_site_or_kind_cannot_stand_in(the):
    row = booked(the, 9)
    for room in (make.room_at(practice.location(name="Oak")), make.room_at(the.location, pool="ultrasound")):
        make.open_day(room, the.lane)
        with pytest.raises(NotFound, match="cannot stand in"):
            swap(the, row, room)


def test_another_provider_who_is_taken_leaves_it_as_it_was(the):
    row = booked(the, 9)
    booked(the, 9, resource=the.ruiz)
    with pytest.raises(SlotTaken):
        reassign(ROSA, appointment_id=row.pk, provider_id=the.ruiz.provider_id)
    row.refresh_from_db()
    assert (row.provider, row.version) == (the.lee.provider, 1)
    assert breaches() == {}


def test_the_time_one_holds_is_moved_to_in_the_same_transaction_and_the_hold_ends(the):
    old = booked(the, 9)
    kept = hold(ROSA, **the.ask(the.at(11)))
    made = reschedule(
        ROSA, appointment_id=old.pk, starts=the.at(11), reason_code="patient_asked", hold_id=kept.pk
    )
    assert made.starts == the.at(11)
    assert not Hold.objects.exists()
    assert not breaches()


def test_a_move_that_is_refused_leaves_the_hold_as_it_was(the):
    old = booked(the, 9)
    booked(the, 13)
    kept = hold(ROSA, **the.ask(the.at(11)))
    with pytest.raises(SlotTaken):
        reschedule(
            ROSA, appointment_id=old.pk, starts=the.at(13), reason_code="patient_asked", hold_id=kept.pk
        )
    assert Hold.objects.get().pk == kept.pk
    assert not breaches()


def test_whether_somebody_is_new_was_settled_when_the_visit_was_booked(the):
    new = make.visit_type(name="New patient", new_patients=True)
    who = make.patient()
    row = book(ROSA, patient_id=who.pk, **the.ask(the.at(11)) | {"visit_type_id": new.pk})
    seen = book(ROSA, patient_id=who.pk, **the.ask(the.at(9)))
    Appointment.objects.filter(pk=seen.pk).update(status="done")
    with pytest.raises(LimitNotMet):
        book(ROSA, patient_id=who.pk, **the.ask(the.at(13)) | {"visit_type_id": new.pk})
    assert move(row, the.at(12)).replaces == row

from datetime import date, timedelta

import pytest

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.scheduling.errors import (
    LimitNotMet,
    NotOpen,
    NotWithProvider,
    PatientBookedThen,
    SlotTaken,
    WrongVisitType,
)
from frontdesk.office.scheduling.models import Appointment, Claim, DaySheet, Leg
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.explaining import why_not
from frontdesk.office.scheduling.services.holding import hold
from frontdesk.office.scheduling.services.openings import OpeningsAsk
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db


def test_a_booking_takes_its_cells_and_keeps_wall_time_zone_and_utc():
    the = make.Book()
    made = book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9)))
    assert (made.wall, made.zone, made.status) == ("2026-03-10T09:00", "America/New_York", "scheduled")
    assert made.starts == the.at(9) and made.ends == the.at(9, 20)
    assert Claim.objects.filter(resource=the.lee, seat=0).count() == 4
    assert DaySheet.objects.get(resource=the.lee).taken == {"0": f"{0b1111 << 108:x}"}
    assert breaches() == {}


def test_the_same_time_is_not_given_twice():
    the = make.Book()
    book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9)))
    with pytest.raises(SlotTaken):
        book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9, 15)))
    assert Appointment.objects.count() == 1
    book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9, 20)))


def test_a_lane_of_two_seats_takes_two_and_not_three():
    the = make.Book(seats=2)
    for _ in range(2):
        book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9)))
    with pytest.raises(SlotTaken):
        book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9)))
    assert breaches() == {}


def test_a_visit_that_needs_a_room_takes_one_that_is_free():
    the = make.Book(rooms=2)
    for resource in (the.lee, the.ruiz):
        book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9), resource))
    assert set(Leg.objects.filter(resource__kind="room").values_list("resource", flat=True)) == {
        room.pk for room in the.rooms
    }


def test_a_visit_that_takes_no_providers_time_is_not_with_a_provider():
    the = make.Book(rooms=1)
    ultrasound = make.visit_type((("exam", 0, 0),), name="Ultrasound")
    wish = the.ask(the.at(9)) | {"visit_type_id": ultrasound.pk}
    for verb, who in ((book, {"patient_id": make.patient().pk}), (hold, {})):
        with pytest.raises(NotWithProvider, match="Ultrasound is not with a provider"):
            verb(make.actor(), **who, **wish)
    made = book(make.actor(), patient_id=make.patient().pk, **wish | {"provider_id": None})
    assert made.provider is None
    blockers = why_not(
        make.actor(),
        ask=OpeningsAsk(ultrasound.pk, the.day, the.day, provider_ids=(the.lee.provider_id,)),
        starts=the.at(9),
    )
    assert [one.rule for one in blockers] == ["capacity"]


def test_beyond_capacity_only_with_permission_and_reason():
    the = make.Book()
    book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9)))
    again = {"patient_id": make.patient().pk, **the.ask(the.at(9))}
    with pytest.raises(SlotTaken):
        book(make.actor("psr"), **again, override_reason="Chest pain")
    with pytest.raises(SlotTaken):
        book(make.actor("lead"), **again)
    made = book(make.actor("lead"), **again, override_reason="Chest pain")
    assert made.override_reason == "Chest pain"
    assert Leg.objects.get(appointment=made).seat >= 100
    assert breaches() == {}


def test_outside_the_template_only_with_its_own_permission():
    the = make.Book()
    late = {"patient_id": make.patient().pk, **the.ask(the.at(18))}
    with pytest.raises(NotOpen):
        book(make.actor("psr"), **late, override_reason="Only time")
    assert book(make.actor("manager"), **late, override_reason="Only time").starts == the.at(18)
    assert breaches() == {}


def test_a_lane_kept_for_other_visits():
    the = make.Book()
    the.lane.visit_types.add(make.visit_type(name="Physical"))
    ask = {"patient_id": make.patient().pk, **the.ask(the.at(9))}
    with pytest.raises(WrongVisitType):
        book(make.actor(), **ask)
    only = Actor("staff", 3, "Lee", frozenset({"scheduling.book", "scheduling.override_visit_type"}))
    assert book(only, **ask, override_reason="Mother and child together").pk


def test_a_patient_is_in_one_place_unless_somebody_says_why():
    the = make.Book()
    who = make.patient()
    book(make.actor(), patient_id=who.pk, **the.ask(the.at(9)))
    with pytest.raises(PatientBookedThen):
        book(make.actor(), patient_id=who.pk, **the.ask(the.at(9, 10), the.ruiz))
    assert book(
        make.actor(),
        patient_id=who.pk,
        **the.ask(the.at(9, 10), the.ruiz),
        override_reason="Both on one trip",
    )


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"min_age": 65}, "65 years and older"),
        ({"max_age": 17}, "up to 17 years"),
        ({"sex": "male"}, "for male patients"),
        ({"new_patients": False}, "established patients"),
    ],
)
def test_limits_of_a_visit_type(limits, words):
    the = make.Book()
    the.visit = make.visit_type(**limits)
    who = make.patient(birth_date=date(1970, 1, 1))
    with pytest.raises(LimitNotMet, match=words):
        book(make.actor(), patient_id=who.pk, **the.ask(the.at(9)))


def test_a_trainee_books_nothing_and_a_crooked_time_is_no_time():
    the = make.Book()
    with pytest.raises(NotPermitted):
        book(make.actor("trainee"), patient_id=make.patient().pk, **the.ask(the.at(9)))
    with pytest.raises(Invalid):
        book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9) + timedelta(minutes=2)))


def test_a_provider_of_two_sites_is_taken_at_both():
    the = make.Book()
    other = make.practice.location(short_name="Oak")
    there = make.provider_at(other, the.lee.provider)
    make.open_day(there, the.lane)
    book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9)))
    with pytest.raises(SlotTaken):
        book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(9), location_id=other.pk))
    assert breaches() == {}

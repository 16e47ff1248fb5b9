from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.office.scheduling.errors import HoldGone, SlotTaken
from frontdesk.office.scheduling.models import Claim, DaySheet, Hold, Leg
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.holding import hold, holds_of, release_hold, sweep_expired_holds
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db
ROSA, SAM = make.actor(), make.actor(id=2, name="Sam Okafor")


def later(minutes):
    return clock.fixed(clock.now() + timedelta(minutes=minutes))


def test_a_hold_keeps_others_off_and_becomes_the_booking():
    the = make.Book(rooms=1)
    kept = hold(ROSA, **the.ask(the.at(9)))
    claims = set(Claim.objects.values_list("pk", flat=True))
    with pytest.raises(SlotTaken):
        book(SAM, patient_id=make.patient().pk, **the.ask(the.at(9)))
    made = book(ROSA, patient_id=make.patient().pk, hold_id=kept.pk, **the.ask(the.at(9)))
    assert set(Claim.objects.values_list("pk", flat=True)) == claims
    assert Leg.objects.filter(appointment=made).count() == 2
    assert not Hold.objects.exists()
    assert breaches() == {}


def test_a_hold_for_another_time_is_given_back_when_booking():
    the = make.Book()
    kept = hold(ROSA, **the.ask(the.at(9)))
    book(ROSA, patient_id=make.patient().pk, hold_id=kept.pk, **the.ask(the.at(9, 10)))
    assert not Hold.objects.exists()
    assert Claim.objects.count() == 4
    assert breaches() == {}


def test_a_hold_is_over_after_five_minutes_and_no_longer_in_the_way():
    the = make.Book()
    kept = hold(ROSA, **the.ask(the.at(9)))
    with later(5):
        with pytest.raises(HoldGone):
            book(ROSA, patient_id=make.patient().pk, hold_id=kept.pk, **the.ask(the.at(9)))
        book(SAM, patient_id=make.patient().pk, **the.ask(the.at(9)))
    assert not Hold.objects.exists()
    assert breaches() == {}


def test_only_ones_own_hold_can_be_used_or_released():
    the = make.Book()
    kept = hold(ROSA, **the.ask(the.at(9)))
    with pytest.raises(HoldGone):
        book(SAM, patient_id=make.patient().pk, hold_id=kept.pk, **the.ask(the.at(9)))
    with pytest.raises(HoldGone, match="Rosa Diaz is holding"):
        release_hold(SAM, hold_id=kept.pk)
    assert [one.pk for one in holds_of(ROSA)] == [kept.pk]
    release_hold(ROSA, hold_id=kept.pk)
    release_hold(ROSA, hold_id=kept.pk)
    assert not Claim.objects.exists()
    assert DaySheet.objects.get(resource=the.lee).taken == {}


def test_the_worker_sweeps_what_is_over():
    the = make.Book()
    hold(ROSA, **the.ask(the.at(9)))
    with later(3):
        hold(ROSA, **the.ask(the.at(10)))
    with later(6):
        sweep_expired_holds(ROSA)
    assert Hold.objects.get().starts == the.at(10)
    assert breaches() == {}

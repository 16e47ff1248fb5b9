from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid
from frontdesk.office.scheduling.errors import NotAllowedFrom
from frontdesk.office.scheduling.models import Appointment, CancelReason, ContactAttempt
from frontdesk.office.scheduling.queries.waiting import attempts_about, waitlist, waitlist_matches
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.holding import hold
from frontdesk.office.scheduling.services.waiting import (
    accept_offer,
    add_to_waitlist,
    decline_offer,
    log_attempt,
    offer_from_waitlist,
    remove_from_waitlist,
)
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db
ROSA = make.actor()


@pytest.fixture
def the():
    return make.Book(days=2)


def waits(the, **more):
    return add_to_waitlist(ROSA, patient_id=make.patient().pk, visit_type_id=the.visit.pk, **more)


def matches(the, *at, minutes=20):
    found = waitlist_matches(the.location.pk, the.lee.provider_id, minutes, the.at(*at))
    return [match.entry for match in found]


def test_urgent_before_long_waiting_before_new(the):
    with clock.fixed(clock.now() - timedelta(days=20)):
        long = waits(the)
    new, urgent = waits(the), waits(the, urgency=2)
    assert matches(the, 9) == [urgent, long, new]
    assert waitlist(location_id=the.location.pk) == [urgent, long, new]


def test_of_two_alike_the_one_whom_it_fits(the):
    plain, loyal = waits(the), waits(the, provider_id=the.lee.provider_id)
    assert matches(the, 9) == [loyal, plain]
    [best, _] = waitlist_matches(the.location.pk, the.lee.provider_id, 20, the.at(9))
    assert best.why == ("added today", "asked for this provider", "fills the time")


def test_only_those_who_can_come(the):
    waits(the, weekdays=(0, 2))
    waits(the, time_from=the.at(10).time().replace(hour=13))
    waits(the, needs_hours=24 * 30)
    waits(the, provider_id=the.ruiz.provider_id)
    waits(the, until=the.day - timedelta(days=1))
    long_visit = make.visit_type(minutes=60)
    add_to_waitlist(ROSA, patient_id=make.patient().pk, visit_type_id=long_visit.pk)
    who = waits(the, weekdays=(1,))
    assert matches(the, 9) == [who]


def test_a_providers_freed_time_is_nothing_for_who_waits_for_a_room_alone(the):
    ultrasound = make.visit_type((("exam", 0, 0),))
    entry = add_to_waitlist(ROSA, patient_id=make.patient().pk, visit_type_id=ultrasound.pk)
    assert matches(the, 9) == []
    found = waitlist_matches(the.location.pk, None, 20, the.at(9))
    assert [match.entry for match in found] == [entry]


def test_an_earlier_time_only_for_those_who_have_a_later_one(the):
    has = book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(12)))
    entry = add_to_waitlist(
        ROSA, patient_id=has.patient_id, visit_type_id=the.visit.pk, appointment_id=has.pk
    )
    assert matches(the, 9) == [entry]
    assert matches(the, 14) == []
    made = accept_offer(ROSA, entry_id=entry.pk, starts=the.at(9), location_id=the.location.pk)
    assert (made.replaces, Appointment.objects.filter(status="scheduled").count()) == (has, 1)
    assert breaches() == {}


def test_why_somebody_comes_earlier_need_not_be_said(the):
    CancelReason.objects.all().delete()
    CancelReason.objects.create(code="ill", key="a", words="Patient is ill", initiator="patient")
    has = book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(12)), internal_note="Wheelchair")
    entry = add_to_waitlist(
        ROSA, patient_id=has.patient_id, visit_type_id=the.visit.pk, appointment_id=has.pk
    )
    kept = hold(ROSA, **the.ask(the.at(9)))
    made = accept_offer(
        ROSA,
        entry_id=entry.pk,
        starts=the.at(9),
        location_id=the.location.pk,
        provider_id=the.lee.provider_id,
        hold_id=kept.pk,
        internal_note="Son drives",
    )
    assert (made.replaces, made.internal_note) == (has, "Wheelchair\nSon drives")
    assert Appointment.objects.get(pk=has.pk).cancel_reason.words == "Can come earlier"
    assert breaches() == {}


def test_an_offer_books_nothing_until_it_is_taken(the):
    entry = offer_from_waitlist(ROSA, entry_id=waits(the).pk, starts=the.at(9))
    assert (entry.status, Appointment.objects.count()) == ("offered", 0)
    assert decline_offer(ROSA, entry_id=entry.pk).declined == 1
    made = accept_offer(
        ROSA,
        entry_id=entry.pk,
        starts=the.at(9),
        location_id=the.location.pk,
        provider_id=the.lee.provider_id,
    )
    entry.refresh_from_db()
    assert (entry.status, entry.appointment) == ("booked", made)
    with pytest.raises(NotAllowedFrom):
        remove_from_waitlist(ROSA, entry_id=entry.pk)


def test_attempts_are_kept_beside_it(the):
    entry = waits(the)
    about = f"scheduling.waitlistentry:{entry.pk}"
    for outcome in ("no_answer", "reached"):
        log_attempt(ROSA, about=about, patient_id=entry.patient_id, outcome=outcome, number="+16175550101")
    assert [one.outcome for one in attempts_about([about])[about]] == ["reached", "no_answer"]
    with pytest.raises(Invalid):
        log_attempt(ROSA, about="patients.patient:1", patient_id=entry.patient_id, outcome="reached")
    assert ContactAttempt.objects.count() == 2

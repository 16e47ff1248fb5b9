"""P80, P81: times that cannot be, and one person who keeps them all."""

from datetime import datetime, timedelta

import pytest

from frontdesk.kit import clock, walltime
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.scheduling import services as book
from frontdesk.office.scheduling.errors import GoneBy, SlotTaken, TooManyHeld
from frontdesk.office.scheduling.models import Appointment, Claim, Hold
from frontdesk.office.scheduling.services.holding import MOST
from tests.factories import scheduling as make
from tests.people import gus

pytestmark = pytest.mark.django_db
ROSA = make.actor()


@pytest.fixture
def the(db):
    return make.Book(days=2)


def booked(the, starts, **fields):
    return book.book(ROSA, patient_id=make.patient().pk, **the.ask(starts), **fields)


@pytest.mark.parametrize("past", [timedelta(minutes=20), timedelta(days=1), timedelta(days=400)])
def test_p80_what_has_passed_is_neither_booked_nor_held_nor_moved_to(the, past):
    """Nor by who may override every rule of the book, with a reason."""
    visit = booked(the, the.at(16))
    make.open_week(the.lee, the.lane, since=the.day - timedelta(days=500))
    with clock.fixed(the.at(12)):
        gone = the.at(12) - past
        for by in (ROSA, gus()):
            for ask in (
                lambda by: book.book(
                    by, patient_id=make.patient().pk, override_reason="because", **the.ask(gone)
                ),
                lambda by: book.hold(by, **the.ask(gone)),
                lambda by: book.reschedule(
                    by, appointment_id=visit.pk, starts=gone, reason_code="patient_asked", override_reason="x"
                ),
            ):
                with pytest.raises(GoneBy):
                    ask(by)
    assert Appointment.objects.count() == 1
    assert not Hold.objects.exists()


def test_p80_a_time_that_passed_while_it_was_read_back_is_still_given(the):
    with clock.fixed(the.at(9, 10)):
        assert booked(the, the.at(9)).pk


@pytest.mark.parametrize("minutes", [0, -5, 7, 3, 24 * 60 + 5])
def test_p80_no_kind_of_visit_takes_no_time_or_less(the, minutes):
    with pytest.raises(Invalid):
        book.change_visit_type(gus(), visit_type_id=the.visit.pk, version=1, minutes=minutes)
    with pytest.raises(Invalid):
        book.set_visit_length(
            gus(), visit_type_id=the.visit.pk, provider_id=the.lee.provider_id, minutes=minutes
        )


@pytest.mark.parametrize("off", [timedelta(minutes=1), timedelta(seconds=1), timedelta(microseconds=1)])
def test_p80_a_time_between_two_marks_is_none(the, off):
    with pytest.raises(Invalid):
        booked(the, the.at(9) + off)
    with pytest.raises(Invalid):
        booked(the, the.at(9).replace(tzinfo=None))


def test_p80_the_hour_the_clocks_skip_is_said_to_be_none():
    with pytest.raises(Invalid, match="does not exist"):
        walltime.to_utc(datetime(2026, 3, 8, 2, 30), "America/New_York")


@pytest.mark.parametrize(
    ("weeks", "times"), [(1, 0), (0, 3), (-1, 3), (53, 3), (1, 61), (1, 10_000), (52, 521)]
)
def test_p80_a_series_does_not_go_on_for_ever(the, weeks, times):
    with pytest.raises(Invalid):
        book.plan_series(
            ROSA, patient_id=make.patient().pk, every_weeks=weeks, times=times, **the.ask(the.at(9))
        )


def test_p81_nobody_keeps_every_time(the):
    times = [the.at(8) + timedelta(minutes=20 * n) for n in range(MOST + 1)]
    for starts in times[:MOST]:
        book.hold(ROSA, **the.ask(starts))
    with pytest.raises(TooManyHeld):
        book.hold(ROSA, **the.ask(times[MOST]))
    assert Hold.objects.count() == MOST
    # Somebody else has the time that is left, and she has it again once one is given back.
    other = book.hold(make.actor(id=2, name="Sam"), **the.ask(times[MOST]))
    book.release_hold(make.actor(id=2, name="Sam"), hold_id=other.pk)
    book.release_hold(ROSA, hold_id=Hold.objects.earliest("pk").pk)
    assert book.hold(ROSA, **the.ask(times[MOST]))


def test_p81_what_is_kept_is_free_again_after_five_minutes(the):
    for n in range(MOST):
        book.hold(ROSA, **the.ask(the.at(8) + timedelta(minutes=20 * n)))
    with pytest.raises(SlotTaken):
        booked_by_sam(the)
    with clock.fixed(clock.now() + timedelta(minutes=6)):
        assert booked_by_sam(the)
        assert book.hold(ROSA, **the.ask(the.at(9)))


def booked_by_sam(the):
    return book.book(make.actor(id=2, name="Sam"), patient_id=make.patient().pk, **the.ask(the.at(8)))


def test_p81_a_patient_keeps_no_time_at_all(the):
    """A link shows times and keeps none: what it was shown is taken only when it is chosen."""
    from frontdesk.entrypoints.portal import offers
    from frontdesk.entrypoints.portal.http import PATIENT

    with pytest.raises(NotPermitted):
        book.hold(PATIENT, **the.ask(the.at(9)))
    near = offers.Near(the.visit.pk, make.patient().pk, the.at(9), the.location.zone, None, the.location.pk)
    for _ in range(50):
        assert offers.near(PATIENT, near)
    assert not Claim.objects.exists()

from datetime import timedelta

import pytest

from frontdesk.kit.errors import Invalid
from frontdesk.office.scheduling.errors import SlotTaken
from frontdesk.office.scheduling.models import Appointment, Series
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.series import book_series, cancel_series, plan_series
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db
ROSA = make.actor()


@pytest.fixture
def the():
    return make.Book(days=30)


def wish(the, **more):
    return {**the.ask(the.at(9)), "patient_id": make.patient().pk, "every_weeks": 1, "times": 4, **more}


def take(the, week):
    return book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(9, day=the.day + timedelta(weeks=week))))


def test_four_weeks_are_four_rows_of_one_series(the):
    made = book_series(ROSA, **wish(the))
    assert [row.wall[:10] for row in made] == ["2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31"]
    assert len({row.series_id for row in made}) == 1
    assert breaches() == {}


def test_conflicts_are_listed_before_anything_is_booked(the):
    take(the, 2)
    plan = plan_series(ROSA, **wish(the))
    assert [bool(one.refusal) for one in plan] == [False, False, True, False]
    assert Appointment.objects.count() == 1
    assert breaches() == {}


def test_one_conflict_books_none_unless_it_may_be_left_out(the):
    take(the, 2)
    with pytest.raises(SlotTaken, match="Tuesday, March 24, 2026"):
        book_series(ROSA, **wish(the))
    assert (Appointment.objects.count(), Series.objects.count()) == (1, 0)
    assert len(book_series(ROSA, **wish(the), skip_conflicts=True)) == 3
    assert breaches() == {}


@pytest.mark.parametrize(("scope", "left"), [("this", 3), ("following", 1), ("all", 0)])
def test_cancelling_this_this_and_later_or_all(the, scope, left):
    made = book_series(ROSA, **wish(the))
    cancel_series(ROSA, appointment_id=made[1].pk, scope=scope, reason_code="patient_asked")
    assert Appointment.objects.filter(status="scheduled").count() == left
    assert breaches() == {}


def test_a_series_without_end_is_refused(the):
    with pytest.raises(Invalid):
        book_series(ROSA, **wish(the, times=500))

from datetime import timedelta

import pytest

from frontdesk.kit.errors import Invalid
from frontdesk.office.scheduling.errors import SlotTaken
from frontdesk.office.scheduling.models import Appointment, Hold, Series
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.holding import hold
from frontdesk.office.scheduling.services.series import book_series, cancel_series, plan_series
from frontdesk.office.scheduling.services.series_moves import reassign_series, reschedule_series
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


def test_a_date_that_cannot_be_had_is_planned_with_what_is_free_near_it(the):
    take(the, 2)
    kept = hold(ROSA, **the.ask(the.at(9)))
    plan = plan_series(ROSA, **wish(the), hold_id=kept.pk)
    assert [bool(one.refusal) for one in plan] == [False, False, True, False]
    assert [offer.wall.isoformat()[:16] for offer in plan[2].instead][:2] == [
        "2026-03-24T08:40",
        "2026-03-24T09:20",
    ]
    assert not plan[1].instead
    assert Hold.objects.get().pk == kept.pk


def test_single_dates_are_left_out_or_take_another_time_and_the_hold_becomes_the_first(the):
    take(the, 2)
    kept = hold(ROSA, **the.ask(the.at(9)))
    with pytest.raises(SlotTaken):
        book_series(ROSA, **wish(the), hold_id=kept.pk)
    assert Hold.objects.get().pk == kept.pk
    later = the.at(11, day=the.day + timedelta(weeks=2))
    made = book_series(ROSA, **wish(the), hold_id=kept.pk, instead={2: later, 3: None})
    assert [row.wall for row in made] == ["2026-03-10T09:00", "2026-03-17T09:00", "2026-03-24T11:00"]
    assert not Hold.objects.exists()
    with pytest.raises(Invalid, match="Keep at least one"):
        book_series(ROSA, **wish(the), instead=dict.fromkeys(range(4)))
    assert breaches() == {}


def move(row, the, starts, **more):
    ask = {"scope": "following", "reason_code": "patient_asked", "version": row.version}
    return reschedule_series(ROSA, appointment_id=row.pk, starts=starts, **ask | more)


def test_this_and_later_move_by_as_much_even_onto_each_others_times(the):
    first, *rest = book_series(ROSA, **wish(the, times=3))
    made = move(rest[0], the, the.at(9, day=the.day + timedelta(weeks=2)))
    assert [row.wall for row in made] == ["2026-03-24T09:00", "2026-03-31T09:00"]
    assert made[0].replaces == rest[0]
    assert {row.series_id for row in made} == {first.series_id}
    first.refresh_from_db()
    assert first.status == "scheduled"
    assert breaches() == {}


def test_a_series_moves_whole_or_not_at_all_unless_some_may_stay(the):
    made = book_series(ROSA, **wish(the, times=3))
    book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(14, day=the.day + timedelta(weeks=1))))
    with pytest.raises(SlotTaken, match="Tuesday, March 17, 2026"):
        move(made[0], the, the.at(14), scope="all")
    assert Appointment.objects.filter(status="cancelled").count() == 0
    moved = move(made[0], the, the.at(14), scope="all", skip_conflicts=True)
    assert [row.wall for row in moved] == ["2026-03-10T14:00", "2026-03-24T14:00"]
    assert Appointment.objects.get(pk=made[1].pk).status == "scheduled"
    assert breaches() == {}


def test_a_series_changes_provider_from_one_visit_on(the):
    made = book_series(ROSA, **wish(the, times=3))
    gone = reassign_series(
        ROSA, appointment_id=made[1].pk, scope="following", provider_id=the.ruiz.provider_id
    )
    assert [row.pk for row in gone] == [made[1].pk, made[2].pk]
    providers = list(Appointment.objects.order_by("starts").values_list("provider", flat=True))
    assert providers == [the.lee.provider_id, the.ruiz.provider_id, the.ruiz.provider_id]
    assert breaches() == {}

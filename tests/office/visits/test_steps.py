"""Each step of the visit day, and each that is refused."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import NotFound, NotPermitted, StaleVersion
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients.models import Confirmation
from frontdesk.office.practice.models import Room
from frontdesk.office.scheduling.models import Appointment, Recall
from frontdesk.office.scheduling.services import mark_no_show
from frontdesk.office.visits import services
from frontdesk.office.visits.errors import (
    NeedsReason,
    NotAllowed,
    NothingFree,
    OpenFollowUp,
    TooLate,
    Unidentified,
    WrongDay,
    WrongSite,
)
from frontdesk.office.visits.models import Step, Visit, Visitor
from tests.factories import practice
from tests.factories import scheduling as make
from tests.factories.visits import ROSA, Day
from tests.office.scheduling.sound import breaches
from tests.people import dev, lena

pytestmark = pytest.mark.django_db


@pytest.fixture
def the():
    day = Day()
    with clock.fixed(day.at(9)):
        yield day
    assert breaches() == {}


def status(row):
    return Appointment.objects.get(pk=row.pk).status


def test_one_key_stamps_the_arrival_and_how_late_it_is(the):
    row = the.booked(8, 45)
    visit = services.arrive(ROSA, appointment_id=row.pk, version=row.version, companion="Her daughter")
    assert (status(row), visit.arrived_at, visit.minutes_late) == ("arrived", the.at(9), 15)
    assert (visit.companion, visit.since) == ("Her daughter", the.at(9))
    assert [(s.before, s.after, s.by_name) for s in Step.objects.all()] == [
        ("scheduled", "arrived", "Rosa Diaz")
    ]
    assert AuditEntry.objects.filter(action="visits.arrive", patient_id=row.patient_id).exists()


def test_arriving_twice_is_one_arrival(the):
    row = the.booked(9)
    first = services.arrive(ROSA, appointment_id=row.pk)
    with clock.fixed(the.at(9, 5)):
        again = services.arrive(ROSA, appointment_id=row.pk)
    assert (again.pk, again.arrived_at, Step.objects.count()) == (first.pk, the.at(9), 1)


def test_somebody_who_comes_early_is_early_and_not_late(the):
    assert services.arrive(ROSA, appointment_id=the.booked(9, 40).pk).minutes_late == -40


def test_a_visit_of_another_day_says_which_day(the):
    row = the.booked(9)
    with clock.fixed(the.at(9) - timedelta(days=1)), pytest.raises(WrongDay, match="Tuesday, March 10"):
        services.arrive(ROSA, appointment_id=row.pk)
    assert not Visit.objects.exists()


def test_a_visit_of_another_site_is_taken_only_with_a_reason(the):
    row = the.booked(9)
    elsewhere = make.actor()
    elsewhere = type(elsewhere)(
        elsewhere.kind,
        elsewhere.id,
        elsewhere.name,
        elsewhere.permissions,
        location_id=practice.location(name="Oak Street").pk,
    )
    with pytest.raises(WrongSite, match="Elm Street"):
        services.arrive(elsewhere, appointment_id=row.pk)
    services.arrive(elsewhere, appointment_id=row.pk, other_site="The bus is gone")
    assert status(row) == "arrived"


def test_nobody_is_checked_in_before_it_is_clear_who_they_are(the):
    row = the.arrived(9)
    with pytest.raises(Unidentified):
        services.check_in(ROSA, appointment_id=row.pk)
    services.settle(ROSA, appointment_id=row.pk, item="identity", answer="driver’s license 4417")
    services.check_in(ROSA, appointment_id=row.pk, promised_minutes=15)
    assert (status(row), Visit.objects.get().promised_minutes) == ("checked_in", 15)


def test_unchanged_confirms_every_section_with_one_key(the):
    row = the.arrived(9)
    services.settle(ROSA, appointment_id=row.pk, item="changes")
    assert {c.section for c in Confirmation.objects.filter(patient=row.patient_id)} == {
        "identity",
        "contact",
        "people",
        "needs",
    }


def test_a_visit_goes_from_the_door_to_the_door(the):
    row = the.checked_in(9)
    for minute, verb in (
        (5, services.room),
        (12, services.start),
        (30, services.finish),
        (33, services.check_out),
    ):
        with clock.fixed(the.at(9, minute)):
            verb(ROSA, appointment_id=row.pk)
    visit = Visit.objects.get()
    assert status(row) == "done"
    assert [
        visit.arrived_at,
        visit.checked_in_at,
        visit.roomed_at,
        visit.with_provider_at,
        visit.checkout_at,
        visit.done_at,
    ] == [the.at(9), the.at(9), the.at(9, 5), the.at(9, 12), the.at(9, 30), the.at(9, 33)]
    assert [s.after for s in Step.objects.order_by("id")] == [
        "arrived",
        "checked_in",
        "roomed",
        "with_provider",
        "checkout",
        "done",
    ]


def test_a_room_of_another_site_is_no_room(the):
    row = the.checked_in(9)
    other = Room.objects.create(location=practice.location(name="Oak Street"), name="Exam 9")
    with pytest.raises(NotFound):
        services.room(ROSA, appointment_id=row.pk, room_id=other.pk)
    services.plan_room(ROSA, appointment_id=row.pk, room_id=the.exam.pk)
    assert status(row) == "checked_in"
    services.room(ROSA, appointment_id=row.pk)
    assert Visit.objects.get().room == the.exam


def test_a_step_that_does_not_follow_is_refused_in_words(the):
    row = the.booked(9)
    with pytest.raises(NotAllowed, match="scheduled"):
        services.start(ROSA, appointment_id=row.pk)
    arrived = the.arrived(9, 30)
    with pytest.raises(NotAllowed):
        services.check_out(ROSA, appointment_id=arrived.pk)


def test_two_clerks_at_once_the_second_is_told(the):
    row = the.arrived(9)
    services.settle(ROSA, appointment_id=row.pk, item="identity")
    services.leave(ROSA, appointment_id=row.pk, version=row.version, reason="Could not wait")
    with pytest.raises((StaleVersion, NotAllowed)):
        services.check_in(lena(), appointment_id=row.pk, version=row.version)
    assert status(row) == "done"


def test_who_leaves_unseen_is_no_no_show(the):
    row = the.checked_in(9)
    visit = services.leave(ROSA, appointment_id=row.pk, reason="Could not wait")
    assert (status(row), visit.left_unseen, Step.objects.last().reason) == ("done", True, "Could not wait")
    seen = the.checked_in(10)
    services.room(ROSA, appointment_id=seen.pk)
    services.start(ROSA, appointment_id=seen.pk)
    with pytest.raises(NotAllowed):
        services.leave(ROSA, appointment_id=seen.pk)


def test_the_last_step_can_be_taken_back_for_ten_minutes(the):
    row = the.arrived(9)
    with clock.fixed(the.at(9, 9)):
        services.undo(ROSA, appointment_id=row.pk)
    visit = Visit.objects.get()
    assert (status(row), visit.arrived_at, visit.since, visit.minutes_late) == ("scheduled", None, None, 0)
    services.arrive(ROSA, appointment_id=row.pk)
    with clock.fixed(the.at(9, 11)), pytest.raises(TooLate):
        services.undo(ROSA, appointment_id=row.pk)


def test_taking_back_gives_the_stage_its_old_moment(the):
    row = the.checked_in(9)
    with clock.fixed(the.at(9, 20)):
        services.room(ROSA, appointment_id=row.pk)
        services.undo(ROSA, appointment_id=row.pk)
    visit = Visit.objects.get()
    assert (status(row), visit.checked_in_at, visit.roomed_at) == ("checked_in", the.at(9), None)


def test_a_correction_needs_leave_and_a_reason(the):
    row = the.checked_in(9)
    with pytest.raises(NotPermitted):
        services.correct(ROSA, appointment_id=row.pk, status="arrived", reason="Wrong person")
    with pytest.raises(NeedsReason):
        services.correct(lena(), appointment_id=row.pk, status="arrived", reason=" ")
    services.correct(lena(), appointment_id=row.pk, status="arrived", reason="Wrong person")
    with pytest.raises(NotAllowed):
        services.correct(lena(), appointment_id=row.pk, status="checkout", reason="Because")
    step = Step.objects.last()
    assert (status(row), step.kind, step.reason) == ("arrived", "correction", "Wrong person")


def test_a_missed_patient_who_comes_after_all_gets_their_time_back(the):
    row = the.booked(8)
    mark_no_show(ROSA, appointment_id=row.pk)
    services.arrive(ROSA, appointment_id=row.pk)
    assert status(row) == "arrived"


def test_and_shares_it_when_it_was_given_away(the):
    row = the.booked(8, 50)
    mark_no_show(ROSA, appointment_id=row.pk)
    other = the.booked(8, 50)
    services.arrive(ROSA, appointment_id=row.pk)
    assert (status(row), status(other)) == ("arrived", "scheduled")


def test_a_walk_in_gets_the_first_free_time_and_a_promise(the):
    the.booked(9)
    visit = services.walk_in(
        ROSA,
        patient_id=make.patient().pk,
        visit_type_id=the.visit.pk,
        location_id=the.location.pk,
        provider_id=the.lee.provider_id,
        reason="Cough for a week",
    )
    assert (visit.is_walk_in, visit.promised_minutes, visit.arrived_at) == (True, 20, the.at(9))
    assert status(visit.appointment) == "arrived"


def test_a_walk_in_on_a_full_day_needs_someone_who_may_put_them_in(the):
    with clock.fixed(the.at(17)):
        wish = {
            "patient_id": make.patient().pk,
            "visit_type_id": the.visit.pk,
            "location_id": the.location.pk,
            "provider_id": the.lee.provider_id,
        }
        with pytest.raises(NothingFree):
            services.walk_in(ROSA, **wish)
        assert not Appointment.objects.exists()
        visit = services.walk_in(lena(), **wish, override_reason="Dr. Lee will see her")
    assert visit.promised_minutes == 0


def test_nobody_goes_with_an_ordered_follow_up_left_open(the):
    row = the.checked_in(9)
    order = services.order_follow_up(
        ROSA, appointment_id=row.pk, visit_type_id=the.visit.pk, weeks=0, provider_id=the.lee.provider_id
    )
    with pytest.raises(OpenFollowUp):
        services.check_out(ROSA, appointment_id=row.pk)
    order = services.settle_follow_up(ROSA, follow_up_id=order.pk, starts=the.at(11))
    again = services.settle_follow_up(ROSA, follow_up_id=order.pk, starts=the.at(12))
    assert (order.booked.starts, again.booked_id) == (the.at(11), order.booked_id)
    services.check_out(ROSA, appointment_id=row.pk)
    assert status(row) == "done"


def test_the_same_order_from_two_desks_is_one_order(the):
    row = the.checked_in(9)
    ask = {"appointment_id": row.pk, "visit_type_id": the.visit.pk}
    first = services.order_follow_up(ROSA, weeks=2, **ask)
    assert services.order_follow_up(lena(), weeks=2, **ask).pk == first.pk
    assert services.order_follow_up(ROSA, weeks=6, **ask).pk != first.pk
    services.settle_follow_up(ROSA, follow_up_id=first.pk)
    assert services.order_follow_up(ROSA, weeks=2, **ask).pk != first.pk


def test_a_follow_up_without_a_time_yet_becomes_a_recall(the):
    row = the.checked_in(9)
    order = services.order_follow_up(ROSA, appointment_id=row.pk, visit_type_id=the.visit.pk, weeks=12)
    services.settle_follow_up(ROSA, follow_up_id=order.pk)
    assert [(r.patient_id, f"{r.due}") for r in Recall.objects.all()] == [(row.patient_id, "2026-06-02")]


def test_billing_does_not_move_patients(the):
    row = the.booked(9)
    with pytest.raises(NotPermitted):
        services.arrive(dev(), appointment_id=row.pk)
    assert status(row) == "scheduled"


def test_a_visitor_gets_the_lowest_free_badge(the):
    who = {"location_id": the.location.pk, "organization": "Acme Devices", "host": "Dr. Lee"}
    first = services.sign_in_visitor(ROSA, name="Pat Rep", **who)
    second = services.sign_in_visitor(ROSA, name="Ira Driver", **who)
    services.sign_out_visitor(ROSA, visitor_id=first.pk)
    third = services.sign_in_visitor(ROSA, name="Ola Inspector", **who)
    assert (first.badge, second.badge, third.badge) == (1, 2, 1)
    assert Visitor.objects.filter(out_at=None).count() == 2
    assert third.host_told_at is None
    assert services.tell_host(ROSA, visitor_id=third.pk).host_told_at == clock.now()

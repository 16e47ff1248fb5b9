"""Forms are issued once, entered once, with the times they really had, and nothing is entered for the wrong visit."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.downtime import queries, rules, services
from frontdesk.office.downtime.errors import (
    EnteredBefore,
    ForAnother,
    MaybeTwice,
    NoSuchNumber,
    NotOpen,
    NoVisitForm,
    OnScreen,
)
from frontdesk.office.downtime.models import PaperForm
from frontdesk.office.downtime.services import Paper, WalkIn
from frontdesk.office.scheduling.models import Appointment, Recall
from frontdesk.office.scheduling.services import cancel, mark_no_show
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.models import Check, Step, Visit
from tests.factories import scheduling as make
from tests.factories.visits import ROSA, Day
from tests.office.scheduling.sound import breaches
from tests.people import dev, gus, lena

pytestmark = pytest.mark.django_db


@pytest.fixture
def the():
    """Forms were issued at half past seven; it is five in the afternoon, and the system is back."""
    day = Day()
    with clock.fixed(day.at(17)):
        yield day
    assert breaches() == {}
    assert {name: found for name, proof in queries.invariants().items() if (found := proof())} == {}


def issued(the):
    with clock.fixed(the.at(7, 30)):
        return services.issue_forms(gus(), location_id=the.location.pk, day=the.day)


def form_for(row):
    return PaperForm.objects.get(appointment=row, state="issued").number


def blank(the, kind="walk_in", at=0):
    return PaperForm.objects.filter(day=the.day, kind=kind, state="issued").order_by("pk")[at].number


def seen(the, hour=9, minute=0, **more):
    """The times of a visit that began at `hour`:`minute`."""
    begins = the.at(hour, minute)
    after = {"arrived": -8, "checked_in": -5, "roomed": 2, "with_provider": 9, "out": 31}
    moments = {name: begins + timedelta(minutes=late) for name, late in after.items()}
    return Paper(**{"moments": moments, **more})


def test_each_visit_has_a_form_and_there_are_some_without_a_name(the):
    rows = [the.booked(9), the.booked(10)]
    forms = issued(the)
    kinds = [form.kind for form in forms]
    assert (kinds.count("visit"), kinds.count("walk_in"), kinds.count("receipt")) == (2, 10, 10)
    assert {form.appointment_id for form in forms} == {*(row.pk for row in rows), None}
    assert len({form.number for form in forms}) == 22


def test_issued_again_a_visit_keeps_its_number_and_a_new_one_gets_its_own(the):
    first = the.booked(9)
    before = {form.number for form in issued(the)}
    second = the.booked(10)
    again = issued(the)
    assert {form.number for form in again} > before
    assert len(again) == len(before) + 1
    assert form_for(first) in before
    assert form_for(second) not in before


def test_the_whole_visit_is_entered_with_the_times_it_had(the):
    row = the.booked(9)
    issued(the)
    number = form_for(row)
    form = services.enter_form(
        ROSA, number=rules.shown(number), paper=seen(the, companion="Her son", room_id=the.exam.pk)
    )
    row.refresh_from_db()
    visit = Visit.objects.get(appointment=row)
    assert row.status == "done"
    assert (visit.arrived_at, visit.checked_in_at) == (the.at(8, 52), the.at(8, 55))
    assert (visit.roomed_at, visit.with_provider_at) == (the.at(9, 2), the.at(9, 9))
    assert (visit.done_at, visit.room, visit.companion) == (the.at(9, 31), the.exam, "Her son")
    assert visit.minutes_late == -8
    assert [step.at for step in Step.objects.order_by("pk")] == [
        the.at(8, 52), the.at(8, 55), the.at(9, 2), the.at(9, 9), the.at(9, 31),
    ]  # fmt: skip
    assert (form.state, form.entered_by) == ("entered", "Rosa Diaz")
    assert "paper form" in Check.objects.get(item="identity").answer
    entry = AuditEntry.objects.get(action="downtime.enter_form")
    assert (entry.patient_id, entry.after["appointment"]) == (row.patient_id, row.pk)


def test_the_same_form_again_changes_nothing_and_says_who_entered_it(the):
    row = the.booked(9)
    issued(the)
    number = form_for(row)
    services.enter_form(ROSA, number=number, paper=seen(the))
    with pytest.raises(EnteredBefore, match="by Rosa Diaz") as refusal:
        services.enter_form(lena(), number=number, paper=seen(the, 10))
    assert refusal.value.about[0].number == number
    assert Step.objects.count() == 5


def test_another_form_for_the_same_visit_is_refused_with_the_number_of_the_first(the):
    row = the.booked(9)
    issued(the)
    number = form_for(row)
    services.enter_form(ROSA, number=number, paper=seen(the))
    with pytest.raises(EnteredBefore, match=rules.shown(number)):
        services.enter_form(ROSA, number=blank(the), appointment_id=row.pk, paper=seen(the))
    assert Step.objects.count() == 5


def test_a_form_without_a_name_may_stand_in_for_the_printed_one_which_is_void_then(the):
    row = the.booked(9)
    issued(the)
    printed, used = form_for(row), blank(the)
    services.enter_form(ROSA, number=used, appointment_id=row.pk, paper=seen(the))
    assert PaperForm.objects.get(number=printed).state == "void"
    assert PaperForm.objects.get(number=used).appointment == row
    with pytest.raises(NotOpen, match="was used instead"):
        services.enter_form(ROSA, number=printed, paper=seen(the))


def test_a_printed_form_is_for_its_own_visit_alone(the):
    row, other = the.booked(9), the.booked(10)
    issued(the)
    with pytest.raises(ForAnother):
        services.enter_form(ROSA, number=form_for(row), appointment_id=other.pk, paper=seen(the, 10))
    assert not Visit.objects.exists()


def test_a_misread_number_is_caught_and_an_unknown_one_named(the):
    row = the.booked(9)
    issued(the)
    number = form_for(row)
    wrong = number[:3] + str((int(number[3]) + 1) % 10) + number[4:]
    with pytest.raises(NoSuchNumber, match="misread"):
        services.enter_form(ROSA, number=wrong, paper=seen(the))
    unknown = next(n for n in iter(rules.fresh_number, "") if not PaperForm.objects.filter(number=n).exists())
    with pytest.raises(NoSuchNumber, match="No form was issued here"):
        services.enter_form(ROSA, number=unknown, paper=seen(the))


def test_a_form_of_a_lost_database_is_taken_over_by_a_lead_and_entered(the):
    row, number = the.booked(9), rules.fresh_number()
    given = {
        "number": number,
        "location_id": the.location.pk,
        "day": the.day,
        "reason": "restored from last night",
    }
    with pytest.raises(NotPermitted):
        services.adopt_form(ROSA, **given)
    services.adopt_form(lena(), **given)
    services.enter_form(ROSA, number=number, appointment_id=row.pk, paper=seen(the))
    assert Appointment.objects.get(pk=row.pk).status == "done"


def test_a_walk_in_gets_the_time_they_came_at_even_beside_a_booked_one(the):
    the.booked(9)
    issued(the)
    who = make.patient()
    form = services.enter_form(
        ROSA,
        number=blank(the),
        walk_in=WalkIn(who.pk, the.visit.pk, the.lee.provider_id, reason="Cough"),
        paper=seen(the, 9, 13),
    )
    row, visit = form.appointment, Visit.objects.get(appointment=form.appointment)
    assert (row.patient, row.starts, row.status) == (who, the.at(9, 5), "done")
    assert (visit.is_walk_in, visit.arrived_at, visit.done_at) == (True, the.at(9, 5), the.at(9, 44))
    assert row.override_reason.startswith("walk-in on paper, form ")
    assert "scheduling.override_capacity" not in ROSA.permissions


def test_the_same_walk_in_on_a_second_form_is_asked_about(the):
    issued(the)
    who = WalkIn(make.patient().pk, the.visit.pk)
    first = services.enter_form(ROSA, number=blank(the), walk_in=who, paper=seen(the))
    with pytest.raises(MaybeTwice, match=rules.shown(first.number)):
        services.enter_form(ROSA, number=blank(the), walk_in=who, paper=seen(the, 14))
    services.enter_form(ROSA, number=blank(the), walk_in=who, paper=seen(the, 14, twice=True))
    assert Appointment.objects.filter(patient_id=who.patient_id).count() == 2


def test_a_walk_in_who_has_a_visit_that_day_is_asked_about(the):
    row = the.booked(9)
    issued(the)
    with pytest.raises(MaybeTwice, match=rules.shown(form_for(row))):
        services.enter_form(
            ROSA, number=blank(the), walk_in=WalkIn(row.patient_id, the.visit.pk), paper=seen(the)
        )
    assert Appointment.objects.count() == 1


def test_who_left_and_who_did_not_come_end_as_that(the):
    left, missed = the.booked(9), the.booked(10)
    issued(the)
    services.enter_form(
        ROSA,
        number=form_for(left),
        paper=Paper(outcome="left", moments={"arrived": the.at(8, 50), "out": the.at(9, 40)}),
    )
    services.enter_form(ROSA, number=form_for(missed), paper=Paper(outcome="no_show"))
    visit = Visit.objects.get(appointment=left)
    assert (visit.left_unseen, visit.done_at) == (True, the.at(9, 40))
    assert Appointment.objects.get(pk=missed.pk).status == "no_show"


def test_who_was_marked_as_missed_on_the_screen_and_came_on_paper_came(the):
    row = the.booked(9)
    issued(the)
    number = form_for(row)
    mark_no_show(ROSA, appointment_id=row.pk)
    services.enter_form(ROSA, number=number, paper=seen(the))
    assert Appointment.objects.get(pk=row.pk).status == "done"


def test_stages_reached_on_the_screen_stay_and_the_rest_comes_from_the_form(the):
    row = the.booked(9)
    issued(the)
    with clock.fixed(the.at(8, 40)):
        visits.arrive(ROSA, appointment_id=row.pk)
    services.enter_form(ROSA, number=form_for(row), paper=seen(the))
    visit = Visit.objects.get(appointment=row)
    assert (visit.arrived_at, visit.done_at) == (the.at(8, 40), the.at(9, 31))


def test_a_form_whose_patient_is_still_here_leaves_the_visit_open(the):
    row = the.booked(9)
    issued(the)
    services.enter_form(
        ROSA,
        number=form_for(row),
        paper=Paper(moments={"arrived": the.at(9), "checked_in": the.at(9, 5)}),
    )
    assert Appointment.objects.get(pk=row.pk).status == "checked_in"


def test_times_that_cannot_be_right_enter_nothing(the):
    row = the.booked(9)
    issued(the)
    number = form_for(row)
    with pytest.raises(Invalid) as refusal:
        services.enter_form(
            ROSA,
            number=number,
            paper=Paper(moments={"arrived": the.at(9), "checked_in": the.at(8, 30), "out": the.at(23)}),
        )
    assert set(refusal.value.fields) == {"checked_in", "out"}
    assert PaperForm.objects.get(number=number).state == "issued"
    assert not Step.objects.exists()


def test_a_refusal_half_way_leaves_nothing_behind(the):
    """The arrival would go through; the room of another site would not."""
    row = the.booked(9)
    issued(the)
    number = form_for(row)
    with pytest.raises(Exception, match="no such room"):
        services.enter_form(ROSA, number=number, paper=seen(the, room_id=10**6))
    assert not Visit.objects.exists()
    assert PaperForm.objects.get(number=number).state == "issued"


def test_a_follow_up_on_the_form_comes_on_the_recall_list(the):
    row = the.booked(9)
    issued(the)
    services.enter_form(ROSA, number=form_for(row), paper=seen(the, weeks=6, note="blood pressure log"))
    recall = Recall.objects.get(patient=row.patient)
    assert recall.due == the.day + timedelta(weeks=6)
    assert recall.reason == "blood pressure log"


def test_a_visit_that_is_over_or_cancelled_on_the_screen_is_not_entered_over_it(the):
    row, gone = the.checked_in(9), the.booked(10)
    issued(the)
    visits.check_out(ROSA, appointment_id=row.pk)
    with pytest.raises(OnScreen, match="done on the screen"):
        services.enter_form(ROSA, number=form_for(row), paper=seen(the))
    with clock.fixed(the.at(8)):
        cancel(ROSA, appointment_id=gone.pk, reason_code="patient_asked")
    with pytest.raises(OnScreen, match="cancelled"):
        services.enter_form(ROSA, number=form_for(gone), paper=seen(the, 10))


def test_a_void_form_stays_void_and_an_entered_one_is_not_voided(the):
    row, other = the.booked(9), the.booked(10)
    issued(the)
    number, torn = form_for(row), form_for(other)
    with pytest.raises(NotPermitted):
        services.void_form(ROSA, number=torn, reason="torn")
    with pytest.raises(Invalid):
        services.void_form(lena(), number=torn, reason=" ")
    services.void_form(lena(), number=torn, reason="torn")
    services.enter_form(ROSA, number=number, paper=seen(the))
    with pytest.raises(EnteredBefore):
        services.void_form(lena(), number=number, reason="torn")
    again = issued(the)
    assert torn not in {form.number for form in again}
    assert form_for(other) != torn


def test_a_receipt_is_no_visit(the):
    row = the.booked(9)
    issued(the)
    with pytest.raises(NoVisitForm):
        services.enter_form(ROSA, number=blank(the, "receipt"), appointment_id=row.pk, paper=seen(the))


def test_the_database_itself_refuses_a_second_form_for_a_visit(the):
    row = the.booked(9)
    issued(the)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperForm.objects.create(
            number=rules.fresh_number(), location=the.location, day=the.day, kind="visit",
            appointment=row, issued_at=clock.now(),
        )  # fmt: skip


def test_recovery_tells_what_is_in_what_is_missing_and_what_is_left(the, django_assert_max_num_queries):
    entered, missing, screen = the.booked(9), the.booked(10), the.checked_in(11)
    issued(the)
    late = the.booked(12)
    services.enter_form(ROSA, number=form_for(entered), paper=seen(the))
    services.enter_form(
        ROSA, number=blank(the), walk_in=WalkIn(make.patient().pk, the.visit.pk), paper=seen(the, 15)
    )
    with django_assert_max_num_queries(6):
        found = services.open_recovery(ROSA, location_id=the.location.pk, day=the.day)
    assert [one.appointment_id for one in found.entered] == [entered.pk]
    assert [one.appointment_id for one in found.on_screen] == [screen.pk]
    assert [(one.appointment_id, bool(one.number)) for one in found.missing] == [
        (missing.pk, True),
        (late.pk, False),
    ]
    assert (found.done, found.due, len(found.walk_ins), found.blanks_left) == (2, 4, 1, 9)
    shown = AuditEntry.objects.get(action="downtime.open_recovery").extra["shown"]
    assert set(shown) == set(found.patient_ids)


def test_a_biller_enters_nothing(the):
    row = the.booked(9)
    issued(the)
    with pytest.raises(NotPermitted):
        services.enter_form(dev(), number=form_for(row), paper=seen(the))
    with pytest.raises(NotPermitted):
        services.open_pack(ROSA, location_id=the.location.pk)

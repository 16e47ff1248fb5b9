from datetime import timedelta

import pytest

from frontdesk.kit import clock, walltime
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.scheduling.errors import NotAllowedFrom, OnTimeOff, SlotTaken
from frontdesk.office.scheduling.models import RescueItem, Stranded, TimeOff
from frontdesk.office.scheduling.queries.waiting import rescue_items, rescue_progress
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.moving import cancel, mark_no_show, reassign, reschedule
from frontdesk.office.scheduling.services.rescue import (
    approve_item,
    cancel_item,
    change_proposal,
    keep_item,
    open_rescue,
    propose,
)
from frontdesk.office.scheduling.services.undoing import undo
from frontdesk.office.scheduling.services.waiting import add_to_waitlist
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db
ROSA = make.actor()


@pytest.fixture
def the():
    return make.Book(days=4)


def lost(the, *at, **patient):
    return book(ROSA, patient_id=make.patient(**patient).pk, **the.ask(the.at(*at)))


def out(the, days=1):
    last = the.day + timedelta(days=days - 1)
    return open_rescue(ROSA, provider_id=the.lee.provider_id, first_day=the.day, last_day=last, reason="Ill")


def test_everyone_of_those_days_is_on_the_sheet_and_nobody_else(the):
    rows = [lost(the, 9), lost(the, 16, 40)]
    book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(9), the.ruiz))
    book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(9, day=the.day + timedelta(days=1))))
    assert [item.appointment for item in rescue_items(ROSA, out(the).pk)] == rows


def test_a_provider_who_is_out_has_one_open_sheet_for_a_day(the):
    lost(the, 9)
    sheet, away = out(the), TimeOff.objects.count()
    assert (out(the), TimeOff.objects.count(), RescueItem.objects.count()) == (sheet, away, 1)


def test_out_for_longer_the_open_sheet_grows(the):
    first, later = (
        lost(the, 9),
        book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(9, day=the.day + timedelta(days=1)))),
    )
    sheet = out(the)
    assert out(the, days=2) == sheet
    sheet.refresh_from_db()
    assert sheet.last_day == the.day + timedelta(days=1)
    assert [item.appointment for item in rescue_items(ROSA, sheet.pk)] == [first, later]
    for day in (the.day, sheet.last_day):
        with pytest.raises(OnTimeOff):
            book(ROSA, patient_id=make.patient().pk, **the.ask(the.at(11, day=day)))
    cancel_item(ROSA, item_id=rescue_items(ROSA, sheet.pk)[0].pk)
    keep_item(ROSA, item_id=rescue_items(ROSA, sheet.pk)[1].pk)
    assert out(the) != sheet


def test_each_gets_another_time_with_the_same_provider_and_none_twice(the):
    for minutes in (0, 20, 40):
        lost(the, 9, minutes)
    sheet = out(the)
    propose(ROSA, sheet_id=sheet.pk)
    items = rescue_items(ROSA, sheet.pk)
    assert {item.proposed_provider for item in items} == {the.lee.provider}
    assert len({item.proposed_starts for item in items}) == 3
    assert min(walltime.to_wall(item.proposed_starts, the.location.zone).date() for item in items) > the.day
    for item in items:
        approve_item(ROSA, item_id=item.pk)
    assert rescue_progress(sheet.pk) == {"open": 0, "moved": 3, "cancelled": 0, "kept": 0}
    sheet.refresh_from_db()
    assert sheet.closed_at is not None
    assert breaches() == {}


def test_the_urgent_choose_first(the):
    lost(the, 9)
    late = lost(the, 15)
    add_to_waitlist(ROSA, patient_id=late.patient_id, visit_type_id=the.visit.pk, urgency=2)
    sheet = out(the)
    propose(ROSA, sheet_id=sheet.pk)
    calm, urgent = rescue_items(ROSA, sheet.pk)
    assert urgent.proposed_starts < calm.proposed_starts


def test_someone_of_the_same_specialty_when_the_provider_has_no_day(the):
    lost(the, 9)
    sheet = out(the, days=90)
    propose(ROSA, sheet_id=sheet.pk)
    [item] = rescue_items(ROSA, sheet.pk)
    assert item.proposed_provider == the.ruiz.provider


def test_kept_cancelled_and_changed_by_hand(the):
    for minutes in (0, 20, 40):
        lost(the, 9, minutes)
    sheet = out(the)
    first, second, third = rescue_items(ROSA, sheet.pk)
    keep_item(ROSA, item_id=first.pk)
    cancel_item(ROSA, item_id=second.pk)
    with pytest.raises(Invalid):
        approve_item(ROSA, item_id=third.pk)
    change_proposal(
        ROSA,
        item_id=third.pk,
        starts=the.at(11),
        provider_id=the.ruiz.provider_id,
        location_id=the.location.pk,
    )
    assert approve_item(ROSA, item_id=third.pk).provider == the.ruiz.provider
    with pytest.raises(NotAllowedFrom):
        keep_item(ROSA, item_id=third.pk)
    assert set(RescueItem.objects.values_list("status", flat=True)) == {"kept", "cancelled", "moved"}
    assert breaches() == {}


def test_nobody_is_booked_into_those_days_meanwhile_and_nobody_stands_on_two_lists(the):
    lost(the, 9)
    out(the)
    with pytest.raises(OnTimeOff):
        lost(the, 11)
    assert not Stranded.objects.exists()


# Settled elsewhere than on the sheet.


def line_of(row):
    item = RescueItem.objects.select_related("sheet").get(appointment=row)
    return item.status, item.why, item.sheet.closed_at is not None


def test_a_visit_cancelled_elsewhere_closes_its_line_with_the_reason(the):
    row, other = lost(the, 9), lost(the, 10)
    sheet = out(the)
    cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")
    assert line_of(row) == ("cancelled", "The patient asked", False)
    assert rescue_progress(sheet.pk)["open"] == 1
    cancel(ROSA, appointment_id=other.pk, reason_code="patient_asked")
    assert line_of(other) == ("cancelled", "The patient asked", True)
    entry = AuditEntry.objects.filter(subject__startswith="scheduling.rescueitem").latest("pk")
    assert (entry.patient_id, entry.reason) == (other.patient_id, "The patient asked")
    assert breaches() == {}


def test_a_visit_moved_elsewhere_closes_its_line_and_says_where_to(the):
    row = lost(the, 9)
    out(the)
    later = the.at(9, day=the.day + timedelta(days=1))
    made = reschedule(ROSA, appointment_id=row.pk, starts=later, reason_code="patient_asked")
    assert line_of(row) == ("moved", "The patient asked", True)
    assert RescueItem.objects.get().settled_by == made


def test_a_visit_given_to_somebody_else_closes_its_line(the):
    row = lost(the, 9)
    out(the)
    reassign(ROSA, appointment_id=row.pk, provider_id=the.ruiz.provider_id)
    assert line_of(row) == ("kept", f"With {the.ruiz.provider.spoken_name} now.", True)


def test_who_does_not_come_is_not_called_about_another_time(the):
    row = lost(the, 9)
    out(the)
    with clock.fixed(the.at(10)):
        mark_no_show(ROSA, appointment_id=row.pk)
        assert line_of(row) == ("kept", "The patient did not come.", True)
        undo(ROSA, appointment_id=row.pk)
        assert line_of(row) == ("open", "", False)


def test_a_refused_move_leaves_the_line_open(the):
    row = lost(the, 9)
    out(the)
    taken = the.at(9, day=the.day + timedelta(days=1))
    book(ROSA, patient_id=make.patient().pk, **the.ask(taken))
    with pytest.raises(SlotTaken):
        reschedule(ROSA, appointment_id=row.pk, starts=taken, reason_code="patient_asked")
    assert line_of(row) == ("open", "", False)


def test_what_was_settled_on_the_sheet_says_no_more_than_that(the):
    rows = [lost(the, 9), lost(the, 10)]
    first, second = rescue_items(ROSA, out(the).pk)
    propose(ROSA, sheet_id=first.sheet_id)
    approve_item(ROSA, item_id=first.pk)
    cancel_item(ROSA, item_id=second.pk)
    assert [line_of(row)[:2] for row in rows] == [("moved", ""), ("cancelled", "")]


@pytest.mark.parametrize("how", ["cancel", "move", "approve"])
def test_what_is_taken_back_stands_on_the_sheet_again(the, how):
    row = lost(the, 9)
    sheet = out(the)
    propose(ROSA, sheet_id=sheet.pk)
    {
        "cancel": lambda: cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked"),
        "move": lambda: reschedule(
            ROSA,
            appointment_id=row.pk,
            starts=the.at(9, day=the.day + timedelta(days=1)),
            reason_code="patient_asked",
        ),
        "approve": lambda: approve_item(ROSA, item_id=rescue_items(ROSA, sheet.pk)[0].pk),
    }[how]()
    assert rescue_progress(sheet.pk)["open"] == 0
    undo(ROSA, appointment_id=row.pk)
    assert line_of(row) == ("open", "", False)
    assert rescue_items(ROSA, sheet.pk)[0].settled_by is None

from datetime import date

import pytest

from frontdesk.kit.errors import NotFound
from frontdesk.office.scheduling.queries.waiting import recalls_due
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.moving import cancel, reschedule
from frontdesk.office.scheduling.services.recalls import add_recall, close_recall
from frontdesk.office.scheduling.services.undoing import undo
from tests.factories import scheduling as make

pytestmark = pytest.mark.django_db
ROSA = make.actor()


def due(the, who, by=date(2026, 3, 1)):
    return add_recall(ROSA, patient_id=who.pk, visit_type_id=the.visit.pk, due=by, reason="Blood pressure")


def test_the_longest_overdue_first():
    the = make.Book()
    later, first = due(the, make.patient(), date(2026, 3, 2)), due(the, make.patient(), date(2026, 2, 1))
    due(the, make.patient(), date(2026, 6, 1))
    assert recalls_due(date(2026, 3, 31)) == [first, later]


def test_booked_it_is_off_the_list_cancelled_it_is_on_again():
    the = make.Book()
    who = make.patient()
    one = due(the, who)
    row = book(ROSA, patient_id=who.pk, **the.ask(the.at(9)))
    assert recalls_due(date(2026, 3, 31)) == []
    row = reschedule(ROSA, appointment_id=row.pk, starts=the.at(10), reason_code="patient_asked")
    assert recalls_due(date(2026, 3, 31)) == []
    cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")
    assert recalls_due(date(2026, 3, 31)) == [one]
    undo(ROSA, appointment_id=row.pk)
    assert recalls_due(date(2026, 3, 31)) == []


def test_closed_by_hand_once():
    one = due(make.Book(), make.patient())
    close_recall(ROSA, recall_id=one.pk, reason="Moved away")
    with pytest.raises(NotFound):
        close_recall(ROSA, recall_id=one.pk, reason="Moved away")

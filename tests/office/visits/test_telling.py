"""Who is told of a wait: what they said stands with the visit and as a call, both or neither."""

from datetime import datetime

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.scheduling.models import ContactAttempt
from frontdesk.office.visits import rules, services
from frontdesk.office.visits.errors import NotAllowed
from frontdesk.office.visits.models import Visit
from frontdesk.office.visits.services import telling
from tests.factories.visits import ROSA, Day
from tests.people import dev

pytestmark = pytest.mark.django_db
HALF_PAST = datetime(2026, 3, 10, 11, 30)


@pytest.fixture
def the():
    day = Day()
    with clock.fixed(day.at(9)):
        yield day


def tell(row, answer="later", by=ROSA, minutes=25):
    return services.told_of_wait(
        by, appointment_id=row.pk, answer=answer, minutes=minutes, number="+16175550134"
    )


def note(row):
    return Visit.objects.filter(appointment=row).values_list("note", flat=True).first() or ""


def test_who_comes_later_is_expected_later_and_was_called(the):
    row = the.booked(9, 40)
    made = tell(row)
    assert note(row) == "Told of the wait: comes later, about 10:05 am"
    assert (made.about, made.outcome, made.number) == (
        f"scheduling.appointment:{row.pk}",
        "reached",
        "+16175550134",
    )
    assert made.note == "about 25 minutes late: comes later, about 10:05 am"
    said = AuditEntry.objects.get(action="visits.told_of_wait")
    assert (said.patient_id, said.after) == (row.patient_id, {"answer": "later", "minutes": 25})


def test_who_was_not_reached_has_no_word_in_the_note(the):
    row = the.booked(9, 40)
    assert tell(row, "unreached").outcome == "no_answer"
    assert note(row) == ""


def test_what_stood_in_the_note_stays_and_a_second_answer_takes_the_place_of_the_first(the):
    row = the.booked(9, 40)
    services.set_note(ROSA, appointment_id=row.pk, note="Comes with a wheelchair")
    tell(row, "keep")
    assert note(row) == "Comes with a wheelchair Told of the wait: keeps the time"
    tell(row)
    assert note(row) == "Comes with a wheelchair Told of the wait: comes later, about 10:05 am"
    assert ContactAttempt.objects.count() == 2


def test_both_are_kept_or_neither(the, monkeypatch):
    row = the.booked(9, 40)

    def breaks(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(telling, "log_attempt", breaks)
    with pytest.raises(RuntimeError):
        tell(row)
    assert (note(row), ContactAttempt.objects.count()) == ("", 0)
    assert not AuditEntry.objects.filter(action__in=("visits.note", "visits.told_of_wait")).exists()


def test_a_form_sent_twice_is_one_call(the):
    row = the.booked(9, 40)
    for _ in range(2):
        tell(row, by=ROSA.keyed("form", "body"))
    assert ContactAttempt.objects.count() == 1


def test_another_answer_is_refused(the):
    with pytest.raises(Invalid, match="Keep, come later"):
        tell(the.booked(9, 40), "maybe")
    assert not ContactAttempt.objects.exists()


def test_who_is_here_is_told_at_the_desk(the):
    row = the.arrived(9, 10)
    with pytest.raises(NotAllowed, match="need not be told any more: arrived"):
        tell(row)


def test_who_may_not_work_the_desk_may_not_answer_for_patients(the):
    with pytest.raises(NotPermitted):
        tell(the.booked(9, 40), by=dev())


@pytest.mark.parametrize(
    ("answer", "late", "words"),
    [
        ("keep", 25, "keeps the time"),
        ("later", 25, "comes later, about 11:55 am"),
        ("later", 30, "comes later, about 12:00 pm"),
        ("unreached", 25, "not reached"),
    ],
)
def test_the_answer_in_words(answer, late, words):
    assert rules.answered(answer, HALF_PAST, late) == words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "Told of the wait: keeps the time"),
        ("Wheelchair.", "Wheelchair. Told of the wait: keeps the time"),
        ("Told of the wait: comes later, about 9:45 am", "Told of the wait: keeps the time"),
        ("A Told of the wait: keeps the time B", "A B Told of the wait: keeps the time"),
        ("x" * 400, "x" * (400 - 33) + " Told of the wait: keeps the time"),
    ],
)
def test_the_note_keeps_what_else_it_says(before, after):
    assert rules.told(before, "keeps the time") == after
    assert len(after) <= 400

"""How fast payers answer is measured as CAQH CORE asks for it."""

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.kit.walltime import to_utc
from frontdesk.office.coverage.rules.response_times import BATCH, REAL_TIME, Exchange, due, responses

AT = datetime(2026, 3, 3, 14, tzinfo=UTC)  # a Tuesday, 9 am Eastern


def asked(seconds, code="", kind=REAL_TIME, sent=AT, connection="hub"):
    return Exchange(connection, kind, sent, sent + timedelta(seconds=seconds), code)


def test_twenty_seconds_are_in_time_and_a_rejection_is_an_answer():
    [found] = responses([asked(1), asked(20), asked(20.1), asked(20, "late"), asked(2, "rejected")])
    assert (found.asked, found.answered, found.in_time, found.share) == (5, 4, 3, 0.6)
    assert found.unanswered == (("late", 1),)
    assert (found.median, found.p95) == (2.0, 20.1)


def test_the_hours_it_was_there_are_of_those_in_which_it_was_asked():
    later = AT + timedelta(hours=3)
    [found] = responses([asked(1), asked(1, "away"), asked(1, "away", sent=later)])
    assert (found.hours, found.up, found.availability) == (2, 1, 0.5)


def test_each_connection_and_kind_stands_for_itself_and_none_without_answers_divides_by_nothing():
    found = responses([asked(1, "away", connection="b"), asked(9, kind=BATCH), asked(1)])
    assert [(one.connection, one.kind) for one in found] == [
        ("b", REAL_TIME),
        ("hub", REAL_TIME),
        ("hub", BATCH),
    ]
    assert (found[0].median, found[0].p95, found[0].share) == (None, None, 0)


@pytest.mark.parametrize(
    ("handed_in", "answered_by"),
    [
        ("2026-03-03 20:59", "2026-03-04 07:00"),
        ("2026-03-03 21:01", "2026-03-05 07:00"),
        ("2026-03-06 20:00", "2026-03-09 07:00"),  # a Friday
        ("2026-03-07 02:00", "2026-03-10 07:00"),  # a Saturday counts as the Monday after
    ],
)
def test_a_batch_is_due_by_seven_on_the_next_business_day(handed_in, answered_by):
    sent, latest = (
        to_utc(datetime.strptime(text, "%Y-%m-%d %H:%M"), "America/New_York")  # noqa: DTZ007 - a wall time
        for text in (handed_in, answered_by)
    )
    assert due(sent) == latest
    assert asked((latest - sent).total_seconds(), kind=BATCH, sent=sent).is_in_time
    assert not asked((latest - sent).total_seconds() + 1, kind=BATCH, sent=sent).is_in_time

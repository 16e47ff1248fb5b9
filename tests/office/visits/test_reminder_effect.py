"""Lost visits with a reminder and without, worked out by hand for each stretch booked ahead, and like for like."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid
from frontdesk.office.messaging.models import Message, Thread
from frontdesk.office.scheduling.models import Appointment, CancelReason
from frontdesk.office.scheduling.queries.reports import Ask
from frontdesk.office.visits.queries.report_rows import Which, rows_behind
from frontdesk.office.visits.queries.reports import figures
from tests.factories.visits import Day

pytestmark = pytest.mark.django_db
CODE = "reminder-effect"
TEN_DAYS, MONTHS, HOURS = timedelta(days=10), timedelta(days=60), timedelta(hours=3)


@pytest.fixture
def the():
    """Tuesday, March 10th, from eight on; it is evening when anybody asks."""
    day = Day()
    day.free = iter([(hour, minute) for hour in range(8, 17) for minute in (0, 20, 40)])
    with clock.fixed(day.at(18)):
        yield day


def ask(the):
    return Ask(the.day, the.day, (the.location.pk,))


def visit(the, status, ahead=TEN_DAYS, *, given_up=None):
    """A visit booked `ahead` of its time that ended in `status`, or was cancelled `given_up` before it."""
    row = the.booked(*next(the.free))
    changes = {"status": status, "booked_at": row.starts - ahead}
    if given_up is not None:
        reason = CancelReason.objects.get(code="patient_asked")
        changes |= {"cancelled_at": row.starts - given_up, "cancel_reason": reason}
    Appointment.objects.filter(pk=row.pk).update(**changes)
    row.refresh_from_db()
    return row


def told(row, before=timedelta(hours=24), kind="reminder", state="sent"):
    """A message about a visit, sent so long before it; returns the visit."""
    thread = Thread.objects.create(patient_id=row.patient_id, uid=uuid4().hex, started_at=clock.now())
    at = row.starts - before
    Message.objects.create(
        patient_id=row.patient_id, thread=thread, about_kind="scheduling.appointment", about_id=row.pk,
        kind=kind, state=state, dedupe=uuid4().hex, key=uuid4().hex, channel="email", address="a@example.org",
        not_before=at, made_at=at, sending_at=at, sent_at=at if state == "sent" else None,
    )  # fmt: skip
    return row


@pytest.fixture
def worked_out(the):
    """Ten days ahead: 1 of 4 lost with a reminder, 2 of 3 without. Months ahead: 1 of 2 and 1 of 2."""
    for status in ("done", "done", "checkout", "no_show"):
        told(visit(the, status))
    visit(the, "done")
    visit(the, "no_show")
    visit(the, "cancelled", given_up=timedelta(hours=23, minutes=59))
    told(visit(the, "done", MONTHS))
    told(visit(the, "cancelled", MONTHS, given_up=HOURS))
    visit(the, "done", MONTHS)
    visit(the, "no_show", MONTHS)
    visit(the, "done", HOURS)


def by_label(found):
    return {one.label: (one.hits, one.part, one.of) for one in found.lines}


def test_each_stretch_booked_ahead_has_its_two_shares_and_what_of_them_was_cancelled_late(the, worked_out):
    found = figures(CODE, ask(the))
    assert by_label(found) == {
        "Under a day · not reminded": (0, 0, 1),
        "1–2 weeks · reminded": (1, 0, 4),
        "1–2 weeks · not reminded": (2, 1, 3),
        "Over 4 weeks · reminded": (1, 1, 2),
        "Over 4 weeks · not reminded": (1, 0, 2),
    }
    assert [one.label for one in found.lines][1:3] == ["1–2 weeks · reminded", "1–2 weeks · not reminded"]


def test_the_figure_in_large_weighs_the_others_as_the_reminded_are_and_leaves_out_what_has_no_match(
    the, worked_out
):
    total = figures(CODE, ask(the)).total
    assert total.value == pytest.approx(2 / 6)
    assert total.beside == pytest.approx(4 / 6 * 2 / 3 + 2 / 6 * 1 / 2)
    assert (total.of, total.small) == (5, True)


def test_a_bare_comparison_would_have_said_the_opposite(the):
    """Whoever books for today is never reminded and comes; so the reminded look worse, though each stretch says better."""
    for _ in range(9):
        visit(the, "done", HOURS)
    for status in ("no_show", "done", "done", "done"):
        told(visit(the, status))
    for status in ("no_show", "done"):
        visit(the, status)
    found = figures(CODE, ask(the))
    bare = {side: [one for one in found.lines if one.key.endswith(side)] for side in (".1", ".0")}
    share = {side: sum(one.hits for one in some) / sum(one.of for one in some) for side, some in bare.items()}
    assert share[".1"] > share[".0"]
    assert (found.total.value, found.total.beside) == (0.25, 0.5)


def test_a_reminder_that_did_not_reach_them_before_it_was_over_is_none(the):
    told(visit(the, "no_show"), state="failed")
    told(visit(the, "no_show"), state="in_doubt")
    told(visit(the, "no_show"), kind="confirmation")
    told(visit(the, "no_show"), before=timedelta(minutes=-5))
    told(visit(the, "cancelled", given_up=timedelta(hours=20)), before=timedelta(hours=2))
    twice = told(visit(the, "done"))
    told(twice, before=timedelta(hours=72))
    assert by_label(figures(CODE, ask(the))) == {
        "1–2 weeks · reminded": (0, 0, 1),
        "1–2 weeks · not reminded": (5, 1, 5),
    }


def test_visits_given_back_in_time_moved_or_still_to_be_told_of_are_left_out(the):
    told(visit(the, "cancelled", given_up=timedelta(hours=24)))
    moved = told(visit(the, "cancelled", given_up=HOURS))
    Appointment.objects.filter(pk=visit(the, "confirmed").pk).update(replaces=moved)
    visit(the, "scheduled")
    found = figures(CODE, ask(the))
    assert (found.lines, found.total.value, found.total.beside) == ([], None, None)


def test_behind_a_bar_are_the_lost_and_on_request_all_it_counted(the, worked_out):
    lost, _ = rows_behind(ask(the), Which(CODE, "reminded", "3.0"), named=True)
    assert [(row.status, row.given_up) for row in lost] == [("no_show", None), ("cancelled", 1439)]
    everybody, _ = rows_behind(ask(the), Which(CODE, "reminded", "3.1", hits_only=False), named=True)
    assert [row.status for row in everybody] == ["done", "done", "checkout", "no_show"]
    with pytest.raises(Invalid):
        rows_behind(ask(the), Which(CODE, "reminded", "3"), named=True)
    with pytest.raises(Invalid):
        rows_behind(ask(the), Which(CODE, "told", "1"), named=True)


def test_two_statements_whatever_the_book_holds(the, worked_out):
    with CaptureQueriesContext(connection) as asked:
        figures(CODE, ask(the))
    assert len(asked) == 2

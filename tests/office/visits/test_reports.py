"""A small day whose figures are worked out by hand, beside each what the reports say of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.scheduling.models import Appointment, CancelReason
from frontdesk.office.scheduling.queries.capacity import third_next
from frontdesk.office.scheduling.queries.reports import Ask
from frontdesk.office.visits import services
from frontdesk.office.visits.models import Visit
from frontdesk.office.visits.queries import report_rows
from frontdesk.office.visits.queries.definitions import REPORTS
from frontdesk.office.visits.queries.report_rows import Which
from frontdesk.office.visits.queries.reports import figures
from tests.factories.visits import Day
from tests.people import gus, lena, mia, rosa

pytestmark = pytest.mark.django_db

STAMPS = ("arrived_at", "checked_in_at", "roomed_at", "with_provider_at", "checkout_at", "done_at")


@pytest.fixture
def the():
    """Tuesday, March 10th, from eight on; it is noon when anybody asks."""
    day = Day()
    with clock.fixed(day.at(12)):
        yield day


def ask(the, **fields):
    return Ask(the.day, the.day, (the.location.pk,), **fields)


def happened(the, hour, minute, minutes, **fields):
    """A visit that took place: `minutes` after its time each stage began, in their order."""
    row = the.booked(hour, minute, resource=fields.pop("resource", None))
    moments = {name: row.starts + timedelta(minutes=n) for name, n in zip(STAMPS, minutes, strict=False)}
    Appointment.objects.filter(pk=row.pk).update(status="done" if len(minutes) == 6 else "checked_in")
    Visit.objects.create(
        appointment=row,
        patient=row.patient,
        location=the.location,
        minutes_late=minutes[0],
        **moments,
        **fields,
    )
    return row


def missed(the, hour, minute, ahead=timedelta(hours=2), **fields):
    row = the.booked(hour, minute, **fields)
    Appointment.objects.filter(pk=row.pk).update(status="no_show", booked_at=row.starts - ahead)
    return row


def given_up(the, hour, minute, before, code="patient_asked"):
    row = the.booked(hour, minute)
    reason = CancelReason.objects.get(code=code)
    Appointment.objects.filter(pk=row.pk).update(
        status="cancelled", cancelled_at=row.starts - before, cancel_reason=reason
    )
    return row


def by_label(found):
    return {line.label: line for line in found.lines}


def test_waits_are_from_the_appointments_time_or_the_later_arrival(the):
    # Came 10 early and was seen 10 after the time: waited 10. Came 5 late and was seen at 25: waited 20.
    happened(the, 8, 0, (-10, -5, 2, 10, 25, 30))
    happened(the, 8, 20, (5, 8, 15, 25, 40, 45))
    # Came in time and was seen before the time: waited nothing.
    happened(the, 9, 0, (-20, -18, -10, -5, 10, 12))
    found = figures("waits", ask(the))
    assert (found.total.value, found.total.beyond, found.total.of) == (10, 20, 3)
    lines = by_label(found)
    assert {words: (lines[words].value, lines[words].beyond) for words in lines} == {
        "Waiting to be seen": (10, 20),
        "Waiting to check in": (3, 5),
        "In the waiting room": (7, 8),
        "Alone in the room": (8, 10),
        "With the provider": (15, 15),
        "Checking out": (5, 5),
        "Whole visit": (40, 40),
    }
    by_hour = by_label(figures("waits", ask(the), "hour"))
    assert {words: (one.value, one.of) for words, one in by_hour.items()} == {"8 am": (10, 2), "9 am": (0, 1)}
    assert [(one.label, one.value) for one in figures("waits", ask(the), "week").lines] == [
        ("Tuesday · 8 am", 10),
        ("Tuesday · 9 am", 0),
    ]
    assert by_label(figures("waits", ask(the), "hour", "room"))["8 am"].value == 8


def test_a_stage_of_more_than_eight_hours_is_a_forgotten_key_and_left_out(the):
    happened(the, 8, 0, (0, 1, 2, 3, 600, 601))
    lines = by_label(figures("waits", ask(the)))
    assert (lines["With the provider"].of, lines["Alone in the room"].of) == (0, 1)


def test_no_shows_are_of_visits_whose_end_is_known(the):
    happened(the, 8, 0, (0, 1, 2, 3, 4, 5))
    missed(the, 9, 0, timedelta(hours=2))
    missed(the, 9, 20, timedelta(days=30), resource=the.ruiz)
    happened(the, 10, 0, (0, 1, 2, 3, 4, 5), is_walk_in=True)
    the.booked(11)
    given_up(the, 11, 20, timedelta(hours=1))
    found = figures("no-shows", ask(the))
    assert (found.total.hits, found.total.of) == (2, 3)
    assert found.total.small
    assert {one.label: (one.hits, one.of) for one in found.lines} == {
        "Under a day": (1, 2),
        "Over 4 weeks": (1, 1),
    }
    who = by_label(figures("no-shows", ask(the), "provider"))
    assert {name: (one.hits, one.of) for name, one in who.items()} == {
        "Ana Ruiz, MD": (1, 1),
        "Dana Lee, MD": (1, 2),
    }
    assert figures("no-shows", ask(the, provider_id=the.ruiz.provider_id)).total.of == 1


def test_late_is_closer_than_the_visit_type_allows_and_a_move_is_no_cancellation(the):
    given_up(the, 8, 0, timedelta(hours=23, minutes=59))
    given_up(the, 8, 20, timedelta(hours=24))
    given_up(the, 8, 40, timedelta(hours=1), "provider_out")
    old = given_up(the, 9, 0, timedelta(hours=2))
    new = the.booked(9, 20)
    Appointment.objects.filter(pk=new.pk).update(replaces=old)
    found = figures("late-cancellations", ask(the))
    assert (found.total.hits, found.total.of) == (2, 4)
    assert {one.label: (one.hits, one.of) for one in found.lines} == {
        "The patient asked": (1, 2),
        "The provider is out": (1, 2),
    }
    sides = figures("late-cancellations", ask(the), "initiator")
    assert {one.label for one in sides.lines} == {"The patient", "The provider"}
    moved = figures("moved", ask(the))
    assert (moved.total.hits, moved.total.of) == (1, 5)
    assert [(one.label, one.hits) for one in moved.lines] == [("The patient asked", 1)]


def test_lateness_of_patients_and_of_providers(the):
    happened(the, 8, 0, (-10, -5, 2, 10, 25, 30))
    happened(the, 8, 20, (11, 12, 15, 25, 40, 45))
    happened(the, 9, 0, (-2, -1, 0, 4, 10, 12))
    happened(the, 9, 20, (40, 41, 42, 43, 50, 51), is_walk_in=True)
    patients = figures("patient-lateness", ask(the))
    assert (patients.total.hits, patients.total.of) == (1, 3)
    assert {one.label: one.hits for one in patients.lines if one.hits} == {
        "6–15 early": 1,
        "Within 5": 1,
        "11–15 late": 1,
    }
    # Only the two who were there in time count: begun 10 and 4 after their time.
    providers = figures("provider-lateness", ask(the))
    assert (providers.total.value, providers.total.beyond, providers.total.of) == (4, 10, 2)


def test_those_who_left_are_of_those_who_came_and_have_gone(the):
    happened(the, 8, 0, (0, 1, 2, 3, 4, 5))
    row = the.booked(9)
    Appointment.objects.filter(pk=row.pk).update(status="done")
    Visit.objects.create(
        appointment=row, patient=row.patient, location=the.location, arrived_at=row.starts,
        done_at=row.starts + timedelta(minutes=50), left_unseen=True,
    )  # fmt: skip
    happened(the, 10, 0, (0, 1))
    found = figures("left-unseen", ask(the))
    assert (found.total.hits, found.total.of) == (1, 2)
    assert {one.label: one.hits for one in found.lines} == {"8 am": 0, "9 am": 1}


def test_utilisation_is_booked_by_open_minutes(the):
    the.booked(8)
    missed(the, 9, 0)
    given_up(the, 10, 0, timedelta(hours=1))
    the.booked(8, resource=the.ruiz)
    # Both are open from eight to five: 540 minutes. Dr. Lee has two visits of 20, one of them missed.
    found = by_label(figures("utilisation", ask(the)))
    assert {name: (one.hits, one.of, one.part) for name, one in found.items()} == {
        "Dana Lee, MD": (40, 540, 20),
        "Ana Ruiz, MD": (20, 540, 0),
    }
    whole = figures("utilisation", ask(the)).total
    assert (whole.hits, whole.of, whole.value) == (60, 1080, 60 / 1080)
    days = figures("utilisation", ask(the), "day").lines
    assert [(one.key, one.label) for one in days] == [("2026-03-10", "Tue, Mar 10")]
    assert [one.key for one in figures("utilisation", ask(the), "providers").lines] == [
        f"{who.provider_id}.1" for who in (the.lee, the.ruiz)
    ]


def test_the_third_next_time_is_counted_in_times_that_do_not_overlap(the):
    """At 4:10 in the afternoon each provider has two visits of twenty minutes left; together they have a third."""
    with clock.fixed(the.at(16, 10)):
        found = {one.provider_id: one.days for one in third_next([the.location.pk])}
        assert found == {None: 0, the.lee.provider_id: None, the.ruiz.provider_id: None}
        later = make_open(the, 3)
        found = {one.provider_id: one.days for one in third_next([the.location.pk])}
    assert found == {None: 0, the.lee.provider_id: later, the.ruiz.provider_id: None}


def make_open(the, days):
    from tests.factories.scheduling import open_day

    open_day(the.lee, the.lane, the.day + timedelta(days=days))
    return days


def test_the_period_before_stands_beside(the):
    happened(the, 8, 0, (0, 1, 2, 3, 4, 5))
    row = missed(the, 9, 0)
    week = timedelta(days=7)
    Appointment.objects.filter(pk=row.pk).update(
        starts=row.starts - week, ends=row.ends - week, wall="2026-03-03T09:00"
    )
    found = figures("no-shows", ask(the))
    assert (found.total.value, found.before.value) == (0, 1)


def test_a_visit_belongs_to_the_day_on_its_sites_wall(the):
    """Eight in the evening in New York is the next day in UTC."""
    row = missed(the, 9, 0)
    Appointment.objects.filter(pk=row.pk).update(
        starts=the.at(20, 30), ends=the.at(20, 50), wall="2026-03-10T20:30"
    )
    assert figures("no-shows", ask(the)).total.of == 1
    after = replace(ask(the), first=the.day + timedelta(days=1), last=the.day + timedelta(days=1))
    assert figures("no-shows", after).total.of == 0


@pytest.mark.parametrize("code", [code for code in REPORTS if code != "third-next"])
def test_behind_every_bar_are_as_many_visits_as_it_says(the, code):
    happened(the, 8, 0, (-10, -5, 2, 10, 25, 30))
    happened(the, 8, 20, (12, 13, 15, 25, 40, 45))
    missed(the, 9, 0, timedelta(days=30))
    missed(the, 9, 20, resource=the.ruiz)
    given_up(the, 10, 0, timedelta(hours=1))
    old = given_up(the, 10, 20, timedelta(hours=1), "provider_out")
    Appointment.objects.filter(pk=the.booked(10, 40).pk).update(replaces=old)
    for cut in REPORTS[code].cuts:
        for line in figures(code, ask(the), cut).lines:
            rows, _ = report_rows.rows_behind(ask(the), Which(code, cut, line.key), named=True)
            if REPORTS[code].kind == "use":
                assert len(rows) * 20 == line.hits - line.part, (cut, line.label)
            else:
                assert len(rows) == (line.hits if REPORTS[code].kind in {"rate", "effect"} else line.of), (
                    cut,
                    line.label,
                )


def test_rows_come_a_page_at_a_time_in_order(the):
    made = [missed(the, 9, minute).pk for minute in (40, 0, 20)]
    which = Which("no-shows")
    first, after = report_rows.rows_behind(ask(the), which, named=True, limit=2)
    rest, end = report_rows.rows_behind(ask(the), which, named=True, limit=2, after=after)
    assert [row.id for row in (*first, *rest)] == [made[1], made[2], made[0]]
    assert end is None


@pytest.mark.parametrize(
    ("cut", "key"),
    [("lead", "x"), ("lead", "1;--"), ("provider", "1.2"), ("name", "1"), ("stage", "nap"), ("minutes", "9")],
)
def test_a_bar_there_is_not_is_refused(the, cut, key):
    with pytest.raises(Invalid):
        report_rows.rows_behind(ask(the), Which("patient-lateness", cut, key), named=True)
    with pytest.raises(NotFound):
        figures("wishes", ask(the))


def test_whose_visits_were_shown_is_on_record_and_names_are_for_those_who_may_see_them(the):
    row = missed(the, 9, 0)
    which = Which("no-shows", "lead", "0")
    shown, _ = services.open_report_rows(mia(), ask=ask(the), which=which)
    bare, _ = services.open_report_rows(gus(), ask=ask(the), which=which)
    assert (shown[0].name, bare[0].name) == (row.patient.name, "")
    entries = AuditEntry.objects.filter(action="visits.open_report_rows").order_by("id")
    assert [(one.is_read, one.extra["shown"], one.extra["named"]) for one in entries] == [
        (True, [row.patient_id], True),
        (True, [row.patient_id], False),
    ]


def test_taking_figures_out_is_on_record_and_not_for_everybody(the):
    services.export_report(mia(), code="no-shows", ask=ask(the))
    services.export_report_rows(mia(), ask=ask(the), which=Which("no-shows"))
    taken = AuditEntry.objects.filter(action__startswith="visits.export_report")
    assert {one.action for one in taken} == {"visits.export_report", "visits.export_report_rows"}
    with pytest.raises(NotPermitted):
        services.export_report(lena(), code="no-shows", ask=ask(the))
    with pytest.raises(NotPermitted):
        services.read_report(rosa(), code="no-shows", ask=ask(the))


def test_the_number_of_questions_does_not_grow_with_the_visits(the):
    def asked():
        with CaptureQueriesContext(connection) as found:
            for code, report in REPORTS.items():
                for cut in report.cuts:
                    figures(code, ask(the), cut)
        return len(found)

    few = asked()
    for minute in range(0, 60, 20):
        happened(the, 8, minute, (0, 1, 2, 3, 4, 5))
        missed(the, 9, minute)
        given_up(the, 10, minute, timedelta(hours=1))
    assert (
        asked() <= few + 2
    )  # the days beyond the first week are read only where a third time is not found sooner
    for code, report in REPORTS.items():
        for cut in report.cuts:
            with CaptureQueriesContext(connection) as found:
                figures(code, ask(the), cut)
            assert len(found) <= 12, (code, cut)

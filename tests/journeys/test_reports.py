"""Read the reports by keyboard: G I, a number for the report, a number for the cut, Enter for the visits."""

import pytest

from frontdesk.office.messaging.models import Message
from frontdesk.office.scheduling.models import Appointment
from tests.browser import until
from tests.factories import practice
from tests.factories.messaging import reachable, write_about
from tests.factories.patients import ana
from tests.journeys.office import Keys, Office
from tests.ui.axe import violations


@pytest.fixture
def rosa_account(elm_street):
    return practice.user(role="manager")


def test_from_the_desk_to_the_visits_behind_a_bar_takes_at_most_8_keys(page, elm_street):
    visit = Office(elm_street).book(ana())
    # It was yesterday, and nobody came.
    Appointment.objects.filter(pk=visit.pk).update(
        status="no_show", starts="2026-03-02T15:00Z", ends="2026-03-02T15:20Z", wall="2026-03-02T10:00"
    )
    page.goto("/")
    until(page, "!!window.htmx")
    keys = Keys(page)
    keys.press("g").press("i").see(".tiles")
    keys.press("2").see(".report-number:has-text('100%')")
    keys.press("4").see(".tab[aria-current]:has-text('Weekday')").see("th:has-text('Monday')")
    page.locator("[data-row]").first.focus()
    keys.press("Enter").see(".report-rows td:has-text('Ana Ito')")
    assert keys.count <= 8, keys.count


def test_what_reminders_do_is_read_side_by_side_and_each_side_leads_to_its_visits(page, elm_street):
    office = Office(elm_street)
    told, untold = office.book(reachable()), office.book(ana(), hour=11)
    went = "2026-03-01T15:00Z"
    reminder = Message.objects.filter(pk=write_about(told, "reminder").pk)
    reminder.update(state="sent", sending_at=went, sent_at=went)
    for row, status in ((told, "done"), (untold, "no_show")):
        Appointment.objects.filter(pk=row.pk).update(
            status=status, starts="2026-03-02T15:00Z", ends="2026-03-02T15:20Z", wall="2026-03-02T10:00",
            booked_at="2026-02-20T15:00Z",
        )  # fmt: skip
    page.goto("/reports")
    until(page, "!!window.htmx")
    keys = Keys(page)
    keys.press("0").see(".report-number:has-text('−100 points')")
    assert not violations(page)
    page.locator("[data-row]").nth(1).focus()
    keys.press("Enter").see(".report-rows td:has-text('Ana Ito')").see("h1:has-text('not reminded')")

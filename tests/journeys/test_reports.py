"""Read the reports by keyboard: G I, a number for the report, a number for the cut, Enter for the visits."""

import pytest

from frontdesk.office.scheduling.models import Appointment
from tests.factories import practice
from tests.factories.patients import ana
from tests.journeys.office import Keys, Office


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
    page.wait_for_function("window.htmx")
    keys = Keys(page)
    keys.press("g").press("i").see(".tiles")
    keys.press("2").see(".report-number:has-text('100%')")
    keys.press("4").see(".tab[aria-current]:has-text('Weekday')").see("th:has-text('Monday')")
    page.locator("[data-row]").first.focus()
    keys.press("Enter").see(".report-rows td:has-text('Ana Ito')")
    assert keys.count <= 8, keys.count

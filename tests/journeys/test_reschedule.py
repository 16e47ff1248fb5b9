"""Move a visit: a letter for the reason, a number for the time, Enter."""

import pytest

from frontdesk.office.scheduling.models import Appointment
from tests.factories.patients import ana
from tests.journeys.office import Keys, Office


@pytest.fixture
def office(elm_street):
    return Office(elm_street)


def test_rescheduling_takes_at_most_8_keys(page, office):
    visit = office.book(ana())
    page.goto(f"/appointments/{visit.pk}")
    keys = Keys(page)
    keys.press("r").see(".letters").press("p").see(".offer:focus").press("1")
    keys.see("button:focus:has-text('Move Ana Ito 3/14/1962')").press("Enter").see(
        ".readback-title:has-text('Moved')"
    )
    made = Appointment.objects.get(replaces=visit)
    assert made.provider_id == visit.provider_id
    assert keys.count <= 8, keys.count
    assert keys.loads == 0


def test_from_the_day_the_visit_is_opened_and_moved_and_the_grid_follows(page, office):
    visit = office.book(ana())
    page.goto("/schedule?day=2026-03-10")
    page.locator(f"#visit-{visit.pk}").focus()
    keys = Keys(page)
    keys.press("Enter").see("#sheet .visit-card").press("r").see(".letters").press("p").see(
        ".offer:focus"
    ).press("2")
    keys.see("button:focus:has-text('Move Ana Ito')").press("Enter").see(".readback-title:has-text('Moved')")
    made = Appointment.objects.get(replaces=visit)
    page.wait_for_selector(f"#visit-{made.pk}", state="attached")
    assert page.locator(f"#visit-{visit.pk}").count() == 0
    assert keys.count <= 8


def test_a_visit_is_picked_up_and_put_down_without_dragging(page, office):
    visit = office.book(ana())
    page.goto("/schedule?day=2026-03-10")
    page.locator(f"#visit-{visit.pk}").focus()
    keys = Keys(page)
    keys.press("m").press("ArrowDown").press("Enter").see("text=Why does it move?")
    assert Appointment.objects.count() == 1
    keys.press("p").press("Enter").see(".readback-title:has-text('Moved')")
    assert Appointment.objects.get(replaces=visit).starts > visit.starts


def test_undo_brings_it_back(page, office):
    visit = office.book(ana())
    page.goto(f"/appointments/{visit.pk}")
    keys = Keys(page)
    keys.press("r").see(".letters").press("p").see(".offer:focus").press("1")
    keys.see("button:focus:has-text('Move Ana Ito')").press("Enter").see(
        ".readback-title:has-text('Moved')"
    ).press("u")
    keys.see("#sheet .visit-card")
    visit.refresh_from_db()
    assert visit.status == "scheduled"

"""A patient with a telephone in the hand, no account and no script: says yes, or takes another time."""

import pytest

from frontdesk.kit import clock
from frontdesk.kit.walltime import to_wall
from frontdesk.office.scheduling.models import Appointment
from tests.factories.messaging import link_to, reachable, write_about
from tests.journeys.office import Office
from tests.ui.axe import violations


@pytest.fixture
def visit(elm_street):
    office = Office(elm_street)
    with clock.fixed(office.at(8)):
        yield office.book(reachable(), hour=14)


@pytest.fixture
def phone(chromium, live_server, visit):
    """The patient's telephone: it has never seen this site, and runs no script of it."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, base_url=live_server.url, java_script_enabled=False
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"/a/{link_to(write_about(visit))}")
    yield page
    assert not context.cookies()
    context.close()


def test_somebody_who_comes_says_so_with_one_touch(phone, visit):
    phone.get_by_role("button", name="Yes, I will come").click()
    phone.get_by_role("heading", name="Thank you. We expect you.").wait_for()
    visit.refresh_from_db()
    assert visit.status == "confirmed"


def test_somebody_who_cannot_come_then_takes_another_time_with_two(phone, visit):
    phone.get_by_role("link", name="I need another time").click()
    phone.locator(".portal-offer").first.click()
    phone.get_by_role("heading", name="Your appointment has a new time.").wait_for()
    visit.refresh_from_db()
    moved = Appointment.objects.get(replaces=visit)
    assert (visit.status, moved.status) == ("cancelled", "scheduled")
    wall = to_wall(moved.starts, moved.zone)
    assert f"{wall:%B} {wall.day}" in phone.locator(".portal-day").inner_text()


def test_somebody_who_reads_spanish_turns_the_page_over(phone, visit):
    phone.get_by_role("link", name="Español").click()
    phone.get_by_role("link", name="No puedo venir").click()
    phone.get_by_role("button", name="Sí, cancelarla").click()
    phone.get_by_role("heading", name="Su cita está cancelada.").wait_for()
    visit.refresh_from_db()
    assert visit.status == "cancelled"


def test_a_page_that_says_no_is_open_to_everyone_too(page, visit):
    """The pages that say yes are walked with all the others."""
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/a/not-a-link", "/a/not-a-link/times?lang=es"):
        page.goto(address)
        assert not violations(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

"""The board is worked by keyboard, and follows what somebody else does."""

import pytest

from frontdesk.kit import clock
from frontdesk.office.practice.models import Room
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits import services
from frontdesk.office.visits.models import Visit
from tests.factories import scheduling as book
from tests.factories.visits import ROSA
from tests.journeys.office import Keys, Office


@pytest.fixture
def office(elm_street):
    made = Office(elm_street)
    with clock.fixed(made.at(9)):
        yield made


def here(office, *at, checked_in=True, **fields):
    row = office.book(book.patient(**fields), *at)
    services.arrive(ROSA, appointment_id=row.pk)
    if checked_in:
        services.settle(ROSA, appointment_id=row.pk, item="identity")
        services.check_in(ROSA, appointment_id=row.pk)
    return row


def test_a_visit_goes_through_the_building_without_a_mouse(page, office):
    first = here(office, 9, checked_in=False)
    second = here(office, 9, 20)
    exam = Room.objects.create(location=office.location, name="Exam 1")
    page.goto("/board")
    keys = Keys(page)
    keys.see(f"#b{second.pk}").press("ArrowDown").see(f"#b{first.pk}:focus")
    keys.press("ArrowRight").see(f"#b{second.pk}:focus").press("o").see("#sheet .letter:focus").press("1")
    keys.see(f"#b{second.pk}:has-text('Exam 1 planned')")
    page.locator(f"#b{second.pk}").focus()
    keys.press(">").see(f"[data-live-group=roomed] #b{second.pk}:focus")
    keys.press(">").see(f"[data-live-group=with_provider] #b{second.pk}:focus")
    assert Visit.objects.get(appointment=second).room == exam
    assert Appointment.objects.get(pk=second.pk).status == "with_provider"
    keys.press("r").see(f"[data-live-group=room-{exam.pk}] #b{second.pk}:has-text('in Exam 1')")


def test_the_board_and_the_wall_follow_what_others_do(page, office, live_server):
    row = here(office, 9, legal_first="Zoe", legal_last="Quill")
    screen = page.context.browser.new_context(
        storage_state=page.context.storage_state(), base_url=live_server.url
    )
    wall = screen.new_page()
    page.goto("/board")
    wall.goto("/board/wall")
    wall.wait_for_selector("[data-live-group=checked_in] .wall-line:has-text('ZQ')")
    assert wall.locator("[data-clock]").inner_text() == "9:00 AM"
    services.room(ROSA, appointment_id=row.pk)
    page.wait_for_selector(f"[data-live-group=roomed] #b{row.pk}")
    wall.wait_for_selector("[data-live-group=roomed] .wall-line:has-text('ZQ')")
    screen.set_offline(True)
    wall.wait_for_selector("[data-stale-note]:has-text('Not up to date since 9:00 AM')", state="visible")
    screen.set_offline(False)
    wall.wait_for_selector("[data-stale-note]", state="hidden")
    wall.goto("about:blank")
    screen.close()

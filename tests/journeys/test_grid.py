"""The book by keyboard: every visit and every free time can be reached and opened; axe finds nothing."""

import pytest

from tests.factories import practice as make
from tests.factories.patients import ana
from tests.journeys.office import Keys, Office


@pytest.fixture
def office(elm_street):
    return Office(elm_street)


def test_arrows_move_between_times_and_columns_and_enter_opens(page, office):
    visit = office.book(ana())
    page.goto("/schedule?day=2026-03-10")
    page.locator("[data-grid] [tabindex='0']").focus()
    keys = Keys(page)
    for _ in range(3):
        keys.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('[data-visit], [data-slot]')")
    page.locator(f"#visit-{visit.pk}").focus()
    keys.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('[role=row]').dataset.col") == str(
        office.ruiz.provider_id
    )
    keys.press("ArrowLeft").press("Enter").see("#sheet[open]")


def test_page_down_goes_a_day_on_without_a_page_load(page, office):
    page.goto("/schedule?day=2026-03-10")
    page.locator("[data-grid] [tabindex='0']").focus()
    keys = Keys(page)
    keys.press("PageDown").see("h1:has-text('Wednesday, March 11')")


def test_the_typed_jump_takes_a_day_and_a_provider(page, office):
    page.goto("/schedule")
    keys = Keys(page)
    keys.press("d").see("#f-go:focus").type("3/10").press("Enter").see("h1:has-text('Tuesday, March 10')")
    keys.press("d").see("#f-go:focus").type("dr ruiz").press("Enter")
    keys.see(f"[data-col='{office.ruiz.provider_id}']:only-of-type, .chip-filter:has-text('Ana Ruiz')")
    assert page.locator("[data-col]").count() == 1


def test_the_list_does_what_the_grid_does(page, office):
    visit = office.book(ana())
    page.goto("/schedule/agenda?day=2026-03-10")
    page.locator("[data-row]", has_text="Ana Ito").focus()
    keys = Keys(page)
    keys.press("x").see(".letters").press("p").press("Enter").see(".readback-title:has-text('Cancelled')")
    visit.refresh_from_db()
    assert visit.status == "cancelled"


def test_closing_the_panel_gives_the_focus_back_to_the_visit(page, office):
    visit = office.book(ana())
    page.goto("/schedule?day=2026-03-10")
    page.locator(f"#visit-{visit.pk}").focus()
    keys = Keys(page)
    keys.press("Enter").see("#sheet .visit-card").press("Escape")
    page.wait_for_selector(f"#visit-{visit.pk}:focus")


def test_the_printed_day_shows_who_comes_and_nothing_that_is_pressed(page, office):
    visit = office.book(ana())
    page.goto("/schedule?day=2026-03-10")
    page.emulate_media(media="print")
    printed = page.locator(f"#visit-{visit.pk}")
    assert printed.is_visible()
    assert "Ito" in printed.inner_text()
    assert page.locator("h2:has-text('March 10')").is_visible()
    assert not page.locator(".topbar").is_visible()
    assert not page.locator(".cal-side aside").is_visible()


def test_a_visit_of_one_line_says_when_it_is_and_hides_what_the_lane_is_called(page, office):
    visit = office.book(ana())
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/schedule?day=2026-03-10")
    shown = page.locator(f"#visit-{visit.pk} .visit-time")
    assert shown.bounding_box()["width"] > 15
    behind = page.locator(f"[role=gridcell]:has(#visit-{visit.pk})")
    assert behind.evaluate("one => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"


@pytest.fixture
def rosa_account(elm_street, request):
    """Whoever changes the kinds of visit manages the practice."""
    return make.user(role="manager" if "table" in request.node.name else "psr")


def test_a_table_wider_than_a_telephone_widens_no_page_and_keeps_its_button_in_sight(page, office):
    office.visit.name = "A follow-up that is named at some length, for instance so"
    office.visit.save()
    page.set_viewport_size({"width": 320, "height": 844})
    page.goto("/visit-types")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    box = page.locator(".table .row-end a").first.bounding_box()
    assert box["x"] + box["width"] <= 320

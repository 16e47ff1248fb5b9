"""Everything that moves on a page, moved by keyboard: the search, the panel, the keys, the lists and the book."""

import pytest

from tests.browser import until
from tests.ui.rendering import environment, frame

ROWS = """
{{ ui.hit(31, "Maria Smith", "3/14/1962", 63, "/catalogue?show=patient", phone_last4="0134", verbs=[("b", "Book", "/catalogue?show=panel")]) }}
{{ ui.hit(32, "Marianne Smythe", "3/14/1982", 43, "/catalogue?show=patient", verbs=[("b", "Book", "/catalogue?show=panel")]) }}
{{ ui.hit_register("smi ma", "/catalogue?show=panel") }}
"""


@pytest.fixture
def searches(page):
    """What the search asked for; it always finds the two."""
    asked = []

    def answer(route):
        asked.append((route.request.method, route.request.url.split("/")[-1], route.request.post_data))
        route.fulfill(
            status=200, content_type="text/html", body=environment().from_string(ROWS).render(frame())
        )

    page.route("**/find*", answer)
    return asked


def loads(page):
    """Count page loads from now on; parts fetched by htmx are none."""
    seen = []
    page.on("request", lambda request: seen.append(request.url) if request.is_navigation_request() else None)
    return seen


def show(page, name):
    page.goto(f"/catalogue?show={name}")
    until(page, "!!(window.htmx && document.activeElement)")


def focused(page):
    return page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()")


def test_slash_searches_and_enter_opens_without_a_page_load(page, searches):
    show(page, "desk")
    seen = loads(page)
    page.keyboard.press("/")
    page.keyboard.type("smi ma 3/14/62")
    page.keyboard.press("Enter")
    page.wait_for_selector(".patient-name")
    assert seen == [] and page.title() == "Patient · frontdesk"
    assert searches[-1] == ("POST", "find", "q=smi+ma+3%2F14%2F62")


def test_what_is_typed_stands_in_no_address(page, searches):
    show(page, "desk")
    page.keyboard.press("Control+k")
    page.keyboard.type("smith")
    page.wait_for_selector("[role=option]")
    assert all("smith" not in address for _, address, _ in searches)
    assert "smith" not in page.url


def test_arrows_choose_and_the_chosen_row_is_said(page, searches):
    show(page, "desk")
    page.keyboard.press("/")
    page.keyboard.type("smi")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#omnibox-text", "aria-activedescendant") == "hit-32"
    assert page.get_attribute("#hit-32", "aria-selected") == "true"


def test_alt_and_a_letter_does_the_verb_of_the_row(page, searches):
    show(page, "desk")
    page.keyboard.press("/")
    page.keyboard.type("smi")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Alt+b")
    page.wait_for_selector("#sheet[open] .panel-title")
    assert page.get_attribute("#sheet", "aria-label") == "Reschedule"


def test_a_letter_typed_in_the_search_is_a_letter(page, searches):
    show(page, "patient")
    page.keyboard.press("/")
    page.keyboard.type("brx")
    page.wait_for_selector("[role=option]")
    assert page.input_value("#omnibox-text") == "brx"
    assert not page.is_visible("#sheet")


def test_escape_goes_one_level_back_each_time(page, searches):
    show(page, "patient")
    page.keyboard.press("r")
    page.wait_for_selector("#sheet[open]")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#omnibox[open]")
    page.keyboard.press("Escape")
    assert not page.is_visible("#omnibox") and page.is_visible("#sheet")
    page.keyboard.press("Escape")
    assert not page.is_visible("#sheet")
    # The browser tells of a dialog that has closed a moment later, and then the focus goes back.
    until(page, "document.activeElement.textContent.trim().startsWith('Reschedule')")


def test_panel_opens_on_the_first_field_and_keeps_what_is_typed_from_one_escape(page):
    show(page, "patient")
    page.keyboard.press("b")
    page.wait_for_selector("#sheet[open]")
    assert page.evaluate("document.activeElement.value") == "t"
    page.evaluate("document.querySelector('#sheet form').removeAttribute('data-draft')")
    page.fill("#sheet #f-internal_note", "bring the son")
    page.keyboard.press("Escape")
    assert page.is_visible("#sheet")
    page.keyboard.press("Escape")
    assert not page.is_visible("#sheet")


def test_keys_are_listed_from_the_screen(page):
    show(page, "patient")
    page.keyboard.press("?")
    words = page.inner_text("#keys")
    assert all(word in words for word in ("Book", "Reschedule", "Unchanged", "Find patient"))


def test_keys_can_be_switched_off_and_stay_off(page):
    show(page, "patient")
    page.click(".menu-end summary")
    with page.expect_response("**/preferences") as kept:
        page.click("[data-preference=keys][data-value=off]")
    assert kept.value.status == 204
    page.keyboard.press("Escape")
    page.reload()
    until(page, "!!window.htmx")
    page.keyboard.press("r")
    page.keyboard.press("/")
    page.wait_for_timeout(200)
    assert not page.is_visible("#sheet") and not page.is_visible("#omnibox")
    page.keyboard.press("Control+k")
    assert page.is_visible("#omnibox")


def test_theme_and_density_are_kept(page):
    show(page, "desk")
    page.click(".menu-end summary")
    for name, value in (("theme", "dark"), ("density", "compact")):
        with page.expect_response("**/preferences"):
            page.click(f"[data-preference={name}][data-value={value}]")
    page.reload()
    assert (
        page.get_attribute("html", "data-theme") == "dark"
        and page.get_attribute("html", "data-density") == "compact"
    )


def test_a_list_is_one_stop_of_tab_and_arrows_move(page):
    show(page, "desk")
    assert page.locator("[data-row][tabindex='0']").count() == 1
    page.locator("[data-row][tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    assert "José" in focused(page)
    page.keyboard.press("j")
    assert "Grace" in focused(page)
    page.keyboard.press("End")
    assert "Bo Brandt" in focused(page)
    page.keyboard.press("Home")
    assert "Ana Ito" in focused(page)


def test_the_book_is_walked_by_arrows(page):
    show(page, "schedule")
    assert page.locator(".cal [tabindex='0']").count() == 1
    page.focus("#visit-1240")
    page.keyboard.press("ArrowDown")
    assert "9:20" in focused(page)
    page.keyboard.press("ArrowRight")
    assert "José" in focused(page)
    assert page.locator(".cal [tabindex='0']").count() == 1


def test_a_visit_is_moved_without_dragging(page):
    asked = []
    page.route(
        "**/appointments/**",
        lambda route: (
            asked.append(route.request.url),
            route.fulfill(body="<p data-panel>Read back</p>", content_type="text/html"),
        ),
    )
    show(page, "schedule")
    page.focus("#visit-1300")
    page.keyboard.press("m")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sheet[open]")
    assert (
        "/appointments/1300/move" in asked[0]
        and "column=1" in asked[0]
        and f"minutes={7 * 60 + 28 * 5}" in asked[0]
    )


def test_go_and_a_letter_goes_to_a_place(page):
    page.route(
        "**/schedule",
        lambda route: route.continue_(url=route.request.url.replace("/schedule", "/catalogue?show=schedule")),
    )
    show(page, "desk")
    seen = loads(page)
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_selector(".cal")
    assert seen == [] and page.evaluate("document.activeElement.id") == "main"


def test_a_page_has_one_skip_link_first(page):
    show(page, "desk")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
@pytest.mark.parametrize("name", ["desk", "schedule", "patient", "components"])
def test_nothing_sticks_out_sideways(page, name, width):
    page.set_viewport_size({"width": width, "height": 800})
    show(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width

"""axe finds nothing against the components and sample screens, wide and narrow, light and dark, closed and opened."""

import pytest

from tests.browser import until
from tests.halves import half
from tests.ui.axe import violations

STATES = {"as it comes": [], "panel open": ["r"], "keys open": ["?"], "search open": ["Control+k"]}


@pytest.fixture(params=half(["light", "dark"]))
def themed(page, request):
    page.emulate_media(color_scheme=request.param, reduced_motion="reduce")
    return page


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", ["components", "desk", "schedule", "patient"])
def test_sheet(themed, name, width):
    themed.set_viewport_size({"width": width, "height": 900})
    themed.goto(f"/catalogue?show={name}")
    until(themed, "!!window.htmx")
    assert violations(themed) == []


@pytest.mark.parametrize("state", list(STATES))
def test_opened(themed, state):
    themed.goto("/catalogue?show=patient")
    until(themed, "!!window.htmx")
    for key in STATES[state]:
        themed.keyboard.press(key)
        themed.wait_for_selector("dialog[open]")
        themed.wait_for_timeout(150)
    if state == "panel open":
        themed.wait_for_selector("#sheet .panel-title")
    assert violations(themed) == []


@pytest.mark.parametrize("address", ["/sign-in", "/no-such-page", "/catalogue?show=nothing"])
def test_doors(themed, address):
    if address == "/sign-in":
        themed.context.clear_cookies()
    themed.goto(address)
    assert violations(themed) == []

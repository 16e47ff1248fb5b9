"""Verify a caller by keyboard alone: one key, what they said, Enter; the banner shows it, and ends with the call."""

from tests.factories.patients import ana
from tests.factories.privacy import related


def test_one_key_what_they_said_and_enter(page, elm_street, rosa_account):
    who = ana()
    page.goto(f"/patients/{who.pk}")
    page.keyboard.press("i")
    page.wait_for_selector("#sheet[open] .verify")
    assert not page.locator("#f-speaker_name").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("ana ito")
    page.keyboard.press("Tab")
    page.keyboard.type("3/14/62")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sheet .note-good")
    page.wait_for_selector("#banner .alert-good")
    assert "Verified until 9:30 am" in page.locator("#banner").inner_text()


def test_what_is_on_file_shows_once_it_was_heard(page, elm_street, rosa_account):
    who = ana()
    page.goto(f"/patients/{who.pk}/verify")
    on_file = page.get_by_text("On file: 8 Elm Street")
    assert not on_file.is_visible()
    page.check("#f-ticked-address")
    assert on_file.is_visible()


def test_the_chart_behind_is_blurred_while_somebody_is_asked(page, elm_street, rosa_account):
    who = ana()
    page.goto(f"/patients/{who.pk}")
    blur = "getComputedStyle(document.querySelector('.patient-facts')).filter"
    assert page.evaluate(blur) == "none"
    page.keyboard.press("i")
    page.wait_for_selector("#sheet[open] .verify")
    assert "blur" in page.evaluate(blur)
    page.keyboard.press("Escape")
    page.wait_for_selector("#sheet:not([open])", state="attached")
    assert page.evaluate(blur) == "none"


def test_a_sister_is_told_of_appointments_until_the_call_is_over(page, elm_street, rosa_account):
    who = ana()
    related(who)
    page.goto(f"/patients/{who.pk}")
    page.keyboard.press("i")
    page.get_by_label("Mika Ito").check()
    page.fill("#f-said_name", "Ana Ito")
    page.fill("#f-said_phone", "0134")
    page.get_by_role("button", name="Verify", exact=True).click()
    page.get_by_text("May be told of appointments.").wait_for()
    page.get_by_role("button", name="The call is over").click()
    page.wait_for_selector("#banner .alert-good", state="detached")

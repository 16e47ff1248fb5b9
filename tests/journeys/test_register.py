"""Register while the caller waits: nothing typed twice, nobody registered twice, nothing lost."""

import pytest

from frontdesk.office.patients.models import Contact, Patient
from tests.browser import until
from tests.factories.patients import ana
from tests.journeys.office import Keys, Office


def begin(page, words):
    """Search for somebody who is not there, and go on with the last row."""
    keys = Keys(page)
    keys.press("/").see("#omnibox-text:focus").type(words).see("#hit-register")
    return keys


def last_row(keys):
    keys.press("ArrowUp").see("#hit-register[aria-selected=true]").press("Enter").see("#register-form")


def test_with_no_click_and_what_was_searched_filled_in(page, elm_street):
    page.goto("/")
    keys = begin(page, "zelda quill 3/14/1962")
    last_row(keys)
    assert page.input_value("#f-legal_first") == "Zelda"
    assert page.input_value("#f-legal_last") == "Quill"
    assert page.input_value("#f-birth_date") == "3/14/1962"
    keys.see("#register-form :focus")
    keys.press("f")
    _walk_to(keys, "phone").type("6175550111")
    _walk_to(keys, "language").type("Engl")
    _walk_to(keys, "zip").type("02143").press("Enter")
    keys.see("h1:has-text('Zelda Quill')")
    made = Patient.objects.get()
    assert (made.sex, made.language, str(made.birth_date)) == ("female", "en", "1962-03-14")
    assert Contact.objects.get(patient=made).value.endswith("6175550111")
    assert keys.loads == 0


def _walk_to(keys, name):
    """Tab on until a field has the focus; never a click."""
    for _ in range(12):
        if keys.page.evaluate("document.activeElement.name") == name:
            return keys
        keys.press("Tab")
    raise AssertionError(f"{name} cannot be reached with Tab")


def test_who_is_registered_already_is_shown_while_typing_and_stops_the_form(page, elm_street):
    known = ana()
    page.goto("/patients/register")
    for name, value in (("legal_first", "Ana"), ("legal_last", "Ito"), ("birth_date", "3/14/62")):
        page.locator(f"#f-{name}").focus()
        page.keyboard.type(value)
    keys = Keys(page)
    keys.see(".likely:has-text('Ana Ito')")
    page.locator("#f-phone").focus()
    keys.type("6175550134")
    page.locator("#f-sex input[value=female]").focus()
    keys.press("Space")
    page.locator("#f-language").focus()
    keys.type("Japan")
    page.locator("#f-zip").focus()
    keys.type("02143").press("Enter").see("text=Is this the same person?")
    assert Patient.objects.count() == 1
    keys.press("y").see("h1:has-text('Ana Ito')")
    assert page.url.endswith(f"/patients/{known.pk}")


def test_what_a_family_shares_is_copied_by_keyboard_and_nothing_typed_is_lost(page, elm_street):
    ana()
    page.goto("/patients/register")
    page.locator("#f-legal_first").focus()
    keys = Keys(page).type("Ken")
    page.locator("#f-copy_from").focus()
    keys.press("Enter").see("#omnibox-text:focus").type("ito ana").see("[id^=hit-]:not(#hit-register)")
    keys.press("Enter").see("#register-reach:has-text('are those of Ana Ito')")
    for name, value in {
        "phone": "(617) 555-0134",
        "zip": "02143",
        "language": "ja",
        "legal_first": "Ken",
    }.items():
        assert page.locator(f"#register-form [name={name}]").input_value() == value
    assert keys.loads == 0


def test_what_was_typed_is_there_again_after_leaving(page, elm_street):
    page.goto("/patients/register")
    page.locator("#f-legal_first").focus()
    page.keyboard.type("Zelda")
    page.wait_for_selector("[data-draft-state]:has-text('Kept')")
    page.goto("/")
    page.goto("/patients/register")
    page.get_by_role("link", name="Take it up again").focus()
    page.keyboard.press("Enter")
    until(page, "() => document.querySelector('#f-legal_first').value === 'Zelda'")


def test_registering_inside_a_booking_goes_on_with_the_booking(page, elm_street):
    office = Office(elm_street)
    page.goto(f"/openings?type={office.visit.pk}")
    keys = Keys(page)
    keys.see(".offer").press("Escape")
    page.locator(".pick").first.focus()
    keys.press("Enter").see("#omnibox-text:focus").type("zelda quill 3/14/1962").see("#hit-register")
    last_row(keys)
    assert page.input_value("#f-legal_last") == "Quill"

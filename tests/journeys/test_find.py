"""Find a patient from anywhere: no click, no page load, whatever the caller gives first."""

from datetime import date

import pytest

from frontdesk.office.audit.models import AuditEntry
from tests.browser import until
from tests.factories.patients import ana, bo
from tests.journeys.office import Keys


@pytest.fixture
def who(elm_street):
    bo()
    ana(legal_first="Anatole", birth_date=date(1990, 1, 2))
    return ana()


def test_by_name_and_date_of_birth_with_no_click_and_no_page_load(page, who):
    page.goto("/schedule")
    keys = Keys(page)
    keys.press("/").see("#omnibox-text:focus").type("it an 3/14/62").see(f"#hit-{who.pk}")
    until(page, "() => document.querySelectorAll('[id^=hit-]:not(#hit-register)').length === 1")
    keys.press("Enter").see("h1:has-text('Ana Ito')")
    assert keys.loads == 0
    assert keys.count <= 16, keys.count


@pytest.mark.parametrize("words", ["0134", "03/14/1962", "031462", "ito ana", "ANA ITO", "itto ana"])
def test_by_whatever_is_known(page, who, words):
    page.goto("/")
    Keys(page).press("/").see("#omnibox-text:focus").type(words).see(f"#hit-{who.pk}")


def test_the_search_leaves_no_trace_in_the_address_but_one_in_the_record(page, who):
    page.goto("/")
    Keys(page).press("/").see("#omnibox-text:focus").type("ito").see(f"#hit-{who.pk}")
    assert "ito" not in page.url
    assert AuditEntry.objects.filter(action="patients.search").exists()


def test_letters_typed_into_the_search_never_act_as_keys(page, who):
    page.goto("/schedule")
    keys = Keys(page)
    keys.press("/").see("#omnibox-text:focus").type("tob")
    assert page.input_value("#omnibox-text") == "tob"
    assert "/schedule" in page.url


def test_escape_goes_back_to_where_one_was(page, who):
    page.goto("/schedule")
    keys = Keys(page)
    keys.press("/").see("#omnibox-text:focus").press("Escape")
    page.wait_for_selector("#omnibox[open]", state="detached")
    assert "/schedule" in page.url

"""The record: corrected in place, confirmed with one key, two people at once, and all of it in the history."""

import pytest

from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import Confirmation, Patient
from tests.browser import until
from tests.factories.patients import ana
from tests.journeys.office import Keys, Office
from tests.people import mia


@pytest.fixture
def who(elm_street):
    return ana()


def test_everything_unchanged_is_one_key(page, who):
    page.goto(f"/patients/{who.pk}")
    Keys(page).press("u").gone("text=never confirmed")
    assert Confirmation.objects.filter(patient=who).exists()


def test_a_correction_in_place_stands_in_the_history_with_before_and_after(page, who):
    page.goto(f"/patients/{who.pk}/person?edit=identity")
    page.locator("[name=legal_last]").select_text()
    keys = Keys(page)
    keys.type("Mori").press("Enter").see("h1:has-text('Ana Mori')")
    assert keys.loads == 0
    page.goto(f"/patients/{who.pk}/history")
    row = page.locator(".diff-changed", has_text="Last name").first
    assert (row.locator("del").inner_text(), row.locator("ins").inner_text()) == ("Ito", "Mori")
    assert "Rosa Diaz" in page.locator(".timeline li").first.inner_text()


def test_two_people_at_once_lose_nothing(page, who):
    page.goto(f"/patients/{who.pk}/person?edit=identity")
    read = Patient.objects.get(pk=who.pk)
    patients.update_demographics(
        mia(), patient_id=who.pk, version=read.version, base={"language": "ja"}, changes={"language": "ko"}
    )
    page.locator("[name=preferred_name]").focus()
    Keys(page).type("Annie").press("Enter").see("h1:has-text('Annie')")
    who.refresh_from_db()
    assert (who.preferred_name, who.language) == ("Annie", "ko")


def test_the_same_field_shows_both_and_asks(page, who):
    page.goto(f"/patients/{who.pk}/person?edit=identity")
    read = Patient.objects.get(pk=who.pk)
    patients.update_demographics(
        mia(),
        patient_id=who.pk,
        version=read.version,
        base={"preferred_name": ""},
        changes={"preferred_name": "Nan"},
    )
    page.locator("[name=preferred_name]").focus()
    Keys(page).type("Annie").press("Enter").see("text=Nan")
    assert page.locator("[name=preferred_name]").input_value() == "Annie"
    who.refresh_from_db()
    assert who.preferred_name == "Nan"


@pytest.mark.parametrize(("tab", "said"), [("", "1 to come"), ("/visits", "Cancelled")])
def test_the_record_follows_what_the_book_does_from_it(page, elm_street, who, tab, said):
    office = Office(elm_street)
    first = office.book(who, hour=9)
    later = office.book(who, hour=11)
    page.goto(f"/patients/{who.pk}{tab}")
    keys = Keys(page)
    keys.press("x").see(".letters").press("p").press("Enter").see(".readback-title")
    page.wait_for_selector(f"#banner [href='/appointments/{later.pk}/cancel']")
    assert not page.locator(f"#banner [href='/appointments/{first.pk}/cancel']").count()
    assert said in page.locator("#visits-here").inner_text()
    assert keys.loads == 0
    page.keyboard.press("Escape")
    # The browser tells of a dialog that has closed a moment later, and then the focus goes back.
    until(page, "document.activeElement.dataset.key === 'x'")

"""Cancel a visit: X, the letter of the reason, Enter."""

import pytest

from tests.factories.patients import ana
from tests.journeys.office import Keys, Office


@pytest.fixture
def office(elm_street):
    return Office(elm_street)


def test_cancelling_with_a_reason_takes_at_most_5_keys(page, office):
    visit = office.book(ana())
    page.goto(f"/appointments/{visit.pk}")
    keys = Keys(page)
    keys.press("x").see(".letters").press("p").press("Enter").see(".readback-title:has-text('Cancelled')")
    visit.refresh_from_db()
    assert (visit.status, visit.cancel_reason.code) == ("cancelled", "patient_asked")
    assert keys.count <= 5, keys.count
    assert keys.loads == 0


def test_y_goes_on_to_another_time_of_the_same_kind(page, office):
    visit = office.book(ana())
    page.goto(f"/appointments/{visit.pk}")
    keys = Keys(page)
    keys.press("x").see(".letters").press("p").press("Enter").see(".readback-title").press("y").see(
        ".finder-panel .offer:focus"
    )


def test_enter_without_a_reason_cancels_nothing(page, office):
    visit = office.book(ana())
    page.goto(f"/appointments/{visit.pk}")
    Keys(page).press("x").see(".letters").press("Enter")
    page.wait_for_timeout(300)
    visit.refresh_from_db()
    assert visit.status == "scheduled"


def test_letters_do_nothing_when_they_are_switched_off(page, office, rosa_account):
    rosa_account.preferences = {"keys": "off"}
    rosa_account.save()
    visit = office.book(ana())
    page.goto(f"/appointments/{visit.pk}")
    Keys(page).press("x")
    page.wait_for_timeout(300)
    assert not page.locator(".letters").count()

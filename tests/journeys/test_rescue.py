"""A provider is out: everyone on one sheet, settled row by row, nobody forgotten."""

import pytest

from frontdesk.office.scheduling.models import Appointment
from tests.factories import practice as make
from tests.factories.patients import ana, bo
from tests.journeys.office import Keys, Office


@pytest.fixture
def rosa_account(elm_street):
    return make.user(role="lead")


def test_everyone_affected_is_moved_or_cancelled_and_counted(page, elm_street):
    office = Office(elm_street)
    first, second = office.book(ana()), office.book(bo(), hour=10)
    page.goto("/schedule/rescue")
    page.locator("#f-provider").select_option(str(office.lee.provider_id))
    page.locator("#f-from").fill("3/10")
    page.locator("#f-reason").fill("ill")
    page.locator("#f-reason").press("Enter")
    keys = Keys(page)
    keys.see("text=0 of 2 settled")
    page.locator("[data-row]", has_text="Ana Ito").focus()
    keys.press("c").see("#sheet .letters").press("n").see("td:has-text('No answer')")
    page.locator("[data-row]", has_text="Ana Ito").focus()
    keys.press("Enter").see("#sheet .readback").press("y").see("text=1 of 2 settled")
    page.locator("[data-row]", has_text="Bo Brandt").focus()
    keys.press("Enter").see("#sheet .readback").press("x").see("text=2 of 2 settled").see(
        "text=Nobody is forgotten"
    )
    assert Appointment.objects.get(replaces=first).starts != first.starts
    second.refresh_from_db()
    assert second.status == "cancelled"

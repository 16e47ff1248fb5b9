"""A referral in few keys; the thirteenth visit of twelve, and a move past its last day, are said before the last key."""

import os
from datetime import date, timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.office.referrals.models import Authorization, Use
from tests.factories.coverage import policy
from tests.factories.patients import ana
from tests.factories.referrals import authorization, wanted
from tests.journeys.office import TUESDAY, Keys, Office


@pytest.fixture
def office(elm_street):
    made = Office(elm_street)
    with clock.fixed(made.at(8)):
        yield made


def test_a_referral_is_typed_and_its_limits_are_said_before_a_booking_and_a_move(page, office):
    held = policy(ana())
    wanted(held.payer_id, office.visit)
    page.goto(f"/patients/{held.patient_id}/insurance")
    keys = Keys(page)
    keys.press("t").see("#f-kind:focus").press("Tab").type("R-77").press("Tab").type("1")
    keys.press("Tab").press("Tab").type("3/12/2026").press("Enter")
    keys.see("#referrals:has-text('1 of 1 visit left')")
    assert keys.count <= 25
    row = Authorization.objects.get()
    assert (row.number, row.allowed, row.ends) == ("R-77", 1, date(2026, 3, 12))

    page.goto(f"/patients/{held.patient_id}/book?type={office.visit.pk}")
    keys = Keys(page).see(".offer").press("1").see(".readback")
    page.wait_for_selector("text=Shall I book it")
    assert page.locator("text=Before you book").count() == 0
    keys.press("Enter").see("text=Referral R-77, 0 of 1 visit left")
    assert Use.objects.get().authorization_id == row.pk

    page.goto(f"/patients/{held.patient_id}/book?type={office.visit.pk}")
    keys = Keys(page).see(".offer").press("3").see("text=Before you book")
    keys.see("text=this would be visit 2 of 1").press("Enter").see("text=To be seen to")

    visit = Use.objects.get().appointment
    page.goto(f"/appointments/{visit.pk}")
    day = TUESDAY + timedelta(days=6)
    page.goto(f"/appointments/{visit.pk}/reschedule?reason_code=patient_asked&from={day:%m/%d/%Y}")
    keys = Keys(page).see(".offer").press("1").see("text=Before you move it")
    keys.see("text=Referral R-77 ends on 3/12/2026, before this visit.").press("Enter").see(
        "text=To be seen to"
    )
    assert Use.objects.filter(back_at=None).count() == 1, "the other visit has taken it"


@pytest.mark.parametrize("width", [1440, 390])
def test_what_there_is_to_see_is_open_to_everyone(page, office, width):
    from tests.ui.axe import violations

    held = policy(ana())
    wanted(held.payer_id, office.visit, authorization=True, referral=True)
    authorization(held, used_before=11, ends=TUESDAY + timedelta(days=3), referred_by="Dr. Grace Okafor")
    wait = authorization(held, kind="authorization", number="", state="draft", visit_type_id=office.visit.pk)
    office.book(held.patient)
    office.book(held.patient, 10)
    page.set_viewport_size({"width": width, "height": 900})
    for name, address in (
        ("tab", f"/patients/{held.patient_id}/insurance"),
        ("list", "/referrals"),
        ("rules", f"/payers/{held.payer_id}/referrals"),
        ("tomorrow", "/tomorrow?day=2026-03-10"),
        ("add", f"/patients/{held.patient_id}/referrals/add"),
        ("one", f"/patients/{held.patient_id}/referrals/{wait.pk}"),
        ("ask", f"/patients/{held.patient_id}/referrals/{wait.pk}/ask"),
    ):
        page.goto(address)
        Keys(page).see("h1, h2")
        if folder := os.environ.get("FRONTDESK_LOOK"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        assert not violations(page), address
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address

"""Insurance while the caller waits: typed in few keys, asked at once, its verdict there without another key."""

import pytest

from frontdesk.kit import clock
from frontdesk.office.coverage.models import EligibilityCheck, Policy
from tests.factories.coverage import payer, policy
from tests.factories.eligibility import AETNA, WIRE, answer, asked, failed
from tests.factories.patients import ana
from tests.journeys.office import Keys


@pytest.fixture(autouse=True)
def _wired(settings):
    settings.CONNECTIONS = WIRE


def test_a_policy_is_typed_in_26_keys_and_its_verdict_comes_by_itself(page, elm_street):
    who = ana()
    payer()
    page.goto(f"/patients/{who.pk}/insurance")
    keys = Keys(page)
    keys.press("n").see("#f-payer:focus").type("aetna").press("Tab").see("#f-member_id:focus")
    keys.type("W123456789").press("Enter").see(".verdict:has-text('Being asked')")
    assert keys.count <= 26
    held = Policy.objects.get()
    assert (held.relationship, held.member_id) == ("self", "W123456789")
    answer(EligibilityCheck.objects.get(policy=held), *AETNA)
    keys.see(".verdict:has-text('Active'):has-text('$35 copay')")
    page.wait_for_selector("#said:has-text('Aetna: Active')", state="attached")
    assert keys.count <= 26


def test_one_key_asks_again_and_the_focus_is_not_lost(page, elm_street):
    held = policy(ana())
    page.goto(f"/patients/{held.patient_id}/insurance")
    keys = Keys(page).press("e")
    keys.see(".verdict:has-text('Being asked')")
    row = EligibilityCheck.objects.get()
    answer(row, "EB*6**30")
    keys.see(".verdict:has-text('Inactive')")
    assert keys.loads == 0


def test_the_card_of_a_visit_asks_and_shows_what_came(page, elm_street, rosa_account):
    from tests.journeys.office import Office

    office = Office(elm_street)
    held = policy(ana())
    with clock.fixed(office.at(8)):
        visit = office.book(held.patient)
        page.goto(f"/visits/{visit.pk}")
        page.locator("#visit-card a").first.focus()
        keys = Keys(page).press("q")
        keys.see(".visit-cover:has-text('Being asked')")
        answer(EligibilityCheck.objects.get(), *AETNA)
        keys.see(".visit-cover:has-text('$35 copay')")


@pytest.mark.parametrize("width", [1440, 390])
def test_each_state_is_open_to_everyone(page, elm_street, width):
    from tests.ui.axe import violations

    who, day = ana(), clock.today(elm_street.zone)
    aetna, cigna, humana = payer(), payer("Cigna", "62308"), payer("Humana", "61101")
    wait, late, told = (policy(who, payer_id=one.pk) for one in (aetna, cigna, humana))
    answer(asked(told, day), *AETNA, member="W1", last="ITOH")
    failed(late, day)
    asked(wait, day)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/patients/{who.pk}/insurance")
    Keys(page).see(".spelled")
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

"""A card is scanned while the patient stands there, by keys; a scanner at the desk types a license into the form."""

import pytest

from frontdesk.office.coverage.models import CardScan, Policy
from frontdesk.office.patients.models import Patient
from tests.browser import until
from tests.factories import cards, licenses
from tests.factories.coverage import policy, read
from tests.factories.patients import ana
from tests.journeys.office import Keys
from tests.ui.axe import violations


def test_a_changed_card_is_scanned_compared_and_taken_over_by_keys(page, elm_street, tmp_path):
    held = policy(ana())
    photo = tmp_path / "front.jpg"
    photo.write_bytes(cards.front(edge=900))
    page.goto(f"/patients/{held.patient_id}/insurance")
    keys = Keys(page).press("c").see("#f-front:focus")
    page.set_input_files("#f-front", str(photo))  # what a telephone's camera hands over
    page.locator("#sheet button[type=submit]").focus()
    keys.press("Enter").see(".verdict:has-text('Being read')")
    read(CardScan.objects.get(), ("member_id", "HM48213977", 97), ("copays", "PCP $25", 96))
    keys.see(".card-field-other:has-text('HM48213977')").press("t")
    keys.see(".policy:has-text('HM48213977')")
    until(page, "() => document.querySelector('.card-thumb img').naturalWidth > 0")
    assert Policy.objects.get().member_id == "HM48213977"
    assert not violations(page)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_field_is_taken_from_the_card_by_itself(page, elm_street, width):
    from tests.factories.coverage import scanned
    from frontdesk.exchange.cards.pictures import tidied

    held = policy(ana())
    card = scanned(held.patient, held, front=tidied(cards.front(edge=700)))
    read(card, ("member_id", "HM48213977", 60), ("group_number", "48213", 97))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/patients/{held.patient_id}/insurance/cards/{card.pk}")
    keys = Keys(page).see(".card-says:has-text('Look twice')")
    page.locator("[data-insert='HM48213977']").focus()
    keys.press("Enter")
    until(page, "() => document.querySelector('#f-member_id').value === 'HM48213977'")
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_scanner_types_a_license_and_the_rest_is_typed_by_hand(page, elm_street):
    page.goto("/patients/register")
    page.locator("#f-phone").focus()
    keys = Keys(page).type("6175550111")
    page.locator(".license-scan summary").focus()
    keys.press("Enter").see("#f-payload")
    page.locator("#f-payload").focus()
    page.keyboard.insert_text(licenses.payload().decode().replace("\x1e", "").replace("\r", "\n"))
    keys.see("text=Filled from the license: name, date of birth, sex, address").see("#f-language:focus")
    assert page.input_value("#f-phone") == "6175550111"
    keys.type("Engl")
    page.locator("#f-zip").focus()
    keys.press("Enter").see("h1:has-text('Sample-Ito')")
    assert str(Patient.objects.get().birth_date) == "1962-03-14"

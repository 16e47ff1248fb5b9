"""A provider is out: one sheet, worked in sentences that fit who is on the telephone."""

from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling import services
from frontdesk.office.scheduling.models import RescueItem, RescueSheet
from tests.factories.scheduling import actor
from tests.entrypoints.desk.scheduling.conftest import HX


def out(desk, office):
    fields = {"provider": office.lee.provider_id, "from": f"{office.day:%m/%d/%Y}", "reason": "Ill"}
    return desk.post("/schedule/rescue", fields)


def test_asked_for_again_it_leads_to_the_sheet_that_is_open(desk, office, visit):
    first, again = out(desk, office), out(desk, office)
    assert first.url == again.url
    assert RescueSheet.objects.count() == 1
    assert "This sheet was open already" in desk.get(again.url).content.decode()


def test_of_a_child_the_sentence_speaks_to_whoever_calls(desk, office, visit):
    Patient.objects.filter(pk=visit.patient_id).update(birth_date=office.day.replace(year=2025))
    out(desk, office)
    html = desk.get(f"/rescue-lines/{RescueItem.objects.get().pk}", headers=HX).content.decode()
    assert "For Ana: I am sorry: Dr. Lee is out" in html


def test_what_was_settled_elsewhere_stands_on_the_sheet_with_the_reason(desk, office, visit):
    sheet = out(desk, office).url
    services.cancel(actor(), appointment_id=visit.pk, reason_code="patient_asked")
    html = desk.get(sheet).content.decode()
    assert "Cancelled: The patient asked" in html
    assert "Nobody is forgotten" in html

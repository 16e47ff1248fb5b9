"""A time that comes free is offered to who waits, and booked only when they say yes."""

from frontdesk.office.scheduling import services
from frontdesk.office.scheduling.models import Appointment, WaitlistEntry
from tests.factories.patients import ana, bo
from tests.factories.scheduling import actor
from tests.journeys.office import Keys, Office


def test_a_freed_time_is_offered_and_taken(page, elm_street):
    office = Office(elm_street)
    visit, waits = office.book(ana()), bo()
    services.add_to_waitlist(actor(), patient_id=waits.pk, visit_type_id=office.visit.pk)
    page.goto(f"/appointments/{visit.pk}")
    keys = Keys(page)
    keys.press("x").see(".letters").press("p").press("Enter").see("text=Waiting for such a time")
    assert not Appointment.objects.filter(patient=waits).exists()
    page.locator(".match[data-row]").focus()
    keys.press("Enter").see("text=a time has come free").press("y").see(".readback-title:has-text('Booked')")
    assert Appointment.objects.get(patient=waits).starts == visit.starts
    assert WaitlistEntry.objects.get().status == "booked"


def test_someone_is_put_on_the_list_by_keyboard(page, elm_street):
    office = Office(elm_street)
    patient = ana()
    page.goto("/waitlist")
    keys = Keys(page)
    keys.see("text=Nobody is waiting").press("w").see(".pick:focus").press("Enter").see("#omnibox-text:focus")
    keys.type("it an").see(f"#hit-{patient.pk}").press("Enter").press("Tab")
    page.locator("#sheet #f-type").select_option(str(office.visit.pk))
    page.locator("#sheet #f-note").focus()
    keys.press("Enter").see("#waiting :text('Ana Ito')")
    assert WaitlistEntry.objects.get().patient_id == patient.pk

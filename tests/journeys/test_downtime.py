"""Paper is entered by keyboard alone: number, times, Enter, and the next number waits."""

from frontdesk.kit import clock
from frontdesk.office.downtime import services
from frontdesk.office.downtime.models import PaperForm
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.models import Visit
from tests.factories.patients import ana, bo
from tests.journeys.office import TUESDAY, Keys, Office
from tests.people import gus


def test_two_forms_are_entered_without_a_hand_on_the_mouse(page, elm_street):
    office = Office(elm_street)
    seen, missed = office.book(ana()), office.book(bo(), hour=10)
    with clock.fixed(office.at(7, 30)):
        services.issue_forms(gus(), location_id=elm_street.pk, day=TUESDAY)
    numbers = {form.appointment_id: form.number for form in PaperForm.objects.filter(kind="visit")}
    with clock.fixed(office.at(17)):
        page.goto("/")
        keys = Keys(page).see("#main")
        keys.press("g").press("x").see("#f-number:focus").see("text=0 of 2 entered")
        first = keys.count
        keys.type(numbers[seen.pk]).press("Enter").see("#f-arrived:focus").see("text=Ana Ito")
        for typed in ("852", "855", "902", "9:09a"):
            keys.type(typed).press("Tab")
        keys.type("931").press("Enter").see("#f-number:focus").see("text=1 of 2 entered")
        assert keys.count - first <= 40
        keys.type(numbers[missed.pk]).press("Enter").see("#f-arrived:focus").see("text=Bo Brandt")
        for _ in range(5):
            keys.press("Tab")
        keys.press("ArrowRight").press("ArrowRight").press("Enter").see("text=2 of 2 entered")
    assert Visit.objects.get(appointment=seen).done_at == office.at(9, 31)
    assert Appointment.objects.get(pk=missed.pk).status == "no_show"


def test_a_misread_number_stays_in_the_field_with_what_is_wrong(page, elm_street):
    Office(elm_street)
    page.goto("/downtime")
    keys = Keys(page)
    keys.see("#f-number:focus").type("41728397").press("Enter").see(
        "#f-number-error, .error:has-text('misread')"
    )
    assert page.input_value("#f-number") == "41728397"

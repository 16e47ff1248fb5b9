"""Book a visit while the caller is on the phone, by keyboard alone."""

import pytest

from frontdesk.office.scheduling.models import Appointment, Hold
from tests.factories.patients import ana
from tests.journeys.office import Keys, Office


@pytest.fixture
def office(elm_street):
    return Office(elm_street)


def test_the_first_opening_for_a_known_patient_takes_at_most_26_keys_and_no_page_load(page, office):
    patient = ana()
    page.goto("/schedule")
    keys = Keys(page)
    keys.press("/").type("it an").see(f"#hit-{patient.pk}").press("Alt+b").see("#b-line")
    keys.type("fol").press("Enter").see("#b-found .offer:focus").press("1")
    keys.see("button:focus:has-text('Book Ana Ito 3/14/1962')").press("Enter").see(
        ".readback-title:has-text('Booked')"
    )
    assert (Appointment.objects.get().patient_id, Appointment.objects.get().starts) == (
        patient.pk,
        office.at(8),
    )
    assert keys.count <= 26, keys.count
    assert keys.loads == 0


def test_from_the_chart_b_opens_the_same_panel(page, office):
    patient = ana()
    page.goto(f"/patients/{patient.pk}")
    keys = Keys(page)
    keys.press("b").see("#b-line").type("fol ruiz").press("Enter").see("#b-found .offer:focus").press("2")
    keys.see("button:focus:has-text('Book Ana Ito')").press("Enter").see(".readback-title:has-text('Booked')")
    made = Appointment.objects.get()
    assert (made.provider_id, made.starts) == (office.ruiz.provider_id, office.at(8, 20))


def test_the_time_is_kept_while_it_is_read_back_and_free_again_when_another_is_wanted(page, office):
    patient = ana()
    page.goto(f"/patients/{patient.pk}/book?type={office.visit.pk}")
    keys = Keys(page)
    keys.press("1").see("text=Kept for you")
    assert Hold.objects.get().starts == office.at(8)
    keys.press("o").gone("text=Kept for you").see(".finder-panel .offer")
    assert not Hold.objects.exists()


def test_a_time_taken_by_somebody_else_a_moment_before_is_refused_in_words_and_nothing_is_lost(page, office):
    from tests.factories.patients import bo

    patient = ana()
    page.goto(f"/patients/{patient.pk}/book?type={office.visit.pk}")
    page.wait_for_selector(".offer:focus")
    office.book(bo(), hour=8)
    Keys(page).press("1").see("text=has just been taken")
    assert Appointment.objects.count() == 1


def test_a_free_time_of_the_grid_is_booked_slot_first(page, office):
    patient = ana()
    page.goto("/schedule?day=2026-03-10")
    page.locator("a.cal-slot").first.focus()
    keys = Keys(page)
    keys.press("Enter").see(".slot-types button:focus").press("1").see("text=Who is it for")
    keys.see(".pick:focus").press("Enter").see("#omnibox-text:focus").type("it an").see(
        f"#hit-{patient.pk}"
    ).press("Enter")
    keys.see("button:focus:has-text('Book Ana Ito 3/14/1962')").press("Enter").see(
        ".readback-title:has-text('Booked')"
    )
    assert Appointment.objects.get().starts == office.at(8)
    keys.press("q")
    page.wait_for_selector(f"#visit-{Appointment.objects.get().pk}")

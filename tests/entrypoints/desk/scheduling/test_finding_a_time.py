"""The finder: a line, or fields in any order; offers to say aloud; why a time is refused."""

from tests.entrypoints.desk.scheduling.conftest import HX


def text(answer):
    return answer.content.decode()


def test_the_finder_begins_with_a_line_and_asks_which_visit(desk):
    assert "Which visit?" in text(desk.get("/openings"))


def test_a_typed_line_offers_times_worded_for_reading_aloud(desk):
    html = text(desk.get("/openings?line=follow+lee+am"))
    assert "Tuesday, March 10th at 8 in the morning with Dr. Lee" in html
    assert "Ruiz" not in html.split('id="found"')[1]


def test_offers_that_are_said_do_not_overlap(desk):
    html = text(desk.get("/openings?line=follow+lee"))
    assert "8:00 am" in html
    assert "8:05 am" not in html
    assert "8:20 am" in html


def test_a_word_that_is_not_understood_is_named(desk):
    assert "Not understood: zebra" in text(desk.get("/openings?line=follow+zebra"))


def test_a_field_that_cannot_be_read_says_so_and_keeps_what_was_typed(desk, office):
    html = text(desk.get(f"/openings?type={office.visit.pk}&from=someday"))
    assert "is not a day" in html
    assert 'value="someday"' in html


def test_only_the_times_are_drawn_again_when_a_field_changes(desk, office):
    headers = {"HX-Request": "true", "HX-Target": "found"}
    html = text(desk.get(f"/openings?type={office.visit.pk}", headers=headers))
    assert html.lstrip().startswith("{#") or 'id="found"' in html
    assert "<html" not in html


def test_a_wished_time_that_is_taken_names_the_rule_and_who_may_override_it(desk, office, visit):
    html = text(
        desk.get(f"/openings?type={office.visit.pk}&provider={office.lee.provider_id}&wish=3/10+9:00")
    )
    assert "cannot be offered" in html
    assert "May be overridden by: Lead PSR" in html


def test_a_wished_time_that_is_free_says_so(desk, office):
    html = text(
        desk.get(f"/openings?type={office.visit.pk}&provider={office.lee.provider_id}&wish=3/10+9:00")
    )
    assert "is free" in html


def test_a_lead_may_take_a_time_against_a_rule(lead, office, visit):
    html = text(
        lead.get(f"/openings?type={office.visit.pk}&provider={office.lee.provider_id}&wish=3/10+9:00")
    )
    assert "Take it all the same, with a reason" in html


def test_nothing_free_offers_ways_to_ask_for_less(desk, office):
    html = text(
        desk.get(f"/openings?type={office.visit.pk}&provider={office.lee.provider_id}&from=3/14&to=3/20")
    )
    assert "No time fits" in html
    assert "Any provider" in html


def test_the_panel_for_a_patient_opens_beside_the_page_and_is_put_on_record(desk, patient):
    from frontdesk.office.audit.models import AuditEntry

    html = text(desk.get(f"/patients/{patient.pk}/book", headers=HX))
    assert "data-panel" in html
    assert "<html" not in html
    assert AuditEntry.objects.filter(patient_id=patient.pk, action="patients.open_chart").exists()


def test_no_address_of_the_finder_holds_a_name_or_a_date_of_birth(desk, patient):
    html = text(desk.get(f"/patients/{patient.pk}/book?type=1", headers=HX))
    addresses = [part.split('"')[0] for part in html.split('hx-get="')[1:]]
    assert not [one for one in addresses if "Ito" in one or "1962" in one]


def test_a_time_this_patient_may_not_have_is_never_read_out(desk, office, patient, visit):
    from frontdesk.office.scheduling.models import Appointment
    from tests.factories.scheduling import visit_type

    Appointment.objects.filter(pk=visit.pk).update(
        status="done", starts=office.at(9, day=office.day.replace(year=2025))
    )
    new = visit_type(name="New patient", new_patients=True)
    ask = f"/openings?type={new.pk}&patient={patient.pk}"
    html = text(desk.get(ask))
    assert "New patient is for new patients." in html
    assert "Tuesday, March 10th" not in html
    assert "Open to them:" in html and f"type={office.visit.pk}" in html
    assert "New patient is for new patients." in text(desk.get(f"{ask}&wish=3/10+9:00"))


def test_a_time_in_the_line_says_why_it_cannot_be_had_and_offers_what_comes_after(desk, office, visit):
    html = text(desk.get("/openings?line=follow+lee+3/10+9:00am"))
    assert "Tue, Mar 10 at 9:00 am cannot be offered" in html
    assert "That time has just been taken" in html
    assert "9:20 am" in html and "8:00 am" not in html.split('id="found"')[1]
    assert "is free" in text(desk.get("/openings?line=follow+lee+2pm+3/11"))


def test_a_closed_day_is_named(desk, office):
    from frontdesk.office.practice.models import Holiday

    Holiday.objects.create(day=office.day.replace(day=20), name="Founders Day")
    html = text(desk.get("/openings?line=follow+3/20"))
    assert "The office is closed for Founders Day." in html


def test_why_not_is_asked_without_opening_anything(desk):
    html = text(desk.get("/openings"))
    assert html.index('name="wish"') < html.index("Language, gender")

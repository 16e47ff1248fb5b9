"""From an offer to a visit: kept, read back, booked; nothing typed is lost."""

from datetime import timedelta

from frontdesk.kit import clock
from frontdesk.office.scheduling import services
from frontdesk.office.scheduling.models import Appointment, Hold, VisitLength
from tests.entrypoints.desk.scheduling.conftest import HX, hidden
from frontdesk.office.visits.models import Paying
from tests.factories import scheduling as make
from tests.factories.coverage import case


def offer(desk, office, patient, token, **more):
    fields = {"type": office.visit.pk, "patient": patient.pk, "offer": token, **more}
    return desk.post("/openings/hold", fields, headers=HX)


def book(desk, html, office, patient, token, **more):
    fields = {
        "type": office.visit.pk, "patient": patient.pk, "offer": token, "hold": hidden(html, "hold"),
        "_patient": patient.pk, **more,
    }  # fmt: skip
    return desk.post("/openings/book", fields, headers=HX)


def test_picking_an_offer_keeps_the_time_and_reads_it_back(desk, office, patient, token):
    html = offer(desk, office, patient, token(9)).content.decode()
    assert Hold.objects.get().starts == office.at(9)
    assert "I have Tuesday, March 10th at 9 in the morning with Dr. Lee" in html
    assert "Book Ana Ito 3/14/1962" in html


def test_agreeing_books_the_kept_time(desk, office, patient, token):
    html = offer(desk, office, patient, token(9)).content.decode()
    answer = book(desk, html, office, patient, token(9), internal_note="Bring the form")
    made = Appointment.objects.get()
    assert (made.patient_id, made.starts, made.internal_note) == (patient.pk, office.at(9), "Bring the form")
    assert not Hold.objects.exists()
    assert "you are booked for Tuesday, March 10th at 9 in the morning" in answer.content.decode()
    assert "book-changed" in answer["HX-Trigger"]


def test_a_double_click_books_once(desk, office, patient, token):
    html = offer(desk, office, patient, token(9)).content.decode()
    for _ in range(2):
        book(desk, html, office, patient, token(9), _key="one-render")
    assert Appointment.objects.count() == 1


def test_a_time_somebody_else_took_is_refused_and_the_note_is_still_there(
    desk, office, patient, token, visit
):
    answer = book(desk, "", office, patient, token(9), hold="", internal_note="Daughter comes along")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Daughter comes along" in html
    assert Appointment.objects.count() == 1


def test_a_hold_that_is_over_can_still_be_booked_while_the_time_is_free(desk, office, patient, token):
    html = offer(desk, office, patient, token(9)).content.decode()
    with clock.fixed(clock.now() + timedelta(minutes=6)):
        answer = book(desk, html, office, patient, token(9))
    assert answer.status_code == 200
    assert Appointment.objects.count() == 1


def test_the_hold_says_how_long_it_still_stands(desk, office, patient, token):
    offer(desk, office, patient, token(9))
    assert "5 min 00 s" in desk.get(f"/openings/hold/{Hold.objects.get().pk}", headers=HX).content.decode()


def test_other_times_lets_the_kept_one_go(desk, office, patient, token):
    offer(desk, office, patient, token(9))
    kept = Hold.objects.get()
    fields = {"type": office.visit.pk, "patient": patient.pk}
    html = desk.post(f"/openings/hold/{kept.pk}/release", fields, headers=HX).content.decode()
    assert not Hold.objects.exists()
    assert "8:00 am" in html


def test_slot_first_asks_for_the_patient_and_then_names_them(desk, office, patient, token):
    fields = {"type": office.visit.pk, "offer": token(9)}
    html = desk.post("/openings/hold", fields, headers=HX).content.decode()
    assert "Who is it for" in html
    kept = Hold.objects.get()
    html = desk.get(f"/openings/hold/{kept.pk}/for?patient={patient.pk}", headers=HX).content.decode()
    assert "Book Ana Ito 3/14/1962" in html


def test_a_free_time_of_the_grid_asks_which_visit(desk, office, token):
    html = desk.get(f"/openings/slot?offer={token(9)}&minutes=10", headers=HX).content.decode()
    assert "Follow-up" in html
    assert "longer than is free here" in html


def test_a_providers_time_is_not_offered_for_a_visit_without_a_provider(desk, office, token):
    ultrasound = make.visit_type((("ultrasound", 0, 0),), name="Ultrasound")
    html = desk.get(f"/openings/slot?offer={token(9)}", headers=HX).content.decode()
    assert "Follow-up" in html
    assert "Ultrasound" not in html
    answer = desk.post("/openings/hold", {"type": ultrasound.pk, "offer": token(9)}, headers=HX)
    assert answer.status_code == 422
    assert "Ultrasound is not with a provider" in answer.content.decode()


def test_the_length_that_is_read_back_is_the_length_that_is_kept(desk, office, patient, token):
    VisitLength.objects.create(visit_type=office.visit, provider=office.lee.provider, minutes=60)
    assert "Follow-up, 60 minutes" in offer(desk, office, patient, token(9)).content.decode()
    kept = Hold.objects.get()
    assert kept.ends - kept.starts == timedelta(minutes=60)
    answer = book(desk, "", office, patient, token(9, 30), hold="")
    assert answer.status_code == 409
    assert "Follow-up, 60 minutes" in answer.content.decode()


def test_a_series_is_booked_as_real_rows(desk, office, patient, token):
    from tests.factories.scheduling import open_day

    for week in (1, 2):
        open_day(office.lee, office.lane, office.day + timedelta(weeks=week))
    html = offer(desk, office, patient, token(9)).content.decode()
    answer = book(desk, html, office, patient, token(9), times=3, every=1)
    assert answer.status_code == 200, answer.content.decode()
    assert Appointment.objects.count() == 3
    assert "booked 3 times" in answer.content.decode()


def test_a_series_with_dates_that_cannot_be_had_lists_them_and_keeps_the_time(desk, office, patient, token):
    for week in (1, 2):
        make.open_day(office.lee, office.lane, office.day + timedelta(weeks=week))
    taken = office.at(9, day=office.day + timedelta(weeks=1))
    services.book(make.actor(), patient_id=make.patient().pk, **office.ask(taken))
    html = offer(desk, office, patient, token(9)).content.decode()
    answer = book(desk, html, office, patient, token(9), times=3, every=1, internal_note="By bus")
    listed = answer.content.decode()
    assert answer.status_code == 409
    assert "1 date of 3 cannot be had" in listed
    assert "Tue, Mar 17 at 8:40 am" in listed
    assert Hold.objects.count() == 1 and Appointment.objects.filter(patient=patient).count() == 0
    answer = book(
        desk, listed, office, patient, token(9), times=3, every=1, internal_note="By bus", **{"date-1": "out"}
    )
    assert answer.status_code == 200, answer.content.decode()
    rows = Appointment.objects.filter(patient=patient)
    assert [row.internal_note for row in rows] == ["By bus", "By bus"]
    assert not Hold.objects.exists()


def test_what_the_patient_is_told_of_one_visit_can_be_said_while_booking(desk, office, patient, token):
    html = offer(desk, office, patient, token(9)).content.decode()
    book(desk, html, office, patient, token(9), patient_instructions="Bring the splint")
    assert Appointment.objects.get().patient_instructions == "Bring the splint"


def test_a_series_that_does_not_fit_books_nothing_and_keeps_the_panel(desk, office, patient, token):
    html = offer(desk, office, patient, token(9)).content.decode()
    answer = book(desk, html, office, patient, token(9), times=4, every=1)
    assert answer.status_code == 409
    assert not Appointment.objects.exists()


def test_a_page_that_shows_another_patient_cannot_book_for_this_one(desk, office, patient, token):
    answer = desk.post(
        f"/patients/{patient.pk}/book", {"_patient": patient.pk + 1, "offer": token(9)}, headers=HX
    )
    assert answer.status_code == 405


def test_an_unknown_offer_is_refused_in_words(desk, office, patient):
    answer = offer(desk, office, patient, "tomorrow-noon")
    assert answer.status_code == 422
    assert "Choose one of the times" in answer.content.decode()


def test_a_trainee_sees_times_and_cannot_take_them(client, office, patient, token):
    from tests.factories import practice as make

    make.user(role="trainee", username="sam", display_name="Sam Wu")
    client.post("/sign-in", {"username": "sam", "password": "a long enough password"})
    assert client.get("/openings?line=follow").status_code == 200
    assert offer(client, office, patient, token(9)).status_code == 403


def test_who_pays_is_chosen_while_booking_with_the_patients_cases_first(desk, office, patient, token):
    injury = case(patient)
    html = offer(desk, office, patient, token(9)).content.decode()
    assert html.index("Cut left hand") < html.index("Insurance as on file")
    assert '<option value="insurance" selected>' in html
    wrong = book(desk, html, office, patient, token(9), payer="case:999")
    assert wrong.status_code in {404, 422}
    assert not Appointment.objects.exists()
    book(desk, html, office, patient, token(9), payer=f"case:{injury.pk}", _key="again")
    assert Paying.objects.get().case_id == injury.pk
    plain = offer(desk, office, patient, token(11)).content.decode()
    book(desk, plain, office, patient, token(11), payer="insurance", _key="third")
    assert (Appointment.objects.count(), Paying.objects.count()) == (2, 1)

"""The card and its letters: reschedule, cancel, confirm, no-show, reassign, undo, read back."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.office.scheduling import services
from frontdesk.office.scheduling.models import Appointment, Leg
from tests.entrypoints.desk.scheduling.conftest import HX, hidden
from tests.factories.scheduling import actor, open_day, room_at, visit_type
from tests.factories.scheduling import patient as make_patient


def text(answer):
    return answer.content.decode()


def cancel(desk, visit, **more):
    return desk.post(
        f"/appointments/{visit.pk}/cancel",
        {"reason_code": "patient_asked", "version": visit.version, "_patient": visit.patient_id, **more},
        headers=HX,
    )


def test_the_card_says_who_what_when_and_where(desk, visit):
    html = text(desk.get(f"/appointments/{visit.pk}", headers=HX))
    for words in (
        "Ana Ito",
        "3/14/1962",
        "9:00 am",
        "Tuesday, March 10",
        "Dana Lee, MD",
        "For staff only",
        "Told to the patient",
    ):
        assert words in html


def test_the_title_of_the_page_names_no_one(desk, visit):
    title = text(desk.get(f"/appointments/{visit.pk}")).split("<title>")[1].split("</title>")[0]
    assert title == "Appointment · frontdesk"


def test_cancelling_asks_for_one_letter_and_offers_to_rebook(desk, visit):
    html = text(desk.get(f"/appointments/{visit.pk}/cancel", headers=HX))
    assert 'data-key="p"' in html
    assert "Cancel Ana Ito 3/14/1962" in html
    html = text(cancel(desk, visit))
    visit.refresh_from_db()
    assert visit.status == "cancelled"
    assert visit.cancel_reason.code == "patient_asked"
    assert "Rebook now" in html


def test_cancelling_without_a_reason_is_refused_and_keeps_what_was_typed(desk, visit):
    answer = cancel(desk, visit, reason_code="", note="She will call again")
    assert answer.status_code == 422
    assert "She will call again" in text(answer)
    visit.refresh_from_db()
    assert visit.status == "scheduled"


def test_cancelling_offers_the_time_to_who_waits(desk, visit, office):
    from frontdesk.office.scheduling import services
    from tests.factories.patients import bo
    from tests.factories.scheduling import actor

    services.add_to_waitlist(actor(), patient_id=bo().pk, visit_type_id=office.visit.pk)
    html = text(cancel(desk, visit))
    assert "Bo Brandt" in html
    assert Appointment.objects.filter(status="scheduled").count() == 0


def test_a_change_by_another_is_not_overwritten(desk, visit):
    desk.post(f"/appointments/{visit.pk}/confirm", {"version": visit.version})
    answer = cancel(desk, visit)
    assert answer.status_code == 409
    assert "Someone else changed this" in text(answer)


def test_reschedule_asks_why_then_offers_the_same_provider_first(desk, visit):
    assert "Why does it move?" in text(desk.get(f"/appointments/{visit.pk}/reschedule", headers=HX))
    html = text(desk.get(f"/appointments/{visit.pk}/reschedule?reason_code=patient_asked", headers=HX))
    assert "Dr. Lee" in html
    assert "Ana Ruiz" not in html
    html = text(desk.get(f"/appointments/{visit.pk}/reschedule?reason_code=patient_asked&any=1", headers=HX))
    assert "Same provider" in html


def test_rescheduling_moves_in_one_deed_and_links_old_and_new(desk, visit, office, token):
    fields = {"offer": token(10), "reason_code": "patient_asked", "_patient": visit.patient_id}
    html = text(desk.post(f"/appointments/{visit.pk}/reschedule/hold", fields, headers=HX))
    assert "Move Ana Ito 3/14/1962" in html
    hold = html.split('name="hold" value="')[1].split('"')[0]
    answer = desk.post(
        f"/appointments/{visit.pk}/reschedule", {**fields, "hold": hold, "version": visit.version}, headers=HX
    )
    made = Appointment.objects.get(replaces=visit)
    assert made.starts == office.at(10)
    assert "you are now booked for" in text(answer)
    assert "Moved to" in text(desk.get(f"/appointments/{visit.pk}"))


def test_moving_by_ten_minutes_overlaps_its_own_old_time_and_still_goes(desk, visit, office, token):
    fields = {"offer": token(9, 10), "reason_code": "patient_asked"}
    assert desk.post(f"/appointments/{visit.pk}/reschedule/hold", fields, headers=HX).status_code == 200
    answer = desk.post(
        f"/appointments/{visit.pk}/reschedule", {**fields, "version": visit.version}, headers=HX
    )
    assert answer.status_code == 200
    assert Appointment.objects.get(replaces=visit).starts == office.at(9, 10)


def test_putting_a_visit_down_on_a_free_time_asks_before_it_moves(desk, visit, token):
    href = f"/openings/slot?offer={token(11)}&minutes=30"
    html = text(desk.get(f"/appointments/{visit.pk}/move", {"href": href}, headers=HX))
    assert "Why does it move?" in html
    assert Appointment.objects.count() == 1


def test_undo_brings_a_cancelled_visit_back_within_ten_minutes(desk, visit):
    cancel(desk, visit)
    assert "Taken back." in desk.post(f"/appointments/{visit.pk}/undo", headers=HX)["HX-Trigger"]
    visit.refresh_from_db()
    assert visit.status == "scheduled"


def test_undo_after_eleven_minutes_says_why_not(desk, visit):
    cancel(desk, visit)
    with clock.fixed(clock.now() + timedelta(minutes=11)):
        answer = desk.post(f"/appointments/{visit.pk}/undo", headers=HX)
    assert answer.status_code == 422
    assert "more than ten minutes ago" in text(answer)


def test_confirming_is_one_key(desk, visit):
    desk.post(f"/appointments/{visit.pk}/confirm", {"version": visit.version}, headers=HX)
    visit.refresh_from_db()
    assert visit.status == "confirmed"


def test_a_no_show_is_offered_only_once_the_time_has_come(desk, visit, office):
    assert "/no-show" not in text(desk.get(f"/appointments/{visit.pk}"))
    with clock.fixed(office.at(9, 30)):
        assert "/no-show" in text(desk.get(f"/appointments/{visit.pk}"))
        desk.post(f"/appointments/{visit.pk}/no-show", {"version": visit.version}, headers=HX)
    visit.refresh_from_db()
    assert visit.status == "no_show"


def test_reassigning_needs_a_provider_and_a_reason(desk, visit, office):
    answer = desk.post(f"/appointments/{visit.pk}/reassign", {"version": visit.version}, headers=HX)
    assert answer.status_code == 422
    fields = {"version": visit.version, "provider": office.ruiz.provider_id, "reason": "Dr. Lee is held up"}
    desk.post(f"/appointments/{visit.pk}/reassign", fields, headers=HX)
    visit.refresh_from_db()
    assert visit.provider_id == office.ruiz.provider_id


def test_the_read_back_is_worded_for_the_caller(desk, visit):
    assert "Ana, you are booked for Tuesday, March 10th at 9 in the morning with Dr. Lee" in text(
        desk.get(f"/appointments/{visit.pk}/say", headers=HX)
    )


@pytest.mark.parametrize("tail", ["", "/cancel", "/reschedule", "/reassign", "/say"])
def test_a_panel_asked_for_as_a_page_stands_on_one(desk, visit, tail):
    html = text(desk.get(f"/appointments/{visit.pk}{tail}"))
    assert html.lstrip().startswith("<!doctype html>")


@pytest.mark.parametrize("tail", ["", "/cancel", "/reschedule", "/say"])
def test_an_appointment_that_is_not_there_says_so(desk, tail):
    assert desk.get(f"/appointments/999{tail}").status_code == 404


def test_the_notes_are_changed_after_booking_and_go_along_with_a_move(desk, office, visit, token):
    page = desk.get(f"/appointments/{visit.pk}/notes", headers=HX).content.decode()
    assert "For staff only" in page
    fields = {"version": visit.version, "internal_note": "Anxious", "patient_instructions": "Come fasting"}
    answer = desk.post(f"/appointments/{visit.pk}/notes", fields, headers=HX)
    assert "Anxious" in answer.content.decode()
    answer = desk.post(f"/appointments/{visit.pk}/notes", {**fields, "internal_note": "Mine"}, headers=HX)
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode() and "Anxious" in answer.content.decode()
    desk.post(
        f"/appointments/{visit.pk}/reschedule",
        {"offer": token(11), "reason_code": "patient_asked"},
        headers=HX,
    )
    made = Appointment.objects.get(status="scheduled")
    assert (made.internal_note, made.patient_instructions) == ("Anxious", "Come fasting")


def test_a_room_is_swapped_for_one_that_is_free(desk, office, patient):
    has, busy, free = (room_at(office.location) for _ in range(3))
    kind = visit_type((("provider", 0, 0), ("exam", 0, 0)), name="With a room")
    for room in (has, busy, free):
        open_day(room, office.lane)
    ask = office.ask(office.at(9)) | {"visit_type_id": kind.pk}
    row = services.book(actor(), patient_id=patient.pk, **ask)
    services.book(actor(), patient_id=make_patient().pk, **ask | {"provider_id": office.ruiz.provider_id})
    page = desk.get(f"/appointments/{row.pk}/reassign", headers=HX).content.decode()
    assert f"In place of {has.name}" in page
    assert f">{free.name}<" in page and f">{busy.name}<" not in page
    fields = {"version": row.version, f"swap-{has.pk}": free.pk, "reason": "Step at the door"}
    answer = desk.post(f"/appointments/{row.pk}/reassign", fields, headers=HX)
    assert answer.status_code == 200, answer.content.decode()
    assert set(Leg.objects.filter(appointment=row).values_list("resource", flat=True)) == {
        office.lee.pk,
        free.pk,
    }


def test_a_series_is_moved_from_this_visit_on(desk, office, patient, token):
    for week in (1, 2):
        open_day(office.lee, office.lane, office.day + timedelta(weeks=week))
    ask = office.ask(office.at(9)) | {"every_weeks": 1, "times": 3}
    first, *_ = services.book_series(actor(), patient_id=patient.pk, **ask)
    fields = {"offer": token(11), "reason_code": "patient_asked"}
    panel = desk.post(f"/appointments/{first.pk}/reschedule/hold", fields, headers=HX).content.decode()
    assert "This and later" in panel
    fields |= {"scope": "all", "hold": hidden(panel, "hold")}
    answer = desk.post(f"/appointments/{first.pk}/reschedule", fields, headers=HX)
    assert "Moved 3 visits" in answer.content.decode()
    walls = Appointment.objects.filter(status="scheduled").values_list("wall", flat=True)
    assert {wall[11:] for wall in walls} == {"11:00"}

"""E-mail to a real mail server: what happens to a visit is told once, as it stands, and in the calendar."""

from datetime import timedelta

import pytest

from frontdesk.exchange.post import Postman
from frontdesk.kit import clock
from frontdesk.office.messaging.models import Message
from frontdesk.office.scheduling.services import add_to_waitlist, cancel, confirm, offer_from_waitlist, undo
from tests.exchange.mail.conftest import ROSA, booked, moved, post, states
from tests.factories.messaging import FROM, entry_of, reachable, react

pytestmark = pytest.mark.django_db


def test_a_booking_is_confirmed_with_an_entry_for_the_calendar(the, box):
    row = booked(the, reachable())
    post()
    [(to, mail)] = box.taken
    assert (to, mail["To"], mail["Subject"]) == (
        "ana@example.org",
        "ana@example.org",
        "Your appointment with Elm Street Family Medicine",
    )
    assert mail["From"] == f"Elm Street Family Medicine <{FROM}>"
    assert "Tuesday, March 10, at 9:00 AM" in mail.get_body(("plain",)).get_content()
    method, _, sequence, starts, status = entry_of(mail)
    assert (method, sequence, starts, status) == ("REQUEST", 0, row.starts, "CONFIRMED")
    sent = Message.objects.get(kind="confirmation")
    assert mail["Message-ID"] == f"<{sent.key}@elmstreet.example>"
    assert (sent.state, sent.via, sent.address) == ("sent", "smtp", "ana@example.org")


def test_a_move_updates_the_entry_and_a_cancellation_takes_it_away(the, box):
    row = booked(the, reachable())
    post()
    new = moved(the, row, 11)
    post()
    cancel(ROSA, appointment_id=new.pk, reason_code="patient_asked")
    post()
    entries = [entry_of(mail) for _, mail in box.taken]
    assert [(e[0], e[2]) for e in entries] == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
    assert len({e[1] for e in entries}) == 1
    assert [e[3] for e in entries] == [row.starts, new.starts, new.starts]
    assert len({mail["Message-ID"] for _, mail in box.taken}) == 3
    words = box.taken[1][1].get_body(("plain",)).get_content()
    assert "It was: Tuesday, March 10, at 9:00 AM" in words
    assert "It is now: Tuesday, March 10, at 11:00 AM" in words
    assert states("reminder") == ["withdrawn"] * len(states("reminder"))


def test_only_the_last_state_goes_out(the, box):
    row = booked(the, reachable())
    react()
    new = moved(the, row, 11)
    react()
    cancel(ROSA, appointment_id=new.pk, reason_code="patient_asked")
    post()
    assert [entry_of(mail)[0] for _, mail in box.taken] == ["CANCEL"]


def test_a_change_the_events_have_not_told_of_yet_stops_what_it_makes_untrue(the, box):
    row = booked(the, reachable())
    react()
    cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")
    Postman("w").round()
    assert box.taken == []
    post()
    assert [entry_of(mail)[0] for _, mail in box.taken] == ["CANCEL"]


def test_a_move_taken_back_goes_back_to_the_old_time_in_the_calendar(the, box):
    row = booked(the, reachable())
    post()
    moved(the, row, 11)
    post()
    undo(ROSA, appointment_id=row.pk)
    post()
    entries = [entry_of(mail) for _, mail in box.taken]
    assert [(e[2], e[3]) for e in entries] == [(0, row.starts), (1, the.at(11)), (2, row.starts)]
    assert len({e[1] for e in entries}) == 1


def test_a_cancellation_taken_back_at_once_is_silence(the, box):
    row = booked(the, reachable())
    post()
    cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")
    undo(ROSA, appointment_id=row.pk)
    post()
    assert len(box.taken) == 1
    assert states("reminder").count("queued") == 2


def test_reminders_go_out_on_their_day(the, box):
    row = booked(the, reachable())
    post()
    confirm(ROSA, appointment_id=row.pk)
    for hours in (72, 24):
        with clock.fixed(row.starts - timedelta(hours=hours) + timedelta(minutes=1)):
            post()
    assert [mail["Subject"] for _, mail in box.taken[1:]] == [
        "A reminder from Elm Street Family Medicine"
    ] * 2


def test_a_freed_time_is_offered_in_writing_while_it_is_offered(the, box):
    who = reachable()
    entry = add_to_waitlist(ROSA, patient_id=who.pk, visit_type_id=the.visit.pk, location_id=the.location.pk)
    offer_from_waitlist(ROSA, entry_id=entry.pk, starts=the.at(14))
    post()
    assert "A time has come free" in box.taken[0][1].get_content()

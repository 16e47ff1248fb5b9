"""A patient answers by a link: looking answers nothing, an answer counts once, and nothing is told that need not be."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from frontdesk.entrypoints.portal.offers import read
from frontdesk.entrypoints.portal.words import ENGLISH, SPANISH
from frontdesk.kit import clock
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.messaging.models import Link, Message
from frontdesk.office.messaging.services import set_policy
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Appointment, WaitlistEntry
from frontdesk.site.telling import tell_recalls
from tests.entrypoints.portal.conftest import later, linked
from tests.factories.messaging import link_to, reachable, react
from tests.factories.scheduling import patient
from tests.people import lena, mia


def offers(client, token):
    html = client.get(f"/a/{token}/times").content.decode()
    return re.findall(r'name="offer" value="([^"]+)"', html)


def rows():
    return (
        list(Appointment.objects.order_by("pk").values_list("pk", "status", "starts", "version")),
        list(Link.objects.values_list("confirmed_at", "closed_at")),
        list(Message.objects.values_list("state")),
        WaitlistEntry.objects.count(),
    )


def test_opening_a_link_changes_nothing_however_and_wherever_it_is_opened(client, token):
    before, writes = rows(), AuditEntry.objects.filter(is_read=False).count()
    for path in (f"/a/{token}", f"/a/{token}/times", f"/a/{token}/cancel", f"/a/{token}?answer=confirm"):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert rows() == before
    assert AuditEntry.objects.filter(is_read=False).count() == writes


def test_the_page_tells_when_and_where_and_no_more(client, token, visit):
    html = client.get(f"/a/{token}").content.decode()
    for words in ("Thursday, March 12", "10:00 AM", "Dr. Lee", "Elm Street", "(617) 555-0100"):
        assert words in html
    for words in (visit.patient.legal_first, visit.patient.legal_last, visit.visit_type.name, "<script"):
        assert words not in html
    assert re.search(r"<title>(.*?)</title>", html)[1] == "Your appointment"


def test_it_is_kept_by_nobody_and_says_nothing_to_the_next_site(client, token):
    for answer in (client.get(f"/a/{token}"), client.get("/a/nonsense")):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "script-src" not in answer["Content-Security-Policy"]
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert not answer.cookies


def test_where_the_name_would_tell_only_the_hour_is_told(client, token, day):
    set_policy(mia(), changes={"neutral_locations": [day.location.pk], "neutral_name": "your clinic"})
    html = client.get(f"/a/{token}").content.decode()
    assert "your clinic" in html
    for words in ("Elm Street", "Dr. Lee"):
        assert words not in html


def test_yes_confirms_and_a_double_click_confirms_once(client, token, visit):
    for _ in range(2):
        answer = client.post(f"/a/{token}", {"answer": "confirm"})
        assert (answer.status_code, answer["Location"]) == (302, f"/a/{token}")
    visit.refresh_from_db()
    assert visit.status == "confirmed"
    assert AuditEntry.objects.filter(action="scheduling.confirm", actor_kind="patient").count() == 1
    html = client.get(f"/a/{token}").content.decode()
    assert "We expect you" in html
    assert 'value="confirm"' not in html
    assert "I cannot come" in html


def test_cancelling_asks_once_more_and_is_the_patients_own_reason(client, token, visit):
    assert "Cancel this appointment?" in client.get(f"/a/{token}/cancel").content.decode()
    client.post(f"/a/{token}", {"answer": "cancel"})
    visit.refresh_from_db()
    assert (visit.status, visit.cancel_reason.initiator) == ("cancelled", "patient")
    assert "Your appointment is cancelled" in client.get(f"/a/{token}").content.decode()
    again = client.post(f"/a/{token}", {"answer": "confirm"})
    assert again.status_code == 422
    assert "used already" in again.content.decode()


def test_the_times_are_near_the_old_one_with_the_same_person_first(client, token, visit, day):
    html = client.get(f"/a/{token}/times").content.decode()
    assert 3 <= len(offers(client, token)) <= 5
    assert html.count("Lee") == len(offers(client, token))
    assert html.count("10:00 AM") == 3


def test_another_time_is_taken_in_one_step_and_twice_clicked_taken_once(client, token, visit):
    first, second, *_ = offers(client, token)
    for offer in (first, first, second):
        assert client.post(f"/a/{token}", {"answer": "reschedule", "offer": offer}).status_code == 302
    visit.refresh_from_db()
    made = Appointment.objects.get(replaces=visit)
    assert (visit.status, made.status, Appointment.objects.count()) == ("cancelled", "scheduled", 2)
    html = client.get(f"/a/{token}").content.decode()
    assert "has a new time" in html
    wall = to_wall(made.starts, made.zone)
    assert f"{wall:%A, %B} {wall.day}" in html


def test_a_time_taken_meanwhile_is_said_and_others_are_shown(client, token, visit, day):
    offer = offers(client, token)[0]
    chosen = read(offer, token)
    scheduling.book(lena(), patient_id=patient().pk, **day.ask(chosen.starts))
    answer = client.post(f"/a/{token}", {"answer": "reschedule", "offer": offer})
    assert answer.status_code == 409
    assert "just taken" in answer.content.decode()
    assert offers(client, token)
    visit.refresh_from_db()
    assert visit.status == "scheduled"


@pytest.mark.parametrize("forged", ["", "20260312T1400Z-1-1", "WyIyMDI2MDMxMlQxNDAwIiwxLDFd:x:y"])
def test_a_time_that_was_not_offered_is_not_taken(client, token, visit, forged):
    assert client.post(f"/a/{token}", {"answer": "reschedule", "offer": forged}).status_code == 422
    assert Appointment.objects.count() == 1


def test_a_time_offered_by_another_link_is_not_taken_by_this_one(client, token, visit, day):
    other = linked(day.booked(11), kind="confirmation")
    offer = offers(client, other)[0]
    assert client.post(f"/a/{token}", {"answer": "reschedule", "offer": offer}).status_code == 422


def test_who_finds_no_time_asks_to_be_called_and_that_is_work(client, token, visit):
    client.post(f"/a/{token}", {"answer": "call"})
    entry = WaitlistEntry.objects.get()
    assert (entry.patient_id, entry.appointment_id, entry.urgency) == (visit.patient_id, visit.pk, 1)
    assert "called" in entry.note
    visit.refresh_from_db()
    assert visit.status == "scheduled"
    assert "We will call you" in client.get(f"/a/{token}").content.decode()


def test_when_nothing_is_free_the_page_offers_a_call(client, token, visit):
    visit.visit_type.__class__.objects.update(is_active=False)
    html = client.get(f"/a/{token}/times").content.decode()
    assert "no free time" in html
    assert "Please call me" in html


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: t[:9], lambda t: "x"]
)
def test_a_link_that_was_changed_says_so_kindly_with_the_number_to_call(client, token, change):
    for method in (client.get, client.post):
        answer = method(f"/a/{change(token)}", {"answer": "confirm"} if method == client.post else {})
        assert answer.status_code == 404
        assert "(617) 555-0100" in answer.content.decode()
    assert Appointment.objects.get().status == "scheduled"


def test_an_old_link_is_over_and_tells_nothing_of_the_visit(client, token):
    with later(days=3):
        html = client.get(f"/a/{token}").content.decode()
        assert "no longer good" in html
        assert "Dr. Lee" not in html
        assert client.post(f"/a/{token}", {"answer": "confirm"}).status_code == 422


def test_a_visit_that_changed_at_the_desk_is_not_confirmed_by_an_older_link(client, token, visit):
    scheduling.cancel(lena(), appointment_id=visit.pk, reason_code="provider_out")
    assert "has changed" in client.get(f"/a/{token}").content.decode()
    assert client.post(f"/a/{token}", {"answer": "confirm"}).status_code == 422


def test_it_speaks_the_language_of_the_message_and_the_other_at_a_touch(client, visit):
    token = linked(visit, language="es")
    html = client.get(f"/a/{token}").content.decode()
    assert '<html lang="es">' in html
    assert "jueves 12 de marzo" in html
    assert "Sí, voy a venir" in html
    assert "Yes, I will come" in client.get(f"/a/{token}?lang=en").content.decode()
    answer = client.post(f"/a/{token}", {"answer": "confirm", "lang": "en"})
    assert answer["Location"] == f"/a/{token}?lang=en"
    assert '<html lang="es">' in client.get("/a/x", headers={"Accept-Language": "es-MX"}).content.decode()


def test_both_languages_say_the_same_things():
    assert set(ENGLISH) == set(SPANISH)
    assert all(SPANISH.values())


def test_of_a_late_day_one_keeps_the_time(client, visit):
    token = linked(visit, kind="running_late")
    html = client.get(f"/a/{token}").content.decode()
    assert "running late" in html
    client.post(f"/a/{token}", {"answer": "keep"})
    visit.refresh_from_db()
    assert visit.status == "confirmed"


def test_what_a_link_does_not_answer_is_refused(client, token):
    for action in ("accept", "decline", "book", "", "keep"):
        assert client.post(f"/a/{token}", {"answer": action}).status_code == 422


def test_only_what_is_meant_to_be_sent_is_taken(client, token):
    assert client.put(f"/a/{token}").status_code == 405
    assert client.post(f"/a/{token}/times").status_code == 405


def test_a_link_is_not_opened_without_end_and_says_so_kindly(client, token, visit, monkeypatch):
    monkeypatch.setattr("frontdesk.office.messaging.bounds.MOST", 3)
    looks = AuditEntry.objects.count()
    assert [client.get(f"/a/{token}").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert AuditEntry.objects.count() == looks + 3
    answer = client.post(f"/a/{token}", {"answer": "cancel"})
    assert (answer.status_code, "(617) 555-0100" in answer.content.decode()) == (429, True)
    visit.refresh_from_db()
    assert visit.status == "scheduled"
    with later(minutes=11):
        assert client.get(f"/a/{token}").status_code == 200


def test_a_whole_clinic_behind_one_address_is_not_locked_out(client, day, monkeypatch):
    monkeypatch.setattr("frontdesk.office.messaging.bounds.MOST", 3)
    tokens = [linked(day.booked(hour, minute)) for hour in (10, 11, 14) for minute in (0, 20, 40)]
    for guess in range(20):
        assert client.get(f"/a/{'x' * guess}y", REMOTE_ADDR="198.51.100.7").status_code == 404
    for _ in range(3):
        assert {client.get(f"/a/{one}", REMOTE_ADDR="198.51.100.7").status_code for one in tokens} == {200}


def test_a_page_asks_the_database_a_bounded_number_of_questions(client, token, django_assert_max_num_queries):
    client.get(f"/a/{token}")
    with django_assert_max_num_queries(12):
        client.get(f"/a/{token}")
    with django_assert_max_num_queries(45):
        client.get(f"/a/{token}/times")


def test_the_addresses_hold_a_word_and_nothing_else():
    assert reverse("link", args=["word"]) == "/a/word"


def test_a_freed_time_that_was_offered_is_accepted_once(client, day):
    entry = scheduling.add_to_waitlist(lena(), patient_id=reachable().pk, visit_type_id=day.visit.pk)
    starts = day.at(15)
    scheduling.offer_from_waitlist(lena(), entry_id=entry.pk, starts=starts)
    react()
    token = link_to(Message.objects.get(kind="waitlist_offer"))
    assert "This time has come free" in client.get(f"/a/{token}").content.decode()
    for _ in range(2):
        assert client.post(f"/a/{token}", {"answer": "accept"}).status_code == 302
    assert Appointment.objects.get().starts == starts
    assert "Your appointment is booked" in client.get(f"/a/{token}").content.decode()


def test_a_freed_time_is_declined_and_the_patient_waits_on(client, day):
    entry = scheduling.add_to_waitlist(lena(), patient_id=reachable().pk, visit_type_id=day.visit.pk)
    scheduling.offer_from_waitlist(lena(), entry_id=entry.pk, starts=day.at(15))
    react()
    token = link_to(Message.objects.get(kind="waitlist_offer"))
    client.post(f"/a/{token}", {"answer": "decline"})
    entry.refresh_from_db()
    assert (entry.status, entry.declined) == ("waiting", 1)


def test_who_is_due_books_by_the_link(client, day):
    who = reachable()
    due = clock.today(day.location.zone)
    recall = scheduling.add_recall(
        lena(), patient_id=who.pk, visit_type_id=day.visit.pk, due=due, provider_id=None
    )
    tell_recalls()
    token = link_to(Message.objects.get(kind="recall"), expires=clock.now() + timedelta(days=9))
    assert "time to make your next appointment" in client.get(f"/a/{token}").content.decode()
    assert (
        client.post(f"/a/{token}", {"answer": "reschedule", "offer": offers(client, token)[0]}).status_code
        == 302
    )
    recall.refresh_from_db()
    assert Appointment.objects.get().patient_id == who.pk
    assert recall.closed_at is not None

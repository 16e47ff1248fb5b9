"""E-mail to a real mail server: what arrives, that it arrives once, and what becomes of what cannot."""

import smtplib
from datetime import timedelta

import pytest
from django.db import connection

from frontdesk.exchange.mail.composing import CannotBeWritten, compose
from frontdesk.exchange.mail.server import Server, Settings
from frontdesk.exchange.post import Postman
from frontdesk.kit import clock
from frontdesk.office.messaging import delivery, queries, services
from frontdesk.office.messaging.models import Link, Message
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import Contact, Patient
from frontdesk.office.scheduling.services import cancel, confirm, offer_from_waitlist, reschedule, undo
from frontdesk.office.scheduling.services import add_to_waitlist, book
from frontdesk.office.visits.services import walk_in
from tests.factories import practice
from tests.factories.messaging import FROM, Mailbox, entry_of, reachable, react
from tests.factories.scheduling import Book, actor
from tests.people import lena, mia, rosa

pytestmark = pytest.mark.django_db
ROSA = actor()


@pytest.fixture
def box():
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def the(box, settings):
    """The book of Tuesday, March 10th, seen a week before, and mail that goes to `box`."""
    settings.MAIL = box.settings
    practice.practice()
    return Book(days=3)


def booked(the, who, hour=9, minute=0):
    return book(ROSA, patient_id=who.pk, **the.ask(the.at(hour, minute)))


def moved(the, row, hour):
    return reschedule(ROSA, appointment_id=row.pk, starts=the.at(hour), reason_code="patient_asked")


def post(worker="postman"):
    """Let everything happen by itself, and the postman do his round."""
    react()
    postman = Postman(worker)
    while postman.round():
        pass
    return postman


def states(kind=None):
    rows = Message.objects.filter(kind=kind) if kind else Message.objects.all()
    return list(rows.order_by("pk").values_list("state", flat=True))


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


def test_who_walked_in_is_not_written_to(the, box):
    who = reachable()
    with clock.fixed(the.at(10)):
        walk_in(ROSA, patient_id=who.pk, visit_type_id=the.visit.pk, location_id=the.location.pk)
        post()
    assert box.taken == []
    assert not Message.objects.filter(state="queued").exists()


def test_nothing_goes_to_who_took_their_leave_back_or_asked_for_another_address(the, box):
    quiet, secret = reachable(), reachable(email="home@example.org", confidential=True)
    private = patients.add_contact(
        lena(),
        patient_id=secret.pk,
        system="email",
        use="work",
        value="own@example.org",
        is_confidential=True,
    )
    booked(the, quiet)
    booked(the, secret, 10)
    react()
    services.opt_out(rosa(), channel="email", address="ana@example.org", said="no more, please")
    post()
    assert [to for to, _ in box.taken] == ["own@example.org"]
    patients.end_contact(lena(), contact_id=private.pk, version=private.version)
    booked(the, secret, 11)
    post()
    assert len(box.taken) == 1
    assert "private address only" in Message.objects.filter(patient=secret, state="held").last().why


def test_nobody_writes_to_the_dead(the, box):
    who = reachable()
    booked(the, who)
    react()
    Patient.objects.filter(pk=who.pk).update(is_deceased=True)
    post()
    assert (box.taken, states("confirmation")) == ([], ["held"])


def test_a_spanish_speaker_reads_spanish(the, box):
    booked(the, reachable(language="es"))
    post()
    mail = box.taken[0][1]
    assert (mail["Subject"], mail["Content-Language"]) == ("Su cita con Elm Street Family Medicine", "es")
    assert "martes 10 de marzo, a las 9:00 a. m." in mail.get_body(("plain",)).get_content()


def test_a_visit_whose_name_would_tell_is_told_of_neutrally(the, box):
    services.set_policy(mia(), changes={"neutral_visit_types": [the.visit.pk]})
    booked(the, reachable())
    post()
    mail = box.taken[0][1]
    assert "Elm Street" not in mail.as_string() and "Lee" not in mail.as_string()
    assert mail["Subject"] == "Your appointment with your clinic"


def test_an_address_the_server_refuses_comes_back_as_work(the, box):
    box.answers["ana@example.org"] = "550 5.1.1 no such person: ana@example.org"
    booked(the, reachable())
    booked(the, reachable(email="bo@example.org"), 10)
    post()
    assert [to for to, _ in box.taken] == ["bo@example.org"]
    [failure] = queries.failures(the.location.pk)
    assert failure.line.why == "The mail server will not deliver to this address (550)."
    assert "ana@" not in failure.line.why
    Contact.objects.filter(value="ana@example.org").update(value="ana.ito@example.org")
    services.send_again(rosa(), message_id=failure.line.id)
    post()
    assert box.taken[-1][0] == "ana.ito@example.org"


def test_a_server_that_is_busy_is_asked_again_later(the, box):
    box.answers["ana@example.org"] = "451 4.3.0 try later"
    booked(the, reachable())
    post()
    assert states("confirmation") == ["queued"]
    box.answers.clear()
    post()
    assert box.taken == []
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        post()
    assert (len(box.taken), states("confirmation")) == (1, ["sent"])


def test_a_refusal_of_the_content_is_no_doubt(the, box):
    box.at_the_dot = "452 4.2.2 mailbox full"
    booked(the, reachable())
    post()
    assert states("confirmation") == ["queued"]
    box.at_the_dot = "554 5.6.0 not wanted"
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        post()
    assert states("confirmation") == ["failed"]


def test_a_server_that_is_away_loses_nothing_and_does_not_hold_up_texts(the, box, settings):
    settings.MAIL = Settings("127.0.0.1", 1, FROM, tls="none")
    for number in range(5):
        booked(the, reachable(), 9 + number)
    texted = booked(the, reachable(email="", mobile="+16175550134", may_text=True), 15)
    post()
    rows = Message.objects.filter(kind="confirmation").values_list("about_id", "state", "attempts")
    assert sum(attempts for _, _, attempts in rows) <= 2  # one was tried, the text went
    assert {about: state for about, state, _ in rows}[texted.pk] == "sent"
    settings.MAIL = box.settings
    with clock.fixed(clock.now() + timedelta(minutes=3)):
        post()
    assert len(box.taken) == 5


def test_one_connection_carries_many_messages(the, box, monkeypatch):
    opened = []
    connect = Server._connect
    monkeypatch.setattr(Server, "_connect", lambda self: opened.append(1) or connect(self))
    for number in range(6):
        booked(the, reachable(email=f"p{number}@example.org"), 9 + number)
    post()
    assert (len(box.taken), len(opened)) == (6, 1)


def test_without_a_mail_server_nothing_leaves_and_the_words_are_kept(the, box, settings):
    settings.MAIL = None
    booked(the, reachable())
    post()
    row = Message.objects.get(kind="confirmation")
    assert (box.taken, row.state, row.via) == ([], "sent", "outbox")
    assert "Tuesday, March 10" in row.words


def test_a_text_stays_in_the_outbox_with_its_words(the, box):
    booked(the, reachable(email="", mobile="+16175550134", may_text=True))
    post()
    row = Message.objects.get(kind="confirmation")
    assert (row.channel, row.address, row.via, row.receipt) == ("text", "+16175550134", "outbox", row.key)
    assert row.words.startswith("Elm Street Family Medicine: you have an appointment on Tuesday, March 10")


def test_the_link_that_works_is_in_the_message_and_not_on_record(the, box, settings):
    settings.PUBLIC_URL = "https://desk.example.org"
    booked(the, reachable())
    post()
    sent = box.taken[0][1].get_body(("plain",)).get_content()
    token = sent.split("https://desk.example.org/a/")[1].split()[0]
    row = Message.objects.get(kind="confirmation")
    assert token not in row.words and "https://desk.example.org/a/…" in row.words
    assert not Link.objects.filter(digest__contains=token).exists()
    assert Link.objects.get().message_id == row.pk


def test_a_freed_time_is_offered_in_writing_while_it_is_offered(the, box):
    who = reachable()
    entry = add_to_waitlist(ROSA, patient_id=who.pk, visit_type_id=the.visit.pk, location_id=the.location.pk)
    offer_from_waitlist(ROSA, entry_id=entry.pk, starts=the.at(14))
    post()
    assert "A time has come free" in box.taken[0][1].get_content()


@pytest.mark.parametrize(
    "address",
    ["a@x.org, b@x.org", "a@x.org\r\nBcc: b@x.org", "a@x.org\nDATA", "<a@x.org>", "ä@x.org", "", "a b@x.org"],
)
def test_no_address_smuggles_in_another(the, address):
    booked(the, reachable())
    react()
    [out] = delivery.lease("w", 5)
    from dataclasses import replace

    with pytest.raises(CannotBeWritten):
        compose(replace(out, to=address), FROM)


def test_a_dot_at_the_beginning_of_a_line_arrives(the, box):
    services.set_template(
        lena(), kind="confirmation", channel="email", language="en", subject="Hi", body="One\n.\nTwo\n..Three"
    )
    booked(the, reachable())
    booked(the, reachable(), 10)
    post()
    assert [mail.get_body(("plain",)).get_content().splitlines() for _, mail in box.taken] == [
        ["One", ".", "Two", "..Three"]
    ] * 2


class Killed(BaseException):
    """The worker dies here."""


def dies(*_, **__):
    raise Killed


def after(function):
    def run(*args, **kwargs):
        function(*args, **kwargs)
        raise Killed

    return run


POINTS = {
    "before anything": (delivery, "lease", dies, "again"),
    "with the lease": (delivery, "lease", after, "again"),
    "with the envelope open": (Server, "offer", after, "again"),
    "just before the mark": (delivery, "begin", dies, "again"),
    "just after the mark": (delivery, "begin", after, "doubt"),
    "after the content": (Server, "finish", after, "doubt"),
    "in the middle of the content": (smtplib.SMTP, "getreply", None, "doubt"),
}


@pytest.mark.parametrize("point", POINTS)
def test_whenever_the_worker_dies_nobody_is_written_to_twice(the, box, monkeypatch, point):
    booked(the, reachable())
    react()
    where, name, how, outcome = POINTS[point]
    genuine = getattr(where, name)
    broken = dies if how is dies else after(genuine) if how else _after_the_content(genuine)
    with monkeypatch.context() as patch:
        patch.setattr(where, name, broken)
        patch.setattr("frontdesk.exchange.post.delivery", delivery)
        with pytest.raises(Killed):
            Postman("one").round()
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        post("two")
        post("three")
        if outcome == "again":
            assert (len(box.taken), states("confirmation")) == (1, ["sent"])
        else:
            assert (len(box.taken) <= 1, states("confirmation")) == (True, ["in_doubt"])
            assert queries.how_many_failed(the.location.pk) == 1


def _after_the_content(genuine):
    def getreply(self):
        reply = genuine(self)
        if reply[1].startswith(b"2.0.0 taken"):
            raise Killed
        return reply

    return getreply


def test_a_line_that_breaks_after_the_content_leaves_a_doubt(the, box, monkeypatch):
    booked(the, reachable())
    react()

    def gone(self):
        raise smtplib.SMTPServerDisconnected

    original = Server.finish

    def finish(self, message):
        monkeypatch.setattr(smtplib.SMTP, "getreply", gone)
        return original(self, message)

    monkeypatch.setattr(Server, "finish", finish)
    Postman("w").round()
    assert states("confirmation") == ["in_doubt"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_said_to_the_network_inside_a_transaction(the, box, monkeypatch):
    seen = []
    for name in ("offer", "finish", "_connect"):
        genuine = getattr(Server, name)

        def spy(self, *args, genuine=genuine):
            seen.append(connection.in_atomic_block)
            return genuine(self, *args)

        monkeypatch.setattr(Server, name, spy)
    booked(the, reachable())
    post()
    assert (len(box.taken), set(seen)) == (1, {False})

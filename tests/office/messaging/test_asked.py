"""Sending what somebody asks for at the desk: by the way they chose, once for each time they ask, or not at all and why."""

from datetime import date, timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.messaging import delivery, queries, services
from frontdesk.office.messaging.errors import AlreadyOnItsWay, CannotSend
from frontdesk.office.messaging.models import Message, Policy
from frontdesk.office.messaging.rules import Facts
from frontdesk.office.patients.models import Contact
from tests.factories import practice
from tests.factories.messaging import about, reachable
from tests.office.messaging.test_announcing import go_out
from tests.people import dev, rosa, sam

pytestmark = pytest.mark.django_db
State = Message.State
PAID = Facts(
    zone="America/New_York", cents=3500, receipt="7", paid_on=date(2026, 3, 3), paid_with="Cash", phone="+16175550100"
)  # fmt: skip


@pytest.fixture(autouse=True)
def house():
    return practice.practice()


@pytest.fixture
def both():
    return reachable(mobile="+16175550134", may_text=True)


def ask(who, channel="email", key="k1", by=None, after=PAID, ref=None, **fields):
    return services.send_asked(
        by or rosa(), patient_id=who.pk, kind="receipt", about=ref or about(), after=after, channel=channel, key=key, **fields
    )  # fmt: skip


def test_it_goes_by_the_way_that_was_asked_for_whatever_suits_best(both):
    assert (ask(both).address, ask(both, "text", "k2").address) == ("ana@example.org", "+16175550134")
    assert {out.to: out.words.body.splitlines()[0] for out in go_out()} == {
        "ana@example.org": "Hello,",
        "+16175550134": "Elm Street Family Medicine: we received $35.00 on March 3, 2026 (Cash). Receipt 7. "
        "Questions? Call (617) 555-0100. Reply STOP to end texts.",
    }


def test_the_same_key_is_one_message_and_another_key_is_another_once_the_first_is_out(both):
    first = ask(both)
    assert ask(both) == first
    with pytest.raises(AlreadyOnItsWay):
        ask(both, key="k2")
    assert len(go_out()) == 1
    assert ask(both) == first
    assert ask(both, key="k2") != first
    assert len(go_out()) == 1


def test_a_way_that_is_shut_is_refused_with_the_reason_and_nothing_is_held(both):
    services.opt_out(rosa(), channel="text", address="+16175550134", source="reply", said="STOP")
    with pytest.raises(CannotSend, match="asked for no more messages"):
        ask(both, "text")
    assert not Message.objects.exists()
    assert ask(both).channel == "email"


@pytest.mark.parametrize(
    ("fields", "channel", "why"),
    [
        ({"mobile": ""}, "text", "no mobile number on file"),
        ({"email": "", "mobile": "+16175550134"}, "email", "no e-mail address on file"),
        ({"mobile": "+16175550134"}, "text", "Nobody has asked"),
        ({"mobile": "+16175550134", "may_text": False}, "text", "do not want texts"),
        ({"confidential": True}, "email", "private address only"),
        ({"is_deceased": True}, "email", "has died"),
    ],
)
def test_who_may_not_be_written_to_is_not(fields, channel, why):
    with pytest.raises(CannotSend, match=why):
        ask(reachable(**fields), channel)


def test_a_kind_the_practice_does_not_send_is_not_sent(both):
    Policy.objects.create(off=["receipt"])
    with pytest.raises(CannotSend, match="does not send this kind"):
        ask(both)


def test_who_asked_for_a_private_address_is_written_to_there():
    who = reachable(email="home@example.org", confidential=True)
    Contact.objects.create(patient=who, system="email", value="own@example.org", is_confidential=True)
    assert ask(who).address == "own@example.org"


def test_in_the_language_of_the_receipt_else_of_the_patient():
    spanish = reachable(language="es")
    other = ask(reachable(email="b@example.org"), ref=about(3))
    assert (ask(spanish).language, other.language) == ("es", "en")
    after = Facts(**{**PAID.stored(), "paid_on": PAID.paid_on, "until": None, "language": "es"})
    asked = services.send_asked(
        rosa(),
        patient_id=reachable().pk,
        kind="receipt",
        about=about(2),
        after=after,
        channel="email",
        key="k",
    )
    [body] = [out.words.body for out in go_out() if out.id == asked.pk]
    assert body.startswith("Hola:\n\nGracias por su pago a Elm Street Family Medicine.\n\nImporte: $35.00\n")
    assert "Fecha: 3 de marzo de 2026" in body


def test_a_text_at_night_waits_for_the_morning_and_an_e_mail_does_not(both):
    with clock.fixed(clock.now() + timedelta(hours=13)):
        assert ask(both, "text").not_before > clock.now()
        ask(both)
        assert [out.channel for out in go_out()] == ["email"]
        offered = queries.ways_to(both.pk, "receipt", PAID)
    assert (offered["text"].verdict, offered["email"].verdict) == ("later", "now")


def test_leave_that_was_taken_back_meanwhile_holds_it_and_no_other_way_is_taken(both):
    made = ask(both, "text")
    Contact.objects.filter(patient=both, value="+16175550134").update(may_text=False)
    assert go_out() == []
    made.refresh_from_db()
    assert (made.state, made.why) == (State.HELD, "They do not want texts.")


def test_asked_for_once_more_after_a_failure_the_failure_needs_nobody(both):
    failed = ask(both)
    delivery.lease("w", 9)
    services.note_failed(rosa_or_system(), message_id=failed.pk, worker="w", why="No such mailbox.")
    waiting = ask(both, "text", "k2")
    assert [one.line.id for one in queries.failures()] == [failed.pk]
    again = ask(both, key="k3")
    assert (queries.failures(), again.state) == ([], State.QUEUED)
    waiting.refresh_from_db()
    assert waiting.state == State.QUEUED  # by the other way it goes all the same


def test_each_is_on_record_with_whose_and_by_which_way(both):
    made = ask(both)
    entry = AuditEntry.objects.get(action="messaging.send_asked")
    assert (entry.patient_id, entry.subject, entry.actor_name) == (
        both.pk,
        f"messaging.message:{made.pk}",
        "Rosa",
    )
    assert entry.after["channel"] == "email"
    assert "ana@example.org" not in str(entry.after)


def test_who_may_and_what_may(both):
    assert ask(both, by=dev()).state == State.QUEUED
    with pytest.raises(NotPermitted):
        ask(both, by=sam(), key="k2")
    for fields in ({"channel": "fax"}, {"channel": ""}, {"key": ""}, {"key": "x" * 200}):
        with pytest.raises(Invalid):
            ask(both, **{"key": "k3", **fields})
    with pytest.raises(Invalid):
        services.send_asked(
            rosa(), patient_id=both.pk, kind="reminder", about=about(), after=PAID, channel="email", key="k"
        )


def rosa_or_system():
    from frontdesk.kit.actor import SYSTEM

    return SYSTEM

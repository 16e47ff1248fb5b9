"""Receipts and payment links in writing: the ledger's amount, the patient's address, nothing of the visit; while it is so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.ledger.models import Account, Line
from frontdesk.office.messaging import delivery
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.errors import AlreadyOnItsWay, CannotSend
from frontdesk.office.messaging.models import Message, Policy
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.patients.models import Patient
from frontdesk.office.payments import rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.errors import NoSuchCharge, NoSuchPayment, NothingToSend
from frontdesk.office.payments.models import CardCharge, Payment
from frontdesk.office.scheduling.models import VisitType
from frontdesk.office.scheduling.services import book
from tests.factories import practice
from tests.factories.messaging import reachable
from tests.factories.payments import cash, check, drawer_open, key, part, sheet, taken
from tests.factories.scheduling import Book, actor
from tests.people import dev, lena, rosa, sam

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture
def the():
    """The book of Tuesday, March 10th; the drawer of its site is open."""
    practice.practice()
    book = Book(days=3)
    drawer_open(book.location.pk)
    return book


@pytest.fixture
def who():
    return reachable(mobile="+16175550134", may_text=True)


def send(row, channel="email", key="k1", by=None):
    return payments.send_receipt(by or rosa(), payment_id=row.pk, channel=channel, key=key)


def going():
    """What goes out now, as the postman would read it."""
    found = []
    for out in delivery.lease("w", 50):
        if delivery.begin(out, "w", "outbox"):
            messaging.note_sent(SYSTEM, message_id=out.id, worker="w", via="outbox")
            found.append(out)
    return found


def booked(the, who):
    visit = book(actor(), patient_id=who.pk, **the.ask(the.at(9)))
    return f"scheduling.appointment:{visit.pk}"


def link(who, the, cents=4000, key_="link"):
    """A payment link that can be paid, as the processor told of it."""
    row = payments.make_link(
        rosa(), patient_id=who.pk, location_id=the.location.pk, key=key_,
        parts=(rules.Part(who.pk, rules.PURPOSE.BALANCE, cents, ""),),
    )  # fmt: skip
    page = f"https://pay.example/c/secret{row.pk}"
    CardCharge.objects.filter(pk=row.pk).update(state="link", link=page, page=f"cs_{row.pk}")
    row.refresh_from_db()
    return row


def test_a_receipt_says_what_the_ledger_says_and_nothing_of_the_visit(the, who):
    about = booked(the, who)
    made = sheet(
        who, the.location.pk, [cash(2000), check(1500)], [part(who, 3500, rules.PURPOSE.COPAY, about)]
    )
    row = payments.take(rosa(), sheet=made, key=key())
    sent = send(row)
    in_drawer = Line.objects.filter(entry_id=row.entry_id, account__kind=Account.Kind.DRAWER)
    [out] = going()
    assert out.words.body == (
        "Hello,\n\nThank you for your payment to Elm Street Family Medicine.\n\nAmount: $35.00\nDay: March 3, 2026\n"
        "Paid with: Cash $20.00, Check $15.00\nReceipt number: 1\n\nQuestions about it? Call (617) 555-0100\n\n"
        "Elm Street Family Medicine"
    )
    assert (sent.patient_id, out.words.subject) == (who.pk, "Your receipt from Elm Street Family Medicine")
    assert sum(line.amount for line in in_drawer) == 3500


def test_the_same_key_is_one_message_however_often_and_another_person_may_not(the, who):
    row = taken(who, the.location.pk, 3500)
    assert len({send(row).pk for _ in range(3)}) == 1
    with pytest.raises(AlreadyOnItsWay):
        send(row, key="k2")
    with pytest.raises(NotPermitted):
        send(row, by=sam())
    assert Message.objects.count() == 1
    assert len(going()) == 1
    assert send(row, key="k2", by=dev()).state == State.QUEUED


def test_whoever_paid_it_goes_to_the_patient_of_the_account(the, who):
    made = sheet(who, the.location.pk, [cash(3500)], [part(who, 3500)], paid_by="Hugo Ito")
    row = payments.take(rosa(), sheet=made, key=key())
    send(row)
    [out] = going()
    assert (out.to, "Hugo" in out.words.body) == ("ana@example.org", False)


def test_what_was_taken_on_a_chart_that_was_merged_goes_to_the_one_it_became(the, who):
    twin = reachable(email="old@example.org")
    row = taken(twin, the.location.pk, 3500)
    Patient.objects.filter(pk=twin.pk).update(merged_into=who.pk)
    assert send(row).patient_id == who.pk
    assert [out.to for out in going()] == ["ana@example.org"]


def test_who_said_stop_or_may_not_be_written_to_gets_nothing(the, who):
    row = taken(who, the.location.pk, 3500)
    messaging.hear(SYSTEM, channel="text", address="+16175550134", said="STOP")
    with pytest.raises(CannotSend, match="asked for no more messages"):
        send(row, "text")
    Patient.objects.filter(pk=who.pk).update(confidential=True)
    with pytest.raises(CannotSend, match="private address only"):
        send(row)
    assert not Message.objects.exists()


def test_a_payment_taken_back_is_not_confirmed_nor_what_waits_about_it(the, who):
    row = taken(who, the.location.pk, 3500)
    waiting = send(row)
    payments.take_back(lena(), payment_id=row.pk, reason="The wrong patient", key="back")
    assert going() == []
    waiting.refresh_from_db()
    assert (waiting.state, waiting.why) == (State.WITHDRAWN, "It is no longer as it says.")
    with pytest.raises(NothingToSend):
        send(row, key="k2")


def test_in_the_language_the_receipt_was_made_in(the, who):
    made = sheet(who, the.location.pk, [check(3500)], [part(who, 3500)], language="es")
    send(payments.take(rosa(), sheet=made, key=key()))
    [out] = going()
    assert out.words.subject == "Su recibo de Elm Street Family Medicine"
    assert "Forma de pago: Cheque\nNúmero de recibo: 1" in out.words.body


def test_where_the_visit_would_tell_the_name_is_a_neutral_one_and_the_message_is_hidden(the, who):
    VisitType.objects.filter(pk=the.visit.pk).update(labels="behavioural")
    row = taken(who, the.location.pk, 3500, purpose=rules.PURPOSE.COPAY, about=booked(the, who))
    sent = send(row)
    assert "behavioural" in sent.after["labels"]
    [out] = going()
    assert "Elm Street" not in out.words.subject + out.words.body
    assert "your clinic" in out.words.body


def test_a_kind_of_visit_of_which_the_practice_speaks_neutrally(the, who):
    Policy.objects.create(neutral_visit_types=[the.visit.pk])
    send(taken(who, the.location.pk, 3500, about=booked(the, who)))
    [out] = going()
    assert out.words.subject == "Your receipt from your clinic"


def test_a_restricted_relative_keeps_a_family_receipt_from_who_may_not_see_them(the, who):
    kin = reachable(email="kin@example.org")
    row = payments.take(
        rosa(), sheet=sheet(who, the.location.pk, [cash(5000)], [part(who, 2000), part(kin, 3000)]), key=key()
    )
    assert send(row).after["labels"] == ""
    Patient.objects.filter(pk=kin.pk).update(labels="vip")
    with pytest.raises(Restricted):
        send(row, "text")


def test_a_receipt_nobody_could_send_for_a_week_is_not_sent(the, who):
    send(taken(who, the.location.pk, 3500))
    with clock.fixed(clock.now() + timedelta(days=8)):
        assert going() == []
    assert Message.objects.get().state == State.WITHDRAWN


def test_a_link_goes_out_with_its_address_which_no_row_keeps(the, who, settings):
    row = link(who, the)
    payments.send_link(rosa(), charge_id=row.pk, channel="email", key="k1")
    payments.send_link(rosa(), charge_id=row.pk, channel="email", key="k1")
    [out] = delivery.lease("w", 9, leaving=("email",))
    assert delivery.begin(out, "w", "smtp")
    assert (
        f"You can pay $40.00 to Elm Street Family Medicine by card on this page:\n\n{row.link}\n"
        in out.words.body
    )
    assert "It works once, until March 4, 8:00 AM." in out.words.body
    kept = Message.objects.get()
    assert "secret" not in f"{kept.words}{kept.after}"
    assert "pay.example/…" in kept.words
    assert kept.not_after == row.over_at


def test_a_link_by_text_in_spanish(the):
    who = reachable(mobile="+16175550134", may_text=True, language="es")
    row = link(who, the)
    payments.send_link(rosa(), charge_id=row.pk, channel="text", key="k1")
    [out] = going()
    assert out.words.body == (
        f"Elm Street Family Medicine: pague $40.00 con tarjeta en {row.link} Sirve una vez, hasta el "
        "4 de marzo, 8:00 a. m. ¿Preguntas? Llame al (617) 555-0100. Responda STOP para no recibir mensajes."
    )
    assert row.sheet["language"] == "es"  # and so will the receipt be of what is paid by it


@pytest.mark.parametrize("change", [{"ended_at": "now"}, {"link": ""}, {"state": "doubt"}])
def test_a_link_that_cannot_be_paid_is_not_sent_nor_what_waits_about_it(the, who, change):
    row = link(who, the)
    payments.send_link(rosa(), charge_id=row.pk, channel="email", key="k1")
    given = {name: clock.now() if value == "now" else value for name, value in change.items()}
    CardCharge.objects.filter(pk=row.pk).update(**given)
    assert going() == []
    with pytest.raises(NothingToSend):
        payments.send_link(rosa(), charge_id=row.pk, channel="email", key="k2")


def test_what_is_not_there_is_not_sent(the, who):
    row = taken(who, the.location.pk, 3500)
    with pytest.raises(NoSuchPayment):
        send(Payment(pk=row.pk + 9))
    with pytest.raises(NoSuchCharge):
        payments.send_link(rosa(), charge_id=99, channel="email", key="k")
    with pytest.raises(Invalid):
        send(row, "fax")
    elsewhere = replace(rosa(), sites=frozenset({the.location.pk + 1}))
    with pytest.raises(NoSuchPayment):
        send(row, by=elsewhere)


def test_each_sending_is_on_record(the, who):
    row = taken(who, the.location.pk, 3500)
    send(row)
    entry = AuditEntry.objects.get(action="payments.send_receipt")
    assert (entry.patient_id, entry.subject, entry.after) == (
        who.pk,
        f"payments.payment:{row.pk}",
        {"sent": "email", "receipt": "1"},
    )
    assert AuditEntry.objects.filter(action="messaging.send_asked", patient_id=who.pk).count() == 1

"""A receipt by e-mail and by text, a payment link by e-mail: keys at the desk, a real mail server, the patient who reads it."""

import re

import pytest

from frontdesk.exchange.post import Postman
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.money import cents_of
from frontdesk.office.ledger.models import Account, Line
from frontdesk.office.ledger.queries import balance
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.models import Message
from frontdesk.office.payments.models import CardCharge, Payment
from frontdesk.office.payments.rules import account_of
from tests.cardnetwork import asked, cardnet
from tests.factories import scheduling as book
from tests.factories.ledger import charged
from tests.factories.messaging import Mailbox, reachable
from tests.factories.payments import drawer_open
from tests.journeys.office import Keys, Office
from tests.ui.axe import violations

IN = (Account.Kind.DRAWER, Account.Kind.CLEARING)


@pytest.fixture
def office(elm_street, rosa_account):
    made = Office(elm_street)
    with clock.fixed(made.at(10)):
        drawer_open(made.location.pk, by=book.actor(id=rosa_account.pk))
        yield made


@pytest.fixture
def box(settings):
    with Mailbox() as mailbox:
        settings.MAIL = mailbox.settings
        yield mailbox


def post():
    postman = Postman("journey")
    while postman.round():
        pass
    postman.rest()


def read(mail):
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def in_words(text):
    """Every amount that is spoken of, in cents."""
    return [cents_of(one) for one in re.findall(r"\$[\d,]+\.\d\d", text)]


def booked(row):
    """What the ledger says came in with a payment, in cents."""
    return sum(one.amount for one in Line.objects.filter(entry_id=row.entry_id, account__kind__in=IN))


def owing(who, cents=8200):
    charged(cents, account_of(who.pk), about="scheduling.appointment:9")
    return who


def paid_in_cash(page, who):
    page.goto(f"/patients/{who.pk}/money")
    return Keys(page).press("p").see(".pay").press("c").press("Enter").see(".receipt")


def test_taken_sent_by_two_letters_and_what_arrives_is_what_the_ledger_has(page, office, box):
    who = owing(reachable(mobile="+16175550134", may_text=True))
    keys = paid_in_cash(page, who)
    keys.press("m").see(".sending strong:has-text('ana@example.org')")
    keys.press("t").see(".sending strong:has-text('(617) 555-0134')")
    assert not violations(page)
    keys.press("Enter").gone("#sheet[open]")
    post()
    row, [(to, mail)] = Payment.objects.get(), box.taken
    assert (to, mail["Subject"]) == ("ana@example.org", "Your receipt from Elm Street Family Medicine")
    assert in_words(read(mail)) == [8200] == [booked(row)]
    assert f"Receipt number: {row.receipt}\n" in read(mail)
    assert mail.get_content_type() == "text/plain"  # nothing is attached
    text = Message.objects.get(channel="text")
    assert (text.state, in_words(text.words)) == ("sent", [8200])

    # It stands with the other messages of the patient, and on the account's rows one key away.
    page.goto(f"/patients/{who.pk}/messages")
    keys.see(".message-row:has-text('Receipt')").press("ArrowDown").see(".message-card:has-text('$82.00')")
    page.goto(f"/patients/{who.pk}/money")
    keys.see("#money-here .receipts:has-text('e-mailed')")
    page.locator("#money-here tr[data-row]:has-text('Payment, receipt')").focus()
    keys.press("Enter").see(".sending .badge:has-text('Sent')")
    keys.press("m").see(".sending .badge:has-text('Waiting')")
    post()
    assert len(box.taken) == 2
    assert len({mail["Message-ID"] for _, mail in box.taken}) == 2


def test_who_said_stop_is_offered_nothing_and_told_of_why_in_words(page, office, box):
    who = owing(reachable(mobile="+16175550134", may_text=True))
    messaging.hear(SYSTEM, channel="text", address="+16175550134", said="STOP")
    keys = paid_in_cash(page, who)
    keys.see(".sending:has-text('No text: They asked for no more messages.')")
    assert page.locator(".receipt [data-key=t]").count() == 0
    keys.press("t").press("m").see(".sending strong:has-text('ana@example.org')")
    post()
    assert len(box.taken) == Message.objects.count() == 1


def test_a_receipt_in_spanish(page, office, box):
    paid_in_cash(page, owing(reachable(language="es"))).press("m").see(".sending strong")
    post()
    [(_, mail)] = box.taken
    assert mail["Subject"] == "Su recibo de Elm Street Family Medicine"
    assert mail["Content-Language"] == "es"
    assert "Gracias por su pago" in read(mail)
    assert in_words(read(mail)) == [booked(Payment.objects.get())]


def test_mail_that_does_not_arrive_is_seen_where_the_others_are(page, office, box):
    box.answers["ana@example.org"] = "550 5.1.1 no such user"
    who = owing(reachable())
    paid_in_cash(page, who).press("m").see(".sending strong")
    post()
    page.goto("/messages")
    keys = Keys(page).see(".message-todo:has-text('Receipt')")
    page.goto(f"/payments/{Payment.objects.get().pk}")
    keys.see(".sending .badge:has-text('Failed')").see(
        ".sending:has-text('will not deliver to this address')"
    )


def test_a_link_by_e_mail_is_opened_and_paid_by_the_patient(page, office, box, settings, chromium):
    who = owing(reachable(), 4000)
    with cardnet() as net:
        settings.CARDS = net.processor()
        page.goto(f"/patients/{who.pk}/money")
        keys = Keys(page).press("k").see("#f-amount:focus").type("40")
        keys.press("Enter").see(".card-charge:has-text('The link is being made')")
        asked()
        keys.see(".card-code").press("m").see(".sending strong:has-text('ana@example.org')")
        assert not violations(page)
        post()
        [(_, mail)] = box.taken
        address = re.search(r"^http\S+$", read(mail), re.MULTILINE)[0]
        assert in_words(read(mail)) == [4000] == [CardCharge.objects.get().cents]
        assert address not in Message.objects.get().words
        telephone = chromium.new_page()
        telephone.goto(address)
        telephone.get_by_role("button", name="Pay $40.00").click()
        telephone.wait_for_load_state("domcontentloaded")
        telephone.close()
        asked(2)
        keys.see(".receipt:has-text('$40.00')").press("m").see(".sending strong:has-text('ana@example.org')")
        post()
    row = Payment.objects.get()
    receipt = read(box.taken[1][1])
    assert in_words(receipt) == [4000] == [booked(row)]
    assert "Paid with: Visa ending 4242" in receipt
    assert balance(Account.Kind.RECEIVABLE, account_of(who.pk)) == 0

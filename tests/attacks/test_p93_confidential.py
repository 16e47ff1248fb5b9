"""P93: who asked to be reached at one place alone: the other number, address and mailbox stand on nothing that leaves."""

import pytest

from frontdesk.exchange.post import Postman
from frontdesk.exchange.texting.gateway import Outbox, Receipt
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.downtime.services import open_pack
from frontdesk.office.messaging import delivery
from frontdesk.office.messaging.models import Kind, Message
from frontdesk.office.patients.models import Address, Contact, Patient
from frontdesk.office.practice.models import Room
from tests.attacks.practice import browser
from tests.factories import practice as make
from tests.factories.messaging import Mailbox, about, facts, link_to, write_about
from tests.factories.visits import Day
from tests.people import rosa
from tests.reading import words

pytestmark = pytest.mark.django_db
HOME = ("77 Canary Court", "CANARYTOWN", "555-0166", "5550166", "home@canary.example")
PRIVATE, PRIVATE_MAIL = "+16175550188", "only-here@safe.example"


@pytest.fixture
def the(db):
    make.practice()
    the = Day(days=3)
    the.visit = the.booked(9)
    the.who = the.visit.patient
    keep(the.who)
    return the


def keep(who):
    """A home with everything on file and everything allowed, and beside it the one place that may be used."""
    Patient.objects.filter(pk=who.pk).update(confidential=True, confidential_note="Only at the sister's")
    Address.objects.create(
        patient=who, use="home", line="77 Canary Court", city="CANARYTOWN", state="MA", zip="02143"
    )
    allowed = {"may_call": True, "may_text": True, "may_leave_voicemail": True, "is_preferred": True}
    Contact.objects.create(patient=who, system="phone", use="mobile", value="+16175550166", **allowed)
    Contact.objects.create(patient=who, system="email", value="home@canary.example", is_preferred=True)
    Contact.objects.create(
        patient=who,
        system="phone",
        use="mobile",
        value=PRIVATE,
        may_call=True,
        may_text=True,
        is_confidential=True,
    )
    Contact.objects.create(patient=who, system="email", value=PRIVATE_MAIL, is_confidential=True)


def clean(text):
    return not [one for one in HOME if one in text]


@pytest.mark.parametrize("kind", Kind.values)
def test_no_message_of_any_kind_goes_anywhere_else(the, settings, monkeypatch, kind):
    from frontdesk.office.messaging import services

    texts = []
    monkeypatch.setattr(Outbox, "send", lambda _self, to, said, key: texts.append((to, said)) or Receipt(key))
    with clock.fixed(the.at(10).replace(day=the.day.day - 3)), Mailbox() as box:
        settings.MAIL = box.settings
        made = services.announce(
            rosa(), patient_id=the.who.pk, kind=kind, about=about(), after=facts(the.at(9)), version=1
        )
        assert made is None or made.state in {"queued", "held"}
        postman = Postman("w")
        while postman.round() or delivery.anything_due():
            pass
        said = str(texts) + "".join(f"{to} {mail}" for to, mail in box.taken)
    assert clean(said)
    assert {to for to, _ in texts} <= {PRIVATE}
    assert {to for to, _ in box.taken} <= {PRIVATE_MAIL}
    assert set(Message.objects.exclude(address="").values_list("address", flat=True)) <= {
        PRIVATE,
        PRIVATE_MAIL,
    }
    if kind in {"confirmation", "reminder"}:
        assert texts or box.taken


def test_nor_when_the_one_place_is_gone(the, monkeypatch):
    """Then there is none: it is held, and comes back as work."""
    Contact.objects.filter(patient=the.who, is_confidential=True).delete()
    made = write_about(the.visit)
    assert made.state == "held"
    assert "private address only" in made.why


@pytest.mark.parametrize("paper", ["slip.pdf", "label.pdf", "visit-slip.pdf"])
def test_no_paper_of_the_visit_bears_it(the, paper):
    here = browser(make.user("lead", "lena", "Lena Park"))
    answer = here.get(f"/visits/{the.visit.pk}/{paper}")
    assert answer.status_code == 200
    assert clean(words(answer.getvalue()))
    if paper == "slip.pdf":
        assert "555-0188" in words(answer.getvalue())


def test_no_list_of_the_day_and_no_file_bears_it(the):
    here = browser(make.user("manager", "mia", "Mia Novak"))
    Room.objects.get_or_create(location=the.location, name="Exam 1")
    for path in ("/tomorrow/huddle.pdf?day=2026-03-10", "/board/roster.pdf"):
        answer = here.get(path)
        assert answer.status_code == 200
        assert clean(words(answer.getvalue())), path
    for code in ("no-shows", "utilisation"):
        answer = here.post(f"/reports/{code}/rows/export?period=days&from=3/1/2026&to=3/11/2026")
        assert answer.status_code == 200
        assert clean(answer.getvalue().decode()), code


def test_the_downtime_pack_names_the_one_number_alone(the):
    pack = open_pack(SYSTEM, location_id=the.location.pk, days=9)
    told = repr(pack)
    assert clean(told)
    assert PRIVATE in told


def test_where_the_desk_calls_it_calls_the_one_number(the):
    """The banner over every page, the lists that are called from, what the search and the recent charts show."""
    here = browser(make.user("lead", "lena", "Lena Park"))
    Patient.objects.filter(pk=the.who.pk).update(legal_last="Quetzal")
    the.who.refresh_from_db()
    from frontdesk.office.patients.index import reindex

    reindex([the.who.pk])
    person = here.get(f"/patients/{the.who.pk}").content.decode()
    assert "555-0188" in person.partition("<main")[0] + person
    for path, ask in (("/find", {"q": "quetzal"}), ("/patients", {"q": "quetzal"})):
        html = here.post(path, ask, headers={"HX-Request": "true"}).content.decode()
        assert "Quetzal" in html
        assert "555-0166" not in html, path
    html = here.get(f"/appointments/{the.visit.pk}").content.decode()
    assert "555-0166" not in html


def test_a_link_and_what_it_opens_bear_no_address_of_the_patient(the, client):
    with clock.fixed(the.at(7)):
        word = link_to(write_about(the.visit))
        for end in ("", "/times", "/cancel"):
            assert clean(client.get(f"/a/{word}{end}", follow=True).content.decode())

"""The papers: each says what it must, is on record, and keeps every name out of addresses and file names."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients.models import Alert
from frontdesk.office.visits import services
from tests.factories import practice as make
from tests.factories import scheduling as book
from tests.factories.visits import ROSA, Day
from tests.reading import words


@pytest.fixture
def the(db):
    make.practice()
    day = Day(days=8)
    with clock.fixed(day.at(9)):
        yield day


@pytest.fixture
def desk(client, the):
    make.user()
    client.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    return client


def paper(desk, address):
    answer = desk.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return answer


def test_the_routing_slip_says_who_what_to_mind_and_what_is_settled(the, desk):
    who = book.patient(legal_first="Zoë", language="es", interpreter_needed=True)
    Alert.objects.create(patient=who, words="Hard of hearing", made_at=clock.now(), made_by="Rosa")
    row = the.arrived(9, 20, patient=who)
    services.settle(ROSA, appointment_id=row.pk, item="identity", answer="passport")
    answer = paper(desk, f"/visits/{row.pk}/slip.pdf")
    read = words(answer.content)
    for part in (
        f"Zoë {who.legal_last}",
        f"MRN {who.mrn}",
        "9:20 am to 9:40 am",
        "Dana Lee",
        "Interpreter: Spanish, not arranged yet",
        "Hard of hearing",
        "Identity: passport",
        "Follow-up in",
    ):
        assert part in read
    assert answer["Content-Disposition"] == 'inline; filename="routing-slip.pdf"'


def test_the_label_has_two_ways_of_telling_namesakes_apart(the, desk):
    who = book.patient(legal_first="Ana", legal_last="Ito")
    read = words(paper(desk, f"/visits/{the.booked(9, patient=who).pk}/label.pdf").content)
    for part in ("Ito, Ana", "3/14/1962", who.mrn):
        assert part in read


def test_every_print_is_on_record_with_whose_it_was(the, desk):
    row = the.booked(9)
    for name in ("slip", "label", "visit-slip"):
        paper(desk, f"/visits/{row.pk}/{name}.pdf")
    seen = AuditEntry.objects.filter(action="visits.print_paper", patient_id=row.patient_id)
    assert [one.extra["paper"] for one in seen.order_by("id")] == ["slip", "label", "visit-slip"]


def test_a_visit_that_is_not_there_has_no_paper(desk):
    assert desk.get("/visits/999/slip.pdf").status_code == 404


def test_the_visit_slip_tells_what_comes_next_in_the_language_they_speak(the, desk):
    who = book.patient(language="es")
    row = the.arrived(9, patient=who)
    with clock.fixed(the.at(7)):
        from frontdesk.office.scheduling.services import book as place

        nxt = the.at(10, day=the.day + timedelta(days=7))
        made = place(ROSA, patient_id=who.pk, **the.ask(nxt))
    made.patient_instructions = "Nothing to eat from midnight on."
    made.save()
    order = {"visit_type_id": the.visit.pk, "weeks": 12}
    late = services.order_follow_up(ROSA, appointment_id=row.pk, **order)
    services.settle_follow_up(ROSA, follow_up_id=late.pk)
    spanish = words(paper(desk, f"/visits/{row.pk}/visit-slip.pdf").content)
    assert "martes, 17 de marzo de 2026 a las 10:00 a. m." in spanish
    assert "Nothing to eat from midnight on." in spanish
    assert "alrededor del martes, 2 de junio de 2026" in spanish
    english = words(paper(desk, f"/visits/{row.pk}/visit-slip.pdf?lang=en").content)
    assert "Tuesday, March 17, 2026 at 10:00 am" in english
    assert "12 Elm Street" in english


def test_the_huddle_sheet_has_a_page_a_provider_with_gaps_new_people_and_needs(the, desk):
    child = book.patient(birth_date=the.day.replace(year=2019), language="vi", interpreter_needed=True)
    the.booked(8, patient=child)
    the.booked(10, resource=the.ruiz)
    read = words(paper(desk, "/tomorrow/huddle.pdf?day=2026-03-10").content)
    first, second = read.split("\f")[:2]
    assert "Ana Ruiz" in first
    assert "Dana Lee" in second
    assert "1 new patient · 1 interpreter · 1 minor" in second
    assert "Interpreter: Vietnamese" in second
    assert "Free: 8:00 am to 10:00 am, 10:20 am to 5:00 pm" in first
    only = words(paper(desk, f"/tomorrow/huddle.pdf?day=2026-03-10&provider={the.lee.provider_id}").content)
    assert "Ana Ruiz" not in only
    shown = AuditEntry.objects.filter(action="visits.open_day", extra__list="huddle").latest("id")
    assert shown.extra["shown"] == [child.pk]


def test_the_roster_has_everybody_who_is_in_the_building_and_nobody_else(the, desk):
    here, coming = the.arrived(9), the.booked(11)
    services.sign_in_visitor(ROSA, location_id=the.location.pk, name="Pat Doyle", host="Dr. Lee")
    read = words(paper(desk, "/board/roster.pdf").content)
    assert here.patient.legal_last in read
    assert coming.patient.legal_last not in read
    assert "Pat Doyle" in read
    assert "Badge 1" in read
    assert AuditEntry.objects.get(action="visits.open_day").extra["shown"] == [here.patient_id]

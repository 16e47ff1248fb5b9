"""The search: who was meant, in a body and never in an address, with as many questions for many as for few."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.office.audit.models import AuditEntry
from tests.entrypoints.desk.patients.conftest import HX, text
from tests.factories.patients import ana, bo


def test_the_page_says_who_and_what_tells_them_apart(desk, who, other):
    html = text(desk.post("/patients", {"q": "ito ana"}))
    for words in ("Ana Ito", "3/14/1962", "Female", "…0134", "Somerville", who.mrn):
        assert words in html
    assert "Bo Brandt" not in html


def test_every_keystroke_answers_the_rows_alone(desk, who):
    html = text(desk.post("/find", {"q": "ito"}, headers=HX))
    assert f"hit-{who.pk}" in html
    assert "<html" not in html


def test_book_before_the_name_goes_on_to_booking(desk, who):
    assert f'data-href="/patients/{who.pk}/book"' in text(desk.post("/find", {"q": "book ito"}, headers=HX))


def test_an_at_sign_asks_for_days_and_providers(desk):
    assert "/schedule?day=2026-03-06" in text(desk.post("/find", {"q": "@fri"}, headers=HX))
    assert "No such day or provider" in text(desk.post("/find", {"q": "@zebra"}, headers=HX))


def test_nothing_can_be_searched_for_in_an_address(desk, who):
    assert desk.get("/find", {"q": "ito"}).status_code == 405
    assert "Ana Ito" not in text(desk.get("/patients", {"q": "ito"}))


@pytest.mark.parametrize("address", ["/patients", "/find"])
def test_no_address_on_the_answer_holds_what_is_known_of_a_patient(desk, who, address):
    answer = desk.post(address, {"q": "ito 3/14/1962"}, headers=HX)
    links = re.findall(r'(?:href|action|hx-get|hx-post|src|data-sheet)="([^"]*)"', text(answer))
    links += [value for name, value in answer.items() if name.startswith("HX-")]
    assert links
    for word in ("ito", "ana", "1962", "0134", who.mrn):
        assert not [link for link in links if word in link.casefold()]


def test_a_search_is_on_record_with_whom_it_showed(desk, who):
    desk.post("/find", {"q": "ito"}, headers=HX)
    assert AuditEntry.objects.get(action="patients.search").extra["shown"] == [who.pk]


def test_only_who_may_register_is_offered_to(desk, trainee):
    assert "hit-register" in text(desk.post("/find", {"q": "quill"}, headers=HX))
    assert "hit-register" not in text(trainee.post("/find", {"q": "quill"}, headers=HX))


@pytest.mark.parametrize(
    "words", ["", " ", "%", "_", "'; --", "a\x00b", "@\x00", "\u202e", "9" * 400, "<b>ito</b>"]
)
def test_anything_can_be_typed(desk, who, words):
    for address in ("/find", "/patients"):
        answer = desk.post(address, {"q": words}, headers=HX)
        assert answer.status_code == 200
        assert "<b>ito" not in text(answer)


@pytest.mark.parametrize("address", ["/find", "/patients"])
def test_thirty_people_take_no_more_questions_than_one(desk, address):
    ana()
    few = questions(desk, address)
    for n in range(30):
        ana(phone=f"(617) 555-{1000 + n}") if n % 2 else bo(legal_last="Ito", phone=f"(617) 555-{1000 + n}")
    many = questions(desk, address)
    assert many <= few <= 20


def questions(desk, address):
    with CaptureQueriesContext(connection) as found:
        assert "Ito" in text(desk.post(address, {"q": "ito"}, headers=HX))
    return len([one for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])

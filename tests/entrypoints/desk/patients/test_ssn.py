"""The pages about a social security number: written, masked, shown whole for a reason, in no address and no draft."""

import hashlib
import json

import pytest
from django.test import Client

from frontdesk.office.audit.models import AuditEntry, FormKey
from frontdesk.office.patients.models import Draft, Patient, SocialSecurityNumber
from tests.entrypoints.desk.patients.conftest import hidden, text
from tests.factories.patients import ana

NUMBER, DIGITS, MASKED = "219-47-8306", "219478306", "***-**-8306"
NEW = {
    "legal_first": "Cy",
    "legal_last": "Dow",
    "birth_date": "1/2/1970",
    "sex": "male",
    "phone": "617 555 0190",
    "language": "en",
    "zip": "02143",
}


@pytest.fixture
def who(site):
    return ana(ssn=NUMBER)


@pytest.fixture
def biller(sign_in):
    return sign_in("biller", "dev")


def path(who, more=""):
    return f"/patients/{who.pk}/ssn{more}"


def test_it_is_taken_at_the_registration_and_stands_masked_on_the_record(desk):
    answer = desk.post("/patients/register", {**NEW, "ssn": NUMBER})
    assert answer.status_code == 302
    made = Patient.objects.get()
    page = text(desk.get(f"/patients/{made.pk}/person"))
    assert MASKED in page
    assert NUMBER not in page and DIGITS not in page


def test_one_nobody_has_is_told_beside_its_field_and_nothing_is_written(desk):
    answer = desk.post("/patients/register", {**NEW, "ssn": "666-47-8306"})
    assert answer.status_code == 422
    assert "Nobody has this number" in text(answer)
    assert not Patient.objects.exists()


def test_it_is_written_and_taken_away_on_its_page(desk, site):
    who = ana()
    page = text(desk.get(path(who)))
    form = {name: hidden(page, name) for name in ("_key", "_patient", "version")}
    assert desk.post(path(who), {**form, "ssn": NUMBER}).status_code == 302
    page = text(desk.get(path(who)))
    assert MASKED in page and NUMBER not in page
    form = {name: hidden(page, name) for name in ("_key", "_patient", "version")}
    assert desk.post(path(who), {**form, "ssn": ""}).status_code == 422
    assert desk.post(path(who), {**form, "ssn": "12"}).status_code == 422
    assert SocialSecurityNumber.objects.exists()
    assert desk.post(path(who), {**form, "gone": "yes"}).status_code == 302
    assert not SocialSecurityNumber.objects.exists()


def test_a_form_that_is_out_of_date_overwrites_nothing(desk, who):
    answer = desk.post(path(who), {"ssn": "529-31-4421", "version": "0"})
    assert answer.status_code == 409
    assert MASKED in text(desk.get(f"/patients/{who.pk}/person"))


def test_the_whole_is_shown_for_a_reason_only(biller, who):
    assert NUMBER not in text(biller.get(path(who, "/reveal")))
    answer = biller.post(path(who, "/reveal"), {"reason": ""})
    assert answer.status_code == 422
    assert NUMBER not in text(answer)
    answer = biller.post(path(who, "/reveal"), {"reason": "Medicaid asks for it"})
    assert NUMBER in text(answer)
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.get(action="patients.reveal_ssn")
    assert (entry.patient_id, entry.reason) == (who.pk, "Medicaid asks for it")


def test_the_desk_does_not_show_the_whole_and_a_trainee_not_even_its_end(desk, sign_in, who):
    assert desk.get(path(who, "/reveal")).status_code == 403
    assert desk.post(path(who, "/reveal"), {"reason": "Medicaid asks for it"}).status_code == 403
    assert "/ssn/reveal" not in text(desk.get(f"/patients/{who.pk}/person"))
    page = text(sign_in("trainee", "sam").get(f"/patients/{who.pk}/person"))
    assert "***-**-****" in page
    assert "8306" not in page


def test_there_is_nothing_to_reveal_where_there_is_no_number(biller, site):
    assert biller.get(path(ana(), "/reveal")).status_code == 404


def test_a_number_that_was_tampered_with_is_said_to_be_so(biller, who):
    SocialSecurityNumber.objects.update(number="k0:" + "A" * 52)
    assert "cannot be read" in text(biller.get(f"/patients/{who.pk}/person"))
    answer = biller.post(path(who, "/reveal"), {"reason": "Medicaid asks for it"})
    assert answer.status_code == 422
    assert "is not as it was sealed" in text(answer)


def test_the_search_finds_by_it_out_of_the_body(desk, who):
    page = text(desk.post("/find", {"q": NUMBER}))
    assert "Ana" in page and "social security number" in page
    assert desk.get("/find", {"q": NUMBER}).status_code == 405
    assert "Ana" not in text(desk.get("/patients", {"q": NUMBER}))


def test_who_was_searched_for_by_number_is_registered_with_it(desk, site):
    page = text(desk.post("/patients/register", {"q": f"dow cy {NUMBER}"}))
    assert f'value="{NUMBER}"' in page


def test_likely_duplicates_say_that_the_number_is_the_same(desk, who):
    page = text(desk.post("/patients/register/check", {**NEW, "ssn": NUMBER}))
    assert "ame social security number" in page
    assert MASKED not in page


def test_a_draft_keeps_no_number_even_under_a_cover(desk, who):
    desk.post("/drafts", {"name": "register", "values": json.dumps({"ssn": [NUMBER], "legal_last": ["Dow"]})})
    assert Draft.objects.get().values == {"legal_last": ["Dow"]}
    desk.post("/lock")
    desk.post("/patients/register", {**NEW, "ssn": NUMBER, "_draft": "register"})
    kept = Draft.objects.get().values
    assert kept["legal_first"] == ["Cy"]
    assert "ssn" not in kept


def test_what_is_kept_of_a_form_does_not_let_its_number_be_guessed(desk, site):
    who = ana()
    form = {"_key": "a-key", "ssn": NUMBER, "version": "0"}
    desk.post(path(who), form)
    fields = {name: [value] for name, value in sorted(form.items())}
    plain = json.dumps([path(who), fields]).encode()
    assert FormKey.objects.get(key="a-key").body != hashlib.sha256(plain).hexdigest()


def test_a_form_sent_again_with_another_number_is_refused(desk, site):
    who = ana()
    form = {"_key": "a-key", "version": "0"}
    assert desk.post(path(who), {**form, "ssn": NUMBER}).status_code == 302
    assert desk.post(path(who), {**form, "ssn": "529-31-4421"}).status_code == 409
    assert desk.post(path(who), {**form, "ssn": NUMBER}).status_code == 302


def test_nobody_signed_in_is_asked_to_sign_in_first(who):
    assert Client().get(path(who)).status_code == 302

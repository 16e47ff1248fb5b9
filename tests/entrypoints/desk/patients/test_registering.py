"""Registering: seven fields, nobody twice, a family's things copied, and one patient for one form."""

import json

import pytest

from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients.models import Contact, Draft, Patient
from tests.entrypoints.desk.patients.conftest import HX, hidden, text

ZELDA = {
    "legal_first": "Zelda",
    "legal_last": "Quill",
    "birth_date": "3/14/1971",
    "sex": "female",
    "phone": "(617) 555-0111",
    "language": "en",
    "zip": "02143",
}
ANA_AGAIN = {
    **ZELDA,
    "legal_first": "Ana",
    "legal_last": "Ito",
    "birth_date": "3/14/1962",
    "phone": "6175550134",
}
ASKED = list(ZELDA)


def send(desk, fields=ZELDA, headers=HX, **more):
    return desk.post("/patients/register", {**fields, **more}, headers=headers)


def test_the_form_begins_with_what_was_searched_for(desk):
    html = text(desk.post("/patients/register", {"q": "book zelda quill 3/14/71"}, headers=HX))
    for value in ("Zelda", "Quill", "3/14/1971"):
        assert f'value="{value}"' in html


def test_seven_fields_make_a_patient_and_open_the_chart(desk):
    answer = send(desk)
    made = Patient.objects.get()
    assert json.loads(answer["HX-Location"])["path"] == f"/patients/{made.pk}"
    assert Contact.objects.get(patient=made).value == "+16175550111"
    assert AuditEntry.objects.filter(action="patients.register", patient_id=made.pk).count() == 1


def test_without_scripts_it_is_the_same_form(desk):
    answer = send(desk, headers={})
    assert answer["Location"] == f"/patients/{Patient.objects.get().pk}"


@pytest.mark.parametrize("name", ASKED)
def test_each_of_the_seven_is_asked_for_beside_its_field(desk, name):
    answer = send(desk, {**ZELDA, name: ""})
    html = text(answer)
    assert answer.status_code == 422
    assert f'id="f-{name}-error"' in html
    assert all(
        f'value="{value}"' in html for key, value in ZELDA.items() if key in {"legal_first", "zip"} - {name}
    )
    assert not Patient.objects.exists()


def test_everything_wrong_is_said_at_once(desk):
    html = text(send(desk, {}, legal_last=""))
    assert all(f'id="f-{name}-error"' in html for name in ASKED)


def test_who_may_be_meant_is_shown_while_typing(desk, who):
    html = text(desk.post("/patients/register/check", {**ANA_AGAIN, "phone": "", "zip": ""}, headers=HX))
    assert who.mrn in html
    assert "% alike" in html


def test_whose_names_were_shown_while_typing_is_on_record(desk, who):
    desk.post("/patients/register/check", ANA_AGAIN, headers=HX)
    assert AuditEntry.objects.filter(is_read=True, extra__shown=[who.pk]).exists()


def test_somebody_alike_stops_the_form_until_it_is_said_that_they_are_two(desk, who):
    answer = send(desk, ANA_AGAIN)
    assert answer.status_code == 409
    assert "Is this the same person?" in text(answer)
    assert Patient.objects.count() == 1
    send(desk, ANA_AGAIN, distinct="yes")
    assert Patient.objects.count() == 2


def test_a_twin_is_shown_but_does_not_stop_the_form(desk, who):
    twin = {**ANA_AGAIN, "legal_first": "Kazuko"}
    html = text(desk.post("/patients/register/check", twin, headers=HX))
    assert "likely-stops" not in html
    assert send(desk, twin).status_code == 200
    assert Patient.objects.count() == 2


def test_what_a_family_shares_is_copied_and_what_was_typed_stays(desk, who):
    typed = {"legal_first": "Ken", "phone": "(617) 555-0190", "relative": str(who.pk)}
    html = text(desk.post("/patients/register/family", typed, headers=HX))
    assert 'value="8 Elm Street"' in html
    assert 'value="02143"' in html
    assert "(617) 555-0190" in html
    assert "0134" not in html


@pytest.mark.parametrize("given", ["", "x", "²", "999", "9" * 30])
def test_a_family_member_who_is_none_is_refused_in_words(desk, given):
    answer = desk.post("/patients/register/family", {"copy_from": given}, headers=HX)
    assert answer.status_code in {404, 422}


@pytest.mark.parametrize("given", ["²", "9" * 30, "-1"])
def test_a_form_with_a_family_member_who_is_none_does_not_break(desk, given):
    assert send(desk, copy_from=given).status_code in {200, 404, 422}


def test_a_form_sent_twice_makes_one_patient_and_both_answers_agree(desk):
    key = hidden(text(desk.get("/patients/register")), "_key")
    first, again = send(desk, _key=key), send(desk, _key=key)
    assert Patient.objects.count() == 1
    assert first["HX-Location"] == again["HX-Location"]


def test_the_same_form_with_other_contents_is_refused(desk):
    send(desk, _key="k1")
    answer = send(desk, {**ZELDA, "legal_first": "Zoe"}, _key="k1")
    assert answer.status_code == 409
    assert "already sent with other contents" in text(answer)
    assert Patient.objects.count() == 1


def test_a_form_that_was_stopped_can_be_sent_on(desk, who):
    """The answer to "is this the same person?" comes from the form that was drawn anew."""
    key = hidden(text(send(desk, ANA_AGAIN, _key="k1")), "_key")
    assert key != "k1"
    assert send(desk, ANA_AGAIN, _key=key, distinct="yes").status_code == 200


def test_inside_a_booking_the_way_goes_back_into_it(desk):
    answer = send(desk, back="/openings?type=3")
    assert answer["Location"] == f"/openings?type=3&patient={Patient.objects.get().pk}"


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1"]
)
def test_nobody_is_sent_out_of_the_desk(desk, back):
    assert "evil" not in text(desk.get("/patients/register", {"back": back}))
    answer = send(desk, back=back)
    assert "evil" not in str(answer.headers)


def test_what_was_typed_is_kept_offered_taken_up_and_forgotten(desk):
    values = json.dumps({"legal_first": ["Zelda"], "legal_last": ["Quill"]})
    assert desk.post("/drafts", {"name": "register", "values": values}).status_code == 204
    assert "A form was left unfinished: Zelda Quill" in text(desk.get("/patients/register"))
    assert 'value="Zelda"' in text(desk.get("/patients/register?draft=1"))
    desk.post("/drafts", {"name": "register", "forget": "1"})
    assert not Draft.objects.exists()


def test_a_draft_is_its_writers_alone_and_is_gone_once_sent(desk, lead):
    desk.post("/drafts", {"name": "register", "values": json.dumps({"legal_last": ["Quill"]})})
    assert "Quill" not in text(lead.get("/patients/register"))
    send(desk, _key="k1")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("values", ["", "[]", "{", "3"])
def test_a_draft_that_is_none_is_refused(desk, values):
    assert desk.post("/drafts", {"name": "register", "values": values}).status_code == 422


@pytest.mark.parametrize("values", ['{"q": ["a\\u0000b"]}', '{"q": ["\\ud800"]}'])
def test_a_draft_with_signs_no_text_has_does_not_break(desk, values):
    assert desk.post("/drafts", {"name": "regi\x00ster", "values": values}).status_code == 204
    assert Draft.objects.get().name == "register"


def test_a_name_with_signs_no_name_has_does_not_break(desk):
    assert send(desk, {**ZELDA, "legal_first": "Ze\x00lda"}).status_code in {200, 422}


def test_a_child_needs_a_guardian(desk):
    child = {**ZELDA, "birth_date": "3/14/2020"}
    assert "Add the guardian" in text(desk.post("/patients/register/check", child, headers=HX))
    assert send(desk, child).status_code == 422
    assert send(desk, child, guardian_first="Ann", guardian_last="Quill").status_code == 200


@pytest.mark.parametrize("path", ["", "/check", "/family"])
def test_who_may_not_register_is_told_so_in_words(trainee, path):
    answer = trainee.post(f"/patients/register{path}", {**ZELDA, "relative": "1"})
    assert answer.status_code == 403
    assert "Your role does not allow this" in text(answer)
    assert "<h1>Not open to you</h1>" in text(answer)
    assert not Patient.objects.exists()

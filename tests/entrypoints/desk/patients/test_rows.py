"""What a patient has several of: numbers, addresses, people, alerts, names; added, corrected, ended, never anybody else's."""

import pytest

from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import (
    OLD_MRN,
    Address,
    Alert,
    Contact,
    Identifier,
    PatientName,
    RelatedPerson,
)
from tests.entrypoints.desk.patients.conftest import HX, hidden, text
from tests.people import mia

NEW = {
    "phone": (Contact, {"value": "(617) 555-0145", "use": "work", "may_call": "yes"}),
    "email": (Contact, {"value": "ana@example.org", "use": "home"}),
    "address": (
        Address,
        {"use": "temp", "line": "9 Oak Road", "city": "Medford", "state": "MA", "zip": "02155"},
    ),
    "person": (RelatedPerson, {"role": "emergency", "first": "Ken", "last": "Ito", "phone": "6175550146"}),
    "alert": (Alert, {"words": "Needs the ramp", "show": "always"}),
    "name": (PatientName, {"use": "previous", "last": "Mori"}),
    "number": (Identifier, {"system": "Cooley Dickinson Hospital", "value": "CD-20417"}),
}
KINDS = list(NEW)


def count(kind, who):
    return NEW[kind][0].objects.filter(patient=who).count()


def add(desk, who, kind, **more):
    return desk.post(f"/patients/{who.pk}/rows/{kind}", {**NEW[kind][1], **more}, headers=HX)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_added_in_its_card(desk, who, kind):
    before = count(kind, who)
    empty = text(desk.get(f"/patients/{who.pk}/rows/{kind}", headers=HX))
    answer = add(desk, who, kind, _key=hidden(empty, "_key"), _patient=who.pk)
    assert "Added." in answer["HX-Trigger"]
    assert count(kind, who) == before + 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_sent_twice_adds_one_row(desk, who, kind):
    before = count(kind, who)
    for _ in range(2):
        assert add(desk, who, kind, _key="k1").status_code == 200
    assert count(kind, who) == before + 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_with_nothing_in_it_is_refused_and_stays_open(desk, who, kind):
    before = count(kind, who)
    answer = desk.post(f"/patients/{who.pk}/rows/{kind}", {"role": "emergency", "show": "always"}, headers=HX)
    assert answer.status_code == 422
    assert "<form" in text(answer)
    assert count(kind, who) == before


def test_a_number_is_corrected_and_ended_and_stays_in_the_history(desk, who):
    row = Contact.objects.get(patient=who)
    address = f"/patients/{who.pk}/rows/phone/{row.pk}"
    version = hidden(text(desk.get(address, headers=HX)), "version")
    desk.post(address, {"value": "6175550147", "use": "home", "version": version}, headers=HX)
    row.refresh_from_db()
    assert row.value == "+16175550147"
    desk.post(f"{address}/end", {"version": row.version}, headers=HX)
    row.refresh_from_db()
    assert row.ends is not None
    assert "(617) 555-0147" in text(desk.get(f"/patients/{who.pk}/history"))


CORRECTED = {
    "alert": {"words": "Needs the ramp and a wheelchair", "show": "booking"},
    "name": {"use": "maiden", "first": "", "last": "Mori-Sato"},
}


@pytest.mark.parametrize("kind", CORRECTED)
def test_an_alert_and_another_name_are_corrected_and_ended(desk, who, kind):
    add(desk, who, kind)
    row = NEW[kind][0].objects.get(patient=who)
    address = f"/patients/{who.pk}/rows/{kind}/{row.pk}"
    assert address in text(desk.get(f"/patients/{who.pk}/{'alerts' if kind == 'alert' else 'person'}"))
    version = hidden(text(desk.get(address, headers=HX)), "version")
    answer = desk.post(address, {**CORRECTED[kind], "version": version}, headers=HX)
    assert "Saved." in answer["HX-Trigger"]
    row.refresh_from_db()
    assert CORRECTED[kind].items() <= {name: getattr(row, name) for name in CORRECTED[kind]}.items()
    assert "Ended" in desk.post(f"{address}/end", {"version": row.version}, headers=HX)["HX-Trigger"]
    row.refresh_from_db()
    assert (row.ended_at if kind == "alert" else row.ends) is not None


def test_another_name_cannot_become_nothing(desk, who):
    add(desk, who, "name")
    row = PatientName.objects.get(patient=who)
    given = {"use": "maiden", "first": " ", "last": "", "version": row.version}
    assert desk.post(f"/patients/{who.pk}/rows/name/{row.pk}", given, headers=HX).status_code == 422


def test_a_number_of_another_system_is_taken_away_and_that_of_a_merged_chart_stays(desk, who):
    add(desk, who, "number")
    row = Identifier.objects.get(patient=who)
    old = Identifier.objects.create(patient=who, system=OLD_MRN, value="100999")
    drawn = text(desk.get(f"/patients/{who.pk}/person"))
    assert f"/rows/number/{row.pk}/end" in drawn
    assert f"/rows/number/{old.pk}/end" not in drawn
    assert desk.post(f"/patients/{who.pk}/rows/number/{row.pk}/end", headers=HX).status_code == 200
    assert desk.post(f"/patients/{who.pk}/rows/number/{old.pk}/end", headers=HX).status_code == 422
    assert list(Identifier.objects.filter(patient=who)) == [old]


def test_a_number_that_is_another_patients_is_refused_beside_its_field(desk, who, other):
    add(desk, other, "number")
    answer = add(desk, who, "number")
    assert answer.status_code in {409, 422}
    assert "Another patient has that number." in text(answer)
    assert 'value="CD-20417"' in text(answer)


def test_an_alert_that_shows_until_it_is_read_is_read_by_one_key(desk, who):
    add(desk, who, "alert", words="Speak slowly", show="once")
    row = Alert.objects.get(patient=who)
    address = f"/patients/{who.pk}/alerts/{row.pk}/read"
    assert address in text(desk.get(f"/patients/{who.pk}/alerts"))
    answer = desk.post(address, {"version": row.version}, headers=HX)
    assert "Read." in answer["HX-Trigger"]
    assert address not in text(answer)


def test_two_people_who_correct_one_row_see_both(desk, who):
    row = Address.objects.get(patient=who)
    address = f"/patients/{who.pk}/rows/address/{row.pk}"
    drawn = text(desk.get(address, headers=HX))
    patients.change_address(mia(), address_id=row.pk, changes={"line": "10 Elm Street"}, version=row.version)
    typed = {"use": "home", "line": "12 Elm Street", "city": "Somerville", "state": "MA", "zip": "02143"}
    answer = desk.post(address, {**typed, "version": hidden(drawn, "version")}, headers=HX)
    assert answer.status_code == 409
    assert "10 Elm Street" in text(answer)
    assert "12 Elm Street" in text(answer)
    desk.post(address, {**typed, "version": hidden(text(answer), "version")}, headers=HX)
    row.refresh_from_db()
    assert row.line == "12 Elm Street"


@pytest.mark.parametrize("end", ["", "/end"])
def test_a_row_of_somebody_else_is_none(desk, who, other, end):
    row = Contact.objects.get(patient=other)
    answer = desk.post(f"/patients/{who.pk}/rows/phone/{row.pk}{end}", {"value": "6175550148", "version": 1})
    assert answer.status_code == 404
    row.refresh_from_db()
    assert row.value == "+16175550177"
    assert row.ends is None


@pytest.mark.parametrize("address", ["zebra", "zebra/1", "alert/999", "phone/999", f"phone/{'9' * 30}"])
def test_what_is_not_there_says_so(desk, who, address):
    assert desk.get(f"/patients/{who.pk}/rows/{address}", headers=HX).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_asked_for_as_a_page_leads_to_its_tab(desk, who, kind):
    tab = desk.get(f"/patients/{who.pk}/rows/{kind}")["Location"]
    assert desk.get(tab).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_only_look_adds_nothing_and_is_drawn_no_form(trainee, who, kind):
    before = count(kind, who)
    assert "<form" not in text(trainee.get(f"/patients/{who.pk}/rows/{kind}", headers=HX))
    assert add(trainee, who, kind).status_code == 403
    assert count(kind, who) == before


def test_an_alert_is_words_and_never_a_script(desk, who):
    add(desk, who, "alert", words="<script>alert(1)</script>")
    for tab in ("", "/alerts", "/history"):
        assert "<script>alert" not in text(desk.get(f"/patients/{who.pk}{tab}"))


def test_what_cannot_be_stored_as_text_breaks_nothing(desk, who):
    assert add(desk, who, "alert", words="Ra\x00mp").status_code in {200, 422}


def test_an_address_can_be_the_only_one_to_write_to(desk, who):
    answer = add(desk, who, "email", is_confidential="on", _key="k1")
    assert Contact.objects.get(patient=who, system="email").is_confidential
    assert "only here" in text(answer)

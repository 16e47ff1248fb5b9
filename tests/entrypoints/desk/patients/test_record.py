"""The record: tabs, sections edited in place, two people at once, a tab left open, and how much it asks the database."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import Confirmation, Contact
from tests.entrypoints.desk.patients.conftest import HX, hidden, text
from tests.factories.patients import ana
from tests.people import mia

TABS = ["", "/person", "/contacts", "/alerts", "/visits", "/history"]


def form(desk, who, code="identity"):
    """Return the fields of a section's form as a browser holds them."""
    html = text(desk.get(f"/patients/{who.pk}/sections/{code}?edit={code}", headers=HX))
    names = ("_key", "_patient", "version", "base")
    fields = {name: hidden(html, name) for name in names}
    return {**fields, **{k: v for k, v in json.loads(fields["base"]).items() if v}}


def save(desk, who, fields, headers=HX, code="identity", **changes):
    return desk.post(f"/patients/{who.pk}/sections/{code}", {**fields, **changes}, headers=headers)


def by_another(who, **changes):
    """Have Mia change fields of the record."""
    who.refresh_from_db()
    base = {name: getattr(who, name) for name in changes}
    patients.update_demographics(mia(), patient_id=who.pk, version=who.version, base=base, changes=changes)


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_says_whose_record_it_is(desk, who, tab):
    html = text(desk.get(f"/patients/{who.pk}{tab}"))
    assert "Ana Ito" in html
    assert "3/14/1962" in html
    assert "Ito" not in html.split("<title>")[1].split("</title>")[0]


@pytest.mark.parametrize("tab", TABS)
def test_every_look_is_on_record_once(desk, who, tab):
    before = AuditEntry.objects.filter(action="patients.open_chart").count()
    desk.get(f"/patients/{who.pk}{tab}")
    assert AuditEntry.objects.filter(action="patients.open_chart").count() == before + 1


@pytest.mark.parametrize("number", ["999", "9" * 30])
@pytest.mark.parametrize("tab", TABS)
def test_a_patient_who_is_not_there_is_a_page_that_says_so(desk, number, tab):
    answer = desk.get(f"/patients/{number}{tab}")
    assert answer.status_code == 404
    assert "There is no such patient." in text(answer)


@pytest.mark.parametrize("tab", TABS)
def test_a_merged_chart_leads_to_the_one_it_is_part_of(desk, who, tab):
    once = ana(phone="(617) 555-0188")
    patients.merge(mia(), survivor_id=who.pk, duplicate_id=once.pk)
    assert desk.get(f"/patients/{once.pk}{tab}")["Location"] == f"/patients/{who.pk}{tab}"


def test_a_correction_is_written_and_the_banner_with_it(desk, who):
    answer = save(desk, who, form(desk, who), preferred_name="Annie")
    assert "Annie" in text(answer).split("hx-swap-oob")[1]
    who.refresh_from_db()
    assert who.preferred_name == "Annie"


def test_without_scripts_it_goes_back_to_the_tab(desk, who):
    assert (
        save(desk, who, form(desk, who), headers={}, pronouns="they")["Location"]
        == f"/patients/{who.pk}/person"
    )


def test_what_cannot_be_right_is_said_beside_its_field_and_stays_typed(desk, who):
    answer = save(desk, who, form(desk, who), birth_date="13/45/1962", preferred_name="Annie")
    assert answer.status_code == 422
    assert 'value="13/45/1962"' in text(answer)
    assert 'value="Annie"' in text(answer)
    who.refresh_from_db()
    assert who.preferred_name == ""


def test_two_people_who_change_different_things_both_have_them(desk, who):
    fields = form(desk, who)
    by_another(who, pronouns="they")
    assert save(desk, who, fields, preferred_name="Annie").status_code == 200
    who.refresh_from_db()
    assert (who.preferred_name, who.pronouns) == ("Annie", "they")


@pytest.mark.parametrize(("choice", "kept"), [("theirs", "Nan"), ("mine", "Annie")])
def test_two_people_who_change_the_same_see_both_and_one_chooses(desk, who, choice, kept):
    fields = form(desk, who)
    by_another(who, preferred_name="Nan")
    answer = save(desk, who, fields, preferred_name="Annie", pronouns="they")
    html = text(answer)
    assert answer.status_code == 409
    assert "Mia wrote Nan meanwhile, you wrote Annie" in html
    again = {name: hidden(html, name) for name in ("_key", "version", "base")}
    typed = {**fields, **again, "preferred_name": "Annie", "pronouns": "they", "clash_preferred_name": "1"}
    undecided = save(desk, who, typed)
    assert undecided.status_code == 422
    assert "Choose one of the two" in text(undecided)
    save(desk, who, {**typed, "_key": hidden(text(undecided), "_key")}, choose_preferred_name=choice)
    who.refresh_from_db()
    assert (who.preferred_name, who.pronouns) == (kept, "they")


def test_a_section_that_is_unchanged_is_one_post(desk, who):
    assert (
        "unchanged, noted"
        in desk.post(f"/patients/{who.pk}/sections/identity/confirm", headers=HX)["HX-Trigger"]
    )
    assert Confirmation.objects.get().section == "identity"


def test_everything_unchanged_is_one_post_and_once_however_often_it_is_sent(desk, who):
    for _ in range(2):
        desk.post(f"/patients/{who.pk}/confirm", {"_key": "k" * 64}, headers=HX)
    assert Confirmation.objects.count() == len(patients.SECTIONS)


@pytest.mark.parametrize("code", ["alerts", "zebra"])
def test_what_is_never_confirmed_says_so(desk, who, code):
    assert desk.post(f"/patients/{who.pk}/sections/{code}/confirm", headers=HX).status_code in {404, 422}


def test_the_same_form_twice_changes_the_record_once(desk, who):
    fields = form(desk, who)
    for _ in range(2):
        assert save(desk, who, fields, preferred_name="Annie").status_code == 200
    done = AuditEntry.objects.filter(action="patients.update_demographics", patient_id=who.pk)
    assert done.count() == 1


def test_a_tab_that_shows_another_patient_is_refused_in_words(desk, who, other):
    fields = form(desk, who)
    answer = desk.post(
        f"/patients/{other.pk}/sections/identity", {**fields, "preferred_name": "Annie"}, headers=HX
    )
    assert answer.status_code == 409
    assert "This page shows another patient" in text(answer)
    other.refresh_from_db()
    assert other.preferred_name == ""


@pytest.mark.parametrize(
    "path",
    [
        "/confirm",
        "/sections/identity",
        "/sections/identity/confirm",
        "/rows/alert",
        "/rows/phone/1",
        "/rows/phone/1/end",
    ],
)
def test_every_form_of_the_record_refuses_another_patient(desk, who, other, path):
    answer = desk.post(f"/patients/{other.pk}{path}", {"_patient": who.pk, "words": "Ramp"})
    assert answer.status_code == 409
    assert "This page shows another patient" in text(answer)


@pytest.mark.parametrize("tab", ["", "/person", "/contacts", "/alerts"])
def test_every_form_on_the_record_says_whose_it_is(lead, who, tab):
    """A form that did not could be sent from a tab that shows somebody else."""
    patients.add_alert(mia(), patient_id=who.pk, words="Ramp")
    main = text(lead.get(f"/patients/{who.pk}{tab}")).split("<main")[1].split("</main>")[0]
    forms = main.split("<form")[1:]
    assert forms
    assert all(f'name="_patient" value="{who.pk}"' in one for one in forms)


def test_a_form_on_a_chart_that_was_merged_meanwhile_overwrites_nothing(desk, who):
    once = ana(phone="(617) 555-0188")
    fields = form(desk, once)
    by_another(who, preferred_name="Nan")
    fields["version"] = str(who.version)
    patients.merge(mia(), survivor_id=who.pk, duplicate_id=once.pk)
    who.refresh_from_db()
    answer = save(desk, once, {**fields, "version": str(who.version)}, preferred_name="Annie")
    assert answer.status_code == 409
    who.refresh_from_db()
    assert who.preferred_name == "Nan"


@pytest.mark.parametrize("path", ["/rows/alert", "/confirm", "/sections/identity/confirm"])
def test_nothing_else_is_written_into_the_chart_it_was_merged_into(desk, who, path):
    once = ana(phone="(617) 555-0188")
    patients.merge(mia(), survivor_id=who.pk, duplicate_id=once.pk)
    answer = desk.post(f"/patients/{once.pk}{path}", {"words": "Ramp", "show": "always"})
    assert answer.status_code == 409
    assert "merged into another meanwhile" in text(answer)
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "²", "-1", "9" * 30])
def test_a_version_that_is_none_breaks_nothing(desk, who, version):
    answer = save(desk, who, {**form(desk, who), "version": version}, preferred_name="Annie")
    assert answer.status_code in {200, 409}


@pytest.mark.parametrize("base", ["", "x", "[]", '{"legal_first": 3}', '{"birth_date": "x"}', '{"races": 3}'])
def test_a_base_that_is_none_breaks_nothing(desk, who, base):
    answer = save(desk, who, {**form(desk, who), "base": base}, preferred_name="Annie")
    assert answer.status_code in {200, 409, 422}


@pytest.mark.parametrize("path", ["/sections/identity", "/rows/alert", "/confirm"])
def test_who_may_only_look_is_told_so_in_words(trainee, who, path):
    typed = {"legal_first": "X", "legal_last": "Ito", "birth_date": "3/14/1962", "sex": "female"}
    answer = trainee.post(f"/patients/{who.pk}{path}", {**typed, "words": "Ramp", "show": "always"})
    assert answer.status_code == 403
    assert "<h1>Not open to you</h1>" in text(answer)
    assert AuditEntry.objects.filter(outcome="refused").exists()
    who.refresh_from_db()
    assert who.legal_first == "Ana"


def test_who_may_only_look_is_offered_no_form(trainee, who):
    for tab in [*TABS, "/person?edit=identity", "/person?edit=needs"]:
        main = text(trainee.get(f"/patients/{who.pk}{tab}")).split("<main")[1].split("</main>")[0]
        assert "<form" not in main


def test_the_history_says_who_before_and_after(desk, who):
    save(desk, who, form(desk, who), legal_last="Mori")
    html = text(desk.get(f"/patients/{who.pk}/history"))
    assert "<del>Ito</del>" in html
    assert "<ins>Mori</ins>" in html
    assert "Rosa" in html


@pytest.mark.parametrize("tab", TABS)
def test_a_full_record_takes_no_more_questions_than_an_empty_one(desk, who, tab):
    few = questions(desk, f"/patients/{who.pk}{tab}")
    for n in range(8):
        patients.add_contact(
            mia(), patient_id=who.pk, system="phone", value=f"(617) 555-02{n:02}", use="work"
        )
        patients.add_alert(mia(), patient_id=who.pk, words=f"Alert {n}")
        patients.add_related(mia(), patient_id=who.pk, role="emergency", first=f"P{n}", last="Ito")
        patients.confirm_section(mia(), patient_id=who.pk, section="contact")
        once = ana(phone=f"(617) 555-03{n:02}")
        patients.merge(mia(), survivor_id=who.pk, duplicate_id=once.pk)
        ana(legal_first=f"Kin{'abcdefgh'[n]}")
    assert Contact.objects.filter(patient=who).count() > 8
    many = questions(desk, f"/patients/{who.pk}{tab}")
    assert many <= few + 2
    assert many <= 30


def questions(desk, address):
    with CaptureQueriesContext(connection) as found:
        assert desk.get(address).status_code == 200
    return len([one for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])

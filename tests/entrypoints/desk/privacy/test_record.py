"""A patient's privacy record: forms that add, rows that are answered, papers and files that leave the house."""

import io
import json
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients import services as patients
from frontdesk.office.privacy import services
from frontdesk.office.privacy.models import (
    Acknowledgement,
    Disclosure,
    LegalPaper,
    RecordRequest,
    Restriction,
)
from tests.entrypoints.desk.privacy.conftest import HX, form, send, text
from tests.factories.privacy import asked, disclosed, published, verified
from tests.people import mia, rosa
from tests.reading import words

DISCLOSURE = {
    "on": "3/2/2026", "basis": "public_health", "recipient": "City Health", "what": "Measles report",
    "purpose": "Reportable", "identity": "paper", "seen": "Letterhead",
}  # fmt: skip
ADDS = {
    "notice": ({"how": "signed"}, Acknowledgement),
    "add-paper": (
        {"effect": "may_not", "first": "Ken", "last": "Ito", "document": "Custody decree"},
        LegalPaper,
    ),
    "disclose": (DISCLOSURE, Disclosure),
    "ask": ({"kind": "access", "asked_on": "3/3/2026", "what": "Everything"}, RecordRequest),
    "restrict": ({"kind": "other", "asked_on": "3/3/2026", "what": "Not my employer"}, Restriction),
}


def home(who):
    return f"/patients/{who.pk}/privacy"


@pytest.mark.parametrize("name", ADDS)
def test_every_form_adds_what_it_says(office, who, name):
    published()
    fields, model = ADDS[name]
    answer = send(office, f"{home(who)}/{name}", **fields)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, home(who))
    assert model.objects.get(patient=who)
    assert office.get(home(who)).status_code == 200


def test_a_consent_is_noted_and_revoked_and_the_sheet_goes_with_what_leaves(office, who):
    send(
        office, f"{home(who)}/consent", recipient="Oak Recovery", purpose="other", about="Treatment there",
        what="Summary", signed_on="3/2/2026", signed_by="Ana Ito", expires="12/31/2026",
    )  # fmt: skip
    told = {"on": "3/3/2026", "recipient": "Oak Recovery", "basis": "authorized", "part_two": "on"}
    fields = {**DISCLOSURE, **told}
    assert send(office, f"{home(who)}/disclose", **fields).status_code == 204
    made = Disclosure.objects.get()
    assert f"/disclosures/{made.pk}" in text(office.get(f"{home(who)}/disclosure/{made.pk}", headers=HX))
    said = " ".join(words(office.get(f"{home(who)}/disclosures/{made.pk}").content).split())
    assert "These rules prohibit you from using or disclosing this record" in said
    assert "Signed 3/2/2026 by Ana Ito. To: Oak Recovery." in said
    row = f"{home(who)}/consent/{made.consent_id}"
    assert send(office, row, do="revoke", reason="By letter").status_code == 204
    assert "Revoked 3/3/2026" in text(office.get(home(who)))
    answer = send(office, f"{home(who)}/disclose", **fields)
    assert answer.status_code == 422
    assert "The consent to Oak Recovery was revoked on 3/3/2026." in text(answer)


def test_the_sheet_of_another_disclosure_bears_no_such_statement_and_of_somebody_else_is_not_there(
    office, who, other
):
    made = disclosed(who)
    said = words(office.get(f"{home(who)}/disclosures/{made.pk}").content)
    assert "City Health Department" in said
    assert "42 CFR" not in said
    assert office.get(f"{home(other)}/disclosures/{made.pk}").status_code == 404


@pytest.mark.parametrize(
    ("name", "fields", "says"),
    [
        ("ask", {"kind": "access", "asked_on": "soon", "what": "x"}, "Write the day in full"),
        ("ask", {"kind": "", "asked_on": "3/3/2026", "what": "x"}, "A copy, a correction"),
        ("disclose", {**DISCLOSURE, "seen": ""}, "What did you look at"),
        ("disclose", {**DISCLOSURE, "identity": "call"}, "Verify who is speaking first"),
        ("notice", {"how": "refused"}, "Say what was tried"),
        ("phrase", {"do": "set", "password_phrase": "Ana"}, "four letters or more"),
    ],
)
def test_a_form_that_cannot_be_right_keeps_what_was_typed(office, who, name, fields, says):
    published()
    answer = send(office, f"{home(who)}/{name}", **fields)
    assert answer.status_code == 422
    assert says in text(answer)
    if name == "disclose":
        assert "Measles report" in text(answer)


def test_the_desk_takes_down_and_the_office_decides(desk, office, who):
    send(desk, f"{home(who)}/ask", **ADDS["ask"][0])
    made = RecordRequest.objects.get()
    row = f"{home(who)}/request/{made.pk}"
    assert "30 days left" in text(desk.get(row, headers=HX))
    assert "Answer it" not in text(desk.get(row, headers=HX))
    fields = {**form(desk, row), "do": "answer", "status": "granted", "version": 1}
    assert desk.post(row, fields, headers=HX).status_code == 403
    assert send(office, row, do="answer", status="granted").status_code == 204
    assert RecordRequest.objects.get().status == "granted"


def test_thirty_days_more_is_a_form_once(office, who):
    row = f"{home(who)}/request/{asked(who).pk}"
    send(office, row, do="extend", reason="Films are off site")
    html = text(office.get(row, headers=HX))
    assert "Films are off site" in html and 'value="extend"' not in html


def test_a_disagreement_is_shown_where_something_is_disclosed(office, who):
    made = asked(who, kind="amendment", about="Reason for visit")
    row = f"{home(who)}/request/{made.pk}"
    send(office, row, do="answer", status="denied", answer="It is accurate")
    send(office, row, do="disagree", disagreement="I never said that")
    for page in (home(who), f"{home(who)}/disclose"):
        assert "I never said that" in text(office.get(page, headers=HX)), page


def test_a_row_of_somebody_else_is_not_there(office, who, other):
    made = disclosed(who)
    for address in (
        f"{home(other)}/disclosure/{made.pk}",
        f"{home(who)}/request/{made.pk}",
        f"{home(who)}/secret/1",
    ):
        assert office.get(address, headers=HX).status_code == 404
    fields = {"do": "retract", "version": 1, "reason": "x", "_key": "k"}
    assert office.post(f"{home(other)}/disclosure/{made.pk}", fields, headers=HX).status_code == 404
    made.refresh_from_db()
    assert made.retracted_at is None


@pytest.mark.parametrize("do", ["answer", "accept", "end-paper", "nothing"])
def test_a_deed_belongs_to_its_own_kind_of_row(office, who, do):
    made = disclosed(who)
    fields = {"do": do, "version": 1, "status": "granted", "_key": "k"}
    assert office.post(f"{home(who)}/disclosure/{made.pk}", fields, headers=HX).status_code == 404


@pytest.mark.parametrize("name", ["add-paper", "disclose", "take-out"])
def test_the_desk_has_no_form_for_what_is_not_its_work(desk, who, name):
    assert desk.get(f"{home(who)}/{name}", headers=HX).status_code == 403


def test_a_trainee_does_not_see_what_was_disclosed(trainee, who):
    assert trainee.get(home(who)).status_code == 403


def test_the_accounting_is_paper(office, desk, who):
    disclosed(who)
    disclosed(who, basis="treatment", recipient="Dr. Elsewhere")
    answer = office.get(f"{home(who)}/accounting")
    assert answer["Content-Disposition"] == 'inline; filename="accounting.pdf"'
    said = words(answer.content)
    assert "City Health Department" in said and "Public health authority" in said
    assert "Elsewhere" not in said
    assert desk.get(f"{home(who)}/accounting").status_code == 403


def test_the_whole_record_leaves_with_a_reason(office, lead, who):
    address = f"{home(who)}/record"
    fields = {k: v for k, v in form(office, f"{home(who)}/take-out").items() if k != "version"}
    assert office.post(address, {**fields, "reason": " "}).status_code == 422
    answer = office.post(address, {**fields, "reason": "She asked for a copy"})
    assert answer["Content-Disposition"] == 'attachment; filename="patient-record.zip"'
    whole = json.loads(ZipFile(io.BytesIO(answer.content)).read("record.json"))
    assert whole["patient"]["mrn"] == who.mrn
    assert AuditEntry.objects.get(action="privacy.export_record").reason == "She asked for a copy"
    assert office.get(address).status_code == 405
    assert lead.post(address, {**fields, "reason": "x"}).status_code == 403


def test_a_phrase_is_set_and_taken_away(desk, who):
    sheet = f"{home(who)}/phrase"
    send(desk, sheet, password_phrase="purple canary")
    html = text(desk.get(home(who)))
    assert "A password phrase is asked for" in html and "canary" not in html
    send(desk, sheet, do="end", reason="Asked for at the desk")
    assert "No password phrase" in text(desk.get(home(who)))


def test_the_banner_asks_for_the_notice_until_it_is_answered(desk, who):
    assert "Privacy notice not answered" not in text(desk.get(f"/patients/{who.pk}"))
    published()
    assert "Privacy notice not answered" in text(desk.get(f"/patients/{who.pk}"))
    send(desk, f"{home(who)}/notice", how="signed")
    assert "Privacy notice not answered" not in text(desk.get(f"/patients/{who.pk}"))


def test_confidential_ways_are_shown(desk, who):
    patients.add_contact(
        mia(), patient_id=who.pk, system="phone", value="(617) 555-0166", use="work", is_confidential=True
    )
    assert "6175550166" in text(desk.get(home(who))).replace("-", "").replace(") ", "").replace("(", "")


def test_a_look_is_on_record(desk, who):
    desk.get(home(who))
    assert AuditEntry.objects.filter(action="privacy.open_record", patient_id=who.pk).count() == 1


def test_it_asks_the_database_no_more_for_more_rows(office, who):
    def fill():
        disclosed(who)
        asked(who)
        verified(who, by=rosa())
        services.ask_restriction(
            rosa(), patient_id=who.pk, kind="other", what="x", asked_on=RecordRequest.objects.first().asked_on
        )

    fill()
    office.get(home(who))
    with CaptureQueriesContext(connection) as few:
        office.get(home(who))
    for _ in range(5):
        fill()
    with CaptureQueriesContext(connection) as many:
        office.get(home(who))
    assert len(many) == len(few) <= 45

"""The ZIP: the same rows as JSON and as lists, a PDF that reads, and nothing a spreadsheet would run."""

import csv
import io
import json
import time
from zipfile import ZipFile

import pytest

from frontdesk.exchange.records.zipped import zipped
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients import services as patients
from frontdesk.office.privacy import services
from tests.conftest import MORNING
from tests.factories.coverage import scanned
from tests.factories.patients import ana
from tests.factories.pictures import jpeg
from tests.factories.privacy import asked, disclosed, related
from tests.people import mia, rosa
from tests.reading import words as words_of

pytestmark = pytest.mark.django_db


def opened(who):
    found = services.export_record(mia(), patient_id=who.pk, reason="She asked for a copy")
    return found, ZipFile(io.BytesIO(zipped(found, "Elm Street Clinic", MORNING)))


def test_the_social_security_number_is_whole_in_it_and_in_no_line_of_its_history():
    who = ana(ssn="219-47-8306")
    _, file = opened(who)
    whole = json.loads(file.read("record.json"))
    (row,) = whole["tables"]["patients.socialsecuritynumber"]
    assert row["number"] == "219478306"
    assert "blind_index" not in row
    assert "8306" not in json.dumps(whole["tables"]["audit.auditentry"])
    assert "219478306" in file.read("tables/patients.socialsecuritynumber.csv").decode()


def test_json_and_lists_hold_every_row():
    who = ana()
    related(who)
    disclosed(who)
    found, file = opened(who)
    whole = json.loads(file.read("record.json"))
    assert whole["patient"]["mrn"] == who.mrn
    for table in found.tables:
        assert len(whole["tables"][table.label]) == len(table.rows)
        listed = list(csv.reader(io.StringIO(file.read(f"tables/{table.label}.csv").decode())))
        assert len(listed) == len(table.rows) + 1
    assert sum(len(rows) for rows in whole["tables"].values()) == found.count
    assert whole["tables"]["patients.patient"][0]["birth_date"] == "1962-03-14"


def test_no_name_in_the_file_says_whose_it_is():
    _, file = opened(ana())
    assert not [name for name in file.namelist() if "ito" in name.lower() or "ana" in name.lower()]


def test_a_name_that_is_a_formula_is_text():
    who = ana(legal_last="=cmd|' /C calc'!A0")
    _, file = opened(who)
    listed = file.read("tables/patients.patient.csv").decode()
    assert ",'=cmd" in listed.replace('"', "")
    assert ",=cmd" not in listed.replace('"', "")


def test_the_pdf_reads_and_carries_the_disagreement():
    who = ana()
    request = asked(who, kind="amendment", about="Reason for visit")
    services.answer_request(mia(), request_id=request.pk, version=1, status="denied", answer="It is accurate")
    services.add_disagreement(rosa(), request_id=request.pk, version=2, statement="I never said that")
    _, file = opened(who)
    words = words_of(file.read("record.pdf"))
    assert "Ana Ito" in words and "8 Elm Street" in words
    assert "The patient disagrees" in words and "I never said that" in words


def test_a_photo_is_a_file_of_its_own():
    who = ana()
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 40
    type(who).objects.filter(pk=who.pk).update(photo=png)
    _, file = opened(who)
    assert file.read("photo.png") == png


def test_so_is_each_side_of_an_insurance_card():
    card = scanned(ana())
    _, file = opened(card.patient)
    for side in ("front", "back"):
        assert file.read(f"insurance-cards/{card.pk}-{side}.jpg") == jpeg()


@service("test.look", permission="patients.view", reads=True)
def _look(by, /, *, patient_id, times):
    for _ in range(times):
        record(by, patient_id=patient_id, reason="a look")


def test_a_long_life_is_out_in_under_a_minute():
    who = ana()
    _look(mia(), patient_id=who.pk, times=3000)
    for number in range(50):
        patients.add_alert(mia(), patient_id=who.pk, words=f"Alert {number}")
    begun = time.monotonic()
    found, _ = opened(who)
    assert found.count > 3000
    assert time.monotonic() - begun < 60

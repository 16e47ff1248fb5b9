"""Lists of other programs go in through the patients room; what fails is told, and a second run changes nothing."""

import csv
import os
from pathlib import Path

import pytest

from frontdesk.exchange.imports import csvfile, fhirfile, mapping, synthea
from frontdesk.exchange.imports.rejects import harmless
from frontdesk.exchange.imports.run import run
from frontdesk.exchange.imports.taking_in import taker
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients import services
from frontdesk.office.patients.models import (
    Address,
    Contact,
    Identifier,
    Patient,
    RelatedPerson,
    SocialSecurityNumber,
)
from tests.people import mia

CASES = Path(os.environ.get("FRONTDESK_CASES", "../shared/cases"))
pytestmark = pytest.mark.django_db
LIST = """No,First,Last,DOB,Zip,Cell,Home,Emergency,E-Phone
1,Ana,Ito,02/01/1990,2143,(617) 555-0134,6175550199,Ken Ito,617-555-0111
2,Bo,Brandt,13/45/1980,02143,6175550100,,,
3,Cy,Dow,01/01/1980,ABC,12,,,
"""
MAP = """
source = "old"
[columns]
id = "No"
first_name = "First"
last_name = "Last"
birth_date = "DOB"
zip = "Zip"
mobile_phone = "Cell"
home_phone = "Home"
emergency_name = "Emergency"
emergency_phone = "E-Phone"
"""


@pytest.fixture
def file(tmp_path):
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "list.csv").write_text(LIST)
    return tmp_path / "list.csv"


def take_in(file, **options):
    chart = mapping.read_map(file.parent / "map.toml")
    return run(mapping.mapped(csvfile.open_table(file), chart, file.name), file, taker(mia()), **options)


def test_good_rows_go_in_and_bad_ones_into_the_rejects_file_with_line_and_reason(file):
    report = take_in(file)
    assert (report.added, report.rejected) == (2, 1)
    rows = list(csv.reader(report.rejects.open()))
    assert rows[0][:3] == ["line", "reason", "No"]
    assert rows[1][:4] == ["3", "'13/45/1980' is not a date as MM/DD/YYYY", "2", "Bo"]


def test_signs_nobody_sees_are_left_out_of_the_names_of_a_list(file):
    file.write_text(LIST.replace("1,Ana,Ito", "1,\u202eA\u200bna,\ufeffIto"))
    take_in(file)
    assert Patient.objects.filter(legal_first="Ana", legal_last="Ito").exists()


def test_a_social_security_number_goes_in_sealed_and_a_wrong_one_is_left_out_without_being_repeated(file):
    (file.parent / "map.toml").write_text(
        MAP.replace("[columns]", '[columns]\nssn = "SSN"').replace('id = "No"\n', "")
    )
    rows = [
        "SSN," + LIST.splitlines()[0],
        "219-47-8306," + LIST.splitlines()[1],
        "666128306," + LIST.splitlines()[3],
    ]
    file.write_text("\n".join(rows))
    report = take_in(file)
    assert report.added == 2
    assert [hit.name for hit in services.search(mia(), text="219-47-8306")] == ["Ana Ito"]
    assert "line 3: what stands as social security number can be nobody’s and was left out" in report.remarks
    assert "666" not in str(report.remarks)
    assert SocialSecurityNumber.objects.count() == 1


def test_what_a_row_is_known_by_does_not_let_its_number_be_guessed(file):
    """A hash of all that is known otherwise and nine digits is found by trying them."""
    (file.parent / "map.toml").write_text(
        MAP.replace("[columns]", '[columns]\nssn = "SSN"').replace('id = "No"\n', "")
    )
    for number in ("219-47-8306", "219-47-8307"):
        file.write_text(f"SSN,{LIST.splitlines()[0]}\n{number},{LIST.splitlines()[1]}\n")
        take_in(file)
    assert Identifier.objects.count() == 1


def test_synthea_and_fhir_bring_theirs_along(tmp_path):
    (tmp_path / "patients.csv").write_text(
        "Id,BIRTHDATE,FIRST,LAST,GENDER,SSN\nab-1,1990-02-01,Ana7,Ito9,F,999-21-8306\n"
    )
    (tmp_path / "one.json").write_text(
        '{"resourceType": "Patient", "birthDate": "1980-07-01", "name": [{"family": "Brandt", "given": ["Bo"]}],'
        '"identifier": [{"system": "http://hl7.org/fhir/sid/us-ssn", "value": "219478306"}]}'
    )
    run(synthea.open_synthea(tmp_path / "patients.csv"), tmp_path / "patients.csv", taker(mia()))
    run(fhirfile.open_fhir(tmp_path / "one.json"), tmp_path / "one.json", taker(mia()))
    assert [hit.name for hit in services.search(mia(), text="999-21-8306")] == ["Ana Ito"]
    assert [hit.name for hit in services.search(mia(), text="219-47-8306")] == ["Bo Brandt"]
    assert not Identifier.objects.filter(value__contains="8306").exists()


def test_the_rejects_file_is_private(file):
    assert take_in(file).rejects.stat().st_mode & 0o077 == 0


def test_a_second_run_changes_nothing(file):
    take_in(file)
    counts = [
        model.objects.count() for model in (Patient, Contact, Address, RelatedPerson, Identifier, AuditEntry)
    ]
    report = take_in(file)
    assert (report.added, report.already) == (0, 2)
    after = [model.objects.count() for model in (Patient, Contact, Address, RelatedPerson, Identifier)]
    assert after == counts[:-1]


def test_a_row_without_a_number_of_its_own_is_known_again_by_its_contents(file):
    toml = file.parent / "map.toml"
    toml.write_text(MAP.replace('id = "No"\n', ""))
    assert take_in(file).added == 2
    assert take_in(file).already == 2


def test_a_mended_row_goes_in_and_the_rejects_file_goes_away(file):
    rejects = take_in(file).rejects
    file.write_text(LIST.replace("13/45/1980", "03/04/1980"))
    report = take_in(file)
    assert (report.added, report.already, report.rejected) == (1, 2, 0)
    assert not rejects.exists()


def test_a_dry_run_reports_and_keeps_nothing(file):
    report = take_in(file, dry_run=True)
    assert (report.added, report.rejected) == (2, 1)
    assert not Patient.objects.exists()


def test_all_numbers_and_the_emergency_contact_are_kept(file):
    take_in(file)
    ana = Patient.objects.get(legal_first="Ana")
    assert set(Contact.objects.filter(patient=ana).values_list("value", "use")) == {
        ("+16175550134", "mobile"),
        ("+16175550199", "home"),
    }
    assert RelatedPerson.objects.get(patient=ana).phone == "+16175550111"


def test_a_zip_code_that_a_spreadsheet_shortened_is_mended(file):
    take_in(file)
    assert Address.objects.get(patient__legal_first="Ana").zip == "02143"


def test_what_cannot_be_right_is_left_out_and_told_but_the_patient_goes_in(file):
    report = take_in(file)
    assert report.remarks == [
        "line 4: '12' is no telephone number and was left out",
        "line 4: 'ABC' is no ZIP code and was left out",
    ]


def test_a_stop_keeps_what_is_in_and_the_next_run_goes_on(file):
    asked = iter([False, True])
    report = take_in(file, stop=lambda: next(asked))
    assert (report.added, report.stopped_at) == (1, 3)
    assert take_in(file).added == 1


def test_somebody_likely_here_under_another_number_still_goes_in(file):
    file.write_text(LIST + "9,Ana,Ito,02/01/1990,02143,6175550134,,,\n")
    assert take_in(file).added == 3


@pytest.mark.parametrize(
    ("cell", "written"), [("=1+1", "'=1+1"), ("-x", "'-x"), ("+16175550134", "+16175550134"), ("Ana", "Ana")]
)
def test_no_cell_of_the_rejects_file_is_a_formula(cell, written):
    assert harmless(cell) == written


def test_synthea_goes_in_whole_and_only_once():
    if not CASES.exists():
        pytest.skip("the sample files are not beside the project")
    path = synthea.patients_file(CASES / "synthea-csv")
    target = Path(os.environ.get("TMPDIR", "/tmp")) / "synthea.csv"
    report = run(synthea.open_synthea(path), target, taker(mia()))
    assert (report.added, report.rejected) == (27, 0)
    assert Patient.objects.get(legal_last="Mosciski").legal_first == "Maynard"
    assert run(synthea.open_synthea(path), target, taker(mia())).already == 27


def test_fhir_bundles_go_in_whole_and_only_once(tmp_path):
    if not CASES.exists():
        pytest.skip("the sample files are not beside the project")
    bundles = sorted((CASES / "fhir-synthea-bundle").glob("*.json"))
    for _ in range(2):
        reports = [run(fhirfile.open_fhir(path), tmp_path / path.name, taker(mia())) for path in bundles]
    assert sum(report.already for report in reports) == len(bundles) == 14
    assert Patient.objects.filter(language="es").exists()

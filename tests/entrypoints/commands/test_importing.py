"""`frontdesk import` as it is typed: what it prints, what it leaves behind, and with which code it ends."""

import pytest
from typer.testing import CliRunner

from frontdesk.entrypoints.commands import importing
from frontdesk.kit.errors import Refused
from frontdesk.office.patients.models import Patient

pytestmark = pytest.mark.django_db
MAP = '[columns]\nid = "No"\nfirst_name = "First"\nlast_name = "Last"\nbirth_date = "DOB"\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "list.csv").write_text("No,First,Last,DOB\n1,Ana,Ito,02/01/1990\n2,Bo,Brandt,soon\n")
    return tmp_path


def type_in(*words):
    return CliRunner().invoke(importing.app, [str(word) for word in words])


def test_it_says_how_many_went_in_and_ends_with_2_when_some_did_not(folder):
    ended = type_in("csv", folder / "list.csv", "--map", folder / "map.toml")
    assert ended.exit_code == 2
    assert "1 went in, 0 were already there, 1 rejected" in ended.stderr
    assert (folder / "list.csv.rejects.csv").exists()


def test_it_ends_with_0_when_everybody_is_in(folder):
    (folder / "list.csv").write_text("No,First,Last,DOB\n1,Ana,Ito,02/01/1990\n")
    assert type_in("csv", folder / "list.csv", "--map", folder / "map.toml").exit_code == 0
    assert Patient.objects.count() == 1


def test_a_dry_run_says_what_would_happen(folder):
    ended = type_in("csv", folder / "list.csv", "--map", folder / "map.toml", "--dry-run")
    assert "1 would go in" in ended.stderr
    assert not Patient.objects.exists()


def test_without_a_map_it_says_how_to_get_one(folder):
    ended = type_in("csv", folder / "list.csv")
    assert isinstance(ended.exception, Refused)
    assert "--suggest-map" in ended.exception.sentence


def test_a_suggested_map_is_printed_and_nothing_else(folder):
    ended = type_in("csv", folder / "list.csv", "--suggest-map")
    assert ended.stdout.startswith("# Look this over")
    assert 'birth_date = "DOB"' in ended.stdout


def test_several_fhir_files_go_in_together(folder):
    body = (
        '{"resourceType": "Patient", "name": [{"family": "%s", "given": ["Ana"]}], "birthDate": "1990-02-01"}'
    )
    for last in ("Ito", "Ueda"):
        (folder / f"{last}.json").write_text(body % last)
    assert type_in("fhir", folder / "Ito.json", folder / "Ueda.json").exit_code == 0
    assert set(Patient.objects.values_list("legal_last", flat=True)) == {"Ito", "Ueda"}


def test_a_folder_without_patients_is_refused(folder):
    (folder / "list.csv").unlink()
    assert "no patients.csv" in type_in("synthea", folder).exception.sentence

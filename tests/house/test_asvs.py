"""docs/asvs.csv speaks of this tree: every requirement once, every path in it there, and the counts as docs/security.md has them."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATH = re.compile(r"(?:frontdesk|tests|docs)/[\w./-]*\w|pyproject\.toml|requirements\.lock|Makefile")
LEVELS = {"1": 70, "2": 183}
"""How many requirements of levels 1 and 2 ASVS 5.0.0 has."""


@pytest.fixture(scope="module")
def rows():
    with (ROOT / "docs/asvs.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def state(row):
    """What is said of a requirement: met, not met, not yet, or that it does not apply."""
    if row["applies"] != "yes":
        return "does not apply" if row["applies"] == "no" else row["applies"]
    return "not met" if row["where"].startswith("not met") else "met"


def test_every_requirement_is_there_once(rows):
    assert [one for one, n in Counter(row["id"] for row in rows).items() if n > 1] == []
    assert all(re.fullmatch(r"V\d{1,2}\.\d{1,2}\.\d{1,2}", row["id"]) for row in rows)
    assert Counter(row["level"] for row in rows) == LEVELS


def test_they_stand_in_their_order(rows):
    numbers = [tuple(int(part) for part in row["id"][1:].split(".")) for row in rows]
    assert numbers == sorted(numbers)


def test_every_row_says_what_it_is_about_and_why(rows):
    assert {row["applies"] for row in rows} == {"yes", "no", "not yet"}
    assert all(row["subject"] and row["where"] for row in rows)


def test_what_is_met_is_met_somewhere(rows):
    """By a file or a setting of ours, or by a library or the proxy, which is then named."""
    somewhere = re.compile(
        PATH.pattern + r"|proxy|granian|Django|Python|SHA-256|mypy|no answer|there are none|nothing here|V\d"
    )
    assert [row["id"] for row in rows if state(row) == "met" and not somewhere.search(row["where"])] == []


@pytest.mark.parametrize("column", ["where", "test"])
def test_every_path_is_there(rows, column):
    named = {(row["id"], path) for row in rows for path in PATH.findall(row[column])}
    assert [one for one in sorted(named) if not (ROOT / one[1]).exists()] == []


def test_a_test_is_a_file_of_tests(rows):
    assert [
        row["id"]
        for row in rows
        if row["test"] and not re.fullmatch(r"tests/[\w/]+/test_\w+\.py", row["test"])
    ] == []


def test_the_page_about_security_counts_as_the_list_does(rows):
    page = (ROOT / "docs/security.md").read_text()
    told = dict(re.findall(r"^\| (met|not met|not yet|does not apply) \| (\d+) \|", page, re.M))
    assert {name: int(n) for name, n in told.items()} == Counter(state(row) for row in rows)


def test_what_is_not_met_is_named_on_the_page_about_security(rows):
    page = (ROOT / "docs/security.md").read_text()
    assert [row["id"] for row in rows if state(row) == "not met" and row["id"] not in page] == []


def test_every_path_on_the_page_about_security_is_there():
    page = (ROOT / "docs/security.md").read_text()
    assert [path for path in PATH.findall(page) if not (ROOT / path).exists()] == []
    assert len(page.splitlines()) <= 200

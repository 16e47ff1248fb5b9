"""What the bench asks and writes; never how long anything takes."""

import json
from collections import Counter
from datetime import date
from random import Random

import pytest

from frontdesk.entrypoints.commands.bench import command, linking, printing, queries
from frontdesk.entrypoints.commands.bench.measure import Result, Times, timed_by_turns
from frontdesk.entrypoints.commands.bench.queries import Somebody
from frontdesk.entrypoints.commands.demo import people
from frontdesk.kit.errors import Invalid

NAMES = {
    "search",
    "search_clean",
    "openings",
    "openings_multi",
    "provider_day",
    "book",
    "day_grid",
    "duplicates",
    "desk",
    "status_change",
    "live_screens",
    "audit_verify",
    "audit_cost",
    "audit_search",
    "balance",
    "ledger_check",
    "post_entry",
    "x12_read_835",
    "x12_read_837p",
    "x12_check_835",
    "x12_check_837p",
    "x12_memory",
    "x12_271",
    "x12_271_beside",
}


@pytest.fixture(scope="module")
def crowd():
    drawn = [p for number in range(3) for p in people.block(1, number, 1000, date(2026, 3, 3))]
    return [
        Somebody(
            p.number,
            p.first,
            p.last,
            p.birth,
            f"{100_001 + p.number}",
            p.mobile or p.home,
            p.preferred,
            p.previous_last,
        )
        for p in drawn
    ]


def test_the_measures_are_those_that_were_promised():
    assert set(command.MEASURES) == NAMES


def test_a_measure_that_does_not_exist_is_refused():
    with pytest.raises(Invalid, match="no measure called speed"):
        command.bench(["speed"])


def test_two_hundred_queries_of_all_kinds_are_asked_and_always_the_same(crowd):
    asked = queries.two_hundred(crowd, 1)
    assert len(asked) == 200
    assert len({query.kind for query in asked}) == 13
    assert sum(query.typo for query in asked) == 40
    assert asked == queries.two_hundred(crowd, 1)


def test_the_right_people_of_a_query_fit_it(crowd):
    by_id = {person.id: person for person in crowd}
    for query in queries.two_hundred(crowd, 1):
        if query.kind == "name":
            for number in query.right:
                assert queries.plain(by_id[number].last) in query.text.replace(",", "")


def test_nobody_is_asked_for_by_more_than_three_answers(crowd):
    assert max(len(query.right) for query in queries.two_hundred(crowd, 2)) <= 3


def test_a_slip_changes_one_place_and_never_the_first_letter():
    rng = Random(1)
    for _ in range(200):
        wrong = queries.slip(rng, "kowalski")
        if wrong is not None:
            assert wrong[0] == "k"
            assert abs(len(wrong) - 8) <= 1
            assert sum((Counter(wrong) - Counter("kowalski")).values()) <= 1


def test_percentiles_are_nearest_ranks():
    times = Times(tuple(float(n) for n in range(1, 101)))
    assert (times.p50, times.p95) == (50.0, 95.0)


def test_ours_and_the_floor_take_turns():
    order = []
    timed_by_turns([lambda: order.append("ours")] * 2, [lambda: order.append("floor")] * 2, warm=0)
    assert order == ["ours", "floor", "ours", "floor"]


def test_the_json_file_holds_what_was_promised(tmp_path):
    result = Result(
        "search", "ms", 1.0, 2.0, 0.5, 2.0, 200, "sqlite", passed=True, limit="30 ms", notes=["x"]
    )
    printing.write([result], tmp_path / "figures.json")
    (written,) = json.loads((tmp_path / "figures.json").read_text())
    assert set(written) == {"name", "unit", "p50", "p95", "floor", "ratio", "n", "database", "passed"}


FEBRL = """rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id
rec-1-org, ana, ito, 8, elm street, , somerville, 2143, ma, 19620314, 5304218
rec-1-dup-0, ana, itto, 8, elm street, , somerville, 2143, ma, 19620314, 5304218
rec-2-org, bo, brandt, 3, oak road, , medford, 2155, ma, 19800701, 9988776
"""


@pytest.mark.parametrize(
    ("files", "judged", "missing"),
    [
        (["dataset3", "dataset4"], "on FEBRL 3 and FEBRL 4", []),
        (["dataset1", "dataset3"], "on FEBRL 3; FEBRL 4 not measured", ["FEBRL 4"]),
        (["dataset1"], "no promised set", ["FEBRL 3", "FEBRL 4"]),
    ],
)
def test_duplicates_say_which_sets_were_measured_and_which_could_not_be(
    tmp_path, monkeypatch, files, judged, missing
):
    folder = tmp_path / "patient-matching"
    folder.mkdir()
    for name in files:
        (folder / f"{name}.csv").write_text(FEBRL)
    monkeypatch.setenv("FRONTDESK_CASES", str(tmp_path))
    [result] = linking.duplicates(1, 1)
    assert judged in result.limit
    assert result.n == len(files)
    said = [note for note in result.notes if "NOT MEASURED" in note]
    assert [note.partition(" is ")[0] for note in said] == missing
    assert result.passed is (judged != "no promised set")

"""What the bench asks and writes; never how long anything takes."""

import json
from collections import Counter
from datetime import date
from random import Random

import pytest

from frontdesk.entrypoints.commands.bench import command, printing, queries
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

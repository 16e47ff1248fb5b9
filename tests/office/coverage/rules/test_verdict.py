"""The verdict as a whole. Each of its rules has tests of its own; whole answers are judged in tests/exchange/eligibility."""

from frontdesk.office.coverage.rules import verdict
from tests.factories.answers import DAY, copay, costs, sums


def test_no_answer_yet_is_unknown():
    made = verdict(None, day=DAY, services=("98",), in_network=True)
    assert (made.state, made.code, made.line) == (
        "unknown",
        "not_asked",
        "COULD NOT BE DETERMINED · not asked yet",
    )


def test_the_lines_the_verdict_stands_on_are_named():
    made = costs(
        copay(60, network="N"), copay(35), sums("C", 1500, "23"), sums("C", 410, "29"), copay(75, "UC")
    )
    assert made.chosen == (0, 2, 3, 4)

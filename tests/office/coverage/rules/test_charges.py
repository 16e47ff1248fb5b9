"""Which copay and which share of an answer are told to a clerk, and why not their neighbours."""

from datetime import date
from decimal import Decimal

import pytest

from frontdesk.office.coverage.rules.benefits import Dates, Known, Place
from frontdesk.office.coverage.rules.service_types import SERVICES
from tests.factories.answers import copay, costs, line, sums


def test_the_exact_service_wins_over_broader_ones_in_their_order():
    lines = [copay(30, "30"), copay(1, "1"), copay(96, "96"), copay(98, "98")]
    for expected in (98, 96, 1, 30):
        assert costs(*lines).copay.amount == expected
        lines.pop()
    assert costs(*lines).copay is None


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("98", "UC"),
        ("UC", "98"),
        ("UC", "96"),
        ("98", "86"),
        ("98", "A0"),
        ("BZ", "98"),
        ("81", "98"),
        ("MH", "98"),
    ]
    + [("PT", "98"), ("33", "98"), ("AL", "30"), ("35", "30"), ("88", "30"), ("AE", "PT"), ("96", "98")],
)
def test_no_service_takes_the_copay_of_another(asked, told):
    made = costs(copay(35, told), services=(asked,))
    assert made.copay is None
    assert "copay not told" in made.words


@pytest.mark.parametrize(
    ("asked", "told"), [("BY", "98"), ("PT", "AE"), ("34", "33"), ("48", "47"), ("A6", "MH"), ("98", "96")]
)
def test_a_broader_service_stands_in_and_is_named(asked, told):
    made = costs(copay(35, told), services=(asked,))
    assert made.line == f"ACTIVE · GOLD · $35 copay ({SERVICES[told]}, in network)"


def test_of_two_services_asked_the_first_is_meant_most():
    lines = [copay(35, "98"), copay(50, "UC")]
    assert costs(*lines, services=("UC", "98")).copay.amount == 50
    assert costs(*lines, services=("98", "UC")).copay.amount == 35
    assert costs(lines[1], services=("98", "UC")).copay.amount == 50


def test_a_visit_without_a_kind_of_service_is_the_whole_plans():
    made = costs(copay(35), copay(20, "30"), sums("C", 1500, "23"), services=())
    assert (made.copay.amount, made.deductible.individual.total) == (20, 1500)


def test_a_line_for_many_services_counts_for_the_nearest():
    made = costs(copay(40, ("30", "UC", "98")), copay(30, "96"))
    assert (made.copay.amount, made.copay.service) == (40, "98")


def test_the_network_asked_wins_then_both_then_unsaid_then_the_other_marked():
    lines = [copay(4, network="N"), copay(3, network=""), copay(2, network="W"), copay(1, network="Y")]
    words = [
        "$1 copay (office, in network)",
        "$2 copay (office)",
        "$3 copay (office)",
        "$4 copay (office, out of network)",
    ]
    for expected in words:
        assert costs(*lines).line == f"ACTIVE · GOLD · {expected}"
        lines.pop()


def test_out_of_network_is_the_same_the_other_way_round():
    lines = [copay(4, network="Y"), copay(1, network="N")]
    assert costs(*lines, in_network=False).words.endswith("$1 copay (office, out of network)")
    assert costs(lines[0], in_network=False).words.endswith("$4 copay (office, in network)")


def test_where_the_network_is_not_known_it_is_an_if():
    assert costs(copay(35), copay(60, network="N"), in_network=None).words.endswith(
        "$35 copay (office, if in network)"
    )
    assert costs(copay(60, network="N"), in_network=None).words.endswith(
        "$60 copay (office, if out of network)"
    )


def test_a_broader_line_of_the_network_goes_before_an_exact_one_of_the_other():
    made = costs(copay(60, network="N"), copay(25, "30", network="Y"))
    assert made.line == "ACTIVE · GOLD · $25 copay (whole plan, in network)"


def test_an_unknown_network_is_as_good_as_none():
    made = costs(copay(20, network="U"))
    assert (made.copay.network, made.words) == ("", "GOLD · $20 copay (office)")


def test_a_visits_copay_goes_before_one_of_no_period_before_others():
    lines = [copay(3, period="26"), copay(2, period=""), copay(1, period="27")]
    for expected in (1, 2, 3):
        assert costs(*lines).copay.amount == expected
        lines.pop()
    assert costs(copay(3, period="26")).words.endswith("(office, in network, an episode)")


@pytest.mark.parametrize("period", ["24", "29", "30", "31", "33"])
def test_what_was_spent_or_remains_is_no_copay(period):
    assert costs(copay(35, period=period)).copay is None


def test_the_persons_own_level_goes_before_none_before_the_familys():
    lines = [copay(3, level="FAM"), copay(2, level=""), copay(1, level="IND")]
    for expected in (1, 2, 3):
        assert costs(*lines).copay.amount == expected
        lines.pop()


def test_what_holds_for_somebody_else_of_the_family_is_not_taken():
    assert costs(copay(15, level="CHD")).copay is None
    child = {"dependent": Known(last="ITO", relationship="19")}
    assert costs(copay(15, level="CHD"), **child).copay.amount == 15
    assert costs(copay(15, level="SPO"), **child).copay is None
    assert costs(copay(15, level="EMP"), **child).copay is None


def test_lines_that_agree_are_one_and_lines_that_differ_are_to_be_asked():
    same = costs(copay(25, messages=("PCP",)), copay("25.00", messages=("SPECIALIST",)))
    assert (same.copay.amount, same.copay.choices, same.copay.lines) == (25, (), (1, 2))
    made = costs(copay(40, messages=("SPECIALIST",)), copay(25, messages=("PCP",)))
    assert made.line == "ACTIVE · GOLD · $25 to $40 copay (office, in network), ask which"
    assert made.copay.amount is None
    assert [(each.amount, each.words, each.line) for each in made.copay.choices] == [
        (40, "SPECIALIST", 1),
        (25, "PCP", 2),
    ]


def test_a_copay_of_nothing_is_told_and_none_is_not_nothing():
    assert costs(copay(0)).words == "GOLD · $0 copay (office, in network)"
    assert costs(line("B", "98", network="Y", messages=("25 DOLLARS",))).words == "GOLD · copay not told"
    assert costs(copay(-5)).copay is None


def test_a_line_for_a_procedure_a_diagnosis_or_another_place_is_passed_over():
    for more in (
        {"procedure": "99213"},
        {"places": (Place("ABK", "E119"),)},
        {"places": (Place("ZZ", "22"),)},
        {"places": (Place("ZZ", "02"),)},
    ):
        assert costs(copay(35, **more)).copay is None
    assert costs(copay(35, places=(Place("ZZ", "11"),))).copay.amount == 35
    assert costs(copay(35, "UC", places=(Place("ZZ", "20"),)), services=("UC",)).copay.amount == 35
    assert costs(copay(35, places=(Place(words="WITH REFERRAL"),))).copay.amount == 35


def test_a_line_of_another_year_is_passed_over():
    past = copay(35, dates=(Dates("292", date(2025, 1, 1), date(2025, 12, 31)),))
    assert costs(past).copay is None
    assert costs(past, day=date(2025, 6, 1)).copay.amount == 35
    assert costs(copay(35, dates=(Dates("348", date(2026, 3, 4)),))).copay is None


def test_cents_and_thousands_are_written_as_money():
    assert "$12.50 copay" in costs(copay("12.5")).words
    assert "$1,200 copay" in costs(copay(1200)).words


@pytest.mark.parametrize(
    ("percent", "words"), [(".2", "20 %"), ("0.125", "12.5 %"), ("20", "20 %"), ("1", "100 %"), ("0", "0 %")]
)
def test_a_share_is_told_in_percent(percent, words):
    made = costs(line("A", "98", percent=Decimal(percent), network="Y", period="27"))
    assert made.words == f"GOLD · copay not told · {words} coinsurance (office, in network)"


def test_a_share_of_the_whole_plan_is_not_put_beside_a_visits_own_copay():
    share = line("A", "30", percent=Decimal(".3"), network="Y")
    assert costs(copay(35), share).coinsurance is None
    assert "30 % coinsurance (whole plan, in network)" in costs(share).words


def test_what_was_told_for_the_other_network_alone_is_not_put_beside_what_is_for_this_one():
    away, here = copay(60, network="N"), line("A", "98", percent=Decimal(".2"), network="Y")
    assert costs(away, here).words == "GOLD · copay not told · 20 % coinsurance (office, in network)"
    turned = costs(copay(35), line("A", "98", percent=Decimal(".5"), network="N"))
    assert (turned.words, turned.coinsurance) == ("GOLD · $35 copay (office, in network)", None)
    both = costs(away, line("A", "98", percent=Decimal(".5"), network="N"))
    assert both.words == "GOLD · $60 copay (office, out of network) · 50 % coinsurance"
    assert costs(away, here, in_network=False).words == "GOLD · $60 copay (office, out of network)"


def test_a_share_beside_its_copay_says_only_how_much():
    assert costs(copay(35), line("A", "98", percent=Decimal(".1"), network="Y")).words.endswith(
        "$35 copay (office, in network) · 10 % coinsurance"
    )

"""Who pays for a visit of a case, and whether a provider is in a plan's network: tables of cases."""

from dataclasses import replace
from datetime import date

import pytest

from frontdesk.office.coverage.rules import CaseFacts, Contract, Cover, network, proposed_order, who_pays
from frontdesk.office.coverage.rules.cases import asks_insurance, covered

DAY = date(2026, 3, 3)
WORK = CaseFacts(
    "workers_comp",
    "carrier_only",
    "Cut left hand",
    date(2026, 2, 27),
    "Pioneer",
    "WC-1",
    "Kim Lee",
    "(413) 555-0101",
    "MA",
)
AUTO = replace(WORK, kind="auto", order="carrier_first", carrier="Turnpike", limit_cents=800_000)
FALL = replace(WORK, kind="liability", order="insurance_first", carrier="")
ACTIVE = Cover("active", "Aetna POS · $35 copay")


@pytest.mark.parametrize(
    ("case", "order", "copay", "words"),
    [
        (WORK, ("carrier",), 0, "Pioneer pays for this injury alone; no copay"),
        (replace(WORK, denied_on=DAY), ("insurance",), None, "Pioneer denied the claim on 3/3/2026"),
        (replace(WORK, denied_on=date(2026, 3, 4)), ("carrier",), 0, "no copay"),
        (replace(WORK, closed_on=date(2026, 3, 2)), ("insurance",), None, "The case was closed on 3/2/2026"),
        (replace(WORK, closed_on=DAY), ("carrier",), 0, "no copay"),
        (AUTO, ("carrier", "insurance"), 0, "Turnpike pays first, then the insurance on file"),
        (replace(AUTO, limit_cents=0), ("insurance",), None, "Nothing is left of what Turnpike pays for"),
        (
            replace(AUTO, order="carrier_only", letter_of_protection=True),
            ("carrier",),
            0,
            "letter of protection",
        ),
        (
            replace(AUTO, order="insurance_first"),
            ("insurance", "carrier"),
            None,
            "Turnpike answers for it afterwards",
        ),
        (FALL, ("insurance", "carrier"), None, "the carrier answers for it afterwards"),
    ],
)
def test_it_is_said_in_words_who_pays(case, order, copay, words):
    found = who_pays(case, DAY)
    assert (found.order, found.copay_cents) == (order, copay)
    assert words in found.words


def test_a_carrier_that_pays_first_covers_the_visit_with_claim_and_adjuster():
    found = covered(WORK, ACTIVE, DAY)
    assert found.state == "case"
    assert "Pioneer · claim WC-1 · adjuster Kim Lee (413) 555-0101 · no copay" in found.words
    assert not found.asks
    assert not asks_insurance(WORK, DAY)
    lacking = covered(replace(WORK, claim_number="", adjuster=""), ACTIVE, DAY)
    assert lacking.asks
    assert "ask for the claim number and the adjuster's name and phone" in lacking.words


def test_where_insurance_pays_first_the_visit_is_covered_as_it_stands():
    for case in (FALL, replace(WORK, denied_on=DAY), replace(AUTO, limit_cents=0)):
        assert covered(case, ACTIVE, DAY) == ACTIVE
        assert asks_insurance(case, DAY)


@pytest.mark.parametrize(
    ("given", "order"),
    [
        (("workers_comp", "TX"), "carrier_only"),
        (("auto", "MA"), "carrier_first"),
        (("auto", "MI"), "carrier_first"),
        (("auto", "TX"), "insurance_first"),
        (("liability", "MA"), "insurance_first"),
    ],
)
def test_the_order_of_a_new_case_follows_from_its_kind_and_state(given, order):
    assert proposed_order(*given)[0] == order


def test_medical_payments_or_a_letter_of_protection_change_it():
    assert proposed_order("auto", "TX", limit_cents=500_000)[0] == "carrier_first"
    assert proposed_order("auto", "MA", letter=True)[0] == "carrier_only"


LEE, RUIZ = 1, 2
ROWS = [
    Contract(None, "", inside=True),
    Contract(LEE, "", inside=False, begins=date(2026, 1, 1)),
    Contract(LEE, "Choice POS", inside=True, begins=date(2026, 1, 1), ends=date(2026, 6, 30)),
]


@pytest.mark.parametrize(
    ("who", "plan", "day", "inside"),
    [
        (RUIZ, "", DAY, True),
        (None, "Choice POS", DAY, True),
        (LEE, "HMO", DAY, False),
        (LEE, "CHOICE  P.O.S.", DAY, False),
        (LEE, "choice pos", DAY, True),
        (LEE, "Choice POS", date(2026, 7, 1), False),
        (LEE, "Choice POS", date(2025, 12, 31), True),
    ],
)
def test_the_most_particular_row_of_the_day_says_who_is_in_network(who, plan, day, inside):
    assert network(ROWS, provider_id=who, plan=plan, day=day, usual=None) is inside


def test_where_no_row_speaks_what_holds_of_the_payer_does():
    for usual in (True, False, None):
        assert network([], provider_id=LEE, plan="", day=DAY, usual=usual) is usual
    assert network(ROWS[1:], provider_id=RUIZ, plan="", day=DAY, usual=None) is None
    twice = [Contract(LEE, "", inside=True), Contract(LEE, "", inside=False)]
    assert network(twice, provider_id=LEE, plan="", day=DAY, usual=True) is False

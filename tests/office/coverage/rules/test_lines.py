"""Every line of an answer can be read in plain words."""

from datetime import date
from decimal import Decimal

from frontdesk.formats.x12.guides.lists import LISTS
from frontdesk.office.coverage.rules.benefits import (
    Benefit,
    Dates,
    Delivery,
    Entity,
    Place,
    Reference,
    Rejection,
)
from frontdesk.office.coverage.rules.lines import INFORMATION, LEVELS, described


def test_a_copay_reads_as_one_would_say_it():
    line = Benefit(
        "B",
        "IND",
        ("98", "UC"),
        period="27",
        amount=Decimal(35),
        network="Y",
        authorization="N",
        messages=("PCP",),
    )
    assert (
        described(line)
        == "Copay · office, urgent care · $35 · a visit · individual · in network · no authorization · PCP"
    )


def test_what_is_left_a_share_and_a_limit_read_so_too():
    left = Benefit("C", "FAM", ("30",), period="29", amount=Decimal("410.5"), network="W")
    assert described(left) == "Deductible · whole plan · $410.50 · left · family · in and out of network"
    assert described(Benefit("A", percent=Decimal(".2"))) == "Co-insurance · 20 %"
    assert described(Benefit("A", percent=Decimal(20))) == "Co-insurance · 20 %"
    limit = Benefit(
        "F",
        services=("PT",),
        quantity_kind="VS",
        quantity=Decimal(20),
        limits=(Delivery("VS", Decimal(20), period="23"),),
    )
    assert described(limit) == "Limit · physical therapy · 20 visits a year"


def test_everything_else_of_a_line_is_in_its_words():
    line = Benefit(
        "R",
        insurance="HN",
        procedure_kind="HC",
        procedure="99213",
        modifiers=("25",),
        dates=(
            Dates("290", date(2025, 1, 1), date(2025, 12, 31)),
            Dates("999", date(2026, 1, 1)),
            Dates("347"),
        ),
        places=(Place("ZZ", "11"), Place(words="AT HOME")),
        references=(Reference("18", "H1036", "PLAN"),),
        entities=(Entity("PRP", "HUMANA", "", "PI", "61101", "8005550142"),),
        rejections=(Rejection("subscriber", "42"),),
    )
    assert described(line) == (
        "Other payer · procedure 99213-25 · Medicare Advantage HMO · with other insurance 1/1/2025 to 12/31/2025 · "
        "date 999 1/1/2026 · place 11 · AT HOME · H1036 PLAN · HUMANA 61101 8005550142 · the payer cannot answer now"
    )


def test_a_code_nobody_knows_stands_as_it_is():
    assert described(Benefit("Z9", "ZZZ", ("Q1",), period="99")) == "Z9 · service Q1 · 99 · ZZZ"


def test_every_code_of_the_guide_has_its_words():
    assert set(LISTS["benefit"]) == set(INFORMATION)
    assert set(LISTS["coverage"]) == set(LEVELS)

"""What a payer told is kept as JSON and comes back as it was."""

import json
from datetime import date
from decimal import Decimal

from frontdesk.office.coverage.rules.benefits import (
    Benefit,
    Dates,
    Delivery,
    Entity,
    Known,
    Place,
    Reference,
    Rejection,
    Told,
    as_json,
    from_json,
)

LINE = Benefit(
    information="F",
    level="IND",
    services=("PT", "AE"),
    insurance="C1",
    plan="CHOICE",
    period="23",
    amount=Decimal("35.00"),
    percent=Decimal(".2"),
    quantity_kind="VS",
    quantity=Decimal(20),
    authorization="U",
    network="W",
    procedure_kind="HC",
    procedure="97110",
    modifiers=("GP", "59"),
    dates=(Dates("292", date(2026, 1, 1), date(2026, 12, 31)), Dates("348", date(2026, 2, 1))),
    messages=("A", "B"),
    places=(Place("ZZ", "11"), Place(words="AT HOME")),
    entities=(Entity("PRP", "MEDICARE", "", "PI", "CMS", "8005550100"),),
    limits=(Delivery("VS", Decimal(20), "", Decimal("1.5"), "22", "1", "A", "B"),),
    references=(Reference("9F", "R-1", "REFERRAL"),),
    rejections=(Rejection("subscriber", "62", "N"),),
)
TOLD = Told(
    payer="GREAT LAKES HEALTH",
    payer_id="GLH01",
    payer_phone="8005550100",
    subscriber=Known("ITO", "KENJI", "T", "W1", date(1958, 9, 12), "M", "88001", "BAY SHIPYARD", "18", True),
    dependent=Known("ITO", "MIRA"),
    rejections=(Rejection("payer", "42", "P"),),
    dates=(Dates("346", date(2026, 1, 1)), Dates("347")),
    lines=(LINE, Benefit("1")),
    traces=("Q-1", "Q-2"),
    reference="ANS-1",
)


def test_everything_comes_back_from_json_as_it_was():
    assert from_json(json.loads(json.dumps(as_json(TOLD)))) == TOLD
    assert from_json(json.loads(json.dumps(as_json(Told())))) == Told()


def test_money_is_kept_as_a_string_to_the_last_zero():
    stored = as_json(TOLD)["lines"][0]
    assert (stored["amount"], stored["percent"]) == ("35.00", "0.2")
    assert str(from_json(as_json(TOLD)).lines[0].amount) == "35.00"


def test_what_is_blank_is_left_out():
    assert as_json(Told(lines=(Benefit("1"),))) == {"lines": [{"information": "1"}]}


def test_keys_of_a_later_release_are_passed_over():
    stored = as_json(TOLD)
    stored["colour"] = "green"
    stored["lines"][0]["mood"] = {"deep": [1]}
    stored["subscriber"]["shoe_size"] = 9
    assert from_json(stored) == TOLD


def test_the_person_is_the_dependent_where_there_is_one():
    assert TOLD.person.first == "MIRA"
    assert Told(subscriber=Known(first="KENJI")).person.first == "KENJI"

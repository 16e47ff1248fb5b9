"""How much of a service a plan allows, and how much of it is left."""

from decimal import Decimal

from frontdesk.office.coverage.rules.benefits import Delivery
from tests.factories.answers import codes, costs, line


def test_visits_left_are_told_of_visits_allowed():
    total = line("F", "PT", period="23", quantity_kind="VS", quantity=Decimal(20))
    left = line("F", "PT", period="29", quantity_kind="VS", quantity=Decimal(12))
    [limit] = costs(total, left, services=("PT",)).limits
    assert (limit.unit, limit.total, limit.left, limit.lines) == ("VS", 20, 12, (1, 2))
    assert costs(total, left, services=("PT",)).words.endswith("physical therapy 12 of 20 visits left")
    assert costs(total, services=("PT",)).words.endswith("physical therapy at most 20 visits (year)")
    assert costs(total, left).limits == ()


def test_a_delivery_says_its_own_period_and_money_is_a_limit_too():
    both = line(
        "F", "PT", limits=(Delivery("VS", Decimal(30), period="23"), Delivery("VS", Decimal(0), period="29"))
    )
    made = costs(both, services=("PT",))
    assert codes(made) == ["limit_used"]
    assert made.words.endswith("physical therapy 0 of 30 visits left")
    one = line(
        "F",
        "PT",
        period="29",
        quantity_kind="VS",
        quantity=Decimal(12),
        limits=(Delivery("VS", Decimal(30), period="23"),),
    )
    assert costs(one, services=("PT",)).words.endswith("physical therapy 12 of 30 visits left")
    dollars = costs(line("F", "PT", 2000, period="23"), line("F", "PT", 500, period="29"), services=("PT",))
    assert dollars.words.endswith("physical therapy $500 of $2,000 left")

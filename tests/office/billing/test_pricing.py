"""Fees and agreed rates: a new price ends the one before it, nothing that was is changed, nonsense is refused."""

from datetime import date

import pytest

from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.billing import services as billing
from frontdesk.office.billing.models import Fee, UsualService
from frontdesk.office.billing.queries import prices
from tests.factories import billing as make
from tests.factories.scheduling import visit_type
from tests.people import dev, gus, mia, rosa

pytestmark = pytest.mark.django_db
MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)


def on(day, code="99213", modifier=""):
    found = prices(codes=[code]).fee(code, modifier, day)
    return found.cents if found else None


def test_a_new_fee_ends_the_one_before_it_the_day_before():
    make.fee()
    make.fee(cents=17000, begins=MAY)
    assert (on(date(2025, 12, 31)), on(date(2026, 4, 30)), on(MAY)) == (None, 16000, 17000)
    assert list(Fee.objects.order_by("begins").values_list("ends", flat=True)) == [date(2026, 4, 30), None]


def test_a_fee_in_between_ends_before_the_next_one():
    make.fee()
    make.fee(cents=18000, begins=JULY)
    make.fee(cents=17000, begins=MAY)
    assert (on(MAY), on(date(2026, 6, 30)), on(JULY)) == (17000, 17000, 18000)


def test_the_same_price_twice_is_one_and_another_from_the_same_day_is_refused():
    assert make.fee().pk == make.fee().pk
    with pytest.raises(Invalid):
        make.fee(cents=1)


def test_a_price_with_a_modifier_goes_before_the_one_without():
    make.fee()
    make.fee(cents=9000, modifier="52")
    assert (on(MAY, modifier="52"), on(MAY, modifier="25"), on(MAY)) == (9000, 16000, 16000)


def test_a_fee_that_ended_is_none():
    billing.end_fee(mia(), fee_id=make.fee().pk, last_day=MAY)
    assert (on(MAY), on(JULY)) == (16000, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "9921"},
        {"code": "992134"},
        {"modifier": "2"},
        {"cents": -1},
        {"cents": 10**9},
        {"words": " "},
        {"ends": date(2025, 1, 1)},
        {"begins": date(1900, 1, 1)},
    ],
)
def test_what_cannot_be_a_fee_is_refused(wrong):
    with pytest.raises(Invalid):
        make.fee(**wrong)
    assert not Fee.objects.exists()


def test_what_a_visit_is_usually_made_of_needs_fees():
    kind = visit_type()
    make.fee()
    make.usual(kind, ("99213", "", 1), ("99213", "25", 2))
    with pytest.raises(Invalid, match="no fee for 80053"):
        make.usual(kind, ("80053", "", 1))
    assert list(UsualService.objects.values_list("code", "modifier", "units")) == [
        ("99213", "", 1),
        ("99213", "25", 2),
    ]


def test_who_may_set_prices():
    with pytest.raises(NotPermitted):
        billing.set_fee(rosa(), code="99213", words="x", cents=1, begins=MAY)
    with pytest.raises(NotPermitted):
        billing.import_price(dev(), code="99213", words="x", cents=1, begins=MAY)
    with pytest.raises(NotPermitted):
        billing.set_balance_rule(dev(), whole_upto_cents=1, part_percent=1)
    assert billing.import_price(gus(), code="99213", words="x", cents=1, begins=MAY)


@pytest.mark.parametrize(
    "bands",
    [
        [],
        [(100, "flat", -1)],
        [(100, "percent", 101)],
        [(200, "flat", 1), (100, "flat", 2)],
        [(100, "free", 0)],
        [(0, "flat", 0)],
    ],
)
def test_what_is_no_scale_is_refused(bands):
    with pytest.raises(Invalid):
        billing.set_scale(mia(), begins=MAY, person_cents=1_500_000, more_cents=500_000, bands=bands)

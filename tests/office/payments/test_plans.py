"""Payment plans: what each part is, what was paid of it, what is missed, and how a plan is over."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.payments import queries, rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.errors import BeyondWhatIsLeft, NoSuchPayment
from frontdesk.office.payments.rules.plans import parts
from tests.factories.drawers import closed, opened
from tests.factories.ledger import charged
from tests.factories.patients import ana
from tests.factories.payments import drawer_open, key, taken
from tests.factories.practice import location
from tests.people import lena, rosa

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 31)


@pytest.fixture
def site():
    return location().pk


@pytest.fixture
def who(site):
    found = ana()
    charged(10000, rules.account_of(found.pk), about="scheduling.appointment:9")
    return found


def agreed(who, site, **said):
    given = {"total": 10000, "count": 3, "every": "month", "first": FIRST, "key": key(), **said}
    return payments.agree_plan(rosa(), patient_id=who.pk, location_id=site, **given)


@settings(deadline=None)
@given(
    some.integers(60, 10**7),
    some.integers(2, 60),
    some.sampled_from(["month", "two_weeks"]),
    some.dates(date(2026, 1, 1), date(2040, 1, 1)),
)
def test_the_parts_come_to_the_whole_and_each_is_later_than_the_one_before(total, count, every, first):
    made = parts(total, count, every, first)
    assert sum(cents for _, cents in made) == total
    assert len(made) == count
    assert all(one < two for (one, _), (two, _) in zip(made, made[1:], strict=False))
    assert max(cents for _, cents in made) - min(cents for _, cents in made) < count


def test_a_monthly_part_is_due_on_the_last_day_of_a_month_that_is_shorter(who, site):
    plan = agreed(who, site)
    assert [(one.due, one.cents) for one in plan.parts.order_by("number")] == [
        (date(2026, 3, 31), 3334), (date(2026, 4, 30), 3333), (date(2026, 5, 31), 3333),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"count": 1}, "count"),
        ({"total": 0}, "total"),
        ({"every": "week"}, "every"),
        ({"first": date(2026, 3, 2)}, "first"),
    ],
)
def test_what_is_no_plan_is_refused_at_its_field(who, site, said, field):
    with pytest.raises(Invalid) as refused:
        agreed(who, site, **said)
    assert field in refused.value.fields


def test_nobody_agrees_to_more_than_is_owed_or_to_two_plans(who, site):
    with pytest.raises(BeyondWhatIsLeft):
        agreed(who, site, total=10001)
    agreed(who, site)
    with pytest.raises(BeyondWhatIsLeft):
        agreed(who, site)


def test_a_part_comes_up_when_it_is_due_is_missed_a_day_later_and_set_right_by_paying(who, site, morning):
    drawer_open(site)
    plan = agreed(who, site)
    assert queries.running_plans([who.pk], date(2026, 3, 30))[who.pk][0].due == 0
    assert queries.running_plans([who.pk], FIRST)[who.pk][0].due == 3334
    assert payments.note_missed(SYSTEM, location_id=site) == 0
    with clock.fixed(morning.replace(month=4, day=1)):
        assert payments.note_missed(SYSTEM, location_id=site) == 1
        missed, others = payments.open_plans(rosa(), location_id=site)
        assert ([one.missed for one in missed], others) == ([FIRST], [])
        made = taken(who, site, 3334, purpose=rules.PURPOSE.INSTALMENT, about=f"payments.plan:{plan.pk}")
        assert queries.balance_of(who.pk).owed == 6666, "a part of a plan goes to the oldest debt"
        payments.note_missed(SYSTEM, location_id=site)
        assert payments.open_plans(rosa(), location_id=site)[0] == []
    payments.refund(
        lena(), tender_id=made.tenders.get().pk, cents=3334, reason="billed wrong", key=key(), location_id=site, unapply=True
    )  # fmt: skip
    assert queries.paid_of([plan.pk]) == {plan.pk: 0}, "what is given back was not paid"


def test_a_plan_that_is_paid_is_kept_and_one_that_is_not_is_broken_with_a_reason(who, site):
    drawer_open(site)
    plan = agreed(who, site)
    with pytest.raises(NotPermitted):
        payments.end_plan(rosa(), plan_id=plan.pk, how="broken", reason="two missed")
    with pytest.raises(Invalid):
        payments.end_plan(lena(), plan_id=plan.pk, how="broken", reason="")
    payments.end_plan(lena(), plan_id=plan.pk, how="broken", reason="two missed")
    with pytest.raises(NoSuchPayment):
        payments.end_plan(lena(), plan_id=plan.pk, how="ended", reason="again")
    again = agreed(who, site)
    taken(who, site, 10000, purpose=rules.PURPOSE.INSTALMENT, about=f"payments.plan:{again.pk}")
    payments.note_missed(SYSTEM, location_id=site)
    again.refresh_from_db()
    assert again.state == "kept"


def test_the_list_of_plans_asks_as_often_for_many_as_for_few(who, site, django_assert_max_num_queries):
    for number in range(6):
        other = ana(legal_first=f"Ana{number}")
        charged(10000, rules.account_of(other.pk))
        agreed(other, site)
    with django_assert_max_num_queries(6):
        assert len(queries.watched_plans(site, FIRST, missed=False)) == 6


def test_the_list_shows_the_plans_of_its_place_and_each_look_is_on_the_patient_s_record(who, site):
    agreed(who, site)
    elsewhere = location(name="River Street", short_name="River")
    assert payments.open_plans(lena(), location_id=elsewhere.pk) == ([], [])
    assert not AuditEntry.objects.filter(action="payments.open_plans", patient_id=who.pk).exists()
    _, (line,) = payments.open_plans(lena(), location_id=site)
    assert line.plan.patient_id == who.pk
    assert AuditEntry.objects.filter(action="payments.open_plans", patient_id=who.pk).exists()
    with pytest.raises(NoSuchPayment):
        payments.open_plans(replace(lena(), sites=frozenset({elsewhere.pk})), location_id=site)


def test_after_the_close_a_part_that_is_due_today_is_not_missed_yet(who, site, morning):
    with clock.fixed(morning.replace(day=31)):
        session = opened(site)
        agreed(who, site)
        closed(session, left=10000)
        assert queries.business_day(site) > FIRST
        assert payments.note_missed(SYSTEM, location_id=site) == 0

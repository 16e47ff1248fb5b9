"""Autopay: a part of a plan is charged on its day, once, with what is left of it; a decline is said and tried once more."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings as hypothesis_settings
from hypothesis import strategies as some

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid, NotPermitted, StaleVersion
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.ledger.queries import balance, invariants
from frontdesk.office.patients.models import Patient
from frontdesk.office.payments import queries, rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.errors import CardUnderWay, NoSuchPayment
from frontdesk.office.payments.models import (
    Autopay,
    AutopayCharge,
    CardCharge,
    CardOnFile,
    Payment,
    Plan,
    Tender,
)
from frontdesk.office.payments.queries import plan_of as line_of
from frontdesk.office.payments.rules.autopay import EDITION, WORDS, Step, Tried, next_step
from tests.cardnetwork import asked, cardnet
from tests.factories.autopay import NO_MONEY, TODAY, card_of, plan_of, worked
from tests.factories.drawers import closed, opened
from tests.factories.ledger import charged
from tests.factories.patients import ana, bo
from tests.factories.payments import card_charge, drawer_open, key, part, taken
from tests.factories.practice import location
from tests.people import dev, lena, rosa, sam

pytestmark = pytest.mark.django_db
State = CardCharge.State
PART = 3000


@pytest.fixture
def net(settings):
    with cardnet() as found:
        settings.CARDS = found.processor()
        yield found


@pytest.fixture
def site():
    return location().pk


@pytest.fixture
def who():
    found = ana()
    charged(9000, rules.account_of(found.pk), about="scheduling.appointment:9")
    return found


def at(morning, days, hour=14):
    return clock.fixed(morning.replace(hour=hour) + timedelta(days=days))


def moved(net):
    """What the network charged in all, in cents, and in how many charges."""
    done = [one for one in net.all("payment_intent") if one["status"] == "succeeded"]
    return len(done), sum(one["amount_received"] for one in done)


def standing(plan, day=TODAY):
    return line_of(plan.pk, day)


def sound():
    return {
        name: found for name, proof in (invariants() | queries.invariants()).items() if (found := proof())
    }


def paid_in_cash(who, site, cents, plan):
    return taken(who, site, cents, purpose=rules.PURPOSE.INSTALMENT, about=f"payments.plan:{plan.pk}")


def test_a_part_is_charged_on_its_day_and_is_a_payment_like_any_other(net, site, who):
    plan = plan_of(who, site, card=card_of(who))
    worked()
    row = CardCharge.objects.get()
    made, tender = Payment.objects.get(), Tender.objects.get()
    assert (row.state, row.key, row.payment) == (State.SUCCEEDED, f"autopay:{plan.pk}:1:1", made)
    assert (made.receipt, made.by_name, made.session, tender.last4) == ("1", "Autopay", None, "4242")
    assert (made.day, made.cents, queries.balance_of(who.pk).owed) == (TODAY, PART, 6000)
    assert (standing(plan).paid, standing(plan).missed, moved(net)) == (PART, None, (1, PART))
    assert sound() == {}


def test_it_goes_on_month_by_month_until_the_plan_is_kept(net, site, who, morning):
    plan = plan_of(who, site, card=card_of(who))
    for days in (0, 1, 30, 31, 32, 61, 62, 90, 120):
        with at(morning, days):
            for _ in range(3):
                worked()
    plan.refresh_from_db()
    assert (plan.state, moved(net), queries.balance_of(who.pk).owed) == ("kept", (3, 9000), 0)
    days = list(AutopayCharge.objects.order_by("part__number").values_list("day", flat=True))
    assert days == [date(2026, 3, 3), date(2026, 4, 3), date(2026, 5, 3)]
    assert "paid in full" in Autopay.objects.get().ended_why


@pytest.mark.parametrize("hour", [5, 13, 22, 23])
def test_nothing_is_charged_at_night_nor_before_the_day_has_come_where_the_practice_is(
    net, site, who, morning, hour
):
    plan_of(who, site, card=card_of(who))
    with at(morning, 0, hour):  # in New York: midnight, eight in the morning, five and six in the afternoon
        worked()
    assert not CardCharge.objects.exists()


def test_the_day_is_that_of_the_location_and_not_of_greenwich(net, who, morning):
    west = location(name="Ocean Street", short_name="Ocean", zone="Pacific/Honolulu")
    plan_of(who, west.pk, first=date(2026, 3, 4), card=card_of(who))
    with at(morning, 1, 2):  # March 4 in Greenwich, four in the afternoon of March 3 in Honolulu
        worked()
    assert not CardCharge.objects.exists()
    with at(morning, 1, 20):
        worked()
    assert Payment.objects.get().day == date(2026, 3, 4)


def test_without_a_card_processor_nothing_is_begun(site, who, settings):
    plan_of(who, site, card=card_of(who))
    settings.CARDS = None
    from frontdesk.site import reactions  # noqa: PLC0415 - as the worker does

    reactions.ask_for_autopay()
    assert not CardCharge.objects.exists()


# Never twice


def test_what_was_paid_at_the_desk_is_not_charged(net, site, who):
    drawer_open(site)
    plan = plan_of(who, site, card=card_of(who))
    paid_in_cash(who, site, PART, plan)
    worked()
    assert not CardCharge.objects.exists()


def test_of_a_part_that_is_partly_paid_the_rest_is_charged(net, site, who):
    drawer_open(site)
    plan = plan_of(who, site, card=card_of(who))
    paid_in_cash(who, site, 1200, plan)
    worked()
    assert (moved(net), standing(plan).paid) == ((1, 1800), PART)


def test_never_more_is_charged_than_is_owed(net, site, who):
    plan_of(who, site, card=card_of(who))
    (owed,) = queries.owed_items(who.pk)
    payments.adjust(
        dev(), patient_id=who.pk, location_id=site, line_id=owed.line_id, cents=8000, why="hardship", reason="Cannot pay", key=key()
    )  # fmt: skip
    worked()
    assert moved(net) == (1, 1000)
    worked()
    assert moved(net) == (1, 1000)


def test_the_worker_dies_after_the_card_was_charged_and_another_finds_out_by_asking(
    net, site, who, monkeypatch
):
    plan_of(who, site, card=card_of(who))

    def dies(*_, **__):
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr("frontdesk.exchange.gateway.charger.payments.settle_card", dies)
        with pytest.raises(SystemExit):
            worked()
    assert (moved(net), Payment.objects.count()) == ((1, PART), 0)
    CardCharge.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    for _ in range(2):
        worked()
    assert (moved(net), Payment.objects.count(), balance(*rules.CARD)) == ((1, PART), 1, PART)
    assert sound() == {}


def test_the_answer_is_lost_and_the_card_is_charged_once(net, site, who):
    charged(9000, rules.account_of(who.pk))
    plan_of(who, site, total=5091 * 3, card=card_of(who))  # so many cents lose the answer at the network
    for _ in range(4):
        worked()
    assert (moved(net), Payment.objects.count()) == ((1, 5091), 1)


def test_two_workers_at_once_begin_one_charge(net, site, who):
    plan = plan_of(who, site, card=card_of(who))
    assert payments.charge_part(SYSTEM, plan_id=plan.pk) is not None
    assert payments.charge_part(SYSTEM, plan_id=plan.pk) is None
    asked(3)
    assert payments.charge_part(SYSTEM, plan_id=plan.pk) is None
    assert moved(net) == (1, PART)


def test_while_it_is_being_charged_the_desk_does_not_take_it_and_the_other_way_round(net, site, who):
    drawer_open(site)
    plan = plan_of(who, site, card=card_of(who))
    payments.charge_part(SYSTEM, plan_id=plan.pk)
    with pytest.raises(CardUnderWay):
        paid_in_cash(who, site, PART, plan)
    asked(3)
    other = bo()
    charged(9000, rules.account_of(other.pk), about="scheduling.appointment:10")
    second = plan_of(other, site, card=card_of(other, "pm_card_mastercard", "4444"))
    card_charge(other, site, PART, about=f"payments.plan:{second.pk}", purpose=rules.PURPOSE.INSTALMENT)
    assert payments.charge_part(SYSTEM, plan_id=second.pk) is None


def test_while_a_link_for_the_plan_may_be_paid_no_card_is_charged(net, site, who):
    plan = plan_of(who, site, card=card_of(who))
    one = part(who, PART, rules.PURPOSE.INSTALMENT, f"payments.plan:{plan.pk}")
    link = payments.make_link(rosa(), patient_id=who.pk, location_id=site, parts=(one,), key=key())
    worked()
    assert not AutopayCharge.objects.exists()
    payments.call_off(rosa(), charge_id=link.pk)
    asked(1)
    worked()
    assert moved(net) == (1, PART)


def test_what_was_given_back_is_not_charged_again(net, site, who):
    plan = plan_of(who, site, card=card_of(who))
    worked()
    tender = Tender.objects.get()
    payments.refund_card(lena(), tender_id=tender.pk, cents=PART, reason="asked", key=key(), unapply=True)
    asked(3)
    assert standing(plan).paid == 0
    worked()
    assert moved(net) == (1, PART)


def test_after_the_day_was_closed_it_is_in_the_next_days_batch(net, site, who, morning):
    plan_of(who, site, card=card_of(who))
    closed(opened(site), left=10000)
    with at(morning, 0, 16):
        worked()
    assert Payment.objects.get().day == date(2026, 3, 4)
    assert AutopayCharge.objects.get().day == TODAY


def test_parts_that_are_due_already_are_charged_one_after_the_other(net, site, who, morning):
    plan = plan_of(who, site, every="two_weeks")
    with at(morning, 20):
        payments.set_autopay(rosa(), plan_id=plan.pk, card_id=card_of(who).pk, language="en", agreed=True)
        worked()
        assert moved(net) == (1, PART)
        worked()
        worked()
        assert (moved(net), standing(plan, date(2026, 3, 23)).missed) == ((2, 6000), None)


# A decline


def test_a_decline_is_missed_at_once_with_its_reason_and_tried_again_after_three_days(
    net, site, who, morning
):
    plan = plan_of(who, site, card=card_of(who, NO_MONEY, "9995"))
    worked()
    plan.refresh_from_db()
    (line,), _ = payments.open_plans(rosa(), location_id=site)
    assert (plan.missed_on, line.missed, line.refused.code) == (TODAY, TODAY, "insufficient_funds")
    assert line.autopay.paused_at is None
    assert payments.note_missed(SYSTEM, location_id=site) == 0, "it stays missed though its day is not over"
    for days in (0, 1, 2):
        with at(morning, days):
            worked()
    assert CardCharge.objects.count() == 1
    with at(morning, 3):
        worked()
    second = CardCharge.objects.order_by("-id")[0]
    assert (second.key, second.state) == (f"autopay:{plan.pk}:1:2", State.DECLINED)
    autopay = Autopay.objects.get()
    assert (autopay.code, autopay.paused_at is not None, autopay.ended_at) == (
        "insufficient_funds",
        True,
        None,
    )
    with at(morning, 10):
        worked()
    assert (CardCharge.objects.count(), Payment.objects.count(), moved(net)) == (2, 0, (0, 0))


def test_the_second_try_may_succeed_and_the_plan_is_no_longer_overdue(net, site, who, morning):
    card = card_of(who, NO_MONEY, "9995")
    plan = plan_of(who, site, card=card)
    worked()
    CardOnFile.objects.filter(pk=card.pk).update(method="pm_card_visa")  # there is money on it again
    with at(morning, 3):
        worked()
    plan.refresh_from_db()
    assert (plan.missed_on, moved(net), Autopay.objects.get().paused_at) == (None, (1, PART), None)


def test_after_a_pause_it_goes_on_when_the_patient_says_so(net, site, who, morning):
    card = card_of(who, NO_MONEY, "9995")
    plan = plan_of(who, site, card=card)
    for days in (0, 3):
        with at(morning, days):
            worked()
    CardOnFile.objects.filter(pk=card.pk).update(method="pm_card_visa")
    with at(morning, 4):
        assert payments.resume_autopay(rosa(), plan_id=plan.pk).paused_at is None
        worked()
    assert (moved(net), CardCharge.objects.count()) == ((1, PART), 3)


def test_called_off_by_a_person_it_is_paused_and_not_tried_again(net, site, who, morning):
    plan = plan_of(who, site, card=card_of(who))
    row = payments.charge_part(SYSTEM, plan_id=plan.pk)
    payments.call_off(rosa(), charge_id=row.pk)
    assert Autopay.objects.get().code == "called_off"
    with at(morning, 5):
        worked()
    assert moved(net) == (0, 0)


def test_whoever_has_died_is_charged_nothing(net, site, who):
    plan_of(who, site, card=card_of(who))
    Patient.objects.filter(pk=who.pk).update(is_deceased=True)
    worked()
    assert (moved(net), Autopay.objects.get().code) == ((0, 0), "deceased")


# Leave, and its end


def test_leave_is_kept_in_the_words_that_were_read_with_their_edition(site, who):
    plan = plan_of(who, site)
    made = payments.set_autopay(rosa(), plan_id=plan.pk, card_id=card_of(who).pk, language="es", agreed=True)
    assert (made.words, made.edition, made.language, made.taken_by) == (WORDS["es"], EDITION, "es", "Rosa")
    entry = AuditEntry.objects.get(action="payments.set_autopay")
    assert (entry.patient_id, entry.after["edition"]) == (who.pk, EDITION)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"agreed": False}, "agreed"), ({"language": "fr"}, "language"), ({"card_id": 0}, "card")],
)
def test_what_is_no_leave_is_refused_at_its_field_and_nothing_is_half_written(site, who, said, field):
    plan = plan_of(who, site)
    given = {"card_id": card_of(who).pk, "language": "en", "agreed": True, **said}
    with pytest.raises(Invalid) as refused:
        payments.set_autopay(rosa(), plan_id=plan.pk, **given)
    assert field in refused.value.fields
    assert not Autopay.objects.exists()


def test_the_card_of_somebody_else_or_one_that_was_ended_is_refused(site, who):
    plan, hers = plan_of(who, site), card_of(who, "pm_card_mastercard", "4444")
    payments.end_card(rosa(), card_id=hers.pk, why="lost")
    for card in (card_of(bo()), hers):
        with pytest.raises(Invalid):
            payments.set_autopay(rosa(), plan_id=plan.pk, card_id=card.pk, language="en", agreed=True)


def test_a_plan_is_not_agreed_on_when_its_leave_is_refused(site, who):
    card = card_of(who)
    with pytest.raises(Invalid):
        plan_of(who, site, card_id=card.pk, agreed=False)
    assert not Plan.objects.exists()


def test_whoever_may_not_is_refused_and_two_at_once_are_told(site, who):
    plan, card = plan_of(who, site), card_of(who)
    given = {"plan_id": plan.pk, "card_id": card.pk, "language": "en", "agreed": True}
    with pytest.raises(NotPermitted):
        payments.set_autopay(sam(), **given)
    payments.set_autopay(rosa(), **given, version=plan.version)
    with pytest.raises(StaleVersion):
        payments.set_autopay(lena(), **given, version=plan.version)
    with pytest.raises(NotPermitted):
        payments.charge_part(rosa(), plan_id=plan.pk)


def test_another_card_takes_the_place_of_the_one_before(net, site, who):
    plan = plan_of(who, site, card=card_of(who, NO_MONEY, "9995"))
    payments.set_autopay(rosa(), plan_id=plan.pk, card_id=card_of(who).pk, language="en", agreed=True)
    worked()
    assert Tender.objects.get().last4 == "4242"
    assert Autopay.objects.filter(ended_at=None).count() == 1


def test_it_is_stopped_by_name_with_a_reason_and_nothing_is_charged_any_more(net, site, who):
    plan = plan_of(who, site, card=card_of(who))
    with pytest.raises(Invalid):
        payments.stop_autopay(rosa(), plan_id=plan.pk, why=" ")
    row = payments.stop_autopay(rosa(), plan_id=plan.pk, why="She asked by phone")
    assert (row.ended_by, row.ended_why, row.ended_at) == ("Rosa", "She asked by phone", clock.now())
    worked()
    assert not CardCharge.objects.exists()
    with pytest.raises(NoSuchPayment):
        payments.stop_autopay(rosa(), plan_id=plan.pk, why="again")


def test_stopped_while_the_card_is_being_charged_the_charge_is_called_off(net, site, who):
    plan = plan_of(who, site, card=card_of(who))
    row = payments.charge_part(SYSTEM, plan_id=plan.pk)
    asked(1)  # the network knows of it; the card is not charged yet
    payments.stop_autopay(rosa(), plan_id=plan.pk, why="She asked")
    asked(2)
    row.refresh_from_db()
    assert (row.state, moved(net)) == (State.CANCELLED, (0, 0))


def test_the_card_is_taken_back_and_autopay_stops_with_it(net, site, who):
    card = card_of(who)
    plan_of(who, site, card=card)
    payments.end_card(rosa(), card_id=card.pk, why="the patient asked")
    row = Autopay.objects.get()
    assert (row.ended_by, "the patient asked" in row.ended_why) == ("Rosa", True)
    worked()
    assert not CardCharge.objects.exists()


def test_a_plan_that_is_ended_charges_nothing(net, site, who):
    plan = plan_of(who, site, card=card_of(who))
    payments.end_plan(lena(), plan_id=plan.pk, how="ended", reason="paid by her son")
    worked()
    assert (CardCharge.objects.count(), Autopay.objects.get().ended_by) == (0, "Lena")


# The rule itself


@hypothesis_settings(deadline=None)
@given(
    some.lists(
        some.tuples(some.sampled_from(sorted(State.values)), some.integers(0, 20), some.booleans()),
        max_size=6,
    ),
    some.integers(0, 40),
)
def test_no_history_charges_what_is_under_way_or_was_charged(history, day):
    tried = [Tried(state, TODAY + timedelta(days=on), counts) for state, on, counts in history]
    step = next_step(tried, TODAY + timedelta(days=day))
    states = {one.state for one in tried}
    if step == Step.CHARGE:
        assert states <= {State.DECLINED, State.CANCELLED}
        failed = [one for one in tried if one.counts]
        assert len(failed) < 2
        assert all(
            one.state == State.DECLINED and (TODAY + timedelta(days=day) - one.day).days >= 3
            for one in failed
        )
    if State.SUCCEEDED in states:
        assert step in {Step.LEAVE, Step.WAIT}

"""What becomes of a payment: taken back on its day, given back, a check returned; a credit applied; what is owed written off or moved."""

from dataclasses import replace

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account
from frontdesk.office.ledger.queries import balance, invariants
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.payments import queries, rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.errors import BeyondWhatIsLeft, NoSuchPayment, NotCharged, TooLate
from frontdesk.office.payments.models import Refund, ReturnedCheck
from tests.factories.drawers import closed, counted, opened
from tests.factories.ledger import charged
from tests.factories.patients import ana, bo
from tests.factories.payments import FLOAT, cash, check, drawer_open, key, part, sheet, taken
from tests.factories.practice import location
from tests.people import dev, lena, mia, rosa

pytestmark = pytest.mark.django_db
K = Account.Kind
VISIT = "scheduling.appointment:9"
# The drawers of most tests here are rows alone: nobody counted their float into the books, nor closed them by a count.
BY_HAND = {
    "payments.floats_are_in_the_books",
    "payments.sessions_are_closed_by_a_close",
    "payments.closed_drawers_are_empty",
}


@pytest.fixture
def site():
    return location().pk


@pytest.fixture(autouse=True)
def _books_stay_sound(db):
    yield
    proofs = {**invariants(), **queries.invariants(), **queries.card_invariants()}
    assert not [words for name, proof in proofs.items() if name not in BY_HAND for words in proof()]


def stands(patient):
    found = queries.balance_of(patient.pk)
    return (found.owed, found.credit)


def paid_by_check(who, site, cents, *more, number="1042"):
    made = sheet(
        who, site, [check(cents, number), *more], [part(who, cents + sum(one.cents for one in more))]
    )
    return payments.take(rosa(), sheet=made, key=key())


def test_a_payment_is_taken_back_on_its_day_and_the_debt_is_open_again(site):
    session, who = drawer_open(site), ana()
    charged(8200, rules.account_of(who.pk), about=VISIT)
    made = taken(who, site, 5000)
    payments.take_back(lena(), payment_id=made.pk, reason="typed wrong", key=key())
    assert stands(who) == (8200, 0)
    assert balance(*rules.drawer_account(session.pk, rules.KIND.CASH)) == FLOAT
    assert queries.fates([made])[made.pk].taken_back == "typed wrong"
    assert AuditEntry.objects.filter(action="payments.take_back", patient_id=who.pk).exists()


def test_whoever_closes_the_drawer_while_a_payment_is_taken_back_was_first(site, monkeypatch):
    session = drawer_open(site)
    made, alone, held = taken(ana(), site, 5000), ledger.alone, []

    def after_the_close():
        if not held:
            held.append(True)  # as on PostgreSQL: the close had the books to itself until now
            closed(session)
        alone()

    monkeypatch.setattr(ledger, "alone", after_the_close)
    with pytest.raises(TooLate):
        payments.take_back(lena(), payment_id=made.pk, reason="typed wrong", key=key())
    assert not [words for proof in queries.invariants().values() for words in proof()]


def test_only_a_lead_takes_back_and_only_with_a_reason(site):
    drawer_open(site)
    made = taken(ana(), site, 5000)
    with pytest.raises(NotPermitted):
        payments.take_back(rosa(), payment_id=made.pk, reason="typed wrong", key=key())
    with pytest.raises(Invalid):
        payments.take_back(lena(), payment_id=made.pk, reason=" ", key=key())


def test_once_the_drawer_is_closed_or_the_day_over_it_is_a_refund(site, morning):
    session = drawer_open(site)
    made = taken(ana(), site, 5000)
    with clock.fixed(morning.replace(day=4)), pytest.raises(TooLate):
        payments.take_back(lena(), payment_id=made.pk, reason="typed wrong", key=key())
    closed(session)
    with pytest.raises(TooLate):
        payments.take_back(lena(), payment_id=made.pk, reason="typed wrong", key=key())


def test_a_credit_is_refunded_in_cash_out_of_the_open_drawer(site):
    session, who = drawer_open(site), ana()
    made = taken(who, site, 5000, purpose=rules.PURPOSE.PREPAYMENT)
    same = key()
    for _ in range(2):
        back = payments.refund(
            lena(),
            tender_id=made.tenders.get().pk,
            cents=2000,
            reason="moved away",
            key=same,
            location_id=site,
        )
    assert (back.number, Refund.objects.count(), stands(who)) == ("1", 1, (0, 3000))
    assert balance(*rules.drawer_account(session.pk, rules.KIND.CASH)) == FLOAT + 3000


def test_what_was_applied_is_refunded_only_when_it_is_said_and_is_owed_again(site):
    drawer_open(site)
    who = ana()
    charged(8200, rules.account_of(who.pk), about=VISIT)
    tender = taken(who, site, 5000).tenders.get()
    with pytest.raises(BeyondWhatIsLeft):
        payments.refund(
            lena(), tender_id=tender.pk, cents=3000, reason="billed wrong", key=key(), location_id=site
        )
    payments.refund(
        lena(),
        tender_id=tender.pk,
        cents=3000,
        reason="billed wrong",
        key=key(),
        location_id=site,
        unapply=True,
    )
    assert stands(who) == (6200, 0), "what was not given back is put against the debt again"
    with pytest.raises(BeyondWhatIsLeft):
        payments.refund(
            lena(),
            tender_id=tender.pk,
            cents=2001,
            reason="once more",
            key=key(),
            location_id=site,
            unapply=True,
        )


def test_a_check_is_refunded_by_a_check_that_is_still_to_be_written(site):
    drawer_open(site)
    who = ana()
    made = paid_by_check(who, site, 5000)
    payments.refund(
        dev(), tender_id=made.tenders.get().pk, cents=5000, reason="paid twice", key=key(), location_id=site
    )
    assert queries.balance_of(who.pk).to_pay_back == 5000
    assert stands(who) == (0, 0)


def test_what_was_not_paid_by_card_is_not_given_back_to_one(site):
    drawer_open(site)
    tender = taken(ana(), site, 5000).tenders.get()
    with pytest.raises(NotCharged):
        payments.refund_card(lena(), tender_id=tender.pk, cents=100, reason="paid twice", key=key())


def test_a_returned_check_opens_the_debt_again_with_the_fee_and_leaves_the_cash_of_a_split(site):
    drawer_open(site)
    who = ana()
    payments.set_rules(mia(), returned_check_fee=2500)
    charged(8200, rules.account_of(who.pk), about=VISIT)
    made = paid_by_check(who, site, 5000, cash(1000))
    assert stands(who) == (2200, 0)
    tender, same = made.tenders.get(kind="check"), key()
    for _ in range(2):
        payments.return_check(
            dev(), tender_id=tender.pk, reason="insufficient funds", key=same, with_fee=True
        )
    assert ReturnedCheck.objects.get().fee == 2500
    assert stands(who) == (8200 - 1000 + 2500, 0)
    assert balance(*rules.BANK) == -5000
    assert queries.had_check_returned(who.pk)
    assert not queries.had_check_returned(bo().pk)
    with pytest.raises(BeyondWhatIsLeft):
        payments.return_check(dev(), tender_id=tender.pk, reason="again", key=key())


def test_a_credit_goes_to_its_own_visit_and_then_where_it_is_put(site):
    drawer_open(site)
    who = ana()
    taken(who, site, 3500, purpose=rules.PURPOSE.COPAY, about=VISIT)
    taken(who, site, 2000, purpose=rules.PURPOSE.PREPAYMENT)
    charged(8000, rules.account_of(who.pk), about="scheduling.appointment:1")
    charged(3500, rules.account_of(who.pk), about=VISIT)
    old, visit = queries.owed_items(who.pk)
    assert (old.left, visit.left) == (8000, 3500)
    onto = {old.line_id: 1500, visit.line_id: 3500}
    assert payments.apply_credit(rosa(), patient_id=who.pk, location_id=site, onto=onto, key=key()) == 5000
    assert stands(who) == (6500, 500)
    assert [one.about for one in queries.credits_of(who.pk)] == [""], "the copay went to its visit"
    with pytest.raises(BeyondWhatIsLeft):
        payments.apply_credit(rosa(), patient_id=who.pk, location_id=site, onto={old.line_id: 501}, key=key())
    with pytest.raises(NoSuchPayment):
        payments.apply_credit(rosa(), patient_id=who.pk, location_id=site, onto={visit.line_id: 1}, key=key())


def test_a_part_of_what_is_owed_is_written_off_by_permission_and_never_more(site):
    who = ana()
    charged(8200, rules.account_of(who.pk), about=VISIT)
    line = queries.owed_items(who.pk)[0].line_id
    given = {"patient_id": who.pk, "location_id": site, "line_id": line, "reason": "asked for it"}
    with pytest.raises(NotPermitted):
        payments.adjust(lena(), cents=100, why="courtesy", key=key(), **given)
    payments.adjust(dev(), cents=200, why="courtesy", key=key(), **given)
    assert stands(who) == (8000, 0)
    assert balance(K.ADJUSTMENT, "courtesy") == 200
    for cents, why, refusal in (
        (8001, "courtesy", BeyondWhatIsLeft),
        (0, "courtesy", Invalid),
        (1, "", Invalid),
    ):
        with pytest.raises(refusal):
            payments.adjust(dev(), cents=cents, why=why, key=key(), **given)


def test_what_is_owed_is_moved_between_patient_and_payer(site):
    who = ana()
    charged(8200, rules.account_of(who.pk), about=VISIT)
    line = queries.owed_items(who.pk)[0].line_id
    given = {"patient_id": who.pk, "location_id": site, "reason": "the plan pays after all"}
    payments.transfer(dev(), line_id=line, cents=5000, payer_id=4, key=key(), **given)
    assert (stands(who), balance(K.PAYER, "coverage.payer:4")) == ((3200, 0), 5000)
    line = queries.owed_by_payers(who.pk)[0].line_id
    payments.transfer(dev(), line_id=line, cents=1000, payer_id=None, key=key(), **given)
    assert (stands(who), balance(K.PAYER, "coverage.payer:4")) == ((4200, 0), 4000)


def test_the_account_says_what_happened_newest_first_a_page_at_a_time(site, django_assert_max_num_queries):
    drawer_open(site)
    who = ana()
    charged(8200, rules.account_of(who.pk), about=VISIT)
    made = taken(who, site, 5000)
    for _ in range(20):
        taken(who, site, 100)
    with django_assert_max_num_queries(10):
        rows, more = queries.history(who.pk, limit=30)
    assert more == rows[-1].id
    assert [one.owed_after for one in rows[:4]] == [1200, 1300, 1300, 1400]
    rest, end = queries.history(who.pk, before=more, limit=30)
    assert end == 0
    assert [(one.kind, one.owed, one.credit, one.receipt) for one in rest[-3:]] == [
        ("application", -5000, -5000, ""),
        ("payment", 0, 5000, made.receipt),
        ("charge", 8200, 0, ""),
    ]


def test_a_family_payment_stands_on_each_account_with_its_own_part(site):
    drawer_open(site)
    who, other = ana(), bo()
    charged(2000, rules.account_of(other.pk), about=VISIT)
    made = payments.take(
        rosa().showing(who.pk),
        sheet=sheet(who, site, [cash(5000)], [part(who, 3000), part(other, 2000)]),
        key=key(),
    )
    assert queries.history(other.pk)[0][1].credit == 2000
    assert queries.payments_of(other.pk) == [made]
    seen = AuditEntry.objects.filter(action="payments.take").values_list("patient_id", flat=True)
    assert set(seen) == {who.pk, other.pk}


def test_what_a_merged_chart_owed_is_owed_and_paid_where_it_went(site):
    drawer_open(site)
    who, twin = ana(), ana(phone="(617) 555-0199")
    charged(3000, rules.account_of(twin.pk), about=VISIT)
    patients.merge(mia(), survivor_id=who.pk, duplicate_id=twin.pk, reason="Registered twice")
    assert stands(who) == (3000, 0)
    taken(who, site, 2000)
    assert stands(who) == (1000, 0)
    taken(who, site, 1000, purpose=rules.PURPOSE.PREPAYMENT)
    line = queries.owed_items(who.pk)[0].line_id
    payments.apply_credit(rosa(), patient_id=who.pk, location_id=site, onto={line: 1000}, key=key())
    assert stands(who) == (0, 0)
    assert "charge" in [one.kind for one in queries.history(who.pk)[0]]


def test_a_drawer_closed_a_moment_before_keeps_a_payment_from_being_taken_back(site, monkeypatch):
    session = opened(site)
    made = taken(ana(), site, 5000)
    real = ledger.alone

    def meanwhile():
        monkeypatch.setattr(ledger, "alone", real)
        closed(session, counted(session), left=10000)
        real()

    monkeypatch.setattr(ledger, "alone", meanwhile)
    with pytest.raises(TooLate):
        payments.take_back(lena(), payment_id=made.pk, reason="typed wrong", key=key())
    assert not [words for proof in queries.invariants().values() for words in proof()]


def test_a_write_off_a_moment_after_the_close_is_of_the_next_day(site, monkeypatch):
    session, who = opened(site), ana()
    charged(8200, rules.account_of(who.pk), about=VISIT)
    line, real = queries.owed_items(who.pk)[0].line_id, ledger.alone

    def meanwhile():
        monkeypatch.setattr(ledger, "alone", real)
        closed(session, counted(session), left=10000)
        real()

    monkeypatch.setattr(ledger, "alone", meanwhile)
    entry = payments.adjust(
        dev(), patient_id=who.pk, location_id=site, line_id=line, cents=200, why="courtesy", reason="asked", key=key()
    )  # fmt: skip
    assert entry.day == queries.business_day(site) > session.day


def test_a_small_refund_leaves_the_rest_where_it_was_put(site):
    drawer_open(site)
    who = ana()
    made = taken(who, site, 10000, purpose=rules.PURPOSE.PREPAYMENT)
    charged(10000, rules.account_of(who.pk), about=VISIT)
    (item,) = queries.owed_items(who.pk)
    onto = {item.line_id: 10000}
    payments.apply_credit(rosa(), patient_id=who.pk, location_id=site, onto=onto, key=key())
    given = {"cents": 500, "reason": "paid too much", "location_id": site, "unapply": True}
    payments.refund(lena(), tender_id=made.tenders.get().pk, key=key(), **given)
    assert stands(who) == (500, 0), "what was put there by hand stays there, but for what was given back"


def test_a_refund_takes_the_newest_off_first(site):
    drawer_open(site)
    who = ana()
    made = taken(who, site, 10000, purpose=rules.PURPOSE.PREPAYMENT)
    for visit in ("scheduling.appointment:9", "scheduling.appointment:10"):
        charged(5000, rules.account_of(who.pk), about=visit)
        (item,) = queries.owed_items(who.pk)
        onto = {item.line_id: 5000}
        payments.apply_credit(rosa(), patient_id=who.pk, location_id=site, onto=onto, key=key())
    given = {"cents": 2000, "reason": "paid too much", "location_id": site, "unapply": True}
    payments.refund(lena(), tender_id=made.tenders.get().pk, key=key(), **given)
    assert [(one.about, one.left) for one in queries.owed_items(who.pk)] == [(visit, 2000)]


def test_a_returned_check_leaves_what_was_paid_in_cash_beside_it_where_it_was_put(site):
    drawer_open(site)
    who = ana()
    tenders = [check(3000), cash(2000)]
    prepaid = [part(who, 5000, rules.PURPOSE.PREPAYMENT)]
    made = payments.take(rosa(), sheet=sheet(who, site, tenders, prepaid), key=key())
    charged(5000, rules.account_of(who.pk), about=VISIT)
    (item,) = queries.owed_items(who.pk)
    onto = {item.line_id: 5000}
    payments.apply_credit(rosa(), patient_id=who.pk, location_id=site, onto=onto, key=key())
    payments.return_check(dev(), tender_id=made.tenders.get(kind="check").pk, reason="no funds", key=key())
    assert stands(who) == (3000, 0)


def family(site):
    """Fifty dollars paid at Ana's page, twenty of them for Bo."""
    who, other = ana(), bo()
    charged(2000, rules.account_of(other.pk), about=VISIT)
    given = sheet(who, site, [check(5000)], [part(who, 3000), part(other, 2000)])
    return payments.take(rosa(), sheet=given, key=key()), other


def test_what_becomes_of_a_family_s_payment_is_on_the_record_of_each(site):
    drawer_open(site)
    made, other = family(site)
    by = {"shown": made.patient_id}
    payments.open_payment(replace(lena(), **by), payment_id=made.pk)
    payments.take_back(replace(lena(), **by), payment_id=made.pk, reason="typed wrong", key=key())
    for number, deed in enumerate(("refund", "return_check"), 2):
        made = payments.take(
            rosa(),
            sheet=sheet(ana(phone=f"(617) 555-019{number}"), site, [check(2000)], [part(other, 2000)]),
            key=key(),
        )
        given = {"tender_id": made.tenders.get().pk, "reason": "asked", "key": key()}
        if deed == "refund":
            payments.refund(lena(), cents=2000, location_id=site, unapply=True, **given)
        else:
            payments.return_check(dev(), **given)
    seen = AuditEntry.objects.filter(patient_id=other.pk).values_list("action", flat=True)
    assert {"payments.open_payment", "payments.take_back", "payments.refund", "payments.return_check"} <= {
        *seen
    }
    assert stands(other) == (2000, 0)


def test_nothing_of_another_place_is_given_back_or_written_off(site):
    drawer_open(site)
    made = taken(ana(), site, 5000)
    paid = paid_by_check(bo(), site, 2000)
    charged(8200, rules.account_of(made.patient_id), about=VISIT)
    line = queries.owed_items(made.patient_id)[0].line_id
    lead, biller = (replace(one, sites=frozenset({site + 1})) for one in (lena(), dev()))
    said = {"reason": "typed wrong", "key": key()}
    owed = {"patient_id": made.patient_id, "location_id": site, "line_id": line, "cents": 1, **said}
    for deed in (
        lambda: payments.take_back(lead, payment_id=made.pk, **said),
        lambda: payments.refund(lead, tender_id=made.tenders.get().pk, cents=1, location_id=site, **said),
        lambda: payments.refund(lead, tender_id=made.tenders.get().pk, cents=1, location_id=site + 1, **said),
        lambda: payments.return_check(biller, tender_id=paid.tenders.get().pk, **said),
        lambda: payments.adjust(biller, why="courtesy", **owed),
        lambda: payments.transfer(biller, payer_id=1, **owed),
    ):
        with pytest.raises(NoSuchPayment):
            deed()


def test_a_relative_s_restricted_record_keeps_a_family_s_payment_closed(site):
    drawer_open(site)
    made, other = family(site)
    patients.label_patient(mia(), patient_id=other.pk, labels=["vip"])
    tender = made.tenders.get().pk
    for look in (
        lambda: payments.open_payment(lena(), payment_id=made.pk),
        lambda: payments.take_back(lena(), payment_id=made.pk, reason="typed wrong", key=key()),
        lambda: payments.refund(
            lena(), tender_id=tender, cents=1, reason="asked", key=key(), location_id=site
        ),
        lambda: payments.return_check(dev(), tender_id=tender, reason="no funds", key=key()),
    ):
        with pytest.raises(Restricted):
            look()

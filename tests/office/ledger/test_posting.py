"""Entries: balanced, once, for good; what is applied, and taken back."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.ledger import queries, rules
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.errors import (
    BeyondWhatIsOpen,
    CannotReverse,
    KeyReused,
    NoSuchEntry,
    NotBalanced,
)
from frontdesk.office.ledger.models import Entry, Line
from frontdesk.office.ledger.rules import Draft, Leg
from tests.factories.ledger import (
    ANA,
    BANK,
    BO,
    CARD,
    DAY,
    LEE,
    TILL,
    applied,
    charged,
    key,
    legs,
    paid,
    taken_back,
)
from tests.people import lena, rosa, sam

pytestmark = pytest.mark.django_db


def owes(who=ANA):
    return queries.balance("receivable", who)


def sound():
    return [breach for proof in queries.invariants().values() for breach in proof()]


def test_a_charge_is_owed_by_whom_it_says_and_earned_by_the_provider():
    made = charged(35_00, payer=117_00)
    assert made.number == "1"
    assert owes() == 35_00
    assert queries.balance("revenue", LEE) == -152_00
    assert sound() == []


def test_what_is_paid_is_a_credit_until_it_is_applied():
    paid(50_00)
    assert (queries.balance("credit", ANA), queries.balance(*TILL)) == (-50_00, 50_00)
    charged(35_00)
    applied()
    assert (owes(), queries.balance("credit", ANA)) == (0, -15_00)
    assert [one.left for one in queries.open_lines("credit", [ANA])] == [15_00]
    assert queries.open_lines("receivable", [ANA]) == []
    assert sound() == []


def test_a_payment_goes_to_its_visit_first_then_to_the_oldest():
    charged(20_00, about="scheduling.appointment:1", day=date(2026, 1, 5))
    charged(30_00, about="scheduling.appointment:2", day=date(2026, 2, 5))
    charged(35_00, about="scheduling.appointment:3")
    paid(60_00)
    applied(first="scheduling.appointment:3")
    left = {one.about[-1]: one.left for one in queries.open_lines("receivable", [ANA])}
    assert left == {"2": 25_00}


def test_the_same_deed_sent_again_posts_nothing_and_another_under_its_key_is_refused():
    draft = rules.payment(key="once", day=DAY, into={TILL: 35_00}, payer=ANA)
    first, again = (ledger.post(rosa(), draft=draft) for _ in range(2))
    assert (first.pk, Entry.objects.count()) == (again.pk, 1)
    other = rules.payment(key="once", day=DAY, into={TILL: 36_00}, payer=ANA)
    with pytest.raises(KeyReused):
        ledger.post(rosa(), draft=other)


def test_two_equal_payments_of_a_day_are_two():
    paid(35_00)
    paid(35_00)
    assert queries.balance("credit", ANA) == -70_00


@pytest.mark.parametrize("amounts", [(), (5,), (5, -4), (5, 0, -5)])
def test_what_does_not_come_to_zero_is_no_entry(amounts):
    draft = Draft("move", DAY, key(), tuple(Leg("drawer", f"d{at}", one) for at, one in enumerate(amounts)))
    with pytest.raises(NotBalanced):
        ledger.post(rosa(), draft=draft)
    assert not Line.objects.exists()


def test_more_than_is_open_is_not_applied_and_nothing_is_half_written():
    charge = charged(35_00)
    pay = paid(50_00)
    owed, credit = charge.lines.get(amount=35_00), pay.lines.get(amount=-50_00)
    parts = legs(ANA, [rules.Part(credit.pk, owed.pk, 36_00)])
    with pytest.raises(BeyondWhatIsOpen), transaction.atomic():
        ledger.post(rosa(), draft=rules.application(key=key(), day=DAY, parts=parts))
    assert owes() == 35_00
    assert Entry.objects.count() == 2


def test_a_credit_of_another_is_not_used():
    credit = paid(50_00, BO).lines.get(amount=-50_00)
    owed = charged(35_00).lines.get(amount=35_00)
    with pytest.raises(BeyondWhatIsOpen), transaction.atomic():
        ledger.post(
            rosa(),
            draft=rules.application(
                key=key(), day=DAY, parts=legs(ANA, [rules.Part(credit.pk, owed.pk, 5_00)])
            ),
        )


def test_an_entry_is_taken_back_by_its_opposite_with_a_reason():
    made = paid(35_00)
    back = taken_back(made)
    assert (back.kind, back.reverses_id, back.reason) == ("reversal", made.pk, "typed wrong")
    assert (queries.balance("credit", ANA), queries.balance(*TILL)) == (0, 0)
    assert queries.open_lines("credit", [ANA]) == []
    for entry in (made, back):
        with pytest.raises(CannotReverse):
            taken_back(entry)
    assert sound() == []


def test_what_was_applied_is_taken_back_first_when_that_is_wanted():
    charged(35_00)
    pay = paid(35_00)
    applied()
    with pytest.raises(CannotReverse) as refused:
        taken_back(pay)
    assert [one.kind for one in refused.value.about] == ["application"]
    taken_back(pay, whole=True)
    assert (owes(), queries.balance("credit", ANA), queries.balance(*TILL)) == (35_00, 0, 0)
    assert sound() == []


def test_a_reversal_sent_again_is_the_one_that_stands():
    made = paid(35_00)
    first, again = (
        ledger.reverse(lena(), entry_id=made.pk, reason="wrong patient", key="back", day=DAY)
        for _ in range(2)
    )
    assert first.pk == again.pk
    with pytest.raises(KeyReused):
        ledger.reverse(lena(), entry_id=paid(1_00).pk, reason="wrong patient", key="back", day=DAY)


def test_taking_back_needs_a_reason_an_entry_and_the_right_to():
    made = paid(35_00)
    with pytest.raises(Invalid):
        ledger.reverse(lena(), entry_id=made.pk, reason=" ", key=key(), day=DAY)
    with pytest.raises(NoSuchEntry):
        ledger.reverse(lena(), entry_id=999, reason="wrong", key=key(), day=DAY)
    with pytest.raises(NotPermitted):
        taken_back(made, by=rosa())
    with pytest.raises(NotPermitted):
        ledger.post(sam(), draft=rules.payment(key=key(), day=DAY, into={TILL: 1}, payer=ANA))


def test_transfer_write_off_refund_and_returned_check_keep_the_books():
    charge = charged(152_00)
    owed = Leg("receivable", ANA, 0, charge.lines.get(amount=152_00).pk)
    about = {"about": charge.about, "patient_id": 1}
    ledger.post(
        rosa(),
        draft=rules.transfer(
            key=key(),
            day=DAY,
            amount=100_00,
            away=owed,
            to=("payer", "coverage.payer:2"),
            reason="secondary",
            **about,
        ),
    )
    ledger.post(
        rosa(),
        draft=rules.adjustment(
            key=key(), day=DAY, amount=12_00, owed=owed, why="courtesy", reason="manager", **about
        ),
    )
    assert owes() == 40_00
    check = paid(60_00, into=BANK)
    credit = Leg("credit", ANA, 0, check.lines.get(amount=-60_00).pk)
    ledger.post(
        rosa(),
        draft=rules.refund(
            key=key(),
            day=DAY,
            held=[Leg("credit", ANA, 10_00, credit.settles)],
            out_of=BANK,
            reason="paid twice",
        ),
    )
    ledger.post(
        rosa(),
        draft=rules.returned_check(
            key=key(), day=DAY, amount=50_00, credit=credit, bank=BANK, reason="no funds"
        ),
    )
    assert (queries.balance("credit", ANA), queries.balance(*BANK), owes()) == (0, 0, 40_00)
    assert queries.balance("adjustment", "courtesy") == 12_00
    assert sound() == []


def test_each_entry_is_on_record_with_whose_it_is():
    charged(35_00)
    entry = AuditEntry.objects.get(action="ledger.post")
    assert (entry.patient_id, entry.after["cents"], entry.after["kind"]) == (1, 35_00, "charge")


def test_balances_of_many_accounts_are_one_query(django_assert_num_queries):
    charged(35_00)
    paid(20_00, BO)
    with django_assert_num_queries(1):
        found = queries.balances([("receivable", ANA), ("credit", BO), ("credit", "patients.patient:9")])
    assert list(found.values()) == [35_00, -20_00, 0]


def test_a_noted_balance_is_the_same_balance_and_check_finds_a_wrong_one():
    for _ in range(3):
        paid(10_00)
    assert ledger.note_sums(_keeper(), lines=3) == 2
    paid(5_00, into=CARD)
    assert queries.balance("credit", ANA) == -35_00
    assert sound() == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_sum SET balance = balance + 1 WHERE balance > 0")
    assert any("cents were noted" in breach for breach in sound())


def test_after_a_restore_no_number_is_given_twice():
    first, receipt = paid(1_00), ledger.next_number(rosa(), name="receipt")
    assert (first.number, receipt, ledger.next_number(rosa(), name="receipt")) == ("1", "1", "2")
    label = ledger.begin_series(_keeper())
    assert paid(1_00).number == f"{label}-2"
    assert ledger.next_number(rosa(), name="receipt") == f"{label}-1"
    assert ledger.next_number(rosa(), name="deposit") == f"{label}-1"


def _keeper():
    from frontdesk.kit.actor import SYSTEM

    return SYSTEM


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_line SET amount = amount + 1",
        "UPDATE ledger_entry SET reason = 'other'",
        "DELETE FROM ledger_line",
        "DELETE FROM ledger_entry",
        "INSERT INTO ledger_line (entry_id, account_id, amount, about) SELECT 1, account_id, 5, '' FROM ledger_line LIMIT 1",
        # An entry without lines, one with one line, one that does not balance, one that skips a number.
        *(
            "INSERT INTO ledger_line (entry_id, account_id, amount, about) "
            f"SELECT {number}, account_id, {amount}, '' FROM ledger_line LIMIT {lines}; "
            'INSERT INTO ledger_entry (id, series, kind, at, day, "by", key, digest, about, reason) '
            f"SELECT {number}, series, kind, at, day, \"by\", 'forged', digest, about, reason FROM ledger_entry WHERE id = 1"
            for number, amount, lines in ((2, 5, 0), (2, 5, 1), (2, 5, 2), (3, 5, 0))
        ),
    ],
)
def test_the_database_refuses_what_the_books_must_never_hold(statement):
    paid(35_00)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        for one in statement.split("; "):
            cursor.execute(one)
    assert queries.balance("credit", ANA) == -35_00
    assert sound() == []


def test_sqlite_does_not_replace_a_row_of_the_books_either():
    if connection.vendor != "sqlite":
        return
    paid(35_00)
    for table in ("ledger_entry", "ledger_line"):
        with (
            pytest.raises((DatabaseError, IntegrityError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = 1")  # noqa: S608 - our own names


def test_check_tells_of_a_missing_lock():
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER ledger_line_open" + ("" if connection.vendor == "sqlite" else " ON ledger_line")
        )
    assert "the lock ledger_line_open is gone" in sound()

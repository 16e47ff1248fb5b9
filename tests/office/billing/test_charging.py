"""Charging a visit: who owes what, what was paid for it is applied at once, and the books are in balance."""

import pytest
from django.db.models import Sum

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.billing import services as billing
from frontdesk.office.billing.errors import ChargedAlready, NoFee, NoSuchCharge, NotOwed
from frontdesk.office.billing.models import VisitCharge
from frontdesk.office.billing.queries import expected, uncharged, uncollected
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account, Entry, Line
from frontdesk.office.ledger.queries import balance, invariants
from frontdesk.office.patients.services import merge
from frontdesk.office.payments.models import DayLock, Toward
from frontdesk.office.payments.queries import balance_of, business_day
from frontdesk.office.payments.rules import account_of
from frontdesk.office.payments.services import take
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.queries import about_visit
from frontdesk.office.visits.services import set_payer
from tests.factories import billing as make
from tests.factories import coverage
from tests.factories.ledger import charged as owed
from tests.factories.payments import cash, drawer_open, part, sheet, taken
from tests.factories.scheduling import TUESDAY
from tests.factories.scheduling import patient as make_patient
from tests.people import dev, lena, mia, rosa, sam

pytestmark = pytest.mark.django_db
EARLIER = "scheduling.appointment:999999"
K = Account.Kind


def stand(the, row):
    """What the patient owes, what Aetna owes, what the patient has paid and is not applied, what the provider earned."""
    return (
        balance(K.RECEIVABLE, account_of(row.patient_id)),
        balance(K.PAYER, f"coverage.payer:{the.aetna.pk}"),
        -balance(K.CREDIT, account_of(row.patient_id)),
        -balance(K.REVENUE, f"practice.provider:{row.provider_id}"),
    )


def paid(the, row, cents):
    drawer_open(the.location.pk)
    return taken(row.patient, the.location.pk, cents, purpose=Toward.Purpose.COPAY, about=about_visit(row.pk))


def sound():
    assert Line.objects.aggregate(all=Sum("amount"))["all"] in {0, None}
    assert not [words for proof in invariants().values() for words in proof()]


def test_the_copay_is_the_patient_s_and_the_rest_of_the_fee_the_payer_s(the):
    row = the.insured()
    made = make.charged(row)
    assert (made.cents, made.patient_cents) == (16000, 3500)
    assert stand(the, row) == (3500, 12500, 0, 16000)
    sound()


def test_what_was_paid_for_the_visit_is_applied_at_once(the):
    row = the.insured()
    paid(the, row, 3500)
    make.charged(row)
    assert stand(the, row) == (0, 12500, 0, 16000)
    assert expected(row.pk).due == ()
    assert expected(row.pk).paid == 3500
    sound()


def test_what_was_paid_for_another_visit_stays_where_it_is(the):
    row = the.insured()
    drawer_open(the.location.pk)
    taken(row.patient, the.location.pk, 3500, purpose=Toward.Purpose.COPAY, about=EARLIER)
    make.charged(row)
    assert stand(the, row) == (3500, 12500, 3500, 16000)


def test_what_is_left_of_the_charge_is_what_is_to_be_collected(the):
    row = the.insured()
    paid(the, row, 2000)
    make.charged(row)
    assert [(one.cents, one.certain) for one in expected(row.pk).due] == [(1500, True)]


def test_more_services_than_usual_are_charged_and_share_one_copay(the):
    row = the.insured()
    make.charged(row, ("99213", "25", 1), ("80053", "", 2))
    # $160 and twice $40, of which $35 is the patient's.
    assert stand(the, row) == (3500, 20500, 0, 24000)


def test_the_same_charge_sent_again_is_the_one_that_stands_and_another_is_refused(the):
    row, same = the.insured(), make.key()
    assert make.charged(row, same=same).pk == make.charged(row, same=same).pk
    with pytest.raises(ChargedAlready):
        make.charged(row)
    assert stand(the, row) == (3500, 12500, 0, 16000)


def test_self_pay_is_all_the_patient_s_and_what_slides_is_no_revenue_lost_in_silence(the):
    row = the.insured()
    set_payer(rosa(), appointment_id=row.pk, how="self_pay", reason="uninsured")
    scale = {"begins": make.YEAR, "person_cents": 1_500_000, "more_cents": 500_000}
    billing.set_scale(mia(), **scale, bands=[(100, "flat", 2000)])
    home = {"people": 1, "income_cents": 900_000, "begins": make.YEAR, "ends": TUESDAY}
    billing.place_on_scale(rosa(), patient_id=row.patient_id, **home)
    make.charged(row)
    assert stand(the, row) == (2000, 0, 0, 16000)
    assert balance(K.ADJUSTMENT, "sliding fee") == 14000
    sound()


def test_a_case_is_charged_to_its_carrier_whole(the):
    row = the.insured()
    injury = coverage.case(row.patient)
    set_payer(rosa(), appointment_id=row.pk, how="case", case_id=injury.pk)
    make.charged(row)
    assert stand(the, row)[0] == 0
    assert balance(K.PAYER, f"coverage.payer:{injury.payer_id}") == 16000


def test_where_it_had_to_be_asked_what_was_paid_is_the_patient_s_part(the):
    row = the.insured("EB*1**30", "EB*B*IND*98***27*25", "EB*B*IND*98***27*40")
    paid(the, row, 4000)
    make.charged(row)
    assert stand(the, row) == (0, 12000, 0, 16000)


def test_taking_a_charge_back_leaves_the_payment_as_a_credit_for_the_visit(the):
    row = the.insured()
    paid(the, row, 3500)
    made = make.charged(row)
    billing.take_back_charge(lena(), charge_id=made.pk, reason="wrong code", key=make.key())
    assert stand(the, row) == (0, 0, 3500, 0)
    with pytest.raises(NoSuchCharge):
        billing.take_back_charge(lena(), charge_id=made.pk, reason="wrong code", key=make.key())
    make.charged(row, ("80053", "", 1))
    assert VisitCharge.objects.count() == 2
    sound()


def test_a_service_without_a_fee_and_one_free_of_charge(the):
    row = the.insured()
    with pytest.raises(NoFee, match="no fee for 99999"):
        make.charged(row, ("99999", "", 1))
    for lines in ([], [("99213", "", 0)], [("99213", "", 1), ("99213", "", 1)]):
        with pytest.raises(Invalid):
            billing.charge_visit(dev(), appointment_id=row.pk, lines=lines, key=make.key())
    make.fee("99024", 0, "Check after an operation")
    made = make.charged(row, ("99024", "", 1))
    assert (made.cents, made.entry_id) == (0, None)
    assert not uncharged(the.location.pk, TUESDAY)


def test_who_may_charge_and_who_may_take_back(the):
    row = the.insured()
    with pytest.raises(NotPermitted):
        make.charged(row, by=sam())
    made = make.charged(row, by=rosa())
    with pytest.raises(NotPermitted):
        billing.take_back_charge(rosa(), charge_id=made.pk, reason="wrong", key=make.key())


# ---- what is not collected ---------------------------------------------------------------------------------------


def waived(row, cents, by=None):
    return billing.waive(by or lena(), appointment_id=row.pk, cents=cents, reason="hardship", key=make.key())


def test_what_is_waived_before_the_charge_is_written_off_with_it(the):
    row = the.insured()
    waived(row, 1500)
    assert [one.cents for one in expected(row.pk).due] == [2000]
    make.charged(row)
    assert stand(the, row) == (2000, 12500, 0, 16000)
    assert balance(K.ADJUSTMENT, "copay waived") == 1500
    assert [one.cents for one in expected(row.pk).due] == [2000]
    sound()


def test_what_is_waived_after_the_charge_is_written_off_at_once(the):
    row = the.insured()
    make.charged(row)
    waived(row, 3500)
    assert stand(the, row) == (0, 12500, 0, 16000)
    assert balance(K.ADJUSTMENT, "copay waived") == 3500
    told = expected(row.pk)
    assert (told.due, told.waived, told.paid) == ((), 3500, 0)
    sound()


def test_no_more_is_waived_than_is_left_and_not_without_a_reason_nor_by_everybody(the):
    row = the.insured()
    with pytest.raises(NotOwed, match=r"\$35.00 is left"):
        waived(row, 3501)
    with pytest.raises(Invalid):
        billing.waive(lena(), appointment_id=row.pk, cents=100, reason=" ", key=make.key())
    for by in (rosa(), dev()):
        with pytest.raises(NotPermitted):
            waived(row, 100, by)


def test_what_is_promised_is_not_asked_for_again_that_day_and_stays_owed(the):
    row = the.insured()
    with pytest.raises(Invalid):
        billing.note_uncollected(rosa(), appointment_id=row.pk, why="promised")
    billing.note_uncollected(rosa(), appointment_id=row.pk, why="promised", promised_on=TUESDAY)
    assert (expected(row.pk).due, expected(row.pk).noted) == ((), 3500)
    make.charged(row)
    assert stand(the, row)[0] == 3500
    assert expected(row.pk).due == ()
    with pytest.raises(NotOwed):
        billing.note_uncollected(rosa(), appointment_id=row.pk, why="refused")


def test_the_close_sees_who_came_without_charge_and_whose_copay_was_not_collected_and_why(the):
    first, second, third, absent = (the.insured(hour=hour, member_id=f"W{hour}") for hour in (8, 9, 10, 11))
    with clock.fixed(the.at(9)):
        for row in (first, second, third):
            visits.arrive(rosa(), appointment_id=row.pk)
    make.charged(first)
    paid(the, first, 3500)
    billing.note_uncollected(rosa(), appointment_id=second.pk, why="forgot", words="left the wallet at home")
    assert [one.id for one in uncharged(the.location.pk, TUESDAY)] == [second.pk, third.pk]
    left = uncollected(the.location.pk, TUESDAY)
    told = [(one.line.id, one.cents, [row.why for row in one.rows]) for one in left]
    assert told == [(second.pk, 0, ["forgot"]), (third.pk, 3500, [])]
    assert absent.pk not in {one.line.id for one in left}


def test_taking_a_charge_back_leaves_paid_what_the_same_payment_paid_of_another_visit(the):
    row, sister = the.insured(), make_patient(legal_first="Ada")
    owed(5000, account_of(row.patient_id), about=EARLIER)
    owed(2000, account_of(sister.pk), about=EARLIER)
    made = make.charged(row)
    drawer_open(the.location.pk)
    parts = [part(row.patient, 8500), part(sister, 2000)]
    take(rosa(), sheet=sheet(row.patient, the.location.pk, [cash(10500)], parts), key=make.key())
    billing.take_back_charge(dev(), charge_id=made.pk, reason="Wrong code", key=make.key())
    assert [(one.owed, one.credit) for one in map(balance_of, (row.patient_id, sister.pk))] == [
        (0, 3500),
        (0, 0),
    ]
    sound()


def test_what_is_waived_of_a_visit_charged_on_a_chart_that_was_merged_is_written_off_once(the):
    row, survivor = the.insured(), make_patient(legal_first="Ada")
    make.charged(row)
    merge(mia(), survivor_id=survivor.pk, duplicate_id=row.patient_id, reason="Registered twice")
    waived = {"appointment_id": row.pk, "cents": 3500, "reason": "Hardship"}
    billing.waive(mia(), key=make.key(), **waived)
    assert balance_of(survivor.pk).owed == 0
    with pytest.raises(NotOwed):
        billing.waive(mia(), key=make.key(), **waived)
    sound()


def test_in_the_evening_today_is_still_the_day_of_the_place(the):
    row = the.insured()
    with clock.fixed(the.at(21)):
        assert clock.now().date() > TUESDAY, "at Greenwich it is tomorrow"
        (noted,) = billing.note_uncollected(
            rosa(), appointment_id=row.pk, why="promised", promised_on=TUESDAY
        )
    assert noted.promised_on == TUESDAY


def test_a_charge_a_moment_after_the_close_is_of_the_next_day(the, monkeypatch):
    row, real = the.insured(), ledger.alone

    def meanwhile():
        monkeypatch.setattr(ledger, "alone", real)
        DayLock.objects.create(
            location_id=the.location.pk,
            day=business_day(the.location.pk),
            at=clock.now(),
            by_name="Mia",
            figures={},
            sums={},
        )
        real()

    day = business_day(the.location.pk)
    monkeypatch.setattr(ledger, "alone", meanwhile)
    made = make.charged(row)
    assert Entry.objects.get(pk=made.entry_id).day > day

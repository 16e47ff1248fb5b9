"""A patient's account at the desk: seen, set right, given back, agreed on in parts; each by whoever may, each with its words."""

import pytest

from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.payments import queries, rules
from frontdesk.office.payments.models import Payment, Plan, Refund, ReturnedCheck
from tests.entrypoints.desk.payments.test_sheet import HX, post, text
from tests.factories.ledger import charged

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(desk, owing):
    """What Ana has paid of her $82: $50 by check."""
    post(desk, owing, cents="50", tender="check", reference="1042")
    return Payment.objects.get()


def form(who, **fields):
    return {"_key": "k2", "_patient": str(who.pk), **fields}


def test_the_tab_says_what_is_owed_and_what_happened(desk, owing, paid):
    html = text(desk.get(f"/patients/{owing.pk}/money"))
    for words in ("$32.00", "Charged", "Payment, receipt 1", "Check 1042", "Put against what was owed"):
        assert words in html, words
    assert "Write off" not in html
    assert AuditEntry.objects.filter(action="payments.open_account", patient_id=owing.pk).exists()


def test_the_tab_asks_the_database_as_often_for_many_movements_as_for_few(
    desk, owing, paid, django_assert_max_num_queries
):
    for number in range(24):
        post(desk, owing, cents="1", _key=f"more-{number}")
    with django_assert_max_num_queries(90):
        html = text(desk.get(f"/patients/{owing.pk}/money"))
    assert "Older" in html


def test_a_payment_is_taken_back_by_a_lead(lead, desk, owing, paid):
    to = f"/payments/{paid.pk}/take-back"
    assert desk.get(to, **HX).status_code == 403
    assert "Hand the check back." in text(lead.get(to, **HX))
    refused = lead.post(to, form(owing, do="take_back", reason=""), **HX)
    assert refused.status_code == 422
    assert "Say why" in text(refused)
    assert lead.post(to, form(owing, do="take_back", reason="typed wrong"), **HX).status_code == 204
    assert queries.balance_of(owing.pk).owed == 8200
    assert "This payment was taken back." in text(lead.get(f"/payments/{paid.pk}", **HX))


def test_money_is_given_back_with_a_reason_and_what_was_typed_is_kept(lead, owing, paid):
    to = f"/payments/{paid.pk}/tenders/{paid.tenders.get().pk}/refund"
    assert "Up to $50.00" in text(lead.get(to, **HX))
    refused = lead.post(to, form(owing, do="refund", cents="60", reason="paid twice", unapply="on"), **HX)
    assert refused.status_code == 422
    assert 'value="60"' in text(refused)
    done = lead.post(to, form(owing, do="refund", cents="20", reason="paid twice", unapply="on"), **HX)
    assert done.status_code == 204
    assert Refund.objects.get().cents == 2000
    assert "$20.00 given back" in text(lead.get(f"/patients/{owing.pk}/money"))


def test_a_check_that_came_back_is_marked_where_the_next_payment_is_taken(biller, desk, owing, paid):
    to = f"/payments/{paid.pk}/tenders/{paid.tenders.get().pk}/returned"
    assert biller.post(to, form(owing, do="returned", reason="account closed"), **HX).status_code == 204
    assert ReturnedCheck.objects.get().fee == 0
    assert "came back unpaid before" in text(desk.get(f"/payments/take/{owing.pk}", **HX))


def test_a_credit_is_proposed_where_it_belongs_and_applied(desk, owing):
    post(desk, owing, on=[], other="100", other_for="prepay")
    to = f"/patients/{owing.pk}/money/apply"
    assert 'value="82.00"' in text(desk.get(to, **HX))
    line = queries.owed_items(owing.pk)[0].line_id
    refused = desk.post(to, form(owing, line=[line], cents=["83"]), **HX)
    assert refused.status_code == 422
    assert 'value="83"' in text(refused)
    assert desk.post(to, form(owing, line=[line], cents=["80"]), **HX).status_code == 204
    found = queries.balance_of(owing.pk)
    assert (found.owed, found.credit) == (200, 2000)


def test_a_biller_writes_off_and_the_desk_does_not(desk, biller, owing):
    to = f"/patients/{owing.pk}/money/adjust"
    assert desk.get(to, **HX).status_code == 403
    line = queries.owed_items(owing.pk)[0].line_id
    given = form(owing, do="adjust", line=line, cents="2", why="small_balance", reason="two dollars")
    assert biller.post(to, {**given, "reason": ""}, **HX).status_code == 422
    assert biller.post(to, given, **HX).status_code == 204
    assert "Written off: too small to ask for" in text(biller.get(f"/patients/{owing.pk}/money"))


def test_a_plan_is_agreed_printed_listed_and_ended(desk, lead, owing):
    to = f"/patients/{owing.pk}/money/plan"
    given = form(owing, do="agree", total="82", count="3", every="month", first="3/31/2026", language="en")
    refused = desk.post(to, {**given, "count": "1"}, **HX)
    assert refused.status_code == 422
    assert "A plan has 2 to 60 parts." in text(refused)
    assert desk.post(to, given, **HX).status_code == 204
    plan = Plan.objects.get()
    assert desk.get(f"/payments/plans/{plan.pk}/plan.pdf").content[:5] == b"%PDF-"
    assert "$82.00 in 3 parts" in text(desk.get("/payments/plans"))
    assert "Balance on the account" not in text(desk.get(f"/payments/take/{owing.pk}", **HX))
    ended = form(owing, do="end", how="broken", reason="two missed", version=plan.version)
    assert desk.post(f"/payments/plans/{plan.pk}", ended, **HX).status_code == 403
    assert lead.post(f"/payments/plans/{plan.pk}", ended, **HX).status_code == 204
    assert "No plan is running" in text(desk.get("/payments/plans"))


def test_the_fee_of_a_returned_check_is_the_practices_own(biller, desk):
    assert desk.get("/payments/rules", **HX).status_code == 403
    assert biller.post("/payments/rules", {"_key": "k3", "do": "rules", "fee": "25"}, **HX).status_code == 204
    assert queries.returned_check_fee() == 2500


def test_what_a_payer_owes_is_moved_to_the_patient(biller, who):
    charged(1000, rules.account_of(who.pk), payer=5000, about="scheduling.appointment:9")
    found = queries.owed_by_payers(who.pk) or queries.owed_items(who.pk)
    assert found
    assert biller.get(f"/patients/{who.pk}/money/transfer", **HX).status_code == 200

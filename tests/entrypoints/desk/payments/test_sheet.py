"""The payment sheet at the desk: what is expected stands in it, what is typed is kept, what is taken is taken once."""

import pytest

from frontdesk.entrypoints.desk.payments.expecting import Due
from frontdesk.kit import clock
from frontdesk.entrypoints.desk.payments.lines import expected
from frontdesk.office.accounts.models import User
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients.models import RelatedPerson
from frontdesk.office.payments import queries, rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import CardCharge, CardOnFile, DrawerSession, Payment
from frontdesk.office.visits.models import Check
from tests.cardnetwork import asked, cardnet
from tests.factories.ledger import charged
from tests.factories.visits import Day
from tests.factories.payments import card_charge, part
from tests.people import rosa

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}


def sent(who, *, on=None, cents="82.00", **fields):
    line = f"balance-account-{who.pk}"
    given = {"line": [line], "cents": [cents], "on": [line] if on is None else on, "tender": "cash", **fields}
    return {"_key": "k1", "_patient": str(who.pk), "language": "en", **given}


def post(desk, who, **fields):
    return desk.post(f"/payments/take/{who.pk}", sent(who, **fields), **HX)


def text(answer):
    return answer.content.decode()


def test_what_is_owed_stands_on_the_sheet_ticked_with_its_words_and_amount(desk, owing):
    html = text(desk.get(f"/payments/take/{owing.pk}", **HX))
    assert "Balance on the account" in html
    assert 'value="82.00"' in html
    assert "$82.00" in html
    assert AuditEntry.objects.filter(action="patients.open_chart", patient_id=owing.pk).exists()


def test_cash_is_taken_with_change_and_sent_twice_it_is_one_payment(desk, owing):
    for _ in range(2):
        html = text(post(desk, owing, handed="100"))
    assert "$18.00" in html
    assert "Receipt 1" in html
    assert Payment.objects.count() == 1
    assert queries.balance_of(owing.pk).owed == 0


def test_another_amount_than_expected_is_said_and_what_is_beyond_stays_as_a_credit(desk, owing):
    html = text(post(desk, owing, cents="90"))
    assert "$90.00 taken, $82.00 was expected." in html
    assert "$8.00 stays on the account as a credit." in html
    assert queries.balance_of(owing.pk).credit == 800


def test_a_line_that_is_not_ticked_is_not_paid(desk, owing):
    html = text(post(desk, owing, on=[], other="20", other_for="prepay"))
    assert "Prepayment" in html
    found = queries.balance_of(owing.pk)
    assert (found.owed, found.credit) == (8200, 2000)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"tender": ""}, "Choose how it is paid."),
        ({"cents": "lots"}, "Type an amount in dollars"),
        ({"handed": "80"}, "That is less than $82.00."),
        ({"tender": "check"}, "Type its number."),
        ({"tender": "card"}, "No card reader is set up."),
        ({"payer": "other"}, "Type who pays."),
        ({"split": "1", "first": "82", "tender2": "check"}, "less than the whole"),
        ({"split": "1", "first": "40", "tender2": ""}, "Choose how the rest is paid."),
        ({"on": []}, "Tick what is paid, or type an amount."),
        ({"on": ["copay-gone-1"]}, "has changed meanwhile"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_is_kept(desk, owing, fields, says):
    answer = post(desk, owing, **{"bearer": "Ken Ito", "payer_name": "", **fields})
    assert answer.status_code in {409, 422}
    assert says in text(answer)
    assert "Ken Ito" in text(answer)
    assert not Payment.objects.exists()


def test_two_ways_of_paying_are_one_receipt(desk, owing):
    fields = {
        "tender": "check",
        "reference": "1042",
        "split": "1",
        "first": "50",
        "tender2": "cash",
        "handed2": "40",
    }
    assert "$8.00" in text(post(desk, owing, **fields))
    tenders = Payment.objects.get().tenders.order_by("id").values_list("kind", "cents", "change")
    assert list(tenders) == [("check", 5000, 0), ("cash", 3200, 800)]


def test_without_an_open_drawer_the_sheet_says_so_before_and_after(desk, owing):
    DrawerSession.objects.all().delete()
    assert "No drawer is open here" in text(desk.get(f"/payments/take/{owing.pk}", **HX))
    answer = post(desk, owing)
    assert answer.status_code == 422
    assert "No drawer is open here. Count the float" in text(answer)


def test_somebody_else_pays_and_the_receipt_is_in_spanish(desk, owing):
    post(desk, owing, payer="other", payer_name="Ken Ito", language="es")
    made = Payment.objects.get()
    assert (made.paid_by, made.language) == ("Ken Ito", "es")
    assert desk.get(f"/payments/{made.pk}/receipt.pdf").content[:5] == b"%PDF-"


def test_a_family_is_paid_for_on_one_receipt_and_the_look_is_on_their_record(desk, owing, other):
    charged(2000, rules.account_of(other.pk))
    RelatedPerson.objects.create(patient=owing, role="guarantor", person=other)
    to = f"/payments/take/{owing.pk}"
    assert "Pay for the family too" in text(desk.get(to, **HX))
    assert f"Balance on the account, {other.name}" in text(desk.get(f"{to}?family=1", **HX))
    mine, theirs = f"balance-account-{owing.pk}", f"balance-account-{other.pk}"
    fields = {"line": [mine, theirs], "cents": ["82.00", "20.00"], "on": [mine, theirs], "family": "1"}
    assert "$102.00" in text(desk.post(to, {**sent(owing), **fields}, **HX))
    assert queries.balance_of(other.pk).owed == queries.balance_of(owing.pk).owed == 0
    assert AuditEntry.objects.filter(action="patients.open_chart", patient_id=other.pk).exists()


def test_a_copay_of_a_visit_is_settled_on_the_check_in_list(desk, owing, site, monkeypatch):
    row = Day().booked(patient=owing)
    about = f"scheduling.appointment:{row.pk}"
    due = Due("copay", 3500, "Copay of this visit", "Your copay today is $35.00.", about)
    monkeypatch.setattr("frontdesk.entrypoints.desk.payments.lines.expecting", lambda *_: [due])
    line = f"copay-{about}-{owing.pk}"
    html = text(post(desk, owing, on=[line], line=[line], cents="35.00", visit=str(row.pk)))
    assert "$35.00" in html
    assert Check.objects.get(appointment=row, item="money").answer == "$35.00 paid, receipt 1"
    assert 'hx-swap-oob="innerHTML:#visit-card"' in html


def test_a_form_of_another_patients_page_is_refused(desk, owing, other):
    answer = desk.post(f"/payments/take/{owing.pk}", {**sent(owing), "_patient": str(other.pk)}, **HX)
    assert answer.status_code == 409
    assert not Payment.objects.exists()


def test_who_only_learns_takes_nothing(trainee, owing):
    assert trainee.get(f"/payments/take/{owing.pk}", **HX).status_code == 403
    assert User.objects.filter(username="sam").exists()


def test_without_a_drawer_one_goes_and_opens_it_and_finds_what_was_typed(desk, owing):
    DrawerSession.objects.update(closed_at=clock.now(), holder=None)
    fields = sent(owing, cents="40.00", tender="check", reference="1042", open_drawer="1")
    answer = desk.post(f"/payments/take/{owing.pk}", fields, **HX)
    assert answer["HX-Redirect"] == f"/drawer/open?next=%2Fpayments%2Ftake%2F{owing.pk}"
    assert "1042" not in answer["HX-Redirect"]
    assert not Payment.objects.exists()
    html = text(desk.get(f"/payments/take/{owing.pk}"))
    assert 'value="40.00"' in html
    assert 'value="1042"' in html
    assert 'value="check" checked' in html
    assert 'value="40.00"' not in text(desk.get(f"/payments/take/{owing.pk}"))


def test_what_was_typed_of_one_patient_stands_on_no_other_sheet(desk, owing, other):
    desk.post(f"/payments/take/{owing.pk}", sent(owing, cents="40.00", open_drawer="1"), **HX)
    assert 'value="40.00"' not in text(desk.get(f"/payments/take/{other.pk}"))
    assert 'value="40.00"' not in text(desk.get(f"/payments/take/{owing.pk}"))


def test_a_card_is_kept_with_the_words_that_are_read_and_charged_the_next_time(desk, owing, settings):
    with cardnet() as net:
        settings.CARDS = net.processor()
        assert rules.CONSENT in text(desk.get(f"/payments/take/{owing.pk}"))
        html = text(post(desk, owing, cents="30.00", tender="card", keep_card="1"))
        assert "Waking the reader" in html
        asked(2)
        net.tap()
        asked(2)
        card = CardOnFile.objects.get()
        assert card.words == rules.CONSENT
        html = text(desk.get(f"/payments/take/{owing.pk}"))
        assert "Visa ending 4242, on file" in html
        fields = {"cents": "52.00", "tender": f"file-{card.pk}", "_key": "k2"}
        assert "Charging the card on file" in text(post(desk, owing, **fields))
        asked(2)
        assert queries.balance_of(owing.pk).owed == 0
        assert sorted(one.cents for one in Payment.objects.all()) == [3000, 5200]
        assert "Visa ending 4242" in text(desk.get(f"/patients/{owing.pk}/money"))


def test_the_card_of_somebody_else_is_not_charged(desk, owing, other, settings):
    with cardnet() as net:
        settings.CARDS = net.processor()
        card = payments.keep_card(
            rosa(), patient_id=other.pk, customer="c", method="m", brand="visa", last4="4242", words="Yes"
        )
        assert "does not let us charge" in text(post(desk, owing, tender=f"file-{card.pk}"))
        assert not CardCharge.objects.exists()


def test_an_open_link_stands_on_the_sheet_and_is_withdrawn_there(desk, owing, site):
    row = payments.make_link(
        rosa(), patient_id=owing.pk, location_id=site.pk, parts=(part(owing, 4000),), key="link-1"
    )
    CardCharge.objects.update(state="link", page="cs_1", link="https://pay.example/cs_1", attempts=1)
    shown = text(desk.get(f"/payments/take/{owing.pk}", **HX))
    assert "A payment link of $40.00 is open." in shown
    to = f"/payments/cards/{row.pk}/call-off"
    assert f'hx-post="{to}"' in shown
    answer = text(desk.post(to, {"_patient": str(owing.pk), "_key": "w"}, **HX))
    assert "https://pay.example" not in answer
    assert CardCharge.objects.get().ended_at is not None
    assert "is being withdrawn." in text(desk.get(f"/payments/take/{owing.pk}", **HX))


def test_what_a_card_is_being_charged_for_is_refused_in_words_and_shown(desk, owing, site):
    row = card_charge(owing, site.pk, 8200)
    shown = text(desk.get(f"/payments/take/{owing.pk}", **HX))
    assert "A card is being charged $82.00." in shown
    assert f'hx-get="/payments/cards/{row.pk}"' in shown
    answer = post(desk, owing)
    assert answer.status_code == 409
    assert "Do not take it again" in text(answer)
    assert not Payment.objects.exists()


def test_a_form_that_went_to_a_card_shows_that_charge_when_it_is_sent_again(desk, owing, site):
    card_charge(owing, site.pk, 8200, key="k1")
    answer = text(post(desk, owing))
    assert "Card $82.00" in answer
    assert not Payment.objects.exists()


def test_a_name_that_does_not_fit_is_refused_beside_its_field(desk, owing):
    answer = post(desk, owing, payer="other", payer_name="x" * 121)
    assert answer.status_code == 422
    assert text(answer).count("That is longer than 120 characters.") == 2
    assert not Payment.objects.exists()


def test_what_stands_on_the_sheet_as_a_line_of_its_charged_visit_is_not_asked_for_as_a_balance_too(
    desk, owing, monkeypatch
):
    due = Due("copay", 8200, "Charged", "Of today's visit $82.00 is open.", "scheduling.appointment:9")
    monkeypatch.setattr("frontdesk.entrypoints.desk.payments.lines.expecting", lambda *_: [due])
    request = type("Request", (), {"location": type("Place", (), {"zone": "America/New_York"})})
    (line,) = expected(request, owing.pk, 9, family=False)
    assert (line.purpose, line.cents) == ("copay", 8200)
    charged(1500, rules.account_of(owing.pk), about="scheduling.appointment:8")
    _, rest = expected(request, owing.pk, 9, family=False)
    assert (rest.purpose, rest.cents) == ("balance", 1500)

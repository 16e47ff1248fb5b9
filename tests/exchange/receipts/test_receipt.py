"""A receipt on paper: all of it, in both languages, the same bytes whenever it is printed; equal payments are two receipts."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frontdesk.exchange.receipts import pdf
from frontdesk.office.payments import queries, rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import Payment
from frontdesk.office.practice.models import Location
from tests.factories import practice as make
from tests.factories.autopay import card_of, plan_of
from tests.factories.ledger import charged
from tests.factories.patients import ana, bo
from tests.factories.payments import cash, check, drawer_open, key, part, sheet
from tests.people import rosa
from tests.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    make.practice()
    at = make.location()
    drawer_open(at.pk)
    return at


def text(document):
    return " ".join(words(document).split())


def taken(who, site, tenders, parts, **more):
    return payments.take(rosa(), sheet=sheet(who, site.pk, tenders, parts, **more), key=key())


def printed(row):
    return pdf.receipt(queries.slip(Payment.objects.get(pk=row.pk)))


def test_it_says_who_when_what_for_with_what_and_what_is_still_owed(site):
    who = ana()
    charged(8200, rules.account_of(who.pk))
    row = taken(who, site, [cash(1500, 2000), check(2000)], [part(who, 3500)], paid_by="Ken Ito")
    said = text(printed(row))
    for one in (
        "Receipt 1", "$35.00", who.legal_name, "Ken Ito", "March 3, 2026, 9:00 am", "Rosa", "Earlier balance",
        "Cash $15.00", "Cash handed over $20.00", "Change $5.00", "Check 1042, name on it: Ana Ito $20.00",
        "$47.00, right after this payment", "Page 1 of 1",
    ):  # fmt: skip
        assert one in said, one


def test_it_is_in_spanish_for_who_asks(site):
    who = ana()
    row = taken(who, site, [cash(3500, 5000)], [part(who, 3500, rules.PURPOSE.COPAY)], language="es")
    said = text(printed(row))
    for one in (
        "Recibo 1",
        "Copago",
        "Efectivo",
        "Cambio $15.00",
        "3 de marzo de 2026, 9:00 a. m.",
        "Página 1 de 1",
    ):
        assert one in said, one


def test_two_equal_payments_of_a_day_are_two_receipts(site):
    who = ana()
    first, second = (taken(who, site, [cash(3500)], [part(who, 3500)]) for _ in range(2))
    assert "Receipt 1" in text(printed(first))
    assert "Receipt 2" in text(printed(second))
    assert [row.pk for row in queries.payments_of(who.pk)] == [second.pk, first.pk]


def test_printed_again_it_is_the_same_to_the_byte_whatever_has_changed_since(site):
    who, other = ana(), bo()
    row = taken(who, site, [cash(5000)], [part(who, 3000), part(other, 2000)])
    first = printed(row)
    who.legal_last = "Tanaka"
    who.save()
    charged(9900, rules.account_of(who.pk))
    Location.objects.update(name="Oak Street", phone="6175550999", zone="America/Chicago")
    assert printed(row) == first
    assert other.legal_name in text(first)


def test_a_card_shows_what_a_receipt_may_show_and_nothing_else():
    house = rules.receipts.House(
        "Elm Street Clinic", "Main", "1 Elm Street", "Boston, MA 02115", "6175550100", "America/New_York"
    )
    paid = rules.receipts.Paid("card", 3500, 0, 0, "", "", "Visa", "4242", "A1B2C3")
    line = rules.receipts.Line("Ana Ito", "copay", "2026-03-03", 3500)
    slip = rules.receipts.Slip(
        "7", "en", datetime(2026, 3, 3, 14, tzinfo=UTC), house, "Ana Ito", "Ana Ito", (line,), (paid,), 3500, "Rosa", 0, 500
    )  # fmt: skip
    said = text(pdf.receipt(slip))
    for one in (
        "Card, Visa ending 4242, authorization A1B2C3",
        "Copay, visit of March 3, 2026",
        "(617) 555-0100",
        "$5.00",
    ):
        assert one in said, one


def test_a_plan_on_paper_lists_each_part_and_is_signed(site):
    who = ana()
    charged(10000, rules.account_of(who.pk))
    plan = payments.agree_plan(
        rosa(), patient_id=who.pk, location_id=site.pk, total=10000, count=3, every="month", first=date(2026, 3, 31), key=key(),
        language="es",
    )  # fmt: skip
    said = text(pdf.plan(queries.plan_paper(plan)))
    for one in (
        "Plan de pagos",
        "$100.00",
        "31 de marzo de 2026",
        "$33.34",
        "30 de abril de 2026",
        "Firma del paciente",
    ):
        assert one in said, one


def test_a_plan_that_is_charged_by_itself_says_to_which_card_and_in_which_words(site):
    who = ana()
    charged(10000, rules.account_of(who.pk))
    plan = plan_of(who, site.pk, total=10000, card=card_of(who), language="es")
    said = " ".join(text(pdf.plan(queries.plan_paper(plan))).split())
    assert "Se cobra a" in said
    assert "Visa terminada en 4242" in said
    assert "Puedo detenerlo en cualquier momento avisando al consultorio" in said


GOLDEN = Path(__file__).parents[2] / "golden" / "receipts"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_receipt_reads_as_it_always_did(language):
    house = rules.receipts.House(
        "Elm Street Clinic", "Main", "1 Elm Street", "Boston, MA 02115", "6175550100", "America/New_York"
    )
    line, paid = rules.receipts.Line, rules.receipts.Paid
    slip = rules.receipts.Slip(
        "1042", language, datetime(2026, 3, 3, 14, tzinfo=UTC), house, "Ana Ito", "Ken Ito",
        (line("Ana Ito", "copay", "2026-03-03", 3500), line("Ana Ito", "balance", "", 8200), line("Bo Ito", "plan", "", 2000)),
        (paid("cash", 5000, 6000, 1000, "", "", "", "", ""), paid("check", 3700, 0, 0, "1042", "Ken Ito", "", "", ""),
         paid("card", 5000, 0, 0, "", "", "Visa", "4242", "A1B2C3")),
        13700, "Rosa", 4700, 500,
    )  # fmt: skip
    document = pdf.receipt(slip)
    assert document == pdf.receipt(slip)
    assert text(document) == (GOLDEN / f"receipt-{language}.txt").read_text().strip()

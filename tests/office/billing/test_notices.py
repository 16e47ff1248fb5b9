"""Medicare notices: only for Medicare's own, never blank, signed before the service; the box decides the bill."""

from datetime import date, timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.billing import queries, services
from frontdesk.office.billing.errors import AlreadyDecided, NoMedicare, TooLate
from frontdesk.office.billing.models import Abn
from frontdesk.office.billing.services import Noticed
from frontdesk.office.scheduling import services as scheduling
from tests.factories import estimates as make_billing
from tests.factories import scheduling as make
from tests.factories.coverage import payer, policy
from tests.factories.patients import ana
from tests.people import rosa, sam

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)


@pytest.fixture
def visit():
    """A visit of Ana's, whom Original Medicare covers."""
    return _visit("medicare")


def _visit(kind):
    book = make.Book()
    who = ana()
    policy(who, payer_id=payer(name="Medicare", kind=kind).pk)
    return scheduling.book(make.actor(), patient_id=who.pk, **book.ask(book.at(9)))


def chosen(row, choice, **more):
    given = {"signed_on": TODAY, "copy_given": True, **more}
    return services.note_choice(rosa(), abn_id=row.pk, version=row.version, choice=choice, **given)


def test_a_notice_keeps_what_was_printed_and_decides_nothing_until_somebody_chose(visit):
    row = make_billing.abn(visit)
    assert (row.facts["patient"], row.facts["mrn"], row.items[0]["cents"]) == (
        "Ana Ito",
        visit.patient.mrn,
        85_00,
    )
    assert queries.abn_of(visit.pk) is None


@pytest.mark.parametrize(
    ("choice", "bills", "modifiers", "pays"),
    [("1", True, ("GA",), True), ("2", False, (), True), ("3", False, (), False)],
)
def test_the_box_decides_the_bill(visit, choice, bills, modifiers, pays):
    chosen(make_billing.abn(visit), choice)
    found = queries.abn_of(visit.pk)
    assert (found.bills_medicare, found.modifiers, found.patient_pays) == (bills, modifiers, pays)


def test_a_voluntary_notice_is_billed_as_never_covered(visit):
    chosen(make_billing.abn(visit, is_voluntary=True), "1")
    assert queries.abn_of(visit.pk).modifiers == ("GX", "GY")


@pytest.mark.parametrize("kind", ["medicare_advantage", "commercial"])
def test_only_who_has_original_medicare_is_given_one(kind):
    with pytest.raises(NoMedicare):
        make_billing.abn(_visit(kind))


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (Noticed("", "Not for this condition", 100), "words-0"),
        (Noticed("Vitamin D test", " ", 100), "reason-0"),
        (Noticed("Vitamin D test", "Not for this condition", None), "amount-0"),
    ],
)
def test_it_is_never_written_blank(visit, item, field):
    with pytest.raises(Invalid) as refused:
        make_billing.abn(visit, items=[item])
    assert field in refused.value.fields
    with pytest.raises(Invalid):
        make_billing.abn(visit, items=[])
    assert not Abn.objects.exists()


def test_it_is_given_before_the_service(visit):
    scheduling.cancel(make.actor(), appointment_id=visit.pk, reason_code="patient_asked")
    with pytest.raises(TooLate):
        make_billing.abn(visit)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"signed_on": None}, "signed_on"),
        ({"signed_on": TODAY + timedelta(days=1)}, "signed_on"),
        ({"signed_on": TODAY - timedelta(days=1)}, "signed_on"),
        ({"copy_given": False}, "copy_given"),
    ],
)
def test_a_choice_is_signed_that_day_and_the_patient_has_a_copy(visit, more, field):
    row = make_billing.abn(visit)
    with pytest.raises(Invalid) as refused:
        chosen(row, "1", **more)
    assert field in refused.value.fields
    assert Abn.objects.get().choice == ""


def test_who_would_not_sign_is_noted_with_who_saw_it(visit):
    row = make_billing.abn(visit)
    with pytest.raises(Invalid) as refused:
        chosen(row, "refused")
    assert refused.value.fields.keys() == {"witness", "wants_it"}
    chosen(row, "refused", witness="Lena Park", wants_it=True)
    assert (queries.abn_of(visit.pk).modifiers, Abn.objects.get().signed_on) == (("GA",), None)


def test_a_choice_stands_and_another_is_a_new_notice(visit):
    row = chosen(make_billing.abn(visit), "1")
    with pytest.raises(AlreadyDecided):
        chosen(row, "3")
    chosen(make_billing.abn(visit), "3")
    assert not queries.abn_of(visit.pk).serves, "the newest counts"
    newest = Abn.objects.latest("pk")
    services.end_abn(rosa(), abn_id=newest.pk, version=newest.version, reason="By mistake")
    assert queries.abn_of(visit.pk).bills_medicare


def test_only_who_may_writes_one(visit):
    with pytest.raises(NotPermitted):
        make_billing.abn(visit, by=sam())
    with clock.fixed(clock.now()):
        assert services.open_abn(sam(), abn_id=make_billing.abn(visit).pk).number == "1"

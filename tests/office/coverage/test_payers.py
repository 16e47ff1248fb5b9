import pytest

from frontdesk.kit.errors import Invalid, NotPermitted, StaleVersion
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.coverage import queries, services
from frontdesk.office.coverage.errors import CannotMergePayers, NoSuchPayer
from frontdesk.office.coverage.models import Payer, PayerNumber, Policy
from tests.factories.coverage import payer, policy
from tests.factories.patients import ana, bo
from tests.people import mia, rosa

pytestmark = pytest.mark.django_db


def names(typed):
    return [one.name for one in queries.offered(typed)]


def test_a_payer_is_found_by_any_words_of_any_of_its_names_and_by_its_number():
    blue = payer("Blue Cross Blue Shield of Massachusetts", "SB700", kind="blue", state="MA")
    payer("Aetna Better Health", "128FL")
    payer("Aetna", "60054")
    services.name_payer(mia(), payer_id=blue.pk, name="Anthem")
    assert names("bcbs") == names("shield mass") == names("anth") == names("sb700") == [blue.name]
    assert names("aetna") == ["Aetna", "Aetna Better Health"]
    assert names("60054") == ["Aetna"]
    assert names("%") == names("_") == names("") == names("cigna") == []


def test_the_list_is_kept_by_who_may():
    with pytest.raises(NotPermitted):
        services.add_payer(rosa(), name="Aetna")
    with pytest.raises(Invalid):
        services.add_payer(mia(), name="  ")
    with pytest.raises(Invalid):
        services.add_payer(mia(), name="A" * 121)
    with pytest.raises(Invalid):
        services.add_payer(mia(), name="Aetna", timely_filing_days=0)
    assert not Payer.objects.exists()


def test_a_payer_is_added_with_all_its_numbers_or_not_at_all():
    numbers = {"eligibility": ("60054", "none"), "claims": ("AET01", "needed")}
    made = services.add_payer(mia(), name="Aetna", numbers=numbers)
    assert PayerNumber.objects.filter(payer=made).count() == 2
    with pytest.raises(Invalid):
        services.add_payer(
            mia(), name="Cigna", numbers={"eligibility": ("1", "none"), "claims": ("2" * 81, "none")}
        )
    assert not Payer.objects.filter(name="Cigna").exists()


def test_a_changed_name_keeps_the_former_one_findable_and_a_stale_change_is_refused():
    one = payer("Aetna")
    services.change_payer(mia(), payer_id=one.pk, changes={"name": "Aetna CVS"}, version=1)
    assert names("aetna") == ["Aetna CVS"]
    with pytest.raises(StaleVersion):
        services.change_payer(mia(), payer_id=one.pk, changes={"name": "Other"}, version=1)


def test_two_rows_of_one_payer_become_one_with_everything_of_both():
    keep, drop = payer("Aetna"), payer("Aetna Life", "")
    services.number_payer(mia(), payer_id=drop.pk, transaction="claims", number="AET01")
    held = policy(ana(), payer_id=drop.pk)
    services.merge_payers(mia(), keep_id=keep.pk, drop_id=drop.pk)
    assert Policy.objects.get(pk=held.pk).payer_id == keep.pk
    assert names("life") == ["Aetna"]
    assert sorted(PayerNumber.objects.filter(payer=keep).values_list("number", flat=True)) == [
        "60054",
        "AET01",
    ]
    with pytest.raises(NoSuchPayer):
        services.merge_payers(mia(), keep_id=keep.pk, drop_id=drop.pk)
    assert AuditEntry.objects.filter(action="coverage.merge_payers", patient_id=held.patient_id).count() == 1


def test_payers_are_not_merged_into_themselves_nor_over_two_policies_that_are_the_same():
    keep, drop, who = payer("Aetna"), payer("Aetna Life", "9"), ana()
    policy(who, payer_id=keep.pk)
    policy(who, payer_id=drop.pk)
    policy(bo(), payer_id=drop.pk)
    for drop_id in (keep.pk, drop.pk):
        with pytest.raises(CannotMergePayers):
            services.merge_payers(mia(), keep_id=keep.pk, drop_id=drop_id)
    assert Policy.objects.filter(payer=drop).count() == 2


def test_a_payer_off_the_list_is_offered_no_more_and_stays_on_policies():
    one = payer()
    held = policy(ana(), payer_id=one.pk)
    services.end_payer(mia(), payer_id=one.pk, version=1)
    assert names("aetna") == []
    assert Policy.objects.get(pk=held.pk).payer_id == one.pk
    with pytest.raises(NoSuchPayer):
        policy(bo(), payer_id=one.pk)


def test_a_number_is_replaced_and_taken_away():
    one = payer()
    services.number_payer(
        mia(), payer_id=one.pk, transaction="eligibility", number="60055", enrolment="needed"
    )
    row = PayerNumber.objects.get(payer=one)
    assert (row.number, row.enrolment) == ("60055", "needed")
    services.number_payer(mia(), payer_id=one.pk, transaction="eligibility", number="")
    assert not PayerNumber.objects.filter(payer=one).exists()
    with pytest.raises(Invalid):
        services.number_payer(mia(), payer_id=one.pk, transaction="fax", number="1")


def test_a_page_of_payers_takes_as_many_questions_however_many_there_are(django_assert_max_num_queries):
    for n in range(60):
        payer(f"Payer {n:02}", f"P{n}")
    with django_assert_max_num_queries(2):
        rows, more = queries.payers(page=1)
        assert len(rows) == 50
        assert more
        assert all(row.numbers.all() for row in rows)
    rows, more = queries.payers(page=2)
    assert [len(rows), more] == [10, False]
    with django_assert_max_num_queries(5):
        rows, more = queries.payers("payer")
        assert all(row.numbers.all() for row in rows)
    assert len(rows) == 50

"""How visits stand against what their payers want: the practice's table, the payer's answer, what is on file."""

import pytest
from django.test.utils import CaptureQueriesContext
from django.db import connection

from frontdesk.kit.errors import NotPermitted
from frontdesk.kit.sensitivity import looking
from frontdesk.office.coverage import services as coverage
from frontdesk.office.referrals import queries, services
from frontdesk.office.referrals.models import Requirement
from frontdesk.office.referrals.queries import Seen, stand_of, stands
from frontdesk.office.scheduling import services as scheduling
from tests.factories import scheduling as make
from tests.factories.coverage import payer, policy
from tests.factories.eligibility import answered
from tests.factories.patients import ana
from tests.factories.referrals import authorization, wanted
from tests.people import mia, rosa, sam

pytestmark = pytest.mark.django_db
DAY = make.TUESDAY
THERAPY = "EB*1**PT********{}"


@pytest.fixture
def therapy():
    return make.visit_type(name="Therapy", service_types="PT")


@pytest.fixture
def held():
    return policy(ana(), plan_name="Select HMO")


def said(held, visit):
    return [one.words for one in stand_of(held.patient_id, visit, DAY).cautions]


def test_a_payer_that_wants_an_authorization_for_this_kind_of_visit_is_believed(held, therapy):
    answered(held, DAY, "EB*1**30*HM", THERAPY.format("Y"))
    assert said(held, therapy) == [
        "No authorization on file: Aetna HMO says it wants an authorization before this visit."
    ]
    assert said(held, make.visit_type(name="Follow-up")) == []


def test_what_a_payer_wants_outside_of_its_network_is_wanted_of_who_is_outside(held, therapy):
    coverage.add_network(mia(), payer_id=held.payer_id, inside=False)
    answered(held, DAY, "EB*1**30*HM", f"{THERAPY.format('N')}*Y", f"{THERAPY.format('Y')}*N")
    assert [one.split(":")[0] for one in said(held, therapy)] == ["No authorization on file"]


@pytest.mark.parametrize("told", ["N", "U"])
def test_a_no_and_not_known_are_no_reason_against_the_practices_own_table(held, therapy, told):
    wanted(held.payer_id, therapy, authorization=True)
    answered(held, DAY, "EB*1**30*HM", THERAPY.format(told))
    assert said(held, therapy) == ["No authorization on file: Aetna HMO needs one for Therapy."]


def test_the_rule_for_the_kind_of_plan_goes_before_the_rule_for_all(held, therapy):
    wanted(held.payer_id, therapy)
    wanted(held.payer_id, therapy, plan="HM", referral=False)
    assert said(held, therapy) == []


def test_the_rules_of_a_payer_that_was_merged_into_another_hold_for_that_one(held, therapy):
    other = payer("Aetna Better Health", "60055")
    wanted(other.pk, therapy)
    coverage.merge_payers(mia(), keep_id=held.payer_id, drop_id=other.pk)
    assert said(held, therapy) == ["No referral on file: Aetna HMO needs one for Therapy."]


def test_who_has_no_insurance_needs_nothing(therapy):
    assert stand_of(ana().pk, therapy, DAY) == queries.Stand()


def test_only_who_may_says_what_a_payer_wants_and_who_said_it_is_kept(held, therapy):
    with pytest.raises(NotPermitted):
        wanted(held.payer_id, therapy, by=rosa())
    wanted(held.payer_id, therapy)
    row = Requirement.objects.get()
    assert (row.kind, row.is_needed, row.set_by) == ("referral", True, "Mia")
    wanted(held.payer_id, therapy, referral=None)
    assert not Requirement.objects.exists()


def test_a_trainee_sees_and_changes_nothing(held):
    row = authorization(held)
    assert [one.row.pk for one in services.open_referrals(sam(), patient_id=held.patient_id)] == [row.pk]
    with pytest.raises(NotPermitted):
        services.end(sam(), authorization_id=row.pk, version=row.version)


def test_many_visits_are_one_question(held, therapy):
    wanted(held.payer_id, therapy)
    seen = [
        Seen(one.patient_id, therapy.pk, therapy.name, therapy.service_types, DAY)
        for one in [held, *(policy(make.patient(), payer_id=held.payer_id) for _ in range(5))]
    ]
    with CaptureQueriesContext(connection) as asked:
        found = stands(seen)
    assert len(asked) == 1
    assert all(one.cautions for one in found)


def test_on_the_list_a_restricted_visit_shows_when_and_nothing_else(held):
    book = make.Book(day=DAY)
    book.visit.name, book.visit.labels = "Counselling", "behavioural"
    book.visit.save()
    wanted(held.payer_id, book.visit)
    scheduling.book(make.actor("manager"), patient_id=held.patient_id, **book.ask(book.at(9)))
    with looking(rosa()):
        [shown] = queries.lacking(book.location.pk, "America/New_York", days=9)
    assert ("Ito" in shown.name, shown.visit_type, shown.cautions) == (False, "Restricted", ())
    with looking(mia()):
        [whole] = queries.lacking(book.location.pk, "America/New_York", days=9)
    assert "Counselling" in whole.cautions[0].words

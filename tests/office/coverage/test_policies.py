from datetime import date

import pytest

from frontdesk.kit.errors import Invalid, NotPermitted, StaleVersion
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.coverage import services
from frontdesk.office.coverage.errors import NoSuchPayer, NoSuchPolicy, PolicyKnown
from frontdesk.office.coverage.models import Policy
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.errors import Restricted
from tests.factories.coverage import payer, policy
from tests.factories.patients import ana, bo
from tests.people import dev, mia, rosa, sam

pytestmark = pytest.mark.django_db


def order(who):
    return [(one.payer, one.policy.rank) for one in services.open_coverage(rosa(), patient_id=who.pk)]


def test_a_policy_is_noted_last_or_where_it_is_said():
    who, aetna, cigna, medicare = ana(), payer(), payer("Cigna", "62308"), payer("Medicare", "CMS")
    policy(who, payer_id=aetna.pk)
    policy(who, payer_id=cigna.pk)
    policy(who, payer_id=medicare.pk, rank=1)
    assert order(who) == [("Medicare", 1), ("Aetna", 2), ("Cigna", 3)]


def test_what_is_noted_and_looked_at_is_on_record():
    who = ana()
    made = policy(who, member_id=" w12 3456 ", group_number="G1", begins=date(2026, 1, 1))
    assert made.member_id == "W123456"
    services.open_coverage(rosa(), patient_id=who.pk)
    done = AuditEntry.objects.filter(patient_id=who.pk, action__startswith="coverage.").order_by("id")
    assert list(done.values_list("action", "is_read")) == [
        ("coverage.add_policy", False),
        ("coverage.open_coverage", True),
    ]
    assert done[0].after["member_id"] == "W123456"


def test_it_is_not_noted_twice_and_not_half():
    who, aetna = ana(), payer()
    policy(who, payer_id=aetna.pk)
    with pytest.raises(PolicyKnown):
        policy(who, payer_id=aetna.pk, member_id="w123456789")
    with pytest.raises(Invalid) as wrong:
        policy(who, payer_id=aetna.pk, member_id="W2", relationship="child", subscriber_first="Mika")
    assert set(wrong.value.fields) == {"subscriber_last", "subscriber_birth_date"}
    with pytest.raises(Invalid):
        policy(who, payer_id=aetna.pk, member_id="A~B")
    with pytest.raises(NoSuchPayer):
        policy(who, payer_id=aetna.pk + 1, member_id="W3")
    policy(bo(), payer_id=aetna.pk)  # the same member number on another chart is the family's
    assert Policy.objects.filter(patient=who).count() == 1


def test_a_change_says_what_it_was_and_a_stale_one_is_refused():
    made = policy(ana())
    services.change_policy(rosa(), policy_id=made.pk, changes={"group_number": "G7"}, version=1)
    entry = AuditEntry.objects.get(action="coverage.change_policy")
    assert (entry.before, entry.after) == ({"group_number": ""}, {"group_number": "G7"})
    with pytest.raises(StaleVersion):
        services.change_policy(rosa(), policy_id=made.pk, changes={"group_number": "G8"}, version=1)
    assert Policy.objects.get(pk=made.pk).group_number == "G7"


def test_the_patients_own_policy_names_no_other_subscriber():
    whose = {"relationship": "child", "subscriber_first": "Mika", "subscriber_last": "Ito"}
    made = policy(ana(), **whose, subscriber_birth_date=date(1960, 1, 1))
    services.change_policy(rosa(), policy_id=made.pk, changes={"relationship": "self"}, version=1)
    made.refresh_from_db()
    assert (made.subscriber_first, made.subscriber_last, made.subscriber_birth_date) == ("", "", None)


def test_one_that_ends_lets_the_others_move_up_and_stays_on_record():
    who, aetna, cigna = ana(), payer(), payer("Cigna", "62308")
    first, _ = policy(who, payer_id=aetna.pk), policy(who, payer_id=cigna.pk)
    services.end_policy(rosa(), policy_id=first.pk, version=1, reason="Changed jobs")
    assert order(who) == [("Cigna", 1), ("Aetna", 1)]
    with pytest.raises(NoSuchPolicy):
        services.end_policy(rosa(), policy_id=first.pk, version=2)
    policy(who, payer_id=aetna.pk)  # the same again, later: it is theirs once more


def test_the_order_is_changed_as_a_whole_or_not_at_all():
    who, aetna, cigna = ana(), payer(), payer("Cigna", "62308")
    one, two = policy(who, payer_id=aetna.pk), policy(who, payer_id=cigna.pk)
    services.reorder(rosa(), patient_id=who.pk, policy_ids=[two.pk, one.pk])
    assert order(who) == [("Cigna", 1), ("Aetna", 2)]
    other = policy(bo(), payer_id=aetna.pk)
    for ids in ([one.pk], [one.pk, one.pk], [one.pk, two.pk, other.pk], []):
        with pytest.raises(Invalid):
            services.reorder(rosa(), patient_id=who.pk, policy_ids=ids)


def test_who_may_and_whose():
    who, made = ana(), policy(ana(phone="(617) 555-0190"))
    policy(who, by=dev(), payer_id=made.payer_id)
    with pytest.raises(NotPermitted):
        policy(who, by=sam(), payer_id=made.payer_id, member_id="W2")
    patients.label_patient(mia(), patient_id=made.patient_id, labels=["vip"])
    with pytest.raises(Restricted):
        services.open_coverage(rosa(), patient_id=made.patient_id)
    with pytest.raises(Restricted):
        services.change_policy(rosa(), policy_id=made.pk, changes={"note": "x"}, version=1)
    with pytest.raises(Restricted):
        services.end_policy(rosa(), policy_id=made.pk, version=1)


def test_a_merged_chart_brings_its_policies_along():
    keep, drop, aetna = ana(), ana(phone="(617) 555-0190"), payer()
    policy(keep, payer_id=aetna.pk)
    policy(drop, payer_id=payer("Cigna", "62308").pk)
    patients.merge(mia(), survivor_id=keep.pk, duplicate_id=drop.pk)
    assert sorted(order(keep)) == [("Aetna", 1), ("Cigna", 1)]
    ids = [one.policy.pk for one in services.open_coverage(rosa(), patient_id=keep.pk)]
    services.reorder(rosa(), patient_id=keep.pk, policy_ids=ids)
    assert [rank for _, rank in order(keep)] == [1, 2]

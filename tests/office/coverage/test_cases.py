"""Cases, the Medicare questions, the order of policies and the list of networks, as rows: kept, on record, refused."""

from datetime import date, timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Conflict, Invalid, NotFound, NotPermitted, StaleVersion
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.coverage import queries, services
from frontdesk.office.coverage.errors import CaseClosed, NeverAsked
from frontdesk.office.coverage.models import Case, EligibilityCheck, MedicareAnswers, NetworkRow, Policy
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.services import merge
from tests.factories import practice as make
from tests.factories.coverage import AT_WORK, RETIRED, case, medicare, payer, policy
from tests.factories.eligibility import AETNA, WIRE, answer
from tests.factories.patients import ana
from tests.people import mia, rosa, sam

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)


def test_a_case_is_opened_with_its_order_and_closed_with_a_word():
    row = case(ana())
    assert (row.kind, row.order, row.claim_number) == ("workers_comp", "carrier_only", "WC-1")
    services.change_case(rosa(), case_id=row.pk, changes={"denied_on": TODAY}, version=1)
    services.close_case(rosa(), case_id=row.pk, version=2, reason="Settled")
    assert not queries.open_cases_of(row.patient_id)
    assert queries.cases_of(row.patient_id)[0].closed_why == "Settled"
    with pytest.raises(CaseClosed):
        services.change_case(rosa(), case_id=row.pk, changes={"note": "late"}, version=3)
    kept = AuditEntry.objects.filter(patient_id=row.patient_id, action__startswith="coverage.")
    assert {"coverage.open_case", "coverage.change_case", "coverage.close_case"} <= set(
        kept.values_list("action", flat=True)
    )


def test_the_order_of_an_accident_follows_from_its_state_unless_somebody_chooses():
    who = ana()
    auto = {"kind": "auto", "injury": "Neck, rear-ended"}
    assert case(who, **auto, state="ma").order == "carrier_first"
    assert case(who, **auto, state="TX").order == "insurance_first"
    chosen = case(who, **auto, state="MA", order="insurance_first")
    assert chosen.order == "insurance_first"
    services.change_case(rosa(), case_id=chosen.pk, changes={"note": "asked again"}, version=1)
    chosen.refresh_from_db()
    assert chosen.order == "insurance_first"
    services.change_case(rosa(), case_id=chosen.pk, changes={"order": ""}, version=2)
    chosen.refresh_from_db()
    assert chosen.order == "carrier_first"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"injury": " "}, "injury"),
        ({"happened_on": None}, "happened_on"),
        ({"happened_on": date(2026, 3, 9)}, "happened_on"),
        ({"state": "Massachusetts"}, "state"),
        ({"kind": "fight"}, "kind"),
        ({"limit_cents": 10**10}, "limit_cents"),
        ({"denied_on": date(2026, 2, 1)}, "denied_on"),
        ({"claim_number": "9" * 51}, "claim_number"),
        ({"patient_id": 1, "opened_by": "nobody"}, "opened_by"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_kept(given, field):
    given.pop("patient_id", None)
    with pytest.raises(Invalid) as refused:
        case(ana(), **given)
    assert field in refused.value.fields
    assert not Case.objects.exists()


def test_two_who_change_a_case_at_once_do_not_overwrite_each_other():
    row = case(ana())
    services.change_case(rosa(), case_id=row.pk, changes={"claim_number": "WC-2"}, version=1)
    with pytest.raises(StaleVersion):
        services.change_case(rosa(), case_id=row.pk, changes={"claim_number": "WC-3"}, version=1)


def test_who_may_not_change_insurance_opens_no_case_and_asks_nobody():
    who = ana()
    with pytest.raises(NotPermitted):
        case(who, by=sam())
    with pytest.raises(NotPermitted):
        services.answer_medicare(sam(), patient_id=who.pk, answers=RETIRED)
    with pytest.raises(NotPermitted):
        services.add_network(rosa(), payer_id=payer().pk, inside=True)


def test_a_restricted_record_keeps_its_cases_and_answers_to_itself():
    row = case(ana())
    Patient.objects.filter(pk=row.patient_id).update(labels="vip")
    for look in (services.open_cases, services.open_medicare):
        with pytest.raises(Restricted):
            look(rosa(), patient_id=row.patient_id)
    with pytest.raises(Restricted):
        services.change_case(rosa(), case_id=row.pk, changes={"note": "x"}, version=1)


def test_cases_and_answers_go_along_when_charts_are_merged_and_payers_are():
    keep, drop = ana(), ana(phone="(617) 555-0199")
    row = case(drop)
    services.answer_medicare(rosa(), patient_id=drop.pk, answers=RETIRED)
    merge(mia(), survivor_id=keep.pk, duplicate_id=drop.pk, reason="Registered twice")
    other = payer("Pioneer Workers")
    services.merge_payers(mia(), keep_id=other.pk, drop_id=row.payer_id)
    found = queries.cases_of(keep.pk)[0]
    assert (found.pk, found.payer_id) == (row.pk, other.pk)
    assert queries.last_asked(keep.pk).words.startswith("Medicare pays first")


def test_the_medicare_answers_are_kept_with_what_follows_and_unchanged_makes_a_new_row():
    who = ana()
    with pytest.raises(NeverAsked):
        services.medicare_unchanged(rosa(), patient_id=who.pk)
    first = services.answer_medicare(rosa(), patient_id=who.pk, answers=AT_WORK, answered_by="Ken, her son")
    assert (first.code, first.secondary_to, first.answered_by) == ("12", "own", "Ken, her son")
    with clock.fixed(clock.now() + timedelta(days=91)):
        again = services.medicare_unchanged(rosa(), patient_id=who.pk)
    assert (again.unchanged_id, again.answers, again.answered_by) == (first.pk, first.answers, "the patient")
    assert again.asked_on == first.asked_on + timedelta(days=91)
    assert MedicareAnswers.objects.count() == 2


def test_answers_that_fit_no_question_or_lack_one_are_not_kept():
    who = ana()
    for wrong in ({**RETIRED, "reason": "wealth"}, {**RETIRED, "color": "red"}, {"black_lung": "no"}):
        with pytest.raises(Invalid):
            services.answer_medicare(rosa(), patient_id=who.pk, answers=wrong)
    assert not MedicareAnswers.objects.exists()


def test_the_proposed_order_is_taken_over_in_one_deed_and_only_as_it_was_shown():
    who = ana()
    second, first = medicare(who), policy(who)
    services.answer_medicare(rosa(), patient_id=who.pk, answers=AT_WORK)
    found = queries.proposal_of(who.pk, TODAY)
    assert found.order == (first.pk, second.pk)
    with pytest.raises(Conflict):
        services.accept_order(rosa(), patient_id=who.pk, policy_ids=[second.pk, first.pk])
    services.accept_order(rosa(), patient_id=who.pk, policy_ids=found.order)
    assert list(Policy.objects.order_by("rank").values_list("pk", flat=True)) == [first.pk, second.pk]
    assert "code 12" in queries.decided_on(who.pk).words


def test_another_order_is_kept_with_a_reason_and_facts_change_what_is_proposed():
    who, mika = ana(birth_date=date(2018, 5, 5)), date(1990, 2, 1)
    parent = {"relationship": "child", "subscriber_last": "Ito"}
    hers = policy(who, **parent, subscriber_first="Mika", subscriber_birth_date=mika)
    cigna = payer("Cigna", "62308")
    his = policy(
        who, payer_id=cigna.pk, **parent, subscriber_first="Ken", subscriber_birth_date=date(1985, 5, 9)
    )
    assert queries.proposal_of(who.pk, TODAY).order == (hers.pk, his.pk)
    services.note_order_facts(rosa(), policy_id=his.pk, decreed=True)
    found = queries.proposal_of(who.pk, TODAY)
    assert found.order == (his.pk, hers.pk)
    assert "A court made Ken Ito responsible" in found.words
    with pytest.raises(Invalid):
        services.keep_order(rosa(), patient_id=who.pk, reason=" ")
    kept = services.keep_order(rosa(), patient_id=who.pk, reason="The decree was changed last week")
    assert (kept.proposed, kept.chosen) == ([his.pk, hers.pk], [hers.pk, his.pk])


def test_the_copay_is_looked_up_in_the_network_of_the_visits_provider(settings):
    settings.CONNECTIONS = WIRE
    who, lee = ana(), make.provider()
    held = policy(who, payer_id=payer(in_network=True).pk, plan_name="Choice POS")
    services.add_network(mia(), payer_id=held.payer_id, inside=False, provider_id=lee.pk, plan="choice pos")
    ours = services.ask(rosa(), policy_id=held.pk, day=TODAY)
    assert ours.in_network is True
    outside = "EB*B*IND*98***27*60*****N"
    answer(ours, *AETNA, outside)
    theirs = services.ask(rosa(), policy_id=held.pk, day=TODAY, provider_id=lee.pk, why="booking")
    assert theirs.pk != ours.pk
    assert theirs.in_network is False
    answer(theirs, *AETNA, outside)
    assert "$35 copay (office, in network)" in EligibilityCheck.objects.get(pk=ours.pk).words
    assert "$60 copay (office, out of network)" in EligibilityCheck.objects.get(pk=theirs.pk).words
    again = services.ask(rosa(), policy_id=held.pk, day=TODAY, provider_id=lee.pk, why="booking")
    assert again.pk == theirs.pk


def test_a_row_of_a_network_is_checked_and_taken_off():
    held = payer()
    with pytest.raises(Invalid):
        services.add_network(mia(), payer_id=held.pk, inside=True, provider_id=999)
    with pytest.raises(Invalid):
        services.add_network(mia(), payer_id=held.pk, inside=True, begins=TODAY, ends=date(2026, 1, 1))
    row = services.add_network(mia(), payer_id=held.pk, inside=False)
    assert queries.network_of(held, provider_id=None, plan="", day=TODAY) is False
    services.end_network(mia(), network_id=row.pk, version=1)
    assert queries.network_of(held, provider_id=None, plan="", day=TODAY) is None
    with pytest.raises(NotFound):
        services.end_network(mia(), network_id=row.pk, version=2)
    assert NetworkRow.objects.get().ended_at is not None


def test_a_case_of_nobody_is_not_found():
    with pytest.raises(NotFound):
        services.close_case(rosa(), case_id=999, version=1)

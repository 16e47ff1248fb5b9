"""Who pays for a visit: insurance, a case, or the patient; whom that lets nobody ask, and what the day says of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM, Actor
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.kit.sensitivity import looking, permission_for
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.errors import CaseClosed
from frontdesk.office.coverage.models import Case, EligibilityCheck
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.jobs import services as jobs
from frontdesk.office.privacy import services as privacy
from frontdesk.office.privacy.models import Restriction
from frontdesk.office.referrals import services as referrals
from frontdesk.office.referrals.errors import DoesNotFit
from frontdesk.office.referrals.models import Use
from frontdesk.office.referrals.queries import lacking, stand_of
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.errors import TooLate
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits import queries, rules, services
from frontdesk.office.visits.errors import KeptFromPlan
from frontdesk.office.visits.models import Paying
from tests.factories import scheduling as make
from tests.factories.coverage import RETIRED, case, medicare, payer, policy
from tests.factories.eligibility import WIRE, answer, asked
from tests.factories.referrals import authorization, wanted
from tests.factories.visits import ROSA, Day
from tests.people import lena, mia, rosa


@pytest.fixture
def the(db, settings):
    settings.CONNECTIONS = WIRE
    made = Day(days=3)
    with clock.fixed(made.at(8)):
        yield made


def line(row):
    return queries.line_of(ROSA, row.pk)


def chip(row):
    return next(name for name, _, words in rules.chips(line(row).findings) if words.startswith("Insurance"))


def test_a_self_pay_visit_asks_no_payer_and_says_so(the):
    row = the.booked()
    policy(row.patient)
    assert queries.to_verify() == [row.pk]
    services.set_payer(ROSA, appointment_id=row.pk, how="self_pay", reason="uninsured")
    assert (chip(row), line(row).cover.words) == ("Self-pay", "Self-pay: the patient has no insurance")
    assert services.verify(ROSA, appointment_id=row.pk) == []
    assert queries.to_verify() == []
    assert not EligibilityCheck.objects.exists()
    assert "card" not in {one.item for one in line(row).findings}
    services.set_payer(ROSA, appointment_id=row.pk, how="insurance")
    assert queries.to_verify() == [row.pk]
    assert len(services.verify(ROSA, appointment_id=row.pk)) == 1


def test_a_visit_no_plan_pays_for_uses_no_referral_and_gives_back_what_it_used(the):
    row = the.booked()
    held = policy(row.patient)
    only = authorization(held, allowed=1)
    assert Use.objects.get(back_at=None).appointment_id == row.pk
    services.set_payer(ROSA, appointment_id=row.pk, how="self_pay", reason="chosen")
    jobs.work_off("test")
    only.refresh_from_db()
    assert (only.used, Use.objects.filter(back_at=None).exists()) == (0, False)
    wanted(held.payer_id, row.visit_type)
    assert stand_of(row.patient_id, row.visit_type, the.day, appointment_id=row.pk).cautions == []
    assert lacking(row.location_id, row.zone) == []
    with pytest.raises(DoesNotFit, match="not billed for this visit"):
        referrals.use(ROSA, appointment_id=row.pk, authorization_id=only.pk)
    moved = scheduling.reschedule(
        rosa(), appointment_id=row.pk, starts=the.at(11), reason_code="patient_asked"
    )
    assert referrals.fit_visit(ROSA, appointment_id=moved.pk) == 0, "not even before it is said anew who pays"
    services.set_payer(ROSA, appointment_id=moved.pk, how="insurance")
    jobs.work_off("test")
    assert Use.objects.get(back_at=None).appointment_id == moved.pk


def test_another_visit_of_the_day_that_insurance_pays_is_still_asked_about(the):
    row = the.booked()
    policy(row.patient)
    later = the.booked(14, patient=row.patient)
    services.set_payer(ROSA, appointment_id=row.pk, how="self_pay", reason="chosen")
    assert queries.to_verify() == [later.pk]
    assert line(later).cover.state == "not_asked"


def test_what_is_to_be_kept_from_the_plan_is_restricted_in_the_same_moment_and_stays(the):
    row = the.booked()
    services.set_payer(ROSA, appointment_id=row.pk, how="self_pay", reason="kept")
    held = Restriction.objects.get()
    assert (held.kind, held.status, held.subject) == (
        "paid_in_full",
        "accepted",
        f"scheduling.appointment:{row.pk}",
    )
    services.set_payer(ROSA, appointment_id=row.pk, how="self_pay", reason="kept")
    assert Restriction.objects.count() == 1
    for given in ({"how": "insurance"}, {"how": "self_pay", "reason": "uninsured"}):
        with pytest.raises(KeptFromPlan):
            services.set_payer(ROSA, appointment_id=row.pk, **given)
    assert line(row).paying.reason == "kept"


def test_a_visit_of_an_injury_at_work_shows_claim_and_adjuster_and_no_copay(the):
    row = the.booked()
    policy(row.patient)
    injury = case(row.patient)
    services.set_payer(ROSA, appointment_id=row.pk, how="case", case_id=injury.pk)
    found = line(row)
    assert found.cover.state == "case"
    assert "claim WC-1 · adjuster Kim Lee (413) 555-0101 · no copay" in found.cover.words
    assert chip(row) == "Case"
    assert services.verify(ROSA, appointment_id=row.pk) == []
    assert queries.to_verify() == []
    coverage.change_case(rosa(), case_id=injury.pk, changes={"denied_on": clock.now().date()}, version=1)
    assert line(row).cover.state == "not_asked"
    assert len(services.verify(ROSA, appointment_id=row.pk)) == 1


def test_a_case_that_is_closed_pays_for_no_later_visit(the):
    row = the.booked()
    policy(row.patient)
    injury = case(row.patient)
    services.set_payer(ROSA, appointment_id=row.pk, how="case", case_id=injury.pk)
    with clock.fixed(the.at(8) - timedelta(days=3)):
        coverage.close_case(rosa(), case_id=injury.pk, version=1, reason="Settled")
    assert line(row).cover.state == "not_asked"
    assert len(services.verify(ROSA, appointment_id=row.pk)) == 1


def test_what_a_case_lacks_is_asked_at_the_desk(the):
    row = the.booked()
    lacking = case(row.patient, claim_number="", payer_id=None)
    services.set_payer(ROSA, appointment_id=row.pk, how="case", case_id=lacking.pk)
    found = next(one for one in line(row).findings if one.code == "cover_case")
    assert (found.level, found.action) == ("ask", "open_case")
    assert "ask for the carrier and the claim number" in found.words


def test_an_accident_asks_the_plan_that_pays_after_the_carrier(the):
    row = the.booked()
    policy(row.patient)
    crash = case(row.patient, kind="auto", injury="Neck, rear-ended")
    services.set_payer(ROSA, appointment_id=row.pk, how="case", case_id=crash.pk)
    assert line(row).cover.state == "case"
    assert len(services.verify(ROSA, appointment_id=row.pk)) == 1


def test_a_case_that_is_closed_or_another_patients_pays_for_nothing(the):
    row, other = the.booked(), the.booked(11)
    theirs = case(other.patient)
    for wrong in (
        {"how": "case", "case_id": theirs.pk},
        {"how": "self_pay", "reason": "rich"},
        {"how": "luck"},
    ):
        with pytest.raises(Invalid):
            services.set_payer(ROSA, appointment_id=row.pk, **wrong)
    own = case(row.patient, payer_id=theirs.payer_id)
    coverage.close_case(rosa(), case_id=own.pk, version=1)
    with pytest.raises(CaseClosed):
        services.set_payer(ROSA, appointment_id=row.pk, how="case", case_id=own.pk)
    with pytest.raises(NotPermitted):
        services.set_payer(make.actor("trainee"), appointment_id=row.pk, how="self_pay", reason="uninsured")
    assert not Paying.objects.exists()


def test_a_visit_is_booked_with_who_pays_or_not_at_all(the):
    who = make.patient()
    policy(who)
    wish = {"patient_id": who.pk, **the.ask(the.at(9))}
    with pytest.raises(Invalid):
        services.book(ROSA, how="self_pay", reason="", **wish)
    assert not Appointment.objects.exists()
    made = services.book(ROSA, how="self_pay", reason="kept", **wish)
    assert Restriction.objects.get().subject.endswith(f":{made.pk}")
    rhythm = {"every_weeks": 1, "times": 2}
    with clock.fixed(the.at(7)):
        both = services.book_series(
            ROSA,
            how="self_pay",
            reason="chosen",
            skip_conflicts=True,
            **{**wish, "starts": the.at(11)},
            **rhythm,
        )
    assert {one.reason for one in Paying.objects.filter(appointment__in=both)} == {"chosen"}


def test_a_visit_that_moves_takes_along_who_pays_and_is_not_asked_about_meanwhile(the):
    row = the.booked()
    policy(row.patient)
    services.set_payer(ROSA, appointment_id=row.pk, how="self_pay", reason="kept")
    moved = scheduling.reschedule(ROSA, appointment_id=row.pk, starts=the.at(15), reason_code="patient_asked")
    assert services.verify(ROSA, appointment_id=moved.pk) == []
    services.carry_payer(SYSTEM, appointment_id=moved.pk)
    services.carry_payer(SYSTEM, appointment_id=moved.pk)
    assert line(moved).paying.reason == "kept"
    assert Restriction.objects.filter(subject=f"scheduling.appointment:{moved.pk}").count() == 1


def test_who_pays_is_carried_in_the_order_of_locks_that_a_move_has(the):
    row = the.booked()
    services.set_payer(ROSA, appointment_id=row.pk, how="self_pay", reason="chosen")
    moved = scheduling.reschedule(ROSA, appointment_id=row.pk, starts=the.at(15), reason_code="patient_asked")
    with CaptureQueriesContext(connection) as asked:
        services.carry_payer(SYSTEM, appointment_id=moved.pk)
    said = [one["sql"] for one in asked.captured_queries]
    patient = next(n for n, sql in enumerate(said) if sql.startswith('SELECT "patients_patient"."id"'))
    visit = next(
        n
        for n, sql in enumerate(said)
        if 'FROM "scheduling_appointment" INNER JOIN "scheduling_visittype"' in sql
    )
    assert patient < visit
    if connection.vendor == "postgresql":
        assert said[patient].endswith("FOR NO KEY UPDATE")


def test_a_time_offered_to_who_waits_is_taken_with_who_pays(the):
    who = make.patient()
    wish = {"patient_id": who.pk, "visit_type_id": the.visit.pk, "location_id": the.location.pk}
    entry = scheduling.add_to_waitlist(ROSA, **wish)
    injury = case(who)
    made = services.accept_offer(
        ROSA, how="case", case_id=injury.pk, entry_id=entry.pk, starts=the.at(10),
        location_id=the.location.pk, provider_id=the.lee.provider_id,
    )  # fmt: skip
    assert line(made).paying.case_id == injury.pk


def test_what_must_hold_of_who_pays_is_proved_and_a_breach_is_named(the):
    row, other = the.booked(), the.booked(11)
    injury, held = case(other.patient), policy(row.patient)
    services.set_payer(ROSA, appointment_id=row.pk, how="self_pay", reason="uninsured")
    proofs = {name: proof for name, proof in queries.invariants().items() if "pay" in name or "kept" in name}
    assert not any(proof() for proof in proofs.values())
    Paying.objects.update(reason="kept")
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        row_of = asked(held, the.day, about=f"scheduling.appointment:{row.pk}")
        answer(row_of)
    Paying.objects.create(appointment=other, how="case", case=injury, noted_at=clock.now(), noted_by="Rosa")
    type(injury).objects.update(patient=row.patient)
    assert [len(proof()) for proof in proofs.values()] == [1, 1, 1]


def test_a_medicare_patient_is_asked_every_ninety_days(the):
    row = the.booked()
    medicare(row.patient)

    def due():
        return [one.words for one in line(row).findings if one.code == "medicare"]

    assert due() == ["Medicare: ask who pays first (never asked)"]
    coverage.answer_medicare(rosa(), patient_id=row.patient_id, answers=RETIRED)
    assert due() == []
    with clock.fixed(the.at(8) - timedelta(days=91)):
        type(coverage.open_medicare(rosa(), patient_id=row.patient_id)).objects.update(
            asked_on=clock.today("America/New_York")
        )
    assert due() == ["Medicare: ask who pays first (last asked 12/9/2025)"]
    services.set_payer(ROSA, appointment_id=row.pk, how="self_pay", reason="uninsured")
    assert due() == []


def test_a_day_with_cases_costs_no_more_questions_than_one_without(the, django_assert_num_queries):
    rows = [the.booked(9), the.booked(10), the.booked(11)]
    held = payer("Pioneer Comp", "", kind="workers_comp")
    for row in rows[:2]:
        services.set_payer(
            ROSA, appointment_id=row.pk, how="case", case_id=case(row.patient, payer_id=held.pk).pk
        )
    with django_assert_num_queries(4):
        lines = queries.day_of(the.day, the.location.pk, the.location.zone)
    assert [one.paying.how for one in lines] == ["case", "case", "insurance"]


def test_a_move_after_which_it_was_said_who_pays_is_not_taken_back_with_that_lost(the):
    row = the.booked()
    moved = scheduling.reschedule(
        rosa(), appointment_id=row.pk, starts=the.at(11), reason_code="patient_asked"
    )
    services.set_payer(ROSA, appointment_id=moved.pk, how="self_pay", reason="kept")
    with pytest.raises(TooLate, match="Who pays"):
        scheduling.undo(rosa(), appointment_id=moved.pk)
    back = scheduling.reschedule(
        rosa(), appointment_id=moved.pk, starts=the.at(9), reason_code="patient_asked"
    )
    jobs.work_off("test")
    assert queries.is_kept(back.patient_id, back.pk)
    scheduling.undo(rosa(), appointment_id=back.pk)  # carried along by itself is no new word


def test_what_the_patient_no_longer_keeps_from_the_plan_is_not_kept_anew_by_a_move(the):
    row = the.booked()
    services.set_payer(ROSA, appointment_id=row.pk, how="self_pay", reason="kept")
    held = Restriction.objects.get()
    privacy.end_restriction(mia(), restriction_id=held.pk, version=held.version, reason="They asked")
    moved = scheduling.reschedule(
        rosa(), appointment_id=row.pk, starts=the.at(11), reason_code="patient_asked"
    )
    jobs.work_off("test")
    assert line(moved).paying.reason == "chosen"
    assert Restriction.objects.filter(ended_at=None).count() == 0


def test_charts_that_are_two_again_pay_for_nothing_of_each_other_and_keep_what_each_kept(the):
    mine, theirs = the.booked(), the.booked(10)
    injury = case(theirs.patient)
    made = patients.merge(lena(), survivor_id=mine.patient_id, duplicate_id=theirs.patient_id)
    services.set_payer(ROSA, appointment_id=mine.pk, how="case", case_id=injury.pk)
    services.set_payer(ROSA, appointment_id=theirs.pk, how="self_pay", reason="kept")
    patients.unmerge(lena(), merge_id=made.pk)
    jobs.work_off("test")
    assert (line(mine).paying.how, line(theirs).paying.reason) == ("insurance", "kept")
    assert queries.is_kept(theirs.patient_id, theirs.pk), (
        "the restriction stands with whoever the visit is of"
    )
    assert [breach for proof in queries.invariants().values() for breach in proof()] == []


def test_of_a_sensitive_visit_nothing_is_said_by_who_may_not_see_it(the):
    row = the.booked()
    type(row.visit_type).objects.update(labels="behavioural")
    with pytest.raises(Restricted):
        services.set_payer(ROSA, appointment_id=row.pk, how="self_pay", reason="uninsured")
    given = {"kind": "auto", "injury": "Neck", "happened_on": clock.now().date()}
    with pytest.raises(Restricted):
        services.open_case(ROSA, appointment_id=row.pk, **given)
    assert not Case.objects.exists() and not Paying.objects.exists()
    lead = Actor("staff", 9, "Lena", ROSA.permissions | {permission_for("behavioural")}, source="desk")
    services.set_payer(lead, appointment_id=row.pk, how="self_pay", reason="kept")
    assert "Office" not in Restriction.objects.get().what
    with looking(ROSA):
        found = queries.day_of(the.day, the.location.pk, the.location.zone)[0]
    assert found.cover is None and found.paying.how == "insurance"


def test_who_may_not_see_insurance_sees_no_case(the):
    row = the.booked()
    services.set_payer(ROSA, appointment_id=row.pk, how="case", case_id=case(row.patient).pk)
    with looking(make.actor("kiosk")):
        found = queries.day_of(the.day, the.location.pk, the.location.zone)[0]
    assert found.cover is None and found.paying.case is None
    assert not [one for one in found.findings if "Pioneer" in one.words]

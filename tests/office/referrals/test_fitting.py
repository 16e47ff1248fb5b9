"""Which visits use which referral: by themselves, each once, and never more than there are."""

from datetime import date, timedelta
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction

from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.coverage import services as coverage
from frontdesk.office.jobs import services as jobs
from frontdesk.office.patients import services as patients
from frontdesk.office.referrals import services
from frontdesk.office.referrals.errors import DoesNotFit, NothingLeft
from frontdesk.office.referrals.models import Authorization, Use
from frontdesk.office.referrals.services.keeping import locked
from frontdesk.office.referrals.queries import invariants, stand_of
from frontdesk.office.scheduling import services as scheduling
from tests.factories import scheduling as make
from tests.factories.coverage import policy
from tests.factories.patients import ana
from tests.factories.referrals import authorization, wanted
from tests.people import lena, rosa

pytestmark = pytest.mark.django_db
DAY = make.TUESDAY


@pytest.fixture
def book():
    return make.Book(days=12, seats=9)


@pytest.fixture
def held():
    return policy(ana())


def booked(book, held, hour=9, minute=0, day=DAY):
    starts = book.at(hour, minute, day=day)
    return scheduling.book(make.actor(), patient_id=held.patient_id, **book.ask(starts))


def react():
    jobs.work_off("test")


def used(row):
    row.refresh_from_db()
    assert row.used == Use.objects.filter(authorization=row, back_at=None).count()
    return row.used


def test_a_visit_that_is_booked_takes_the_referral_that_fits_it_and_only_once(book, held):
    row = authorization(held)
    visit = booked(book, held)
    react()
    assert used(row) == 1
    assert services.fit_visit(SYSTEM, appointment_id=visit.pk) == 0
    assert used(row) == 1


def test_one_that_is_noted_afterwards_is_taken_by_the_visits_that_are_booked(book, held):
    booked(book, held)
    booked(book, held, 10)
    assert used(authorization(held, allowed=1)) == 1


def test_a_cancelled_visit_gives_it_back_and_the_next_takes_it(book, held):
    row = authorization(held, allowed=1)
    first, second = booked(book, held), booked(book, held, 10)
    react()
    assert Use.objects.get(back_at=None).appointment_id == first.pk
    scheduling.cancel(rosa(), appointment_id=first.pk, reason_code="patient_asked")
    react()
    assert (used(row), Use.objects.get(back_at=None).appointment_id) == (1, second.pk)


def test_a_visit_that_moves_takes_it_along_and_outside_of_its_dates_it_is_told(book, held):
    row = authorization(held, ends=DAY + timedelta(days=3))
    visit = booked(book, held)
    react()
    moved = scheduling.reschedule(
        rosa(),
        appointment_id=visit.pk,
        starts=book.at(11, day=DAY + timedelta(days=1)),
        reason_code="patient_asked",
    )
    react()
    assert Use.objects.get(back_at=None).appointment_id == moved.pk
    beyond = DAY + timedelta(days=7)
    last = scheduling.reschedule(
        rosa(), appointment_id=moved.pk, starts=book.at(11, day=beyond), reason_code="patient_asked"
    )
    react()
    assert used(row) == 0
    stand = stand_of(held.patient_id, book.visit, beyond, appointment_id=last.pk)
    assert [one.words for one in stand.cautions] == ["Referral R-1 ends on 3/13/2026, before this visit."]


def test_a_move_that_is_taken_back_leaves_one_use(book, held):
    row = authorization(held)
    visit = booked(book, held)
    moved = scheduling.reschedule(
        rosa(), appointment_id=visit.pk, starts=book.at(11), reason_code="patient_asked"
    )
    react()
    scheduling.undo(rosa(), appointment_id=moved.pk)
    react()
    assert (used(row), Use.objects.get(back_at=None).appointment_id) == (1, visit.pk)


def test_the_thirteenth_visit_of_twelve_is_booked_and_warned_of(book, held):
    row = authorization(held, used_before=11)
    booked(book, held)
    react()
    assert stand_of(held.patient_id, book.visit, DAY).cautions[0].words == (
        "Referral R-1 has 0 of 12 visits left: this would be visit 13 of 12."
    )
    thirteenth = booked(book, held, 10)
    react()
    assert used(row) == 1
    assert stand_of(held.patient_id, book.visit, DAY, appointment_id=thirteenth.pk).uses == []


def test_the_database_itself_refuses_more_visits_than_there_are(held):
    row = authorization(held, allowed=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Authorization.objects.filter(pk=row.pk).update(used=2)


def test_what_becomes_smaller_is_given_back_by_the_latest_visits_and_never_by_those_that_took_place(
    book, held
):
    row = authorization(held, allowed=3)
    first, _ = booked(book, held), booked(book, held, 10)
    react()
    services.change(rosa(), authorization_id=row.pk, changes={"allowed": 1}, version=row.version)
    assert Use.objects.get(back_at=None).appointment_id == first.pk
    type(first).objects.filter(pk=first.pk).update(status="done")
    row.refresh_from_db()
    with pytest.raises(Invalid, match="took place already"):
        services.change(rosa(), authorization_id=row.pk, changes={"allowed": 0}, version=row.version)


def test_an_insurance_that_ends_takes_its_referral_with_it(book, held):
    row = authorization(held)
    visit = booked(book, held)
    react()
    coverage.end_policy(rosa(), policy_id=held.pk, version=held.version)
    react()
    assert used(row) == 0
    other = policy(visit.patient, payer_id=held.payer_id, member_id="W2")
    wanted(held.payer_id, book.visit)
    stand = stand_of(other.patient_id, book.visit, DAY, appointment_id=visit.pk)
    assert stand.cautions[0].words == "Referral R-1 is of an insurance that does not cover this visit."


def test_somebody_chooses_which_one_a_visit_uses_and_the_second_to_want_the_last_is_told(book, held):
    one, other = authorization(held), authorization(held, number="R-2", allowed=1)
    first, second = booked(book, held), booked(book, held, 10)
    services.use(rosa(), appointment_id=first.pk, authorization_id=other.pk)
    with pytest.raises(NothingLeft, match="somebody has just taken the last one"):
        services.use(rosa(), appointment_id=second.pk, authorization_id=other.pk)
    assert (used(one), used(other)) == (0, 1)
    late = authorization(held, number="R-3", begins=date(2026, 6, 1))
    with pytest.raises(DoesNotFit, match="begins after"):
        services.use(rosa(), appointment_id=second.pk, authorization_id=late.pk)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_to_visits_what_is_used_is_what_stands_in_the_book(book, held, seed):
    lot, visits = Random(seed), []
    rows = [
        authorization(held, allowed=3, ends=DAY + timedelta(days=6)),
        authorization(held, number="R-2", allowed=2, begins=DAY + timedelta(days=2)),
    ]
    for step in range(25):
        day, by = DAY + timedelta(days=lot.randrange(12)), make.actor()
        starts = book.at(8 + step % 9, 20 * (step // 9), day=day)
        try:
            match lot.choice(["book", "book", "move", "cancel", "undo", "change", "again"]):
                case "book":
                    visits.append(scheduling.book(by, patient_id=held.patient_id, **book.ask(starts)))
                case "move" if visits:
                    pk = lot.choice(visits).pk
                    visits.append(
                        scheduling.reschedule(
                            by, appointment_id=pk, starts=starts, reason_code="patient_asked"
                        )
                    )
                case "cancel" if visits:
                    scheduling.cancel(by, appointment_id=lot.choice(visits).pk, reason_code="patient_asked")
                case "undo" if visits:
                    scheduling.undo(by, appointment_id=lot.choice(visits).pk)
                case "change":
                    row = lot.choice(rows)
                    services.change(rosa(), authorization_id=row.pk, changes={"allowed": lot.randrange(1, 5)})
                case "again" if visits:
                    services.fit_visit(SYSTEM, appointment_id=lot.choice(visits).pk)
        except Refusal:
            pass
        react()
        for row in rows:
            assert used(row) <= row.allowed
            assert not Use.objects.filter(
                authorization=row, back_at=None, appointment__status__in=("cancelled", "no_show")
            )
    assert [breach for proof in invariants().values() for breach in proof()] == []
    live = Use.objects.filter(back_at=None)
    assert live.count() == len(set(live.values_list("appointment", flat=True)))


def test_a_merge_takes_a_referral_over_to_the_same_policy_of_the_chart_that_stays_and_gives_it_back(book):
    stays = policy(ana())
    goes = policy(ana(phone="6175550190"), payer_id=stays.payer_id)
    row, visit = authorization(goes), booked(book, goes)
    react()
    assert used(row) == 1
    made = patients.merge(lena(), survivor_id=stays.patient_id, duplicate_id=goes.patient_id)
    react()
    assert (used(row), row.patient_id, row.policy_id) == (1, stays.patient_id, stays.pk)
    later = booked(book, stays, 10)
    react()
    assert used(row) == 2
    patients.unmerge(lena(), merge_id=made.pk)
    react()
    assert (used(row), row.patient_id, row.policy_id) == (1, goes.patient_id, goes.pk)
    assert Use.objects.get(back_at=None).appointment_id == visit.pk != later.pk
    assert [breach for proof in invariants().values() for breach in proof()] == []


def test_one_of_an_insurance_that_ended_can_still_be_corrected(held):
    row = authorization(held)
    coverage.end_policy(rosa(), policy_id=held.pk, version=held.version, reason="Lost it")
    given = {"policy_id": held.pk, "note": "Their fax of May"}
    assert services.change(rosa(), authorization_id=row.pk, changes=given).note == "Their fax of May"


def test_charts_that_are_two_again_use_nothing_of_each_other(book):
    stays, goes = policy(ana()), policy(ana(phone="6175550190"), member_id="W2")
    row, visit = authorization(stays), booked(book, goes)
    react()
    made = patients.merge(lena(), survivor_id=stays.patient_id, duplicate_id=goes.patient_id)
    react()
    goes.refresh_from_db()
    later = authorization(goes, kind="authorization", number="A-1")
    assert (used(row), used(later), later.patient_id) == (1, 1, stays.patient_id)
    patients.unmerge(lena(), merge_id=made.pk)
    react()
    assert (used(row), used(later), later.patient_id) == (0, 1, made.duplicate_id)
    assert Use.objects.get(back_at=None).appointment_id == visit.pk
    assert [breach for proof in invariants().values() for breach in proof()] == []


@pytest.mark.django_db(transaction=True)
def test_whoever_changes_one_holds_all_of_the_patient_so_that_nobody_waits_in_a_ring(held):
    if connections["default"].vendor != "postgresql":
        return  # SQLite has one writer
    first, second = authorization(held), authorization(held, number="R-2")
    told = []

    def other():
        try:
            with transaction.atomic():
                list(Authorization.objects.select_for_update(nowait=True).filter(pk=first.pk))
            told.append("free")
        except OperationalError:
            told.append("held")
        finally:
            connections.close_all()

    with transaction.atomic():
        locked(rosa(), second.pk)
        beside = Thread(target=other)
        beside.start()
        beside.join()
    assert told == ["held"]


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_take_the_last_visit_at_once_one_is_told(book, held):
    row = authorization(held, allowed=1)
    visits = [booked(book, held, 9), booked(book, held, 10)]
    gate, told = Barrier(2), []

    def clerk(visit):
        try:
            gate.wait()
            services.use(rosa(), appointment_id=visit.pk, authorization_id=row.pk)
            told.append("taken")
        except NothingLeft:
            told.append("told")
        finally:
            connections.close_all()

    threads = [Thread(target=clerk, args=(visit,)) for visit in visits]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(told) == ["taken", "told"]
    assert used(row) == 1


def test_a_number_that_is_not_what_the_book_says_is_named_by_the_check(book, held):
    row = authorization(held)
    Authorization.objects.filter(pk=row.pk).update(used=2)
    found = {name: proof() for name, proof in invariants().items()}
    assert found["referrals.what_is_used_is_counted"] == [
        f"authorization {row.pk} says 2 are used, and 0 are"
    ]

"""Good Faith Estimates: due by themselves, written once and never changed, given with proof, and held against the charges."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid, NotPermitted, StaleVersion
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.billing import queries, services
from frontdesk.office.billing.models import (
    Estimate,
    EstimateGiven,
    EstimateItem,
    EstimateProvider,
    EstimateVersion,
)
from frontdesk.office.billing.rules.drafts import Other, Service
from frontdesk.office.coverage import services as coverage
from frontdesk.office.jobs import services as jobs
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.models import Account
from frontdesk.office.ledger.rules import charge
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.visits import services as visits
from tests.factories import estimates as make_billing
from tests.factories import scheduling as make
from tests.factories.coverage import policy
from tests.factories.patients import ana
from tests.people import dev, gus, lena, mia, rosa, sam

pytestmark = pytest.mark.django_db
DAY = make.TUESDAY


@pytest.fixture
def book():
    """The book of Elm Street, from Tuesday March 10 on: five business days ahead, and more than ten."""
    return make.Book(days=12, seats=9)


def booked(book, patient, hour=9, day=DAY):
    return scheduling.book(make.actor(), patient_id=patient.pk, **book.ask(book.at(hour, day=day)))


def react():
    jobs.work_off("test")


def charged(visit, provider, cents, key="c"):
    about = f"scheduling.appointment:{visit.pk}"
    draft = charge(
        key=f"{key}{visit.pk}", day=DAY, owed={(Account.Kind.RECEIVABLE, f"patients.patient:{visit.patient_id}"): cents},
        earned={f"practice.provider:{provider.pk}": cents}, about=about, patient_id=visit.patient_id,
    )  # fmt: skip
    return ledger.post(dev(), draft=draft)


def test_a_visit_of_somebody_without_insurance_has_an_estimate_due_the_next_business_day(book):
    visit = booked(book, ana())
    react()
    row = Estimate.objects.get()
    assert (row.appointment_id, row.why, row.state) == (visit.pk, "uninsured", "due")
    assert to_wall(row.due_at, visit.zone) == datetime(2026, 3, 4, 17)
    react()
    services.follow_visit(SYSTEM, appointment_id=visit.pk)
    assert Estimate.objects.count() == 1


def test_ten_business_days_ahead_there_are_three_to_give_it(book):
    visit = booked(book, ana(), day=date(2026, 3, 18))
    react()
    assert to_wall(Estimate.objects.get().due_at, visit.zone) == datetime(2026, 3, 6, 17)


def test_a_visit_in_two_business_days_needs_none_unless_they_ask():
    near = make.Book(day=date(2026, 3, 5), seats=9)
    visit = booked(near, ana(), day=date(2026, 3, 5))
    react()
    assert not Estimate.objects.exists()
    make_billing.due(visit)
    assert Estimate.objects.get().why == "asked"


def test_who_has_insurance_needs_none_until_they_say_that_they_pay_themselves(book):
    held = policy(ana())
    visit = booked(book, held.patient)
    react()
    assert not Estimate.objects.exists()
    visits.set_payer(rosa(), appointment_id=visit.pk, how="self_pay", reason="chosen")
    react()
    assert Estimate.objects.get().why == "self_pay"
    visits.set_payer(rosa(), appointment_id=visit.pk, how="insurance")
    react()
    assert (Estimate.objects.get().state, Estimate.objects.get().ended_why) == ("ended", "Insurance pays now")
    visits.set_payer(rosa(), appointment_id=visit.pk, how="self_pay", reason="chosen")
    react()
    assert Estimate.objects.get().state == "due"


def test_insurance_that_is_found_ends_what_was_due_for_want_of_it_and_its_end_brings_it_back(book):
    who = ana()
    booked(book, who)
    react()
    held = policy(who)
    react()
    assert Estimate.objects.get().state == "ended"
    coverage.end_policy(rosa(), policy_id=held.pk, version=held.version, reason="Not theirs")
    react()
    assert Estimate.objects.get().state == "due"


def test_a_cancelled_visit_needs_none_and_one_that_is_restored_does_again(book):
    visit = booked(book, ana())
    react()
    scheduling.cancel(make.actor(), appointment_id=visit.pk, reason_code="patient_asked")
    react()
    assert Estimate.objects.get().ended_why == "The visit was cancelled"
    scheduling.undo(make.actor(), appointment_id=visit.pk)
    react()
    assert Estimate.objects.get().state == "due"


def test_a_visit_that_is_moved_takes_its_estimate_along_and_one_that_was_given_is_due_anew(book):
    make_billing.fee()
    visit = booked(book, ana())
    react()
    make_billing.given(visit)
    with clock.fixed(clock.now() + timedelta(days=1)):
        moved = scheduling.reschedule(
            make.actor(), appointment_id=visit.pk, starts=book.at(9, day=date(2026, 3, 12)), provider_id=book.lee.provider_id,
            location_id=book.location.pk, reason_code="patient_asked",
        )  # fmt: skip
        react()
    row = Estimate.objects.get()
    assert (row.appointment_id, row.state) == (moved.pk, "due")
    assert to_wall(row.due_at, moved.zone) == datetime(2026, 3, 5, 17)


def test_a_question_about_cost_is_due_in_three_business_days_and_never_later_than_it_was(book):
    visit = booked(book, ana())
    react()
    due = Estimate.objects.get().due_at
    services.note_question(
        rosa(), patient_id=visit.patient_id, location_id=visit.location_id, appointment_id=visit.pk, words=" How  much? "
    )  # fmt: skip
    row = Estimate.objects.get()
    assert (row.due_at, row.asked_words) == (due, "How much?")
    later = services.note_question(rosa(), patient_id=visit.patient_id, location_id=visit.location_id)
    assert to_wall(later.due_at, visit.zone) == datetime(2026, 3, 6, 17)


def test_what_somebody_ended_stays_ended(book):
    visit = booked(book, ana())
    react()
    row = Estimate.objects.get()
    with pytest.raises(Invalid):
        services.end_estimate(rosa(), estimate_id=row.pk, version=row.version, reason=" ")
    services.end_estimate(rosa(), estimate_id=row.pk, version=row.version, reason="Care is free for them")
    services.follow_visit(SYSTEM, appointment_id=visit.pk)
    assert Estimate.objects.get().state == "ended"


def test_an_estimate_is_written_from_the_fees_of_the_day_of_the_visit(book):
    make_billing.fee(ends=date(2026, 3, 9))
    make_billing.fee(cents=180_00, begins=date(2026, 3, 10))
    visit = booked(book, ana())
    made = make_billing.written(make_billing.due(visit), Service("99213", units=2), diagnoses=("e119",))
    assert (made.version, made.cents, made.diagnoses, made.scheduled_on) == (1, 360_00, ["E11.9"], DAY)
    item = EstimateItem.objects.get()
    assert (item.words, item.units, item.cents) == ("Office visit, established patient", 2, 360_00)
    head = EstimateProvider.objects.get()
    assert (head.provider_id, head.state) == (book.lee.provider_id, "MA")
    assert Estimate.objects.get().state == "drafted"


def test_a_change_is_a_new_version_with_a_reason_and_the_old_one_stays(book):
    make_billing.fee()
    row = make_billing.due(booked(book, ana()))
    first = make_billing.written(row)
    with pytest.raises(Invalid) as refused:
        make_billing.written(row)
    assert "reason" in refused.value.fields
    second = make_billing.written(row, Service("99213", cents=200_00), reason="A longer visit")
    assert (second.version, int(second.number)) == (2, int(first.number) + 1)
    first.refresh_from_db()
    assert (first.cents, second.cents) == (165_00, 200_00)


def test_what_cannot_be_right_is_told_at_its_field_and_nothing_is_kept(book):
    make_billing.fee()
    row = make_billing.due(booked(book, ana()))
    with pytest.raises(Invalid) as refused:
        make_billing.written(
            row, Service("9921"), Service("99999"), Service("99213", cents=-1), diagnoses=("diabetes",),
            others=(Other("", npi="1234567890", tin="12", service=Service("80053")),),
        )  # fmt: skip
    wanted = {"code-0", "words-0", "amount-1", "words-1", "amount-2", "diagnoses"}
    wanted |= {"other-0", "other-words-0", "other-npi-0", "other-tin-0", "other-amount-0"}
    assert refused.value.fields.keys() == wanted
    assert not EstimateVersion.objects.exists()


def test_somebody_who_has_not_answered_stands_in_it_without_charges(book):
    make_billing.fee()
    other = Other(
        "Harbor Imaging", service=Service("76700", words="Ultrasound", cents=500_00), answered=False
    )
    made = make_billing.written(make_billing.due(booked(book, ana())), others=(other,))
    assert made.cents == 165_00
    assert EstimateItem.objects.get(provider__answered=False).cents == 0


def test_it_is_given_to_the_address_on_file_and_spoken_alone_is_not_given(book):
    make_billing.fee()
    who = ana()
    made = make_billing.written(make_billing.due(booked(book, who)))
    with pytest.raises(Invalid):
        services.give_estimate(rosa(), version_id=made.pk, how="email")
    services.give_estimate(rosa(), version_id=made.pk, how="spoken")
    assert Estimate.objects.get().state == "drafted"
    patients.add_contact(rosa(), patient_id=who.pk, system="email", value="ana@example.org")
    services.give_estimate(rosa(), version_id=made.pk, how="email")
    given = EstimateGiven.objects.get(how="email")
    assert (given.to, given.at, given.by_name) == ("ana@example.org", clock.now(), "Rosa")
    assert Estimate.objects.get().state == "given"
    services.give_estimate(rosa(), version_id=made.pk, how="mail")
    assert EstimateGiven.objects.get(how="mail").to == "8 Elm Street, Somerville, MA 02143"


def test_only_who_may_writes_and_everything_is_on_record(book):
    make_billing.fee()
    row = make_billing.due(booked(book, ana()))
    with pytest.raises(NotPermitted):
        make_billing.written(row, by=sam())
    made = make_billing.written(row)
    with pytest.raises(StaleVersion):
        services.end_estimate(rosa(), estimate_id=row.pk, version=1, reason="Late")
    services.print_estimate(sam(), version_id=made.pk)
    entry = AuditEntry.objects.filter(action="billing.print_estimate", patient_id=row.patient_id)
    assert entry.exists()
    assert AuditEntry.objects.filter(action="billing.make_estimate", patient_id=row.patient_id).exists()


def test_a_restricted_record_stays_closed(book):
    make_billing.fee()
    who = ana()
    made = make_billing.written(make_billing.due(booked(book, who)))
    patients.label_patient(mia(), patient_id=who.pk, labels=["vip"])
    for look in (
        lambda: services.print_estimate(rosa(), version_id=made.pk),
        lambda: services.open_papers(rosa(), patient_id=who.pk),
        lambda: services.give_estimate(rosa(), version_id=made.pk, how="hand"),
    ):
        with pytest.raises(Restricted):
            look()


@pytest.mark.parametrize(
    ("cents", "told", "dispute"), [(464_99, False, False), (465_00, True, False), (565_00, True, True)]
)
def test_charges_three_hundred_dollars_over_the_given_estimate_are_told(book, cents, told, dispute):
    make_billing.fee()
    visit = booked(book, ana())
    make_billing.given(visit)
    charged(visit, book.lee.provider, cents)
    found = queries.over_estimate([visit.pk])
    assert bool(found) is told
    if told:
        assert (found[visit.pk][0].expected, found[visit.pk][0].may_dispute) == (165_00, dispute)
        assert [one.appointment_id for one in queries.exceeded(visit.location_id)] == [visit.pk]


def test_what_was_taken_back_or_not_estimated_is_not_over(book):
    make_billing.fee()
    visit, other = booked(book, ana()), booked(book, ana(phone="(617) 555-0199"), 10)
    make_billing.given(visit)
    entry = charged(visit, book.lee.provider, 900_00)
    charged(other, book.lee.provider, 900_00)
    assert queries.over_estimate([visit.pk, other.pk]).keys() == {visit.pk}
    ledger.reverse(dev(), entry_id=entry.pk, reason="Wrong visit", day=DAY, key="back")
    assert queries.over_estimate([visit.pk, other.pk]) == {}


def test_who_takes_over_the_visit_keeps_the_estimate_of_whom_they_replace(book):
    make_billing.fee(cents=500_00)
    visit = booked(book, ana())
    make_billing.given(visit)
    charged(visit, book.ruiz.provider, 500_00)
    assert queries.over_estimate([visit.pk]) == {}


def test_the_lists_take_as_many_queries_for_thirty_as_for_one(book):
    make_billing.fee()
    who = ana()

    def how_many():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queries.to_give(book.location.pk)
            queries.lately_given(book.location.pk)
            queries.exceeded(book.location.pk)
        return len(asked)

    def one_more(n):
        visit = booked(book, who, 9 + n % 8, DAY + timedelta(days=n % 10))
        make_billing.given(visit)
        charged(visit, book.lee.provider, 900_00)
        make_billing.written(services.note_question(rosa(), patient_id=who.pk, location_id=book.location.pk))

    one_more(0)
    few = how_many()
    for n in range(1, 8):
        one_more(n)
    assert how_many() == few <= 16
    assert len(queries.to_give(book.location.pk)) == 8


def test_numbers_of_the_practice_are_set_by_who_may_and_stand_in_what_is_written_from_then_on(book):
    make_billing.fee()
    row = make_billing.due(booked(book, ana()))
    first = make_billing.written(row)
    with pytest.raises(NotPermitted):
        services.set_paper_numbers(rosa(), tin="12-3456789")
    with pytest.raises(Invalid):
        services.set_paper_numbers(mia(), tin="12-345")
    services.set_paper_numbers(mia(), tin="12-3456789")
    second = make_billing.written(row, reason="The tax number")
    assert [queries.whole(one).providers[0][0].tin for one in (first, second)] == ["", "123456789"]

"""Authorizations asked for at the practice payer over real HTTP, and what the record says afterwards."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from frontdesk.exchange.authorizations.asker import Asker
from frontdesk.exchange.authorizations.incoming import take_in
from frontdesk.formats import x12
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import Payer
from frontdesk.office.practice.models import Practice
from frontdesk.office.privacy import services as privacy
from frontdesk.office.referrals import services
from frontdesk.office.referrals.errors import AskedAlready, CannotAsk
from frontdesk.office.referrals.models import Authorization, AuthorizationRequest, PayerReply
from frontdesk.office.scheduling import services as scheduling
from tests.conftest import MORNING
from tests.exchange.eligibility.conftest import connect, insured
from tests.exchange.eligibility.conftest import connected as connected
from tests.exchange.eligibility.conftest import other_side as other_side
from tests.factories import scheduling as make
from tests.factories.patients import ana, bo
from tests.factories.practice import practice
from tests.factories.referrals import authorization
from tests.people import mia, rosa

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def ours():
    practice()
    Practice.objects.update(npi="1234567893")


def wanted(scenario, who=None, **fields):
    """An authorization that is to be asked for, of a member who plays a part."""
    held = insured(who or ana(), scenario)
    coverage.number_payer(mia(), payer_id=held.payer_id, transaction="authorization", number="PRAC1")
    given = {"kind": "authorization", "number": "", "state": "draft", "begins": date(2026, 3, 10), **fields}
    return authorization(held, **given)


def asked(row, **given):
    """Ask, let the worker do its round, and return request and authorization as they are then."""
    made = services.ask(rosa(), authorization_id=row.pk, **given)
    work_off()
    made.refresh_from_db()
    row.refresh_from_db()
    return made, row


def work_off():
    asker = Asker("w1")
    while asker.round():
        pass


def test_what_is_certified_has_its_number_visits_and_days_and_both_files_are_kept(connected):
    made, row = asked(wanted("AUTH", ends=date(2026, 6, 10)), message="Knee, after surgery")
    assert (made.outcome, row.state, row.allowed) == ("certified", "approved", 12), made.words
    assert row.number.startswith("PA")
    assert (row.begins, row.ends) == (date(2026, 3, 10), date(2026, 6, 10))
    assert list(x12.check(made.question.encode())) == []
    reply = PayerReply.objects.get()
    assert list(x12.check(reply.raw.encode())) == []
    [question] = x12.parse_278(made.question.encode())
    assert [(one.review.category, one.messages[0].text) for one in question.requests] == [
        ("HS", "Knee, after surgery")
    ]


@pytest.mark.parametrize(
    ("scenario", "outcome", "state", "allowed", "says"),
    [
        ("FEWER", "modified", "approved", 6, "FEWER VISITS"),
        ("PEND", "pended", "pending", 12, "REV0"),
        ("DENY", "denied", "denied", 12, "NOT MEDICALLY NECESSARY"),
        ("CALL", "call", "pending", 12, "CALL 800"),
        ("NOTFOUND", "rejected", "draft", 12, "find"),
        ("DOWN", "rejected", "draft", 12, "cannot answer now"),
        ("DROPPED", "unknown", "pending", 12, "could not be reached"),
        ("HALF", "unknown", "pending", 12, "could not be"),
    ],
)
def test_every_part_of_the_payer_is_told_rightly(
    settings, other_side, scenario, outcome, state, allowed, says
):
    connect(settings, other_side)
    made, row = asked(wanted(scenario))
    assert (made.outcome, row.state, row.allowed) == (outcome, state, allowed), made.words
    assert says.lower() in made.words.lower(), made.words
    assert made.advice


def test_what_was_pended_is_settled_by_the_file_that_comes_later_and_only_once(settings, other_side):
    connect(settings, other_side)
    book = make.Book()
    row = wanted("PEND")
    visit = scheduling.book(make.actor(), patient_id=row.patient_id, **book.ask(book.at(9)))
    made, row = asked(row)
    assert row.used == 0
    file = other_side.payer.decided()
    [taken] = take_in(rosa(), file)
    assert "Approved" in taken.words
    row.refresh_from_db()
    assert (row.state, row.number[:2], row.used) == ("approved", "PA", 1), "the visit that waits takes it"
    list(take_in(rosa(), file))
    assert PayerReply.objects.filter(request=made, way="file").count() == 1
    assert visit.pk
    with pytest.raises(Invalid, match="no answer"):
        take_in(rosa(), b"hello")


def test_of_a_file_about_several_patients_each_record_keeps_its_own_part_alone(settings, other_side):
    connect(settings, other_side)
    first, row = asked(wanted("PEND"))
    second, other = asked(wanted("PEND", bo(legal_first="Benno", legal_last="Quast")))
    assert [taken.words[:7] for taken in take_in(rosa(), other_side.payer.decided())] == ["Request"] * 2
    kept = {one.request_id: one.raw for one in PayerReply.objects.filter(way="file")}
    assert first.trace in kept[first.pk] and second.trace not in kept[first.pk]
    assert second.trace in kept[second.pk] and first.trace not in kept[second.pk]
    assert "QUAST" not in kept[first.pk].upper()
    assert {one.state for one in Authorization.objects.all()} == {"approved"}


def test_an_answer_to_no_request_of_ours_is_said_and_changes_nothing(settings, other_side):
    connect(settings, other_side)
    made, row = asked(wanted("PEND"))
    file = other_side.payer.decided().replace(made.trace.encode(), b"FRSOMEBODYELSES")
    [taken] = take_in(rosa(), file)
    assert "No request of ours" in taken.problem
    row.refresh_from_db()
    assert row.state == "pending"


def test_nothing_is_sent_of_a_visit_that_is_kept_from_the_plan(settings, other_side):
    connect(settings, other_side)
    book, who = make.Book(), ana()
    row = wanted("AUTH", who)
    visit = scheduling.book(make.actor(), patient_id=who.pk, **book.ask(book.at(9)))
    privacy.ask_restriction(
        rosa(), patient_id=who.pk, kind="paid_in_full", what="A visit", asked_on=date(2026, 3, 2),
        payer="Practice Payer", subject=f"scheduling.appointment:{visit.pk}",
    )  # fmt: skip
    made, row = asked(row)
    assert (made.outcome, made.question, row.state) == ("rejected", "", "draft")
    assert "pays in full" in made.words
    assert other_side.payer.asked() == {}
    # Nor in the moment after a move, before the new visit is kept too.
    scheduling.reschedule(rosa(), appointment_id=visit.pk, starts=book.at(11), reason_code="patient_asked")
    with clock.fixed(MORNING + timedelta(minutes=2)):
        made, row = asked(row)
    assert made.outcome == "rejected"
    # Narrowed to the days after it, the request speaks of it no more.
    services.change(rosa(), authorization_id=row.pk, changes={"begins": date(2026, 3, 12)})
    with clock.fixed(MORNING + timedelta(minutes=4)):
        made, row = asked(row)
    assert row.state == "approved"


def test_whoever_cannot_be_asked_is_called_and_nobody_asks_twice_at_once(settings, other_side):
    connect(settings, other_side)
    row = wanted("PEND")
    services.ask(rosa(), authorization_id=row.pk)
    with pytest.raises(AskedAlready):
        services.ask(mia(), authorization_id=row.pk)
    work_off()
    Payer.objects.update(connection="phone")
    with clock.fixed(MORNING + timedelta(minutes=2)), pytest.raises(CannotAsk, match="by phone only"):
        services.ask(rosa(), authorization_id=row.pk)


def test_a_payer_that_takes_files_alone_is_called(settings, other_side):
    connect(settings, other_side)
    row = wanted("AUTH")
    settings.CONNECTIONS = {"": replace(settings.CONNECTIONS[""], mode="batch")}
    with pytest.raises(CannotAsk, match="files overnight alone"):
        services.ask(rosa(), authorization_id=row.pk)
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_worker_that_died_has_the_request_sent_once_more_under_the_same_number(settings, other_side):
    from frontdesk.office.referrals import asking

    connect(settings, other_side)
    made = services.ask(rosa(), authorization_id=wanted("AUTH").pk)
    assert len(asking.lease("w0", 4)) == 1
    work_off()
    assert AuthorizationRequest.objects.get().state == "asking", "it is with the other worker still"
    with clock.fixed(MORNING + timedelta(minutes=2)):
        work_off()
    made.refresh_from_db()
    assert (made.outcome, made.attempts) == ("certified", 2)
    assert Authorization.objects.get().state == "approved"

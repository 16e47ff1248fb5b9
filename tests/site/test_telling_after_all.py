"""What was held for want of leave goes out when leave is given later: if it is still so, in time, and once."""

from datetime import timedelta

import pytest

from frontdesk.exchange.post import Postman
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.jobs.models import Job
from frontdesk.office.messaging import delivery, services
from frontdesk.office.messaging.models import Message
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import Address, Contact, Patient, RelatedPerson
from frontdesk.office.scheduling.services import book, cancel, reschedule
from tests.factories import practice
from tests.factories.messaging import reachable, react, write_about
from tests.factories.scheduling import Book, actor, patient
from tests.people import lena, rosa

pytestmark = pytest.mark.django_db
ROSA = actor()
NUMBER = "+16175550134"


@pytest.fixture
def the(db):
    """The book of Tuesday, March 10th, seen a week before; nobody carries anything away."""
    practice.practice()
    return Book(days=3)


@pytest.fixture
def bo():
    """Somebody with a number that nobody has asked about."""
    return reachable(email="", mobile=NUMBER)


def booked(the, who, hour=9):
    made = book(ROSA, patient_id=who.pk, **the.ask(the.at(hour)))
    react()
    return made


def says_yes(who, **changes):
    row = Contact.objects.get(patient=who, system="phone")
    patients.change_contact(
        lena(), contact_id=row.pk, changes={"may_text": True, **changes}, version=row.version
    )
    react()


def post():
    postman = Postman("postman")
    while postman.round():
        pass


def told(who):
    """What became of each message to somebody: (kind, state), as written."""
    return list(Message.objects.filter(patient=who).order_by("pk").values_list("kind", "state"))


def why(kind="confirmation"):
    return Message.objects.filter(kind=kind).order_by("pk").first().why


def test_a_yes_that_comes_later_lets_out_what_was_held(the, bo):
    booked(the, bo)
    post()
    assert told(bo)[0] == ("confirmation", "held")
    says_yes(bo)
    post()
    row = Message.objects.get(kind="confirmation")
    assert (row.state, row.channel, row.address, row.ended_at) == ("sent", "text", NUMBER, None)
    entry = AuditEntry.objects.get(action="messaging.reconsider")
    assert (entry.patient_id, entry.before["state"], entry.after["state"]) == (bo.pk, "held", "queued")


def test_an_address_that_comes_later_does_too(the):
    who = patient(legal_first="Ana")
    booked(the, who)
    patients.add_contact(lena(), patient_id=who.pk, system="email", use="home", value="ana@example.org")
    react()
    post()
    assert told(who)[0] == ("confirmation", "sent")


def test_however_often_the_yes_is_heard_of_they_are_told_once(the, bo):
    booked(the, bo)
    says_yes(bo)
    Job.objects.filter(name="patients.PatientChanged").update(done_at=None, lease_until=None)
    react()
    post()
    Job.objects.filter(name="patients.PatientChanged").update(done_at=None, lease_until=None)
    says_yes(bo, is_preferred=True)
    post()
    assert [state for kind, state in told(bo) if kind == "confirmation"] == ["sent"]
    assert services.reconsider(SYSTEM, patient_id=bo.pk) == []


def test_a_visit_that_was_moved_since_is_told_as_it_stands(the, bo):
    row = booked(the, bo)
    new = reschedule(ROSA, appointment_id=row.pk, starts=the.at(11), reason_code="patient_asked")
    react()
    says_yes(bo)
    post()
    sent = Message.objects.get(patient=bo, state="sent")
    assert (sent.kind, sent.about_id) == ("rescheduled", new.pk)


def test_what_is_no_longer_so_is_taken_back_with_the_reason(the, bo):
    row = booked(the, bo)
    # The events of the cancellation have not been heard of yet.
    cancel(ROSA, appointment_id=row.pk, reason_code="patient_asked")
    Contact.objects.filter(patient=bo).update(may_text=True)
    assert services.reconsider(SYSTEM, patient_id=bo.pk) == []
    assert (told(bo)[0], why()) == (("confirmation", "withdrawn"), "It is no longer as it says.")


def test_what_would_come_too_late_is_taken_back_with_the_reason(the, bo):
    row = booked(the, bo)
    with clock.fixed(row.starts + timedelta(minutes=1)):
        says_yes(bo)
    assert (told(bo)[0], why()) == (("confirmation", "withdrawn"), "It would come too late.")


def test_at_night_it_waits_for_a_decent_hour_on_the_patients_clock(the, bo):
    Address.objects.create(patient=bo, use="home", line="1 Ocean Ave", city="Malibu", state="CA", zip="90265")
    booked(the, bo)
    with clock.fixed(the.at(1, day=the.day - timedelta(days=2))):
        says_yes(bo)
        post()
        row = Message.objects.get(kind="confirmation")
        # Eight in the morning in California is eleven on Elm Street.
        assert (row.state, row.not_before) == ("queued", the.at(11, day=the.day - timedelta(days=2)))


def test_a_change_that_gives_no_leave_leaves_it_held_and_says_why_now(the, bo):
    booked(the, bo)
    assert "Nobody has asked" in why()
    says_yes(bo, may_text=False)
    assert (told(bo)[0], why()[:24]) == (("confirmation", "held"), "They do not want texts, ")


def test_who_is_to_be_reached_privately_is_not_written_to_at_the_number_that_said_yes(the, bo):
    Patient.objects.filter(pk=bo.pk).update(confidential=True)
    booked(the, bo)
    says_yes(bo)
    assert (told(bo)[0][1], "private address only" in why()) == ("held", True)
    says_yes(bo, is_confidential=True)
    post()
    assert told(bo)[0] == ("confirmation", "sent")


def test_of_several_about_one_visit_one_goes_out(the, bo):
    row = booked(the, bo)
    with clock.fixed(row.starts - timedelta(hours=72)):
        post()
    with clock.fixed(row.starts - timedelta(hours=23)):
        post()
        assert [state for _, state in told(bo)] == ["held", "held", "held"]
        says_yes(bo)
        post()
    assert [state for _, state in told(bo)] == ["sent", "withdrawn", "withdrawn"]
    assert why("reminder") == "Another message that goes out says the same."


def test_a_reminder_that_was_held_goes_when_nothing_else_says_it(the):
    who = reachable(mobile=NUMBER)
    row = booked(the, who)
    post()
    Contact.objects.filter(patient=who, system="email").update(ends=clock.now().date())
    with clock.fixed(row.starts - timedelta(hours=71)):
        post()
        assert told(who)[:2] == [("confirmation", "sent"), ("reminder", "held")]
        says_yes(who)
        post()
    assert told(who) == [("confirmation", "sent"), ("reminder", "sent"), ("reminder", "queued")]


def test_a_wait_foretold_long_ago_is_not_told_any_more(the, bo):
    row = booked(the, bo)
    for minutes, state in ((10, "queued"), (40, "withdrawn")):
        Message.objects.all().delete()
        Contact.objects.filter(patient=bo).update(may_text=None)
        with clock.fixed(the.at(8)):
            write_about(row, "running_late")
        with clock.fixed(the.at(8, minutes)):
            says_yes(bo)
        assert told(bo) == [("running_late", state)]


def test_who_wants_messages_again_is_told_what_still_stands_on_whichever_chart(the):
    ana, sister = (reachable(email="", mobile=NUMBER, may_text=True) for _ in range(2))
    stopped = services.opt_out(rosa(), channel="text", address=NUMBER)
    booked(the, ana)
    booked(the, sister, 10)
    assert {told(who)[0][1] for who in (ana, sister)} == {"held"}
    services.opt_in(rosa(), channel="text", address=NUMBER)
    react()
    post()
    assert {told(who)[0][1] for who in (ana, sister)} == {"sent"}
    stopped.refresh_from_db()
    assert stopped.ended_at is not None


def test_a_guardians_yes_counts_for_the_child(the, bo):
    child = patient(legal_first="Kim", birth_date=clock.now().date().replace(year=2019))
    RelatedPerson.objects.create(patient=child, role="guardian", person=bo)
    booked(the, child)
    says_yes(bo)
    post()
    row = Message.objects.get(patient=child, kind="confirmation")
    assert (row.state, row.address) == ("sent", NUMBER)


def test_two_charts_made_one_are_looked_at_together(the, bo):
    ana = reachable()
    booked(the, bo)
    patients.merge(lena(), survivor_id=ana.pk, duplicate_id=bo.pk)
    react()
    post()
    assert Message.objects.get(kind="confirmation").state == "sent"


def test_a_yes_in_the_moment_of_holding_is_not_overlooked(the, bo, monkeypatch):
    booked(the, bo)
    Message.objects.filter(kind="confirmation").update(state="queued", why="", ended_at=None)
    stale = delivery.readers_of([bo.pk])
    says_yes(bo)
    genuine, asked = delivery.readers_of, []
    # The first to look still sees what was so before the yes.
    monkeypatch.setattr(
        delivery, "readers_of", lambda ids: asked.append(1) or (genuine(ids) if asked[1:] else stale)
    )
    delivery.lease("w", 10)
    assert told(bo)[0] == ("confirmation", "queued")
    monkeypatch.undo()
    post()
    assert told(bo)[0] == ("confirmation", "sent")


def test_nothing_is_noted_where_nothing_was_held(the):
    who = reachable(mobile=NUMBER)
    booked(the, who)
    says_yes(who)
    assert not AuditEntry.objects.filter(action="messaging.reconsider").exists()


def test_a_photo_or_an_alert_asks_nobody(the, bo, django_assert_num_queries):
    from frontdesk.office.patients.events import PatientChanged
    from frontdesk.site.telling import tell_after_all

    booked(the, bo)
    with django_assert_num_queries(0):
        tell_after_all(PatientChanged(bo.pk, "photo"))

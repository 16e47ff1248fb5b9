"""A reminder that somebody sends: once for how a visit stands, in place of one that waits, and only where it may go."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.messaging import queries, services
from frontdesk.office.messaging.errors import AlreadyReminded, CannotSend
from frontdesk.office.messaging.models import Message, OptOut, Policy
from frontdesk.office.patients.models import Address
from tests.factories import practice
from tests.factories.messaging import about, facts, reachable
from tests.people import dev, rosa

pytestmark = pytest.mark.django_db
MOBILE = {"email": "", "mobile": "+16175550111", "may_text": True}


@pytest.fixture
def the(morning):
    """Three in the afternoon of the next day."""
    practice.practice()
    return morning + timedelta(hours=30)


def remind(who, starts, version=1, **fields):
    return services.remind_now(
        rosa(), patient_id=who.pk, about=about(), after=facts(starts, **fields), version=version
    )


def test_it_goes_out_now_and_is_on_record(the):
    ana = reachable()
    made = remind(ana, the)
    assert (made.state, made.kind, made.not_before) == ("queued", "reminder", clock.now())
    assert made.not_after == the - timedelta(hours=2)
    assert AuditEntry.objects.filter(action="messaging.remind_now", patient_id=ana.pk).exists()


def test_never_twice_for_how_the_visit_stands_whatever_its_version(the):
    ana = reachable()
    remind(ana, the)
    for state, words in (
        ("queued", "on its way"),
        ("sending", "just now"),
        ("sent", "Reminded already"),
        ("in_doubt", "may have gone out"),
        ("failed", "did not arrive"),
    ):
        Message.objects.update(state=state, sending_at=clock.now(), sent_at=clock.now())
        with pytest.raises(AlreadyReminded, match=words):
            remind(ana, the, version=2)
    assert Message.objects.count() == 1


def test_once_more_when_it_stands_otherwise(the):
    ana = reachable()
    remind(ana, the)
    Message.objects.update(state="sent", sending_at=clock.now(), sent_at=clock.now())
    assert remind(ana, the, provider="Dr. Ruiz").state == "queued"
    assert Message.objects.count() == 2


def test_one_that_waits_goes_out_in_its_place_so_that_nobody_hears_it_twice(morning):
    practice.practice()
    starts, ana = morning + timedelta(hours=47), reachable()
    [waits] = services.remind(rosa(), patient_id=ana.pk, about=about(), after=facts(starts), version=1)
    assert waits.not_before == starts - timedelta(hours=24)
    assert remind(ana, starts).pk == waits.pk
    assert Message.objects.get().not_before == clock.now()
    services.remind(rosa(), patient_id=ana.pk, about=about(), after=facts(starts), version=1)
    assert Message.objects.count() == 1


def test_of_several_that_wait_the_next_is_taken(morning):
    practice.practice()
    starts, ana = morning + timedelta(days=7), reachable()
    first, last = services.remind(rosa(), patient_id=ana.pk, about=about(), after=facts(starts), version=1)
    assert remind(ana, starts).pk == first.pk
    last.refresh_from_db()
    assert last.not_before == starts - timedelta(hours=24)


def test_one_taken_back_before_it_went_out_can_be_sent_after_all(the):
    ana = reachable()
    for expected in (1, 2, 3):
        made = remind(ana, the)
        assert Message.objects.count() == expected
        services.withdraw(rosa(), message_id=made.pk)


def test_in_quiet_hours_a_text_waits_for_the_morning_where_the_patient_is(the):
    late = the.replace(hour=2, minute=30)  # half past nine at night in New York, half past six in California
    ana, ben = reachable(**MOBILE), reachable(**MOBILE, legal_first="Ben")
    Address.objects.create(patient=ben, use="home", line="1 A St", city="Oakland", state="CA", zip="94601")
    with clock.fixed(late):
        made = remind(ana, the)
        assert made.not_before == late.replace(hour=13, minute=0)
        assert (
            services.remind_now(
                rosa(), patient_id=ben.pk, about=about(2), after=facts(the), version=1
            ).not_before
            == late
        )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": ""}, "no e-mail address and no mobile number"),
        ({**MOBILE, "may_text": None}, "Nobody has asked whether texts are all right"),
        ({**MOBILE, "may_text": False}, "do not want texts"),
        ({"confidential": True}, "private address only, and none is on file"),
        ({"status": "inactive"}, "not active"),
    ],
)
def test_where_it_may_not_go_it_is_said_why_and_nothing_is_written(the, fields, words):
    with pytest.raises(CannotSend, match=words):
        remind(reachable(**fields), the)
    assert not Message.objects.exists()


def test_neither_after_a_stop_nor_too_late_nor_where_the_practice_sends_none(the):
    ana = reachable()
    with clock.fixed(the - timedelta(hours=1)), pytest.raises(CannotSend, match="too late"):
        remind(ana, the)
    OptOut.objects.create(channel="email", address="ana@example.org", source="reply", at=clock.now())
    with pytest.raises(CannotSend, match="no more messages"):
        remind(ana, the)
    OptOut.objects.all().delete()
    Policy.objects.create(off=["reminder"])
    with pytest.raises(CannotSend, match="does not send this kind"):
        remind(ana, the)


def test_who_may_not_write_to_patients_may_not_remind_them(the):
    with pytest.raises(NotPermitted):
        services.remind_now(dev(), patient_id=reachable().pk, about=about(), after=facts(the), version=1)


def test_a_list_speaks_of_what_went_out_before_what_waits_and_of_that_the_next(morning):
    practice.practice()
    starts, ana = morning + timedelta(days=7), reachable()
    first, last = services.remind(rosa(), patient_id=ana.pk, about=about(), after=facts(starts), version=1)
    assert queries.reminders_about("test.visit", [1])[1].at == first.not_before
    went = morning + timedelta(days=4)
    Message.objects.filter(pk=first.pk).update(state="sent", sending_at=went, sent_at=went, via="smtp")
    told = queries.reminders_about("test.visit", [1, 2])
    assert [(pk, one.state, one.at, one.is_kept) for pk, one in told.items()] == [(1, "sent", went, False)]
    services.withdraw(rosa(), message_id=last.pk)
    assert queries.reminders_about("test.visit", []) == {}

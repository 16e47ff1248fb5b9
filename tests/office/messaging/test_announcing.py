"""Writing to patients: once for each state, in place of what is no longer true."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.messaging import delivery, queries, services
from frontdesk.office.messaging.errors import CannotSend, GoneOut, WrongWords
from frontdesk.office.messaging.models import Matter, Message, OptOut, Policy, Template, Thread
from frontdesk.office.messaging.rules import Words
from frontdesk.office.patients.models import Contact
from tests.factories import practice
from tests.factories.messaging import about, facts, reachable
from tests.people import dev, lena, mia, rosa

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture
def the(morning):
    practice.practice()
    return morning + timedelta(days=7)


def announce(who, kind="confirmation", ref=None, version=1, after=None, **fields):
    return services.announce(
        rosa(),
        patient_id=who.pk,
        kind=kind,
        about=ref or about(),
        after=after,
        version=version,
        **fields,
    )


def states():
    return dict(Message.objects.order_by("pk").values_list("kind", "state"))


def go_out(worker="w"):
    """Send what is due the way the postman does, to nowhere."""
    sent = []
    for out in delivery.lease(worker, 50):
        if delivery.begin(out, worker, "outbox"):
            services.note_sent(mia_or_system(), message_id=out.id, worker=worker, via="outbox")
            sent.append(out)
    return sent


def mia_or_system():
    from frontdesk.kit.actor import SYSTEM

    return SYSTEM


def test_a_message_is_written_once_for_each_state(the):
    ana = reachable()
    first = announce(ana, after=facts(the))
    again = announce(ana, after=facts(the))
    assert (first.pk, Message.objects.count()) == (again.pk, 1)
    assert (first.state, first.channel, first.address) == ("queued", "email", "ana@example.org")
    assert AuditEntry.objects.filter(action="messaging.announce", patient_id=ana.pk).exists()


def test_a_move_takes_the_place_of_the_confirmation_that_waits(the):
    ana = reachable()
    announce(ana, after=facts(the))
    services.remind(rosa(), patient_id=ana.pk, about=about(), after=facts(the), version=1)
    later = the + timedelta(days=1)
    moved = announce(ana, "rescheduled", about(2), 1, facts(later), before=facts(the), follows=about(1))
    assert states() == {"confirmation": "withdrawn", "reminder": "withdrawn", "rescheduled": "queued"}
    assert (Thread.objects.count(), Matter.objects.count()) == (1, 2)
    assert moved.sequence == 1
    [out] = go_out()
    assert "It was: Tuesday, March 10, at 10:00 AM" in out.words.body
    assert "It is now: Wednesday, March 11, at 10:00 AM" in out.words.body


def test_a_cancelled_visit_has_no_reminders(the):
    ana = reachable()
    services.remind(rosa(), patient_id=ana.pk, about=about(), after=facts(the), version=1)
    assert list(Message.objects.values_list("not_before", flat=True).order_by("-not_before")) == [
        the - timedelta(hours=24),
        the - timedelta(hours=72),
    ]
    announce(ana, "cancelled", version=2, after=facts(the, stands=False))
    assert states() == {"reminder": "withdrawn", "cancelled": "queued"}


def test_reminders_that_would_come_too_soon_are_not_written(the):
    starts = clock.now() + timedelta(hours=30)
    assert (
        services.remind(rosa(), patient_id=reachable().pk, about=about(), after=facts(starts), version=1)
        == []
    )


def test_a_cancellation_taken_back_before_anybody_heard_of_it_is_silence(the):
    ana = reachable()
    announce(ana, after=facts(the))
    go_out()
    announce(ana, "cancelled", version=2, after=facts(the, stands=False))
    assert announce(ana, "restored", version=3, after=facts(the)) is None
    assert states() == {"confirmation": "sent", "cancelled": "withdrawn"}


def test_one_that_was_told_is_told_again(the):
    ana = reachable()
    announce(ana, after=facts(the))
    go_out()
    announce(ana, "cancelled", version=2, after=facts(the, stands=False))
    go_out()
    assert announce(ana, "restored", version=3, after=facts(the)).kind == "restored"


def test_a_visit_restored_that_was_never_confirmed_is_confirmed(the):
    ana = reachable()
    announce(ana, "cancelled", version=1, after=facts(the, stands=False))
    assert announce(ana, "restored", version=2, after=facts(the)).kind == "confirmation"


def test_what_is_over_is_not_announced(the):
    assert announce(reachable(), after=facts(clock.now() - timedelta(hours=1))) is None


def test_a_kind_the_practice_does_not_send_is_not_written(the):
    services.set_policy(mia(), changes={"off": ["confirmation"]})
    assert announce(reachable(), after=facts(the)) is None
    assert not Message.objects.exists()


def test_without_leave_it_is_held_with_the_reason(the):
    made = announce(reachable(email="", mobile="+16175550134"), after=facts(the))
    assert made.state == "held"
    assert made.why.startswith("Nobody has asked")


def test_leave_is_asked_for_again_as_it_goes_out(the):
    ana = reachable()
    announce(ana, after=facts(the))
    [out] = delivery.lease("w", 10)
    services.opt_out(rosa(), channel="email", address="ANA@example.org", patient_id=ana.pk)
    assert not delivery.begin(out, "w", "smtp")
    assert delivery.lease("w", 10) == []
    row = Message.objects.get()
    assert (row.state, row.why) == ("held", "They asked for no more messages.")


def test_one_who_may_not_be_texted_any_more_gets_an_e_mail(the):
    ana = reachable(mobile="+16175550134", may_text=True)
    services.remind(rosa(), patient_id=ana.pk, about=about(), after=facts(the), version=1)
    with clock.fixed(the - timedelta(hours=72)):
        [out] = delivery.lease("w", 10)
        assert out.channel == "text"
        Contact.objects.filter(system="phone").update(may_text=False)
        assert not delivery.begin(out, "w", "outbox")
        [out] = delivery.lease("w", 10)
        assert (out.channel, out.to) == ("email", "ana@example.org")
        assert delivery.begin(out, "w", "outbox")


def test_two_workers_do_not_take_the_same_message(the):
    announce(reachable(), after=facts(the))
    [out] = delivery.lease("one", 10)
    assert delivery.lease("two", 10) == []
    assert not delivery.begin(out, "two", "smtp")
    assert delivery.begin(out, "one", "smtp")
    assert not delivery.begin(out, "one", "smtp")


def test_a_worker_that_died_before_the_mark_leaves_its_messages_to_another(the):
    announce(reachable(), after=facts(the))
    delivery.lease("one", 10)
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        [out] = delivery.lease("two", 10)
        assert delivery.begin(out, "two", "smtp")


def test_after_the_mark_it_is_in_doubt_and_comes_back_as_work(the):
    elm = practice.location()
    announce(reachable(), after=facts(the, elm))
    [out] = delivery.lease("one", 10)
    delivery.begin(out, "one", "smtp")
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        assert delivery.settle_doubts() == 1
        assert delivery.lease("two", 10) == []
        [failure] = queries.failures(elm.pk)
        assert (failure.line.state, queries.how_many_failed(elm.pk)) == ("in_doubt", 1)
        assert "may not have gone out" in failure.todo
        services.settle(rosa(), message_id=out.id, how="told", note="Called.")
    assert queries.failures(elm.pk) == []


def test_one_in_doubt_is_sent_again_only_by_a_person_and_under_the_same_name(the):
    announce(reachable(), after=facts(the))
    [out] = delivery.lease("one", 10)
    delivery.begin(out, "one", "smtp")
    services.note_doubt(mia_or_system(), message_id=out.id, worker="one")
    services.send_again(rosa(), message_id=out.id)
    [again] = go_out("two")
    assert again.key == out.key
    assert queries.how_many_failed() == 0


def test_a_newer_message_settles_what_failed_before(the):
    ana = reachable()
    announce(ana, after=facts(the))
    [out] = delivery.lease("one", 10)
    services.note_failed(mia_or_system(), message_id=out.id, worker="one", why="No such address.")
    assert queries.how_many_failed() == 1
    announce(ana, "cancelled", version=2, after=facts(the, stands=False))
    assert queries.how_many_failed() == 0


def test_nobody_sends_again_to_who_said_stop(the):
    announce(reachable(), after=facts(the))
    [out] = delivery.lease("one", 10)
    services.note_failed(mia_or_system(), message_id=out.id, worker="one", why="No such address.")
    services.hear(lena(), channel="email", address="ana@example.org", said="Stop!")
    with pytest.raises(CannotSend, match="no more messages"):
        services.send_again(rosa(), message_id=out.id)
    services.opt_in(lena(), channel="email", address="ana@example.org")
    assert OptOut.objects.get().ended_by == "Lena"
    assert services.send_again(rosa(), message_id=out.id).state == "queued"


def test_what_waits_can_be_taken_back_and_what_went_cannot(the):
    made = announce(reachable(), after=facts(the))
    assert services.withdraw(rosa(), message_id=made.pk).state == "withdrawn"
    other = announce(reachable(), after=facts(the), ref=about(2))
    go_out()
    with pytest.raises(GoneOut):
        services.withdraw(rosa(), message_id=other.pk)


def test_a_long_trouble_ends_as_a_failure(the):
    announce(reachable(), after=facts(the))
    moment = clock.now()
    for _ in range(delivery.ATTEMPTS):
        with clock.fixed(moment):
            [out] = delivery.lease("w", 10)
            delivery.put_back({out.id}, "w", "The mail server asks to try later (451).", tried=True)
            moment = moment + timedelta(hours=2)
    row = Message.objects.get()
    assert (row.state, row.why) == ("failed", "The mail server asks to try later (451).")


def test_templates_are_the_practices_own_until_put_back(the):
    services.set_template(
        lena(),
        kind="confirmation",
        channel="email",
        language="en",
        subject="Hello from {clinic}",
        body="See you {day}.",
    )
    announce(reachable(), after=facts(the))
    [out] = go_out()
    assert (out.words.subject, out.words.body) == (
        "Hello from Elm Street Family Medicine",
        "See you Tuesday, March 10.",
    )
    services.reset_template(lena(), kind="confirmation", channel="email", language="en")
    assert not Template.objects.exists()


def test_words_that_may_not_be_sent_are_refused(the):
    with pytest.raises(WrongWords, match="may not hold {reason}"):
        services.set_template(
            lena(), kind="reminder", channel="text", language="en", body="Come for your {reason}."
        )
    with pytest.raises(NotPermitted):
        services.set_template(rosa(), kind="reminder", channel="text", language="en", body="Hi")


def test_a_preview_shows_what_a_patient_would_read(the, settings):
    settings.PUBLIC_URL = "https://desk.example.org"
    practice.location()
    shown = queries.sample("reminder", "text", "es", Words("", "Cita el {day}. {answer}"))
    assert shown.words.body.startswith("Cita el martes 10 de marzo. Para confirmar")
    assert shown.segments == 1
    assert queries.sample("reminder", "text", "es", Words("", "{reason}")).wrong


def test_texts_cannot_be_allowed_at_night(the):
    from datetime import time

    with pytest.raises(Invalid, match="8 AM and 9 PM"):
        services.set_policy(mia(), changes={"text_from": time(6)})
    services.set_policy(mia(), changes={"text_from": time(9), "reminder_hours": [48]})
    assert (queries.policy().text_from, Policy.objects.count()) == (time(9), 1)


def test_lists_take_one_query_however_long(the, django_assert_num_queries):
    for number in range(12):
        announce(reachable(), after=facts(the), ref=about(number))
    with django_assert_num_queries(1):
        page = queries.outbox(queries.Filters(states=("queued",)), limit=5)
    assert (len(page.lines), page.before) == (5, page.lines[-1].id)
    with django_assert_num_queries(1):
        rest = queries.outbox(queries.Filters(states=("queued",)), before=page.before, limit=50)
    assert (len(rest.lines), rest.before) == (7, None)
    with django_assert_num_queries(1):
        assert queries.message_lines_about([about(3)])[about(3)][0].kind == "confirmation"
    with django_assert_num_queries(1):
        assert len(queries.templates()) == 44


def test_taking_messages_up_costs_the_same_for_many_as_for_few(the, django_assert_max_num_queries):
    for number in range(20):
        announce(reachable(), after=facts(the), ref=about(number))
    with django_assert_max_num_queries(14):
        assert len(delivery.lease("w", 50)) == 20


def test_a_list_of_messages_is_a_look_on_record(the):
    services.open_list(dev(), name="outbox", patient_ids=[3, 1, 3])
    entry = AuditEntry.objects.get(action="messaging.open_list")
    assert (entry.is_read, entry.extra["shown"]) == (True, [1, 3])


def test_all_of_it_is_proved(the):
    test_a_move_takes_the_place_of_the_confirmation_that_waits(the)
    assert {name: found for name, proof in queries.invariants().items() if (found := proof())} == {}

"""A reply is heard: stop counts at once and everywhere, start gives back what was there and no more."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.messaging import delivery, services
from frontdesk.office.messaging.models import OptOut
from frontdesk.office.messaging.queries import leave_of
from frontdesk.office.messaging.rules import Facts
from tests.factories import practice
from tests.factories.messaging import about, facts, reachable
from tests.people import lena, mia, rosa

pytestmark = pytest.mark.django_db
NUMBER = "+16175550134"


@pytest.fixture
def elm(morning):
    practice.practice()
    return practice.location()


def hear(said, by=None, address=NUMBER):
    return services.hear(by or lena(), channel="text", address=address, said=said)


def may_text(who, kind="reminder"):
    way = leave_of(who.pk, kind, Facts(zone="America/New_York")).way
    return bool(way and way.channel == "text")


def texted(who, starts, **fields):
    """A text that has gone out to somebody."""
    services.announce(
        rosa(),
        patient_id=who.pk,
        kind="confirmation",
        about=about(),
        after=facts(starts, **fields),
        version=1,
    )
    [out] = delivery.lease("w", 5)
    assert delivery.begin(out, "w", "outbox")
    services.note_sent(SYSTEM, message_id=out.id, worker="w", via="outbox")


def test_a_stop_counts_for_every_chart_the_number_stands_on(elm):
    ana, sister = (reachable(email="", mobile=NUMBER, may_text=True) for _ in range(2))
    assert hear("Stop.").meaning == "stop"
    assert (may_text(ana), may_text(sister)) == (False, False)
    assert OptOut.objects.get().patient_id is None


def test_a_number_on_one_chart_stands_in_that_charts_history(elm):
    ana = reachable(email="", mobile=NUMBER, may_text=True)
    hear("BASTA")
    assert OptOut.objects.get().patient_id == ana.pk
    heard = AuditEntry.objects.get(action="messaging.hear")
    assert (heard.patient_id, heard.extra["heard"]) == (ana.pk, "stop")


def test_a_number_is_the_same_however_the_carrier_writes_it(elm):
    ana = reachable(email="", mobile=NUMBER, may_text=True)
    hear("stop", address="6175550134")
    assert not may_text(ana)
    with pytest.raises(Invalid):
        hear("stop", address=" ")


def test_start_gives_back_what_was_there(elm):
    ana = reachable(email="", mobile=NUMBER, may_text=True)
    hear("stop")
    hear("UNSTOP")
    assert may_text(ana)
    assert OptOut.objects.get().ended_at is not None


def test_start_is_no_consent(elm):
    ana = reachable(email="", mobile=NUMBER)
    hear("stop")
    hear("start")
    assert not may_text(ana)
    assert not OptOut.objects.filter(ended_at=None).exists()


def test_start_without_a_stop_changes_nothing(elm):
    ana = reachable(email="", mobile=NUMBER, may_text=False)
    hear("start")
    assert (may_text(ana), OptOut.objects.count()) == (False, 0)


@pytest.mark.parametrize("order", ["desk first", "reply first"])
def test_what_was_said_at_the_desk_is_not_taken_back_by_whoever_holds_the_telephone(elm, order):
    ana = reachable(email="", mobile=NUMBER, may_text=True)
    deeds = [
        lambda: services.opt_out(rosa(), channel="text", address=NUMBER, source="desk"),
        lambda: hear("stop"),
    ]
    for deed in deeds if order == "desk first" else deeds[::-1]:
        deed()
    heard = hear("START")
    assert not may_text(ana)
    assert "come again" not in heard.answer
    assert "(617) 555-0100" in heard.answer
    services.opt_in(rosa(), channel="text", address=NUMBER)
    assert may_text(ana)


def test_help_is_answered_with_the_practices_name_and_number(elm):
    assert hear("Help!").answer == (
        "Elm Street Family Medicine: texts about your appointments and payments. Call (617) 555-0100. Reply STOP to end them."
    )
    assert not OptOut.objects.exists()


def test_whoever_was_written_to_neutrally_is_answered_neutrally(elm, morning):
    services.set_policy(mia(), changes={"neutral_locations": [elm.pk]})
    ana = reachable(email="", mobile=NUMBER, may_text=True)
    texted(ana, morning.replace(day=10), location=elm)
    assert hear("help").answer.startswith("your clinic: ")


def test_an_answer_is_in_the_language_of_the_word_or_of_the_last_text(elm, morning):
    ana = reachable(email="", mobile=NUMBER, may_text=True, language="es")
    assert "Llame al" in hear("ayuda").answer
    assert "Call" in hear("what?").answer
    texted(ana, morning.replace(day=10))
    assert "Llame al" in hear("¿qué?").answer


def test_what_is_no_word_of_these_is_answered_until_they_say_stop(elm):
    assert "nobody reads replies" in hear("I cannot come tomorrow").answer
    assert "no more texts" in hear("stop").answer
    assert hear("I cannot come tomorrow").answer == ""
    assert "Call (617) 555-0100" in hear("help").answer


def test_two_machines_that_answer_each_other_come_to_an_end(elm):
    said = [hear("Thank you for your message!").answer for _ in range(6)]
    assert [bool(words) for words in said] == [True] * 3 + [False] * 3
    assert hear("Thank you for your message!", address="+16175550199").answer
    assert hear("help").answer
    with clock.fixed(clock.now() + timedelta(days=1, minutes=1)):
        assert hear("hello?").answer


def test_what_was_said_is_nowhere_but_in_a_stop(elm):
    hear("my test was positive, call 555-0111")
    hear("stop", address="+16175550199")
    assert not AuditEntry.objects.filter(extra__icontains="positive").exists()
    assert not AuditEntry.objects.filter(reason__icontains="positive").exists()
    assert OptOut.objects.get().said == "stop"


def test_hearing_costs_the_same_however_many_share_the_number(elm, django_assert_max_num_queries):
    for _ in range(12):
        reachable(email="", mobile=NUMBER, may_text=True)
    with django_assert_max_num_queries(16):
        hear("stop")

"""What is asked by itself: of whom is booked, who arrives, who comes soon; and nothing where no payer can be asked."""

from datetime import timedelta

import pytest

from frontdesk.kit.actor import SYSTEM
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.practice.models import Practice
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.queries import line_of, to_verify
from frontdesk.site import reactions
from tests.conftest import MORNING
from tests.factories import scheduling as make
from tests.factories.coverage import payer, policy
from tests.factories.eligibility import WIRE
from tests.factories.messaging import react
from tests.factories.patients import ana
from tests.people import rosa

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


@pytest.fixture
def booked(settings):
    """Somebody with two policies, one of them over, and a visit tomorrow at nine."""
    settings.CONNECTIONS = WIRE
    who, aetna = ana(), payer()
    policy(who, payer_id=aetna.pk)
    policy(who, payer_id=payer("Cigna", "62308").pk, member_id="C1")
    policy(who, payer_id=aetna.pk, member_id="OLD", ends=TODAY - timedelta(days=1))
    the = make.Book(TODAY, days=4)
    starts = the.at(9, day=TODAY + timedelta(days=1))
    return scheduling.book(rosa(), patient_id=who.pk, **the.ask(starts))


def asked():
    return list(
        EligibilityCheck.objects.order_by("id").values_list("policy__member_id", "why", "services", "about")
    )


def test_who_is_booked_is_asked_about_at_every_payer_whose_policy_holds_that_day(booked):
    react()
    about = f"scheduling.appointment:{booked.pk}"
    assert asked() == [
        ("W123456789", "booking", "30,98", about),
        ("C1", "booking", "30,98", about),
    ]


def test_who_comes_soon_is_asked_about_once_and_who_was_asked_about_is_not_again(booked):
    assert to_verify() == [booked.pk]
    reactions.verify_visits({})
    assert [why for _, why, *_ in asked()] == ["night", "night"]
    assert to_verify() == []


def test_a_booking_without_a_connection_asks_nothing_and_shows_no_alarm(booked, settings):
    settings.CONNECTIONS = {}
    react()
    reactions.ask_to_verify()
    react()
    assert asked() == []
    line = line_of(SYSTEM, booked.pk)
    assert [(one.code, one.level) for one in line.findings if one.chip == "Ins"] == [("card_unknown", "note")]


def test_a_visit_that_is_verified_by_hand_asks_each_payer(booked):
    Practice.objects.update(npi="1234567893")
    made = visits.verify(SYSTEM, appointment_id=booked.pk)
    assert [one.policy.member_id for one in made] == ["W123456789", "C1"]


def test_what_is_sensitive_about_a_visit_is_not_in_the_question_and_its_restriction_holds(booked):
    kind = booked.visit_type
    kind.labels, kind.service_types = "behavioural", "MH"
    kind.save()
    visits.verify(SYSTEM, appointment_id=booked.pk)
    about = f"scheduling.appointment:{booked.pk}"
    assert [(services, subject) for _, _, services, subject in asked()] == [("30", about)] * 2
    with pytest.raises(Restricted):
        visits.verify(rosa(), appointment_id=booked.pk)


def test_who_pays_themselves_is_asked_about_neither_when_booked_nor_when_moved(settings):
    settings.CONNECTIONS = WIRE
    who = ana()
    policy(who)
    the = make.Book(TODAY, days=4)
    starts = the.at(9, day=TODAY + timedelta(days=1))
    made = visits.book(rosa(), how="self_pay", reason="kept", patient_id=who.pk, **the.ask(starts))
    react()
    moved = scheduling.reschedule(
        rosa(), appointment_id=made.pk, starts=starts + timedelta(hours=2), reason_code="patient_asked"
    )
    react()
    assert line_of(SYSTEM, moved.pk).paying.reason == "kept"
    reactions.verify_visits({})
    assert asked() == []

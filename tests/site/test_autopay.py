"""The parts of plans are charged by the worker: asked for in the daytime of a site, in a job of its own, once in half an hour."""

import pytest

from frontdesk.exchange.gateway.processor import Processor, Reader
from frontdesk.kit import clock, events
from frontdesk.office.jobs.models import Job
from frontdesk.site import reactions
from tests.factories.practice import location

pytestmark = pytest.mark.django_db
JOB = "payments.charge_parts"


@pytest.fixture(autouse=True)
def _cards(settings):
    settings.CARDS = Processor("http://127.0.0.1:1", "key", (), (Reader("Front desk", "tmr_front"),))


def test_it_recurs_and_is_long():
    assert "payments.ask_for_autopay" in events.recurring()
    assert events.is_long(JOB)


def test_in_the_daytime_it_is_asked_for_once_in_half_an_hour(morning):
    location()
    reactions.ask_for_autopay()
    reactions.ask_for_autopay()
    assert Job.objects.filter(name=JOB).count() == 1
    with clock.fixed(morning + reactions.AUTOPAY):
        reactions.ask_for_autopay()
    assert Job.objects.filter(name=JOB).count() == 2


def test_at_night_it_is_not_asked_for(morning):
    location()
    with clock.fixed(morning.replace(hour=6)):
        reactions.ask_for_autopay()
    assert not Job.objects.filter(name=JOB).exists()


def test_where_one_site_sleeps_another_may_be_awake(morning):
    location()
    location(name="Ocean Street", short_name="Ocean", zone="Pacific/Honolulu")
    with clock.fixed(morning.replace(hour=23)):
        reactions.ask_for_autopay()
    assert Job.objects.filter(name=JOB).exists()

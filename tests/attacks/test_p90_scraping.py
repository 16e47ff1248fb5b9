"""P90: one person opens chart after chart. It is told of within minutes, to who settles looks, and only once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.oversight import services as oversight
from frontdesk.office.oversight.models import Look
from frontdesk.office.oversight.rules import MANY
from frontdesk.site import reactions
from tests.attacks.practice import browser
from tests.factories import practice as make
from tests.people import mia

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(db):
    make.practice()
    make.location()
    return make.user()


def opens(
    user, charts, *, first=0, over=timedelta(minutes=50), ends=timedelta(0), action="patients.open_chart"
):
    """Somebody has opened so many charts, evenly over the time that ends now."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=clock.now() - ends - over + over * n / charts,
            actor_kind="staff",
            actor_id=user.pk,
            actor_name=user.display_name,
            action=action,
            is_read=True,
            patient_id=first + n + 1,
        )
        for n in range(charts)
    )


def test_the_three_hundred_and_first_chart_within_an_hour_is_told(rosa):
    opens(rosa, MANY)
    reactions.watch_breadth()
    assert not Look.objects.exists()
    opens(rosa, 1, first=MANY)
    reactions.watch_breadth()
    told = Look.objects.get()
    assert (told.user, told.patient, told.reasons, told.times) == (rosa, None, ["many"], MANY + 1)
    assert AuditEntry.objects.filter(action="oversight.watch_breadth").count() == 1


@pytest.mark.parametrize(
    "action", ["scheduling.open_appointment", "patients.read_photo", "messaging.open_message"]
)
def test_whatever_way_a_chart_is_opened_it_counts(rosa, action):
    opens(rosa, MANY)
    opens(rosa, 1, first=MANY, action=action)
    reactions.watch_breadth()
    assert Look.objects.count() == 1


def test_many_looks_at_few_charts_and_many_charts_over_a_day_are_a_days_work(rosa):
    for _ in range(4):
        opens(rosa, MANY)
    opens(rosa, MANY, first=1_000, over=timedelta(minutes=60), ends=timedelta(minutes=61))
    reactions.watch_breadth()
    assert not Look.objects.exists()


def test_it_is_told_once_however_long_it_goes_on_and_keeps_what_was_said_to_it(rosa):
    opens(rosa, 400)
    reactions.watch_breadth()
    row = Look.objects.get()
    oversight.settle_look(mia(), look_id=row.pk, state="follow_up", note="Asked her.", version=row.version)
    for minutes in range(10, 190, 30):
        with clock.fixed(clock.now() + timedelta(minutes=minutes)):
            opens(rosa, 400, first=minutes * 1_000, over=timedelta(minutes=29))
            reactions.watch_breadth()
    row = Look.objects.get()
    assert (row.state, row.note) == ("follow_up", "Asked her.")
    assert row.last_at > clock.now() + timedelta(minutes=150)
    with clock.fixed(datetime(2026, 3, 9, 12, tzinfo=UTC)):
        oversight.find_snooping(mia(), week=row.week)
    assert Look.objects.filter(patient=None).count() == 1


def test_who_settles_looks_sees_it_on_the_desk_and_nobody_else_does(rosa):
    opens(rosa, 400)
    reactions.watch_breadth()
    keeper = browser(make.user("manager", "mia", "Mia Novak"))
    part = {"HX-Request": "true"}
    assert "Over 300 charts in an hour" in keeper.get("/desk/strip", headers=part).content.decode()
    page = keeper.get("/audit/snooping").content.decode()
    assert "Rosa Diaz" in page
    assert "More than 300 charts" in page
    assert "Over 300" not in browser(rosa).get("/desk/strip", headers=part).content.decode()
    assert Client().get("/audit/snooping").status_code == 302


def test_it_is_looked_for_every_few_minutes():
    from frontdesk.kit.events import recurring

    assert recurring()["oversight.watch_breadth"] <= timedelta(minutes=10)

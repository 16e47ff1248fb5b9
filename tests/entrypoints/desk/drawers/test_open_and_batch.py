"""Before a day is closed: what is open of its visits, the card batch as the processor tells it, what was to be collected."""

import time
from datetime import date, timedelta

import pytest

from frontdesk.entrypoints.desk.payments import batch
from frontdesk.kit import clock
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.billing import services as billing
from frontdesk.office.billing.queries import shares_by_day
from frontdesk.office.visits import services as visits
from tests.cardnetwork import asked, cardnet
from tests.factories import billing as price
from tests.factories import drawers as make
from tests.factories import practice
from tests.factories.patients import ana
from tests.factories.payments import card_charge
from tests.factories.visits import Day
from tests.people import rosa

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)


@pytest.fixture
def office():
    """A day of visits today, an office visit at $160 of which the plan asks $35."""
    practice.practice()
    made = Day(day=TODAY)
    price.fee()
    price.usual(made.visit)
    return made


@pytest.fixture
def mine(desk, office):
    return make.opened(office.location.pk, by=actor_for(User.objects.get(username="rosa")))


def came(office, hour):
    row = office.booked(hour)
    price.answered(row.patient, day=TODAY, member_id=f"W{hour}")
    with clock.fixed(office.at(hour)):
        visits.arrive(rosa(), appointment_id=row.pk)
    return row


def page(desk, address="/close"):
    return desk.get(address).content.decode()


def test_what_is_not_charged_and_not_collected_stands_before_the_close(desk, mine, office):
    first, second = came(office, 9), came(office, 10)
    price.charged(first)
    billing.note_uncollected(rosa(), appointment_id=first.pk, why="forgot", words="left the wallet at home")
    html = page(desk)
    assert "No charge" in html
    assert html.count("is not charged") == 1
    assert f'/visits/{second.pk}">' in html
    assert "came without means to pay, left the wallet at home" in html


@pytest.fixture
def net(settings):
    with cardnet() as found:
        settings.CARDS = found.processor()
        yield found


def test_the_batch_is_asked_of_the_processor_and_is_of_this_site_and_day(desk, mine, office, net):
    card_charge(ana(), office.location.pk, 3500)
    asked(2)
    net.tap()
    asked()
    html = page(desk)
    assert 'value="$35.00"' in html
    assert "Asked of the card processor" in html
    # The same at a site it is not of is nothing: what our books know counts where it is booked.
    elsewhere = type("Asked", (), {"location": practice.location(name="Oak", short_name="Oak")})
    assert batch.batch_total(elsewhere, TODAY).cents == 0
    assert batch.batch_total(type("Asked", (), {"location": office.location}), TODAY).cents == 3500


def test_a_processor_that_does_not_answer_leaves_it_to_be_typed(desk, mine, net, monkeypatch):
    monkeypatch.setattr(batch, "PATIENCE", 0.05)
    monkeypatch.setattr(batch, "moved", lambda *_: time.sleep(0.5))
    assert "did not answer. Type it from the terminal" in page(desk)


def test_without_a_processor_it_is_typed_from_the_terminal(desk, mine, settings):
    settings.CARDS = None
    assert "From the terminal’s batch report" in page(desk)


def test_what_was_to_be_collected_is_the_patients_part_and_stays_when_it_is_paid_later(office, mine):
    first, second = came(office, 9), came(office, 10)
    before = shares_by_day([office.location.pk], TODAY, TODAY)
    price.charged(first)
    assert shares_by_day([office.location.pk], TODAY, TODAY) == before
    assert before[TODAY] > 0
    billing.note_uncollected(rosa(), appointment_id=second.pk, why="refused")
    assert shares_by_day([office.location.pk], TODAY, TODAY) == before
    office.booked(11)  # nobody came
    assert shares_by_day([office.location.pk], TODAY, TODAY) == before
    assert shares_by_day([office.location.pk], TODAY + timedelta(days=1), TODAY + timedelta(days=2)) == {}
    assert shares_by_day([], TODAY, TODAY) == {}


def test_many_visits_are_asked_for_together(office, django_assert_max_num_queries):
    for hour in (8, 9, 10, 11, 12):
        came(office, hour)
    with django_assert_max_num_queries(26):
        shares_by_day([office.location.pk], TODAY, TODAY)

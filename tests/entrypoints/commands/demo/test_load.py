"""The synthetic practice stands within every rule of the program, and is made only once."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.entrypoints.commands import checking
from frontdesk.entrypoints.commands.demo import command, drawer_rows, layout, load, visit_rows
from frontdesk.exchange.mail.server import Settings as MailServer
from frontdesk.exchange.post import Postman
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Refused
from frontdesk.office.accounts.services import sign_in
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.messaging.models import Message
from frontdesk.office.patients import services as patients
from frontdesk.office.oversight.models import Look
from frontdesk.office.patients.models import SSN, BrokenGlass, Patient, SocialSecurityNumber, SuspectedPair
from frontdesk.office.patients.rules import wrong_ssn
from frontdesk.office.billing.models import Uncollected
from frontdesk.office.payments import queries
from frontdesk.office.payments.models import DayLock, Payment, Plan
from frontdesk.office.practice.models import Practice
from frontdesk.office.privacy.models import (
    Acknowledgement,
    Alarm,
    Consent,
    Disclosure,
    LegalPaper,
    PassPhrase,
    RecordRequest,
    Restriction,
    Verification,
)
from frontdesk.office.scheduling.models import Appointment, Claim, DaySheet, Recall, VisitType, WaitlistEntry
from frontdesk.office.scheduling.services import OpeningsAsk, book, find_openings
from tests.entrypoints.commands.demo.proofs import breaches

pytestmark = pytest.mark.django_db
PAYERS = tuple(range(1, 13))
PRESENT = ("arrived", "checked_in", "roomed", "with_provider", "checkout")


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setitem(layout.SIZES, "clinic", layout.Size("clinic", 1, 6, 250, 3, 5, 0.0))


def make(seed=1):
    load.load("clinic", seed, lambda *_: None)


def test_every_proof_holds_on_the_day_the_clocks_change():
    with clock.fixed(datetime(2026, 3, 7, 18, tzinfo=UTC)):
        make()
        assert breaches() == {}


@pytest.mark.parametrize("hour", [5, 9, 23])
def test_today_is_busy_whenever_it_is_started(hour):
    with clock.fixed(datetime(2026, 3, 8, hour, 20, tzinfo=UTC)):  # a Sunday
        make()
        assert Appointment.objects.filter(status__in=PRESENT).count() >= 4


def test_a_demo_reaches_no_network_whatever_the_mail_settings_say(monkeypatch, settings):
    monkeypatch.setenv("SMTP_HOST", "mail.example.org")
    settings.MAIL = MailServer("mail.example.org", 25, "desk@example.org")
    command.demo(no_serve=True)
    assert (os.environ["SMTP_HOST"], Postman("w").server) == ("", None)


def test_one_entry_says_that_a_synthetic_practice_was_loaded():
    make(seed=5)
    entry = AuditEntry.objects.get(action=load.LOADED)
    assert (entry.extra["size"], entry.extra["seed"]) == ("clinic", 5)


def test_the_same_demo_is_found_again_and_not_made_twice():
    command.make("clinic", 1)
    patients_before = Patient.objects.count()
    command.make("clinic", 1)
    assert Patient.objects.count() == patients_before


def test_another_demo_does_not_go_on_top_of_it():
    command.make("clinic", 1)
    with pytest.raises(Refused, match="--size clinic --seed 1"):
        command.make("clinic", 2)


def test_a_real_practice_is_left_alone():
    Practice.objects.create(name="Real")
    with pytest.raises(Refused, match="not the demo"):
        command.make("clinic", 1)
    assert not Patient.objects.exists()


def test_several_processes_make_the_same_practice_as_one():
    plan = {}
    for seed, number in ((3, 0), (3, 1)):
        rows = load.people_block(seed, number, 50, datetime(2026, 3, 3).date(), 1, clock.now(), PAYERS)
        plan[number] = rows["patient"]
    again = load.people_block(3, 1, 50, datetime(2026, 3, 3).date(), 1, clock.now(), PAYERS)
    assert again["patient"] == plan[1]


def test_its_plans_are_charged_by_themselves_or_missed_and_copays_were_waived_with_reasons(monkeypatch):
    monkeypatch.setitem(layout.SIZES, "clinic", layout.Size("clinic", 1, 6, 400, 32, 5, 0.0))
    make()
    assert breaches() == {}
    site = Plan.objects.earliest("pk").location_id
    today = clock.today("America/New_York")
    missed, others = (queries.watched_plans(site, today, missed=one) for one in (True, False))
    charged = [one for one in others if one.autopay and one.paid]
    assert charged, "one is charged by itself, and a part of it was"
    assert [one for one in missed if one.autopay is None], "one waits for money that did not come"
    assert [one for one in missed if one.refused and one.refused.code == "insufficient_funds"]
    assert Payment.objects.filter(by_name="Autopay", day__in=DayLock.objects.values("day")).exists()
    waived = Uncollected.objects.filter(why="waived").exclude(words="")
    assert waived.count() == 2


def test_what_became_restricted_meanwhile_is_neither_paid_nor_charged_at_the_drawer(monkeypatch):
    charge = drawer_rows._Till.charge

    def after_labels(till, visits):
        Patient.objects.filter(pk__in=[one.patient_id for one in visits]).update(labels="vip")
        charge(till, visits)

    monkeypatch.setattr(drawer_rows._Till, "charge", after_labels)
    make()
    assert Payment.objects.exists()
    assert not AuditEntry.objects.filter(action="billing.charge_visit").exists()

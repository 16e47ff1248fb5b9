"""The synthetic practice, made once for all of these: everything of it stands, is found, and can be worked with."""

import os
from datetime import UTC, datetime, timedelta

from unittest import mock

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

from tests.attacks.world import lasting
from tests.entrypoints.commands.demo.proofs import breaches

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """A small demo, made within a transaction that lasts for the file."""
    small = {"clinic": layout.Size("clinic", 1, 6, 250, 3, 5, 0.0)}
    with lasting(django_db_blocker), mock.patch.dict(layout.SIZES, small):
        load.load("clinic", 1, lambda *_: None)
        yield


def test_every_proof_holds():
    assert Claim.objects.exists()
    assert breaches() == {}


def test_some_have_a_number_nobody_has_and_each_another_one():
    rows = SocialSecurityNumber.objects.values_list("pk", "number", "blind_index")
    digits = {SSN.open(pk, number) for pk, number, _ in rows}
    assert 100 < len(digits) == len({index for *_, index in rows}) == len(rows)
    assert all(wrong_ssn(number) for number in digits)


def test_what_is_booked_lies_within_what_is_open():
    today = load.present().day
    for sheet in DaySheet.objects.filter(day__gte=today):
        opened = taken = 0
        for bits in sheet.open.values():
            opened |= int(bits, 16)
        for bits in sheet.taken.values():
            taken |= int(bits, 16)
        assert not taken & ~opened, (sheet.resource_id, sheet.day)


def test_its_people_are_found_by_the_search():
    somebody = Patient.objects.filter(status="active").order_by("id")[7]
    hits = patients.search(SYSTEM, text=f"{somebody.legal_last} {somebody.birth_date:%m/%d/%Y}")
    assert somebody.pk in [hit.id for hit in hits[:3]]


def test_a_record_number_whose_digits_could_be_a_date_finds_its_patient():
    somebody = Patient.objects.get(mrn="100123")
    assert patients.search(SYSTEM, text="100123")[0].id == somebody.pk


def test_its_planted_duplicates_wait_in_the_merge_queue():
    assert SuspectedPair.objects.filter(status="open").count() >= 2


def test_a_new_patient_gets_the_next_record_number():
    details = patients.NewPatient(
        "Ana", "Ito", datetime(1990, 2, 1).date(), "female", "6175550134", "en", "01060"
    )
    made = patients.register(SYSTEM, details=details, confirmed_distinct=True)
    assert int(made.mrn) > max(
        int(mrn) for mrn in Patient.objects.exclude(pk=made.pk).values_list("mrn", flat=True)
    )


def test_something_can_be_booked_in_it():
    kind, today = VisitType.objects.get(code="sick"), load.present().day
    offer = find_openings(SYSTEM, ask=OpeningsAsk(kind.pk, today, today + timedelta(days=5))).offers[-1]
    somebody = Patient.objects.filter(is_deceased=False).first()
    book(
        SYSTEM,
        patient_id=somebody.pk,
        visit_type_id=kind.pk,
        location_id=offer.location_id,
        provider_id=offer.provider_id,
        starts=offer.starts,
        override_reason="test",
    )
    assert breaches() == {}


def test_people_wait_and_are_due():
    assert WaitlistEntry.objects.exists()
    assert Recall.objects.filter(due__lt=load.present().day).exists()


def test_some_messages_went_out_some_wait_and_some_need_somebody():
    states = set(Message.objects.values_list("state", flat=True))
    assert {"sent", "queued", "held"} <= states
    assert set(Message.objects.filter(state="sent").values_list("via", flat=True)) == {"outbox"}


def test_some_of_those_who_came_and_of_those_who_did_not_had_been_reminded():
    gone_by = Message.objects.filter(kind="reminder", state="sent", after__starts__lt=clock.now().isoformat())
    assert 0 < gone_by.count() < Appointment.objects.filter(starts__lt=clock.now()).count()


def test_the_sign_ins_work():
    for who in layout.SIGN_INS:
        assert len(who.password) >= 15
        assert sign_in(username=who.username, password=who.password).display_name == who.name


def test_a_demo_of_yesterday_says_of_what_is_over_that_it_is_done():
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert visit_rows.freshen() > 0
        over = Appointment.objects.filter(ends__lt=clock.now() - timedelta(minutes=30))
        assert set(over.values_list("status", flat=True)) <= {"done", "no_show", "cancelled"}
    assert breaches() == {}


def test_every_screen_of_privacy_and_oversight_has_something_to_show():
    assert breaches() == {}
    labels = set(Patient.objects.exclude(labels="").values_list("labels", flat=True))
    assert labels == {"behavioural", "vip", "employee", "substance"}
    assert Alarm.objects.get().settled_at is None
    assert {one.status for one in RecordRequest.objects.all()} == {"open"}
    assert Disclosure.objects.get(part_two=True).consent.recipient == "Hillside Recovery Center"
    for table in (Consent, LegalPaper, PassPhrase, Restriction, Verification):
        assert table.objects.exists(), table
    assert BrokenGlass.objects.filter(reviewed_at=None).exists()
    assert BrokenGlass.objects.exclude(reviewed_at=None).exists()
    states = set(Look.objects.values_list("state", flat=True))
    assert states == {"open", "explained"}
    answered = Acknowledgement.objects.count() / Patient.objects.filter(is_deceased=False).count()
    assert 0.85 < answered < 0.99


def test_the_record_of_its_month_is_in_the_order_of_its_days():
    moments = list(AuditEntry.objects.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert clock.now() - moments[0] > timedelta(days=29)

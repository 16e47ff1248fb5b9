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

pytestmark = pytest.mark.django_db
PAYERS = tuple(range(1, 13))
PRESENT = ("arrived", "checked_in", "roomed", "with_provider", "checkout")


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setitem(layout.SIZES, "clinic", layout.Size("clinic", 1, 6, 250, 3, 5, 0.0))


def make(seed=1):
    load.load("clinic", seed, lambda *_: None)


def breaches():
    return {name: found for name, proof in checking.invariants().items() if (found := proof())}


def test_every_proof_holds():
    make()
    assert Claim.objects.exists()
    assert breaches() == {}


def test_some_have_a_number_nobody_has_and_each_another_one():
    make()
    rows = SocialSecurityNumber.objects.values_list("pk", "number", "blind_index")
    digits = {SSN.open(pk, number) for pk, number, _ in rows}
    assert 100 < len(digits) == len({index for *_, index in rows}) == len(rows)
    assert all(wrong_ssn(number) for number in digits)


def test_every_proof_holds_on_the_day_the_clocks_change():
    with clock.fixed(datetime(2026, 3, 7, 18, tzinfo=UTC)):
        make()
        assert breaches() == {}


@pytest.mark.parametrize("hour", [5, 9, 23])
def test_today_is_busy_whenever_it_is_started(hour):
    with clock.fixed(datetime(2026, 3, 8, hour, 20, tzinfo=UTC)):  # a Sunday
        make()
        assert Appointment.objects.filter(status__in=PRESENT).count() >= 4


def test_what_is_booked_lies_within_what_is_open():
    make()
    today = load.present().day
    for sheet in DaySheet.objects.filter(day__gte=today):
        opened = taken = 0
        for bits in sheet.open.values():
            opened |= int(bits, 16)
        for bits in sheet.taken.values():
            taken |= int(bits, 16)
        assert not taken & ~opened, (sheet.resource_id, sheet.day)


def test_its_people_are_found_by_the_search():
    make()
    somebody = Patient.objects.filter(status="active").order_by("id")[7]
    hits = patients.search(SYSTEM, text=f"{somebody.legal_last} {somebody.birth_date:%m/%d/%Y}")
    assert somebody.pk in [hit.id for hit in hits[:3]]


def test_a_record_number_whose_digits_could_be_a_date_finds_its_patient():
    make()
    somebody = Patient.objects.get(mrn="100123")
    assert patients.search(SYSTEM, text="100123")[0].id == somebody.pk


def test_its_planted_duplicates_wait_in_the_merge_queue():
    make()
    assert SuspectedPair.objects.filter(status="open").count() >= 2


def test_a_new_patient_gets_the_next_record_number():
    make()
    details = patients.NewPatient(
        "Ana", "Ito", datetime(1990, 2, 1).date(), "female", "6175550134", "en", "01060"
    )
    made = patients.register(SYSTEM, details=details, confirmed_distinct=True)
    assert int(made.mrn) > max(
        int(mrn) for mrn in Patient.objects.exclude(pk=made.pk).values_list("mrn", flat=True)
    )


def test_something_can_be_booked_in_it():
    make()
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
    make()
    assert WaitlistEntry.objects.exists()
    assert Recall.objects.filter(due__lt=load.present().day).exists()


def test_some_messages_went_out_some_wait_and_some_need_somebody():
    make()
    states = set(Message.objects.values_list("state", flat=True))
    assert {"sent", "queued", "held"} <= states
    assert set(Message.objects.filter(state="sent").values_list("via", flat=True)) == {"outbox"}


def test_some_of_those_who_came_and_of_those_who_did_not_had_been_reminded():
    make()
    gone_by = Message.objects.filter(kind="reminder", state="sent", after__starts__lt=clock.now().isoformat())
    assert 0 < gone_by.count() < Appointment.objects.filter(starts__lt=clock.now()).count()


def test_a_demo_reaches_no_network_whatever_the_mail_settings_say(monkeypatch, settings):
    monkeypatch.setenv("SMTP_HOST", "mail.example.org")
    settings.MAIL = MailServer("mail.example.org", 25, "desk@example.org")
    command.demo(no_serve=True)
    assert (os.environ["SMTP_HOST"], Postman("w").server) == ("", None)


def test_the_sign_ins_work():
    make()
    for who in layout.SIGN_INS:
        assert len(who.password) >= 15
        assert sign_in(username=who.username, password=who.password).display_name == who.name


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


def test_a_demo_of_yesterday_says_of_what_is_over_that_it_is_done():
    make()
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert visit_rows.freshen() > 0
        over = Appointment.objects.filter(ends__lt=clock.now() - timedelta(minutes=30))
        assert set(over.values_list("status", flat=True)) <= {"done", "no_show", "cancelled"}
    assert breaches() == {}


def test_several_processes_make_the_same_practice_as_one():
    plan = {}
    for seed, number in ((3, 0), (3, 1)):
        rows = load.people_block(seed, number, 50, datetime(2026, 3, 3).date(), 1, clock.now(), PAYERS)
        plan[number] = rows["patient"]
    again = load.people_block(3, 1, 50, datetime(2026, 3, 3).date(), 1, clock.now(), PAYERS)
    assert again["patient"] == plan[1]


def test_every_screen_of_privacy_and_oversight_has_something_to_show():
    make()
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


def test_the_record_of_its_month_is_in_the_order_of_its_days():
    make()
    moments = list(AuditEntry.objects.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert clock.now() - moments[0] > timedelta(days=29)


def test_what_became_restricted_meanwhile_is_neither_paid_nor_charged_at_the_drawer(monkeypatch):
    charge = drawer_rows._Till.charge

    def after_labels(till, visits):
        Patient.objects.filter(pk__in=[one.patient_id for one in visits]).update(labels="vip")
        charge(till, visits)

    monkeypatch.setattr(drawer_rows._Till, "charge", after_labels)
    make()
    assert Payment.objects.exists()
    assert not AuditEntry.objects.filter(action="billing.charge_visit").exists()

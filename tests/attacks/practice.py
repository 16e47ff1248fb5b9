"""A practice of two sites with one of everything at each, and somebody of every role at the first; the matrix walks it."""

import re
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from frontdesk.entrypoints.commands.permissions import routes
from frontdesk.entrypoints.desk.http import session_stamp
from frontdesk.entrypoints.desk.scheduling.tokens import write_token
from frontdesk.entrypoints.desk.visits import live, wall
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.permissions import ROLES, SERVICE, held_by, stand_of
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.billing.models import Abn, EstimateVersion
from frontdesk.office.billing.rules.drafts import Service
from frontdesk.office.coverage import services as coverage_services
from frontdesk.office.coverage.services import note_by_phone
from frontdesk.office.downtime import services as downtime
from frontdesk.office.messaging.models import Message
from frontdesk.office.oversight.models import Look
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import Address, Alert, MergeRecord, SuspectedPair
from frontdesk.office.payments import services as take_payments
from frontdesk.office.payments.rules import account_of
from frontdesk.office.practice.models import Room
from frontdesk.office.payments.models import DayLock, MonthLock
from frontdesk.office.privacy.models import Alarm
from frontdesk.office.referrals.models import AuthorizationRequest
from frontdesk.office.scheduling import services as book
from frontdesk.office.scheduling.models import RescueItem, Stranded
from frontdesk.office.visits import services as visits
from tests.factories import practice as make
from tests.factories import billing, coverage, drawers, estimates, privacy, referrals
from tests.factories import scheduling as rows
from tests.factories.ledger import charged
from tests.factories.messaging import link_to, write_about
from tests.factories.patients import ana, bo
from tests.factories.payments import declined_card, drawer_open, taken
from tests.journeys.office import TUESDAY, Office
from tests.people import gus, mia

PASSWORD = "a long enough password"
PATIENTS_WORD = {"link", "link_times", "link_cancel"}


class Site:
    """One of everything that belongs to a site."""

    def __init__(self, name, who, later):
        self.location = make.location(name=name, short_name=name)
        office = self.office = Office(self.location)
        self.provider = office.lee.provider
        self.room = Room.objects.create(location=self.location, name="Exam 1")
        self.visit = office.book(who)
        self.next = office.book(later, hour=11)
        self.today = _here(office, later)
        self.hold = self.hold_by(gus(), 15)
        self.entry = book.add_to_waitlist(
            gus(), patient_id=later.pk, visit_type_id=office.visit.pk, location_id=self.location.pk
        )
        self.stranded = Stranded.objects.create(appointment=self.next, why="Closed", found_at=clock.now())
        span = {"first_day": TUESDAY, "last_day": TUESDAY, "reason": "ill"}
        self.sheet = book.open_rescue(gus(), provider_id=self.provider.pk, **span)
        book.propose(gus(), sheet_id=self.sheet.pk)
        self.item = RescueItem.objects.get(appointment=self.next)
        self.follow_up = visits.order_follow_up(
            gus(), appointment_id=self.today.pk, visit_type_id=office.visit.pk, weeks=4
        )
        self.visitor = visits.sign_in_visitor(gus(), location_id=self.location.pk, name="Pat Doyle")
        self.form = downtime.issue_forms(gus(), location_id=self.location.pk, day=TUESDAY)[0]
        self.message = write_about(self.visit)
        self.word = link_to(self.message)
        Message.objects.filter(pk=self.message.pk).update(state="failed", location=self.location)
        self.estimate = estimates.given(self.visit, Service("99213", words="Office visit", cents=165_00))
        self.version = EstimateVersion.objects.get(estimate=self.estimate)
        self.abn = Abn.objects.create(
            patient_id=self.visit.patient_id, appointment=self.visit, number=f"A{self.visit.pk}", made_at=clock.now(),
            made_by="Mia", items=[{"words": "Vitamin D", "reason": "Not for this", "cents": 8500}],
            facts=dict.fromkeys(("notifier", "address", "phone", "patient", "mrn", "expires"), "a word"),
        )  # fmt: skip
        at_till = Actor("staff", 901 + self.location.pk, f"Till {self.location.pk}", held_by("manager"))
        till = drawers.drawer(self.location.pk, "Drawer 1")
        with clock.fixed(clock.now() - timedelta(days=1)):
            self.close = drawers.closed(drawers.opened(self.location.pk, by=at_till, where=till), by=at_till)
        self.lock = DayLock.objects.get(location=self.location)
        self.session, self.till = drawers.opened(self.location.pk, by=at_till, where=till), till
        self.charge = declined_card(who, self.location.pk)
        self.offer = write_token(office.at(16), self.provider.pk, self.location.pk)

    def hold_by(self, actor, hour):
        return book.hold(
            actor,
            visit_type_id=self.office.visit.pk,
            location_id=self.location.pk,
            provider_id=self.provider.pk,
            starts=self.office.at(hour),
        )


class World:
    """Elm is one's own site, Oak another's. `people` are those of each role, who work at Elm alone."""

    def __init__(self):
        make.practice()
        self.ana, self.bo = ana(), bo()
        self.elm, self.oak = Site("Elm", self.ana, self.bo), Site("Oak", self.bo, self.ana)
        twin, once = ana(phone="(617) 555-0199"), ana(phone="(617) 555-0188")
        patients.merge(mia(), survivor_id=self.ana.pk, duplicate_id=once.pk, reason="Registered twice")
        patients.queue_suspected_pairs(mia(), patient_ids=[self.ana.pk, twin.pk])
        patients.change_ssn(mia(), patient_id=self.ana.pk, number="219-47-8306", version=0)
        self.alert = patients.add_alert(mia(), patient_id=self.ana.pk, words="Prefers the morning")
        self.recall = book.add_recall(
            gus(), patient_id=self.bo.pk, visit_type_id=self.elm.office.visit.pk, due=date(2026, 3, 1)
        )
        self.glass = patients.break_glass(
            Actor("staff", 900, "Somebody", held_by("psr")),
            patient_id=self.ana.pk,
            reason="caller",
            words="They called",
        )
        self.people = {role: self.person(role) for role in ROLES}
        self.colleague = make.user("psr", "pat", "Pat Wu", home_location_id=self.elm.location.pk)
        self._signing_in()
        self.notice, self.request = privacy.published(), privacy.asked(self.ana)
        self.policy = coverage.policy(self.ana)
        self.referral = referrals.authorization(self.policy, by=mia(), state="draft", kind="authorization")
        self.request278 = AuthorizationRequest.objects.create(
            authorization=self.referral, trace="FR1", asked_at=clock.now(), asked_by="Mia", not_before=clock.now(),
            give_up_at=clock.now(), state="done", done_at=clock.now(), outcome="pended",
        )  # fmt: skip
        self.case = coverage.case(self.ana)
        drawer_open(
            self.elm.location.pk, by=rows.actor("psr", id=self.colleague.pk, name=self.colleague.username)
        )
        charged(90000, account_of(self.ana.pk))
        self.payment = taken(self.ana, self.elm.location.pk, 5000)
        self.plan = take_payments.agree_plan(
            mia(), patient_id=self.ana.pk, location_id=self.elm.location.pk, total=9000, count=3, every="month",
            first=TUESDAY, key="plan",
        )  # fmt: skip
        self.network = coverage_services.add_network(mia(), payer_id=self.policy.payer_id, inside=True)
        coverage_services.answer_medicare(mia(), patient_id=self.ana.pk, answers=coverage.RETIRED)
        said = {"verdict": "active", "representative": "Kim", "said": "$20 copay"}
        self.card = coverage.scanned(self.ana, self.policy, by=mia())
        self.check = note_by_phone(mia(), policy_id=self.policy.pk, day=TUESDAY, **said)
        billing.fee()
        self.disclosure = privacy.disclosed(self.ana)
        self.alarm = Alarm.objects.create(kind="patient", patient=self.ana, at=clock.now())
        seen = dict.fromkeys(("first_at", "last_at", "found_at"), clock.now()) | {
            "weight": 5,
            "times": 2,
            "entry_id": 1,
        }
        self.look = Look.objects.create(
            week=date(2026, 2, 23), user=self.colleague, patient=self.ana, reasons=["surname"], **seen
        )
        self.month = MonthLock.objects.create(
            first=date(2026, 1, 1), at=clock.now(), by_name="Mia", opening=0, charges=0, payments=0, adjustments=0, closing=0, figures=[]
        )  # fmt: skip
        self.browsers = {role: browser(person) for role, person in self.people.items()}
        self.everywhere = browser(make.user("lead", "lena", "Lena Park"))

    def _signing_in(self):
        """A screen in the corridor, and somebody who took wider rights."""
        self.device = accounts.register_device(
            gus(),
            name="Corridor",
            kind="wall",
            location_id=self.elm.location.pk,
            secret="a secret of its own",
        )
        reason = "Nobody with these rights can be reached"
        self.emergency = accounts.take_emergency_access(actor_for(self.colleague), reason=reason)

    def person(self, role, **fields):
        made = User(
            username=f"a-{role}",
            display_name=f"A {role}",
            role=role,
            created_at=clock.now(),
            home_location_id=self.elm.location.pk,
            site_ids=[self.elm.location.pk],
            **fields,
        )
        made.set_password(PASSWORD)
        if role == SERVICE:
            made.owner = self.people_owner()
        made.save()
        return made

    def people_owner(self):
        return make.user("manager", "owner", "An Owner")

    def kwargs(self, name, site):
        """What stands in the address called `name`, of the things of a site."""
        one = {
            "patient_id": self.ana.pk,
            "appointment_id": site.today.pk if name in OF_TODAY else site.visit.pk,
            "provider_id": site.provider.pk,
            "resource_id": site.office.lee.pk,
            "hold_id": site.hold.pk,
            "entry_id": site.entry.pk,
            "stranded_id": site.stranded.pk,
            "sheet_id": site.sheet.pk,
            "item_id": site.item.pk,
            "follow_up_id": site.follow_up.pk,
            "visitor_id": site.visitor.pk,
            "form_id": site.form.pk,
            "message_id": site.message.pk,
            "location_id": site.location.pk,
            "visit_type_id": site.office.visit.pk,
            "estimate_id": site.estimate.pk,
            "version_id": site.version.pk,
            "abn_id": site.abn.pk,
            "recall_id": self.recall.pk,
            "glass_id": self.glass.pk,
            "user_id": self.colleague.pk,
            "device_id": self.device.pk,
            "access_id": self.emergency.pk,
            "look_id": self.look.pk,
            "number": AuditEntry.objects.filter(patient_id=self.ana.pk).first().pk,
            "notice_id": self.notice.pk,
            "policy_id": self.policy.pk,
            "payer_id": self.policy.payer_id,
            "check_id": self.check.pk,
            "card_id": self.card.pk,
            "picture_id": self.card.pictures.first().pk,
            "authorization_id": self.referral.pk,
            "request_id": self.request278.pk,
            "case_id": self.case.pk,
            "payment_id": self.payment.pk,
            "tender_id": self.payment.tenders.get().pk,
            "plan_id": self.plan.pk,
            "network_id": self.network.pk,
            "alarm_id": self.alarm.pk,
            "session_id": site.session.pk,
            "drawer_id": site.till.pk,
            "close_id": site.close.pk,
            "lock_id": site.lock.pk,
            "month_id": self.month.pk,
            "charge_id": site.charge.pk,
            "what": "refund",
            **dict.fromkeys(("factor_id", "sign_in_id"), 1),
            "pair_id": SuspectedPair.objects.get(status="open").pk,
            "merge_id": MergeRecord.objects.get().pk,
            "row_id": Address.objects.filter(patient=self.ana).first().pk,
            "token": site.word if name in PATIENTS_WORD else live.token(site.location.pk),
            "stamp": "20260303-140000",
            "kind": {"downtime_pack": "html", "attempt": "waitlist", "drawer_move": "out"}.get(
                name, "address"
            ),
            "channel": "email",
            "language": "en",
            "verb": {"patient_opt": "out", "message_deed": "settle", "tomorrow_work": "confirmed"}.get(
                name, "out"
            ),
            "name": "ask" if name == "privacy_sheet" else "arrive",
            "item": "identity",
            "code": {"role": "psr", "section": "contact", "confirm_section": "contact"}.get(name, "no-shows"),
        }
        if name == "read_alert":
            one["row_id"] = Alert.objects.get(pk=self.alert.pk).pk
        if name == "attempt":
            one |= {"row_id": site.entry.pk, "patient_id": site.entry.patient_id}
        if name in {"fee_code", "fee_rate"}:
            one["code"] = "99213"
        if name == "wall_lines":
            one["token"] = wall._words(site.location, self.people["psr"])["lines"]
        if name == "disclosure_sheet":
            one["row_id"] = self.disclosure.pk
        if name == "privacy_row":
            one |= {"kind": "request", "row_id": self.request.pk}
        if name in {"message_template", "message_preview"}:
            one["kind"] = "reminder"
        return one

    def path(self, name, route, site, more=()):
        wanted = re.findall(r"<(?:\w+:)?(\w+)>", route)
        given = self.kwargs(name, site) | dict(more)
        return reverse(name, kwargs={one: given[one] for one in wanted})


# Whose address is about somebody who stands at the desk; the others are about a visit to come.
OF_TODAY = {
    "visit",
    "visit_settle",
    "visit_verify",
    "visit_cover",
    "visit_payer",
    "visit_medicare_unchanged",
    "fee_charges",
    "fee_not_collected",
    "visit_note",
    "visit_plan_room",
    "visit_deed",
    "board_advance",
    "board_room",
    "order_follow_up",
    "settle_follow_up",
    "routing_slip",
    "chart_label",
    "visit_slip",
}


def browser(person):
    """Somebody's browser, signed in without the form."""
    client = Client()
    session = client.session
    session["user_id"], session["stamp"] = person.pk, session_stamp(person)
    session["used_at"] = int(clock.now().timestamp())
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def asked():
    """Every address a person is asked at: its name, how it reads, and what it stands on."""
    return [(name, route, stand_of(name)) for name, route, _ in routes()]


@contextmanager
def undone():
    """Whatever is done inside is taken back: the next question finds the practice as this one did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# Being refused is on record, and a session may note that it is in use.
MAY_BE_WRITTEN = {"audit_auditentry", "django_session"}


@contextmanager
def changing_nothing(*but):
    """Fail when a row is written inside, but for the record of what was refused, and in the tables `but`."""
    with watching(*but) as written:
        yield
    assert not written, written


@contextmanager
def watching(*but):
    """Give the list of what is written inside, but for the record of what was refused, and in the tables `but`."""
    written = []

    def watch(execute, sql, params, many, context):
        found = WRITES.match(sql)
        if found and found[2].lower() not in {*MAY_BE_WRITTEN, *but}:
            written.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def _here(office, who):
    """Somebody who has come today."""
    now = clock.now()
    rows.open_day(office.lee, office.lane, clock.today(office.location.zone))
    made = book.book(
        gus(),
        patient_id=who.pk,
        visit_type_id=office.visit.pk,
        location_id=office.location.pk,
        provider_id=office.lee.provider_id,
        starts=now + timedelta(minutes=20 if office.location.name == "Elm" else 60),
    )
    visits.arrive(gus(), appointment_id=made.pk, at=now - timedelta(minutes=20))
    return made

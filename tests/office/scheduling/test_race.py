"""Many at once, for few times. The checker is itself checked: without the constraint and the look, it must bite."""

from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from frontdesk.kit.errors import Refusal
from frontdesk.office.scheduling.models import Appointment, Claim, RescueItem
from frontdesk.office.scheduling.services import _claims, _taking
from frontdesk.office.scheduling.services.booking import book
from frontdesk.office.scheduling.services.holding import hold, release_hold
from frontdesk.office.scheduling.services.moving import cancel, reschedule
from frontdesk.office.scheduling.services.rescue import open_rescue
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, DEEDS = 8, 40


class Clerk(Thread):
    """Books, holds, moves and cancels at random; remembers what was acknowledged, and anything but a refusal."""

    def __init__(self, the, patients, n, deeds):
        super().__init__()
        self.deeds = deeds
        self.the, self.patients, self.random = the, patients, Random(n)
        self.by = make.actor(id=n, name=f"Clerk {n}")
        self.booked, self.gone, self.held, self.refused, self.broken = {}, set(), [], 0, []

    def run(self):
        try:
            for _ in range(self.deeds):
                self.one()
        except Exception as broken:
            self.broken.append(broken)
        finally:
            connections.close_all()

    def one(self):
        deed = self.random.choices([self.book, self.hold, self.move, self.cancel], [5, 2, 3, 2])[0]
        try:
            deed()
        except Refusal:
            self.refused += 1

    def ask(self):
        resource = self.random.choice([self.the.lee, self.the.ruiz])
        return self.the.ask(self.the.at(9, 5 * self.random.randrange(0, 12)), resource)

    def book(self):
        who = self.random.choice(self.patients)
        kept = self.held.pop() if self.held and self.random.random() < 0.7 else None
        ask = kept[1] if kept else self.ask()
        made = book(self.by, patient_id=who.pk, hold_id=kept and kept[0], **ask)
        self.booked[made.pk] = made.starts

    def hold(self):
        if len(self.held) > 1:
            release_hold(self.by, hold_id=self.held.pop()[0])
        ask = self.ask()
        self.held.append((hold(self.by, **ask).pk, ask))

    def move(self):
        if self.booked:
            pk = self.random.choice(list(self.booked))
            starts = self.ask()["starts"]
            made = reschedule(
                self.by, appointment_id=pk, starts=starts, reason_code="patient_asked", any_provider=True
            )
            del self.booked[pk]
            self.gone.add(pk)
            self.booked[made.pk] = made.starts

    def cancel(self):
        if self.booked:
            pk = self.random.choice(list(self.booked))
            cancel(self.by, appointment_id=pk, reason_code="patient_asked")
            del self.booked[pk]
            self.gone.add(pk)


def race(deeds=DEEDS):
    the = make.Book(rooms=2)
    patients = [make.patient() for _ in range(THREADS * 4)]
    clerks = [Clerk(the, patients, n, deeds) for n in range(1, THREADS + 1)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    return clerks


def deadlocks():
    """How many the database has had to break: a deadlock costs a second even when the retry hides it."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def test_nothing_is_given_twice_and_nothing_acknowledged_is_lost():
    clerks = race()
    assert [clerk.broken for clerk in clerks] == [[]] * THREADS
    kept = {pk: starts for clerk in clerks for pk, starts in clerk.booked.items()}
    stand = dict(Appointment.objects.filter(status="scheduled").values_list("pk", "starts"))
    assert stand == kept
    gone = {pk for clerk in clerks for pk in clerk.gone}
    assert set(Appointment.objects.filter(status="cancelled").values_list("pk", flat=True)) == gone
    assert deadlocks() == 0
    assert kept and gone and sum(clerk.refused for clerk in clerks)
    assert breaches() == {}


@pytest.fixture
def without_the_constraint(monkeypatch):
    [constraint] = [one for one in Claim._meta.constraints if one.name == "no_cell_given_twice"]
    with monkeypatch.context() as patched:
        # SQLite makes the table anew from what the model says.
        patched.setattr(Claim._meta, "constraints", [])
        with connection.schema_editor() as editor:
            editor.remove_constraint(Claim, constraint)
    yield
    Claim.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Claim, constraint)


def test_without_constraint_and_look_the_checker_bites(without_the_constraint, monkeypatch):
    monkeypatch.setattr(_claims, "refuse_overlap", lambda wanted, sheets: None)
    monkeypatch.setattr(_taking, "_seat", lambda *given: 0)
    race(12)
    assert {"no_overlap", "no_cell_given_twice"} <= set(breaches())


def test_the_database_alone_refuses_when_the_code_is_wrong(monkeypatch):
    monkeypatch.setattr(_claims, "refuse_overlap", lambda wanted, sheets: None)
    monkeypatch.setattr(_taking, "_seat", lambda *given: 0)
    clerks = race(12)
    assert [clerk.broken for clerk in clerks] == [[]] * THREADS
    assert breaches() == {}


def test_nobody_who_is_cancelled_just_then_stands_on_the_sheet_of_who_is_out():
    the = make.Book()
    rows = [
        book(make.actor(), patient_id=make.patient().pk, **the.ask(the.at(hour))) for hour in range(9, 16)
    ]
    out = {"first_day": the.day, "last_day": the.day, "reason": "Ill"}
    deeds = [lambda: open_rescue(make.actor(), provider_id=the.lee.provider_id, **out)] + [
        lambda row=row: cancel(make.actor(), appointment_id=row.pk, reason_code="patient_asked")
        for row in rows[1:]
    ]
    broken, barrier = [], Barrier(len(deeds))

    def at_once(deed):
        try:
            barrier.wait(20)
            deed()
        except Exception as failure:
            broken.append(failure)
        finally:
            connections.close_all()

    threads = [Thread(target=at_once, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert broken == []
    assert deadlocks() == 0
    assert list(RescueItem.objects.filter(status="open").values_list("appointment", flat=True)) == [
        rows[0].pk
    ]
    assert breaches() == {}

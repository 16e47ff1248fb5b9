"""STOP against the sender's queue: once it is heard, no text to that number goes out any more."""

from datetime import timedelta
from itertools import count
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connections

from frontdesk.exchange.post import Postman
from frontdesk.exchange.texting.gateway import Outbox
from frontdesk.kit import clock
from frontdesk.office.messaging import delivery, queries, services
from frontdesk.office.messaging.models import Message, OptOut
from tests.factories import practice
from tests.factories.messaging import about, facts, reachable
from tests.people import lena, rosa

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, EACH = 9, 3


@pytest.fixture
def ticking(morning, monkeypatch):
    """A clock that is later each time it is asked, so that what came first can be told."""
    ticks = count()
    monkeypatch.setattr(clock, "_source", lambda: morning + timedelta(microseconds=next(ticks)))


def number(person):
    return f"+1617555{person:04}"


def queued(morning):
    """Texts that are due, several to each number."""
    practice.practice()
    for person in range(PEOPLE):
        who = reachable(email="", mobile=number(person), may_text=True)
        for visit in range(EACH):
            services.announce(
                rosa(),
                patient_id=who.pk,
                kind="confirmation",
                about=about(person * EACH + visit),
                after=facts(morning + timedelta(days=7)),
                version=1,
            )


def stop(person):
    services.hear(lena(), channel="text", address=number(person), said="STOP")


def send(name):
    postman = Postman(name)
    while postman.round() or delivery.anything_due():
        pass


def after_stop():
    """Texts that were begun after their number's stop stood in the database."""
    stops = dict(OptOut.objects.values_list("address", "at"))
    begun = Message.objects.exclude(sending_at=None).values_list("address", "sending_at")
    return [address for address, at in begun if address in stops and at > stops[address]]


def together(*works):
    """Do several things at the same time, each on a connection of its own; return what broke."""
    barrier, broken = Barrier(len(works)), []

    def run(work):
        try:
            barrier.wait(10)
            work()
        except Exception as failure:
            broken.append(failure)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return broken


@pytest.mark.parametrize("seed", [1, 2])
def test_no_text_goes_out_after_a_stop_however_they_meet(ticking, morning, monkeypatch, seed):
    queued(morning)
    taken = []
    genuine = Outbox.send
    monkeypatch.setattr(Outbox, "send", lambda *given: taken.append(given[1]) or genuine(*given))
    order = list(range(PEOPLE))
    Random(seed).shuffle(order)

    broken = together(
        lambda: send("one"),
        lambda: send("two"),
        lambda: [stop(person) for person in order[: PEOPLE * 2 // 3]],
    )
    assert broken == []
    assert after_stop() == []
    assert [name for name, proof in queries.invariants().items() if proof()] == []
    sent = Message.objects.filter(state="sent")
    assert len(taken) == sent.count()
    # Who said nothing has everything; what a stop kept back is held with the reason.
    for person in order[PEOPLE * 2 // 3 :]:
        assert sent.filter(address=number(person)).count() == EACH
    kept = Message.objects.exclude(state="sent")
    assert {(row.state, row.why) for row in kept} <= {("held", "They asked for no more messages.")}


@pytest.mark.parametrize("point", ["lease", "begin"])
def test_a_stop_between_taking_up_and_handing_over_counts(ticking, morning, monkeypatch, point):
    queued(morning)
    taken, genuine = [], getattr(delivery, point)
    monkeypatch.setattr(Outbox, "send", lambda *given: taken.append(given[1]))

    def meet(*given, **named):
        """Everybody says stop just after they were taken up, or just before each is marked."""
        if point == "begin":
            stop(int(given[0].to[-4:]))
        made = genuine(*given, **named)
        if point == "lease":
            for out in made:
                stop(int(out.to[-4:]))
        return made

    monkeypatch.setattr(delivery, point, meet)
    send("w")
    assert taken == []
    assert set(Message.objects.values_list("state", flat=True)) == {"held"}


def test_the_proof_of_it_bites(ticking, morning, monkeypatch):
    """Without the look in the last moment texts do go out after a stop, and are found."""
    monkeypatch.setattr(delivery, "_is_allowed", lambda out: True)
    monkeypatch.setattr(Outbox, "send", lambda _, __, ___, key: type("Receipt", (), {"id": key}))
    queued(morning)
    batch = delivery.lease("w", 5)
    for out in batch:
        stop(int(out.to[-4:]))
        delivery.begin(out, "w", "outbox")
    assert sorted(after_stop()) == sorted(out.to for out in batch)

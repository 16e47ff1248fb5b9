"""Work is kept with the deed that causes it, done once in effect, and survives a worker that dies."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction

from frontdesk.kit import clock, events
from frontdesk.office.jobs.models import Job
from frontdesk.office.jobs.services import (
    ATTEMPTS,
    KEPT,
    LEASE,
    enqueue,
    forget_done,
    lease,
    perform,
    publish,
    work_off,
)
from frontdesk.office.practice.models import Practice

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class DoorOpened:
    door: str


@pytest.fixture
def heard(monkeypatch):
    monkeypatch.setattr(events, "_reactions", type(events._reactions)(list))
    heard = []
    events.on(DoorOpened, heard.append)
    return heard


def test_an_event_reaches_its_reaction_once(heard):
    publish(DoorOpened("front"))
    assert work_off("w") == 1
    assert work_off("w") == 0
    assert heard == [DoorOpened("front")]


def test_an_event_of_a_deed_that_was_undone_is_never_heard(heard):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(DoorOpened("front"))
        1 / 0
    work_off("w")
    assert heard == []


def test_a_job_of_a_dead_worker_is_taken_up_when_its_lease_runs_out(heard):
    publish(DoorOpened("front"))
    lease("dead")
    assert lease("alive") is None
    with clock.fixed(clock.now() + LEASE + timedelta(seconds=1)):
        assert perform(lease("alive"))
    assert len(heard) == 1


def test_a_worker_that_lost_its_lease_leaves_no_effect():
    events.handler("test.practice")(lambda payload: Practice.objects.create(name="x"))
    enqueue("test.practice", {})
    late = lease("slow")
    with clock.fixed(clock.now() + LEASE + timedelta(seconds=1)):
        perform(lease("quick"))
    assert not perform(late)
    assert Practice.objects.count() == 1


def test_a_failing_job_is_tried_again_later_and_given_up_at_last():
    def fail(payload):
        Practice.objects.create(name="half")
        raise ValueError("Ana Ito")

    events.handler("test.fails")(fail)
    enqueue("test.fails", {})
    at = clock.now()
    for _ in range(ATTEMPTS):
        at += timedelta(hours=1)
        with clock.fixed(at):
            work_off("w")
    job = Job.objects.get()
    assert (job.attempts, job.failed_at is not None) == (ATTEMPTS, True)
    assert Practice.objects.count() == 0
    assert "Ana" not in job.last_error


def test_work_with_a_name_of_its_own_is_asked_for_once():
    enqueue("test.practice", {}, dedupe="tonight")
    enqueue("test.practice", {}, dedupe="tonight")
    assert Job.objects.count() == 1


def test_what_was_done_a_week_ago_is_forgotten_and_what_waits_never_is(heard):
    publish(DoorOpened("front"))
    work_off("w")
    publish(DoorOpened("back"))
    with clock.fixed(clock.now() + KEPT + timedelta(hours=1)):
        assert forget_done() == 1
    assert Job.objects.get().payload == {"door": "back"}


def test_long_work_has_no_transaction_around_it_and_comes_back_when_it_fails(monkeypatch):
    monkeypatch.setattr(events, "_handlers", {})
    monkeypatch.setattr(events, "_long", set())
    depth, failing = [], [True]

    @events.handler("draw", long=True)
    def draw(_payload):
        depth.append(len(connection.savepoint_ids))
        if failing[0]:
            raise ValueError

    around = len(connection.savepoint_ids)
    enqueue("draw", {})
    assert perform(lease("w")) is False
    assert Job.objects.get().done_at is None
    failing[0] = False
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        assert perform(lease("w"))
    assert depth == [around, around]
    assert Job.objects.get().done_at is not None

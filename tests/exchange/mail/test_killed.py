"""The worker is killed a few times while notices go out; `python -m tests.soak notices` does it two hundred times."""

import os
import time
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection

from frontdesk.kit import clock
from frontdesk.office.jobs.models import Job
from frontdesk.office.messaging import queries
from frontdesk.office.messaging.models import Message
from frontdesk.office.messaging.rules import NOTICES
from tests.factories import practice
from tests.factories.scheduling import Book
from tests.soak import notices
from tests.soak.book import Ground


@pytest.mark.django_db(transaction=True)
def test_whoever_is_killed_meanwhile_everybody_hears_the_last_state_once(tmp_path, monkeypatch):
    # The worker is a process of its own, and lives in the real present.
    monkeypatch.setattr(clock, "_source", clock._real)
    monkeypatch.setattr(notices, "BACKLOG", 12)
    practice.practice()
    the = Book(day=clock.now().date() + timedelta(days=7), days=2)
    tokens = [
        f"{the.at(hour, minute, the.day + timedelta(days=day)):%Y%m%dT%H%M}Z-{who.provider_id}-{the.location.pk}"
        for day in (0, 1)
        for who in (the.lee, the.ruiz)
        for hour in range(8, 16)
        for minute in (0, 30)
    ]
    ground = Ground(the.visit.pk, tokens, [], "patient_asked")
    cast = notices.people(20, "small")
    with patch.dict(os.environ):
        play = notices.Play(tmp_path, {"DATABASE_URL": _address()}, cast, ground, 4, 24)
        play.run(lambda seconds: _time_passes(play, seconds))
    words, good = play.verdict()
    assert good, words
    assert {name: found for name, proof in queries.invariants().items() if (found := proof())} == {}


def _time_passes(play, seconds):
    """What a dead worker had leased is free again; what was put off is due."""
    past = clock.now() - timedelta(minutes=1)
    waiting = Message.objects.filter(state__in=("queued", "sending"), kind__in=NOTICES)
    left = waiting.exclude(leased_by__contains=play.live)
    left.update(lease_until=past)
    left.filter(state="queued").update(not_before=past)
    jobs = Job.objects.filter(done_at=None, run_at__lte=clock.now())
    jobs.exclude(leased_by__contains=play.live).update(lease_until=past)
    time.sleep(seconds / 2)


def _address():
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(connection.settings_dict['NAME'])}"
    given = connection.settings_dict
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"

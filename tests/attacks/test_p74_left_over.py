"""P74, P94: what a crash leaves lying about, and what an old backup would say a second time."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from frontdesk.entrypoints.commands import keeping, restored
from frontdesk.exchange.backups import copying
from frontdesk.exchange.post import Postman
from frontdesk.kit import clock
from frontdesk.office.messaging.models import Message
from frontdesk.office.scheduling.services import book
from tests.factories import practice
from tests.factories.messaging import Mailbox, reachable, react
from tests.factories.scheduling import Book, actor


def died():
    """The number of a process that is no more."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_p74_a_copy_in_the_clear_of_a_killed_backup_is_removed_by_the_next(tmp_path):
    left = tmp_path / f"{copying._COPY}{died()}-x1"
    mine = tmp_path / f"{copying._COPY}{os.getpid()}-x2"
    other = tmp_path / "x3"
    for one in (left, mine, other):
        one.mkdir(mode=0o700)
        (one / "copy.sqlite3").write_text("Ana Ito")
    copying._sweep(tmp_path)
    assert {one.name for one in tmp_path.iterdir()} == {mine.name, "x3"}


@pytest.mark.django_db(transaction=True)
def test_p74_a_backup_leaves_nothing_but_itself(tmp_path, settings, monkeypatch):
    settings.FRONTDESK_DATA = str(tmp_path)
    monkeypatch.setenv("FRONTDESK_BACKUP_KEY", "A" * 43 + "=")
    beside = Path(str(connection.settings_dict["NAME"])).parent if connection.vendor == "sqlite" else tmp_path
    swept = []
    monkeypatch.setattr(copying, "_sweep", swept.append)
    before = set(beside.iterdir()) if connection.vendor == "sqlite" else set()
    keeping.backup(tmp_path / "one.backup")
    if connection.vendor == "sqlite":
        assert swept
        assert not [one for one in set(beside.iterdir()) - before if one.name.startswith((".", "tmp"))]
    assert {one.name for one in tmp_path.iterdir()} <= {"one.backup", "one.backup.anchor"}

    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(copying, "verify", broken)
    with pytest.raises(RuntimeError):
        keeping.backup(tmp_path / "two.backup")
    assert not (tmp_path / "two.backup").exists()
    assert not (tmp_path / "two.backup.part").exists()


@pytest.fixture
def the(db, settings, tmp_path):
    settings.FRONTDESK_DATA = str(tmp_path)
    practice.practice()
    with Mailbox() as box:
        settings.MAIL = box.settings
        made = Book(days=3)
        made.box = box
        yield made


def booked(the, hour):
    return book(actor(), patient_id=reachable(email=f"p{hour}@example.org").pk, **the.ask(the.at(hour)))


def heard():
    """Let the booking be told of: by its confirmation alone."""
    react()
    Message.objects.exclude(kind="confirmation").delete()


def post():
    postman = Postman("one")
    while postman.round():
        pass


def test_p94_what_was_due_in_the_lost_time_is_not_sent_a_second_time(the):
    """The database as it was before the letters went out, put back after they did."""
    booked(the, 9)
    heard()
    booked(the, 10)  # its event has not been handed on when the backup is made
    before = {row.pk: row.state for row in Message.objects.all()}
    assert set(before.values()) == {"queued"}
    restored.note()
    restored.see_to_it("one")
    post()
    assert the.box.taken == []
    held = Message.objects.filter(state="in_doubt")
    assert held.count() == 2
    assert {row.why for row in held} == {
        "The data come from a backup. It may have gone out after that was made."
    }


def test_p94_what_is_due_later_goes_out_at_its_time_and_what_is_new_at_once(the):
    booked(the, 9)
    heard()
    Message.objects.update(not_before=clock.now() + timedelta(hours=2))
    restored.note()
    restored.see_to_it("one")
    booked(the, 10)
    heard()
    post()
    assert [to for to, _ in the.box.taken] == ["p10@example.org"]
    with clock.fixed(clock.now() + timedelta(hours=3)):
        post()
    assert [to for to, _ in the.box.taken] == ["p10@example.org", "p9@example.org"]


def test_p94_without_a_restore_nothing_is_held_and_after_it_only_once(the):
    booked(the, 9)
    heard()
    restored.see_to_it("one")
    assert set(Message.objects.values_list("state", flat=True)) == {"queued"}
    restored.note()
    restored.see_to_it("one")
    booked(the, 10)
    heard()
    restored.see_to_it("two")
    assert sorted(Message.objects.values_list("state", flat=True)) == ["in_doubt", "queued"]


def test_p94_a_worker_sees_to_it_before_anything_is_sent(the, monkeypatch):
    from frontdesk.entrypoints.commands import serving

    booked(the, 9)
    heard()
    restored.note()
    serving.work(once=True)
    assert the.box.taken == []
    assert Message.objects.get(kind="confirmation").state == "in_doubt"


def test_p94_restoring_leaves_the_note(tmp_path, settings, monkeypatch):
    settings.FRONTDESK_DATA = str(tmp_path)
    monkeypatch.setenv("FRONTDESK_BACKUP_KEY", "A" * 43 + "=")
    monkeypatch.setattr(copying, "put_back", lambda *_: copying.Contents("sqlite", "", {}))
    monkeypatch.setattr(keeping.seals, "adopt", lambda *_: None)
    (tmp_path / "x.backup").touch()
    keeping.restore(tmp_path / "x.backup", yes=True)
    assert (tmp_path / "restored").exists()

"""The looks of a page go on record together, beside its drawing, and are there before it leaves."""

import pytest
from django.db import OperationalError

from frontdesk.kit.errors import Conflict
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.audit.services import begin_settling, pages, record, service, settled_before_leaving
from tests.people import rosa

pytestmark = pytest.mark.django_db(transaction=True)


@service("test.look", permission="patients.view", reads=True)
def look(by, at, /):
    record(by, patient_id=at)


@service("test.look_twice", permission="patients.view", reads=True)
def look_twice(by, /):
    look(by, 1)
    look(by, 2)


@service("test.deed", permission="patients.view")
def deed(by, /, *, fails=False):
    look(by, 7)
    record(by, patient_id=8)
    if fails:
        raise Conflict("somebody was first")


def seen():
    return list(AuditEntry.objects.order_by("id").values_list("action", "patient_id"))


def test_a_look_is_on_record_once_the_page_is_left_and_not_before():
    with settled_before_leaving():
        look(rosa(), 1)
        look(rosa(), 2)
        assert seen() == []
    assert seen() == [("test.look", 1), ("test.look", 2)]


def test_what_is_looked_at_while_the_page_is_drawn_is_on_record_too():
    with settled_before_leaving():
        look(rosa(), 1)
        begin_settling()
        look(rosa(), 2)
    assert seen() == [("test.look", 1), ("test.look", 2)]


def test_a_look_inside_a_look_is_left_with_it():
    with settled_before_leaving():
        look_twice(rosa())
        assert seen() == []
    assert seen() == [("test.look", 1), ("test.look", 2), ("test.look_twice", None)]


def test_looks_are_on_record_when_the_page_fails_afterwards():
    with pytest.raises(ZeroDivisionError), settled_before_leaving():
        look(rosa(), 1)
        raise ZeroDivisionError
    assert seen() == [("test.look", 1)]


def test_a_deed_is_on_record_at_once_with_what_it_looked_at_and_a_failed_one_leaves_nothing():
    with settled_before_leaving():
        deed(rosa())
        assert seen() == [("test.look", 7), ("test.deed", 8)]
        with pytest.raises(Conflict):
            deed(rosa(), fails=True)
    assert seen() == [("test.look", 7), ("test.deed", 8)]


def test_a_refusal_is_on_record_at_once():
    from frontdesk.kit.errors import NotPermitted

    with settled_before_leaving():
        with pytest.raises(NotPermitted):
            service("audit.nobody_may", reads=True)(lambda by: None)(rosa())
        assert [action for action, _ in seen()] == ["audit.nobody_may"]


def test_the_page_fails_when_its_looks_cannot_be_written(monkeypatch):
    """Half of them, and none: the database is as it was, and can go on."""
    written = []

    def full(line):
        if written:
            raise OperationalError("disk is full")
        written.append(line)
        real(line)

    real = pages.write
    monkeypatch.setattr(pages, "write", full)
    with pytest.raises(OperationalError), settled_before_leaving():
        look(rosa(), 1)
        look(rosa(), 2)
    monkeypatch.undo()
    assert seen() == []
    look(rosa(), 3)
    assert seen() == [("test.look", 3)]


def test_the_page_fails_when_the_commit_does(monkeypatch):
    def broken(*_):
        raise OperationalError("the disk is gone")

    with pytest.raises(OperationalError), settled_before_leaving():
        look(rosa(), 1)
        monkeypatch.setattr(pages, "_commit", broken)

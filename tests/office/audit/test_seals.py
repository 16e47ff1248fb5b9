"""A changed, removed, slipped-in or cut-off entry shows."""

import importlib
from datetime import timedelta

import pytest
from django.db import connection

from frontdesk.kit import clock
from frontdesk.office.audit import seals
from frontdesk.office.audit.models import AuditEntry, AuditSeal
from frontdesk.office.practice.services import open_practice
from tests.people import gus

pytestmark = pytest.mark.django_db
append_only = importlib.import_module("frontdesk.office.audit.migrations.0002_append_only")


@pytest.fixture
def sealed(tmp_path):
    anchor = tmp_path / "anchor.log"
    for batch in range(3):
        for number in range(4):
            open_practice(gus(), name=f"{batch}.{number}")
        seals.seal(anchor, settled=timedelta(0))
    append_only.remove(connection)
    yield anchor
    append_only.install(connection)


def test_an_untouched_record_fits(sealed):
    assert seals.breaches(sealed) == []


def test_a_changed_entry_shows(sealed):
    AuditEntry.objects.filter(pk=AuditEntry.objects.order_by("pk")[5].pk).update(actor_name="Somebody else")
    assert seals.breaches(sealed)


def test_a_removed_entry_shows(sealed):
    AuditEntry.objects.order_by("pk")[5].delete()
    assert seals.breaches(sealed)


def test_a_cut_tail_shows_because_the_anchor_remembers(sealed):
    last = AuditSeal.objects.order_by("-last_id")[0]
    AuditEntry.objects.filter(id__gte=last.first_id).delete()
    last.delete()
    assert seals.breaches() == []
    assert seals.breaches(sealed)


def test_entries_still_in_flight_are_not_sealed():
    open_practice(gus(), name="now")
    assert seals.seal() is None
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        assert seals.seal() is not None

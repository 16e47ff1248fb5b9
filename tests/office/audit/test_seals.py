"""A changed, removed, slipped-in, swapped or cut-off entry shows, and is named."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from frontdesk.kit import clock
from frontdesk.office.audit import seals
from frontdesk.office.audit.models import AuditEntry, AuditSeal
from frontdesk.office.audit.seals import making
from frontdesk.office.practice.services import open_practice
from tests.people import gus

pytestmark = pytest.mark.django_db
locks = import_module("frontdesk.office.audit.migrations.0003_locks_and_marks")


@pytest.fixture
def anchor(tmp_path):
    return seals.Anchor(tmp_path / "anchor.txt", (b"the key of today",), tmp_path / "copy.txt")


@pytest.fixture
def sealed(anchor):
    """Twelve entries under three seals, in a database whose locks somebody has opened."""
    for batch in range(3):
        for number in range(4):
            open_practice(gus(), name=f"{batch}.{number}")
        seals.seal(anchor, settled=timedelta(0))
    locks.remove(connection)
    yield anchor
    locks.install(connection)


def entries():
    return list(AuditEntry.objects.order_by("pk"))


def told(anchor):
    return {(found.kind, found.entries) for found in seals.breaches(anchor)}


def sealed_anew(since=0):
    """What somebody does who knows how seals are made, but not the key: every digest of the database fits again."""
    from frontdesk.office.audit.seals import lines

    before = ""
    for made in AuditSeal.objects.order_by("last_id"):
        rows = lines.run_of(made.first_id, made.last_id)
        made.count, made.root = len(rows), lines.root_of(rows)
        made.digest = before = making.digest_of(before, made)
        made.save()


def test_an_untouched_record_fits(sealed):
    assert seals.breaches(sealed) == []


def test_a_changed_entry_is_named(sealed):
    one = entries()[5]
    AuditEntry.objects.filter(pk=one.pk).update(actor_name="Somebody else")
    assert told(sealed) == {("edited", (one.pk,))}


@pytest.mark.parametrize(
    "change",
    [
        {"at": clock.now()},
        {"patient_id": 7},
        {"is_read": True},
        {"after": {"name": "x"}},
        {"reason": " "},
        {"acting_as": "lead"},
        {"location_id": 3},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_column_is_under_the_seal(sealed, change):
    one = entries()[2]
    AuditEntry.objects.filter(pk=one.pk).update(**change)
    assert told(sealed) == {("edited", (one.pk,))}


def test_every_column_of_the_record_is_sealed():
    from frontdesk.office.audit.seals import lines

    assert {f.attname for f in AuditEntry._meta.concrete_fields} == set(lines.FORMS[lines.PRESENT_FORM])


def test_a_removed_entry_is_named(sealed):
    one = entries()[5]
    AuditEntry.objects.filter(pk=one.pk).delete()
    assert told(sealed) == {("deleted", (one.pk,))}


def test_an_entry_slipped_in_is_named_wherever_its_number_lies(sealed):
    one = entries()[5]
    AuditEntry.objects.filter(pk=one.pk).delete()
    for number in (one.pk, -3):
        AuditEntry.objects.create(pk=number, at=clock.now(), actor_kind="staff", actor_name="x", action="x.y")
    assert told(sealed) == {("edited", (one.pk,)), ("inserted", (-3,))}


def test_two_entries_in_each_others_place_are_named(sealed):
    one, other = entries()[1], entries()[9]
    one.pk, other.pk = other.pk, one.pk
    one.save()
    other.save()
    assert told(sealed) == {("swapped", (other.pk, one.pk))}


def test_a_cut_tail_shows_because_the_anchor_remembers(sealed):
    last = AuditSeal.objects.order_by("-last_id")[0]
    cut = [one.pk for one in entries() if one.pk >= last.first_id]
    AuditEntry.objects.filter(pk__in=cut).delete()
    last.delete()
    assert seals.breaches() == []
    assert told(sealed) == {("cut", tuple(cut)), ("seal", (cut[-1],))}


def test_a_seal_that_is_gone_shows_though_its_entries_are_whole(sealed):
    middle = AuditSeal.objects.order_by("last_id")[1]
    middle.delete()
    assert told(sealed) == {("seal", (middle.last_id,))}


def test_a_seal_slipped_in_shows(sealed):
    middle = AuditSeal.objects.order_by("last_id")[1]
    last = middle.last_id - 1
    AuditSeal.objects.create(
        first_id=middle.first_id, last_id=last, count=3, form=1, root="", marks=b"", digest="", at=clock.now()
    )
    assert told(sealed) == {("seal", (last,))}


@pytest.mark.parametrize(
    "change", [{"root": "0" * 64}, {"marks": b""}, {"count": 3}, {"first_id": 0}, {"form": 9}]
)
def test_a_changed_seal_shows_and_no_entry_is_blamed(sealed, change):
    middle = AuditSeal.objects.order_by("last_id")[1]
    AuditSeal.objects.filter(pk=middle.pk).update(**change)
    assert told(sealed) == {("seal", (middle.last_id,))}


def test_a_record_sealed_anew_throughout_still_names_the_entry(sealed):
    one = entries()[5]
    AuditEntry.objects.filter(pk=one.pk).update(actor_name="Somebody else")
    sealed_anew()
    assert seals.breaches() == []  # without the anchor it would pass
    found = told(sealed)
    assert ("edited", (one.pk,)) in found
    assert {kind for kind, _ in found} == {"edited", "seal"}


def test_the_same_record_fits_whatever_order_its_json_has_and_no_word_said_twice_passes(sealed):
    one = entries()[5]
    text = '\'{"name": "1.1",  "name": "1.1"}\''
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_auditentry SET after = {text} WHERE id = %s", [one.pk])
    expected = set() if connection.vendor == "postgresql" else {("edited", (one.pk,))}
    assert told(sealed) == expected  # PostgreSQL keeps but one of the two


def test_a_changed_line_of_the_anchor_shows(sealed):
    lines = sealed.path.read_text().split("\n")
    changed = re.sub(r"sealed (\d+)", "sealed 0", lines[1], count=1)
    sealed.path.write_text("\n".join([lines[0], changed, *lines[2:]]))
    found = [str(one) for one in seals.breaches(sealed)]
    assert found == [
        "line 2 of the anchor was changed, or one before it taken out",
        "the anchor and its copy differ from line 2 on",
    ]


def test_a_cut_anchor_shows_by_its_copy(sealed):
    lines = sealed.path.read_text().split("\n")
    sealed.path.write_text("\n".join([*lines[:2], ""]))
    assert [str(one) for one in seals.breaches(sealed)] == [
        "the last 1 lines of the anchor were cut; its copy has them"
    ]


def test_a_line_torn_by_a_crash_is_written_again(sealed):
    whole = sealed.path.read_text()
    sealed.path.write_text(whole[:-20])
    seals.seal(sealed)
    assert sealed.path.read_text() == whole
    assert seals.breaches(sealed) == []


def test_what_a_crash_kept_from_the_anchor_is_noted_the_next_time(anchor):
    open_practice(gus(), name="Elm")
    seals.seal(None, settled=timedelta(0))
    assert seals.seal(anchor) == 0
    assert len(anchor.path.read_text().splitlines()) == 1


def test_a_new_key_proves_new_lines_and_the_old_one_the_old(sealed, tmp_path):
    both = seals.Anchor(sealed.path, (b"the key of tomorrow", *sealed.keys))
    open_practice(gus(), name="Oak")
    seals.seal(both, settled=timedelta(0))
    assert seals.breaches(both) == []
    assert "under a key that is not here" in str(seals.breaches(sealed)[0])


def test_the_anchor_is_for_its_owner_alone(sealed):
    assert sealed.path.stat().st_mode & 0o077 == 0


def test_entries_still_in_flight_are_not_sealed():
    open_practice(gus(), name="now")
    assert seals.seal() == 0
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        assert seals.seal() == 1


def test_an_entry_in_flight_keeps_what_came_after_it_unsealed(anchor):
    open_practice(gus(), name="slow")
    with clock.fixed(clock.now() - timedelta(minutes=5)):
        open_practice(gus(), name="numbered later, at an earlier moment")
    assert seals.seal(anchor) == 0


@pytest.mark.parametrize("table", ["audit_auditentry", "audit_auditseal"])
def test_the_database_itself_keeps_record_and_seals_as_they_are(anchor, table):
    open_practice(gus(), name="Elm")
    seals.seal(anchor, settled=timedelta(0))
    before = [list(model.objects.values_list()) for model in (AuditEntry, AuditSeal)]
    deeds = [f"UPDATE {table} SET at = at", f"DELETE FROM {table}"]
    if connection.vendor == "postgresql":
        deeds += [f"TRUNCATE {table}", f"TRUNCATE {table} CASCADE"]
    else:
        deeds += [
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
            f"REPLACE INTO {table} SELECT * FROM {table}",
        ]
    for deed in deeds:
        with (
            pytest.raises(DatabaseError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(deed)
    assert [list(model.objects.values_list()) for model in (AuditEntry, AuditSeal)] == before


def test_a_lock_that_was_opened_shows():
    assert seals.open_locks() == []
    locks.remove(connection)
    try:
        assert len(seals.open_locks()) == (6 if connection.vendor == "sqlite" else 4)
    finally:
        locks.install(connection)

"""P82: two charts that are one: into itself, in a circle, of a restricted record; and undone, everything is back."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from frontdesk.kit.errors import NotPermitted
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.errors import CannotMerge, CannotUnmerge, Restricted
from frontdesk.office.patients.models import MergeRecord, Patient
from tests.attacks.practice import World
from tests.factories import practice as make
from tests.factories.patients import ana, bo
from tests.people import mia, rosa

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db):
    make.practice()
    make.location()
    return [ana(phone=f"(617) 555-01{n}0") for n in range(3)]


def merge(survivor, duplicate, by=None, **fields):
    return patients.merge(by or mia(), survivor_id=survivor.pk, duplicate_id=duplicate.pk, **fields)


def test_no_chart_becomes_part_of_itself_not_even_at_the_databases_prompt(three):
    one = three[0]
    with pytest.raises(CannotMerge):
        merge(one, one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Patient.objects.filter(pk=one.pk).update(merged_into=one, status="merged")
    with pytest.raises(IntegrityError), transaction.atomic():
        Patient.objects.filter(pk=one.pk).update(status="merged")


def test_nothing_goes_in_a_circle(three):
    one, two, last = three
    merge(one, two)
    for survivor, duplicate in ((two, one), (two, last), (last, two), (one, two)):
        with pytest.raises(CannotMerge):
            merge(survivor, duplicate)
    merge(last, one)
    for survivor, duplicate in ((one, last), (two, last)):
        with pytest.raises(CannotMerge):
            merge(survivor, duplicate)
    # Every chain ends at somebody who is there.
    for row in Patient.objects.filter(status="merged"):
        seen = set()
        while row.merged_into_id:
            assert row.pk not in seen
            seen.add(row.pk)
            row = row.merged_into
        assert row.status == "active"


@pytest.mark.parametrize("pair", [(987654321, 0), (0, 987654321)])
def test_what_is_not_there_is_not_merged(three, pair):
    known = [three[0].pk if one == 0 else one for one in pair]
    with pytest.raises(CannotMerge):
        patients.merge(mia(), survivor_id=known[0], duplicate_id=known[1])


@pytest.mark.parametrize(
    "take", ["mrn", "status", "merged_into", "id", "labels", "photo", "version", "registered_at"]
)
def test_only_what_a_person_says_of_themselves_is_taken_from_the_other(three, take):
    with pytest.raises(CannotMerge):
        merge(three[0], three[1], take=[take])
    assert not MergeRecord.objects.exists()


def test_who_may_not_merge_does_not_undo_either(three):
    made = merge(three[0], three[1])
    with pytest.raises(NotPermitted):
        merge(three[0], three[2], by=rosa())
    with pytest.raises(NotPermitted):
        patients.unmerge(rosa(), merge_id=made.pk)


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("label", ["vip", "substance", "employee"])
def test_a_restricted_record_is_merged_by_nobody_who_may_not_see_it(three, which, label):
    """And its label never gets lost in another chart."""
    Patient.objects.filter(pk=three[which].pk).update(labels=label)
    blind = make.user("lead", "lea", "Lea Ng")
    by = actor_for(blind)
    assert by.can("patients.merge")
    if not by.can(f"patients.see_{label}"):
        with pytest.raises(Restricted):
            merge(three[0], three[1], by=by)
        assert not MergeRecord.objects.exists()
    sees = replace(mia(), permissions=mia().permissions | {f"patients.see_{label}"})
    made = merge(three[0], three[1], by=sees)
    three[0].refresh_from_db()
    assert label in three[0].labels
    patients.unmerge(sees, merge_id=made.pk)
    labels = [Patient.objects.get(pk=one.pk).labels for one in three[:2]]
    assert labels == [label if n == which else "" for n in range(2)]


def whole():
    """Every row of every table that speaks of patients, as it stands; but for what only grows."""
    grows = {"audit.AuditEntry", "audit.FormKey", "jobs.Job", "patients.MergeRecord", "patients.PairWeight"}
    kept = {}
    for model in apps.get_models():
        if model.__module__.startswith("frontdesk.") and model._meta.label not in grows:
            names = [f.attname for f in model._meta.concrete_fields if f.attname not in {"version", "id"}]
            kept[model._meta.label] = sorted(map(str, model.objects.values_list(*names)))
    return kept


def test_undone_every_row_of_every_room_is_as_it_was(db):
    """In a practice with one of everything: visits, holds, waitlist, messages, alerts, broken glass, requests."""
    world = World()
    before = whole()
    made = merge(world.ana, world.bo, take=["birth_date", "sex"])
    assert whole() != before
    patients.unmerge(mia(), merge_id=made.pk)
    after = whole()
    assert {name: after[name] for name in after if after[name] != before[name]} == {}
    with pytest.raises(CannotUnmerge):
        patients.unmerge(mia(), merge_id=made.pk)

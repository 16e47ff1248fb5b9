"""Kinds of visit: added, changed for what is booked from now on, refused where they cannot be."""

import pytest

from frontdesk.kit.errors import Invalid, NotPermitted, StaleVersion
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.scheduling import queries, services
from frontdesk.office.scheduling.models import VisitType
from frontdesk.office.scheduling.services import StepRule
from tests.factories import practice
from tests.factories import scheduling as make

pytestmark = pytest.mark.django_db
NURSE_FIRST = [StepRule("nurse", 0, 10), StepRule("provider", 10, 20)]


def add(**changes):
    fields = {"code": "procedure", "name": "Procedure", "minutes": 30, "steps": NURSE_FIRST} | changes
    return services.add_visit_type(make.actor("lead"), **fields)


def test_it_is_added_with_what_it_needs_and_how_long_each_provider_takes():
    lee = practice.provider()
    made = add(lengths={lee.pk: 45})
    found = next(one for one in queries.visit_kinds() if one.kind.pk == made.pk)
    assert [(s.pool, s.offset, s.minutes) for s in found.steps] == [("nurse", 0, 10), ("provider", 10, 20)]
    assert found.lengths == {lee.pk: 45}


def test_a_change_is_on_record_with_before_and_after():
    made = add()
    services.change_visit_type(
        make.actor("lead"), visit_type_id=made.pk, version=made.version, minutes=40, steps=NURSE_FIRST
    )
    entry = AuditEntry.objects.get(action="scheduling.change_visit_type")
    assert (entry.before["minutes"], entry.after["minutes"]) == (30, 40)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten():
    made = add()
    services.change_visit_type(make.actor("lead"), visit_type_id=made.pk, version=1, minutes=40)
    with pytest.raises(StaleVersion):
        services.change_visit_type(make.actor("lead"), visit_type_id=made.pk, version=1, minutes=50)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": 12}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"start_every": 7}, "start_every"),
        ({"min_age": 12, "max_age": 3}, "max_age"),
        ({"name": " "}, "name"),
        ({"steps": [StepRule("nurse", 3, 10)]}, "steps"),
        ({"steps": [StepRule("provider", 10, 10)]}, "steps"),
        ({"lengths": {1: 17}}, "lengths"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_written(changes, field):
    with pytest.raises(Invalid) as refusal:
        add(**changes)
    assert field in refusal.value.fields
    assert not VisitType.objects.exists()


def test_a_name_that_is_there_already_is_refused():
    add()
    with pytest.raises(Invalid):
        add()


def test_who_works_the_desk_does_not_change_kinds_of_visit():
    with pytest.raises(NotPermitted):
        services.add_visit_type(make.actor("psr"), code="x", name="X", minutes=10)

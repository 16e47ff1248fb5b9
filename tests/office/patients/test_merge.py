"""A merge moves everything, can be undone exactly, and the old MRN still finds the person."""

import pytest

from frontdesk.kit.errors import NotPermitted
from frontdesk.office.patients import queries, services
from frontdesk.office.patients.errors import CannotMerge, CannotUnmerge
from frontdesk.office.patients.models import Contact, Patient, SuspectedPair
from frontdesk.office.patients.services.moving import pointers
from tests.factories import patients as make
from tests.people import lena, rosa

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(db):
    one = make.ana()
    two = make.ana(legal_first="Anna", phone="6175550190")
    services.queue_suspected_pairs(lena(), patient_ids=[one.pk, two.pk])
    return one, two


def test_a_pair_waits_on_the_queue_with_what_differs(pair):
    row = queries.merge_queue()[0]
    assert {row.first.id, row.second.id} == {p.pk for p in pair}
    assert {"Name", "Phone"} <= row.differs


def test_everything_goes_to_the_survivor(pair):
    one, two = pair
    services.merge(lena(), survivor_id=one.pk, duplicate_id=two.pk)
    assert Contact.objects.filter(patient=one).count() == 2
    assert queries.merge_queue() == []


def test_the_old_number_and_the_old_name_still_find_the_person(pair):
    one, two = pair
    services.merge(lena(), survivor_id=one.pk, duplicate_id=two.pk)
    assert [h.id for h in services.search(rosa(), text="anna ito")] == [one.pk]
    assert services.open_chart(rosa(), two.pk, purpose="old link").patient.pk == one.pk
    assert [h.id for h in services.search(rosa(), text=two.mrn)] == [one.pk]


def test_undoing_puts_every_row_back(pair):
    one, two = pair
    before = {(c.pk, c.patient_id) for c in Contact.objects.all()}
    made = services.merge(lena(), survivor_id=one.pk, duplicate_id=two.pk)
    services.unmerge(lena(), merge_id=made.pk)
    assert {(c.pk, c.patient_id) for c in Contact.objects.all()} == before
    assert Patient.objects.get(pk=two.pk).status == "active"
    assert {h.id for h in services.search(rosa(), text="ito 3/14/62")} == {one.pk, two.pk}


def test_undoing_twice_is_refused(pair):
    one, two = pair
    made = services.merge(lena(), survivor_id=one.pk, duplicate_id=two.pk)
    services.unmerge(lena(), merge_id=made.pk)
    with pytest.raises(CannotUnmerge):
        services.unmerge(lena(), merge_id=made.pk)


def test_no_chart_is_merged_into_itself_or_twice(pair):
    one, two = pair
    with pytest.raises(CannotMerge):
        services.merge(lena(), survivor_id=one.pk, duplicate_id=one.pk)
    services.merge(lena(), survivor_id=one.pk, duplicate_id=two.pk)
    with pytest.raises(CannotMerge):
        services.merge(lena(), survivor_id=one.pk, duplicate_id=two.pk)


def test_a_later_merge_stands_in_the_way_of_undoing(pair):
    one, two = pair
    three = make.bo()
    made = services.merge(lena(), survivor_id=one.pk, duplicate_id=two.pk)
    services.merge(lena(), survivor_id=three.pk, duplicate_id=one.pk)
    with pytest.raises(CannotUnmerge):
        services.unmerge(lena(), merge_id=made.pk)


def test_rows_of_the_rooms_above_move_too():
    assert {"scheduling.appointment.patient_id", "scheduling.waitlistentry.patient_id"} <= {
        label for label, _, _ in pointers()
    }


def test_two_people_are_not_suggested_again(pair):
    waiting = SuspectedPair.objects.get()
    services.dismiss_pair(lena(), pair_id=waiting.pk)
    services.queue_suspected_pairs(lena(), patient_ids=[p.pk for p in pair])
    assert queries.merge_queue() == []


def test_a_psr_may_not_merge(pair):
    with pytest.raises(NotPermitted):
        services.merge(rosa(), survivor_id=pair[0].pk, duplicate_id=pair[1].pk)


def test_the_invariants_hold_after_all_this(pair):
    one, two = pair
    services.merge(lena(), survivor_id=one.pk, duplicate_id=two.pk)
    assert {name: proof() for name, proof in queries.invariants().items()} == dict.fromkeys(
        queries.invariants(), []
    )

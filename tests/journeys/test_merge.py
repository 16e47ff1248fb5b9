"""Two charts of one person: worked by keyboard, undone by a button, and the old number still finds them."""

import pytest

from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import Patient, SuspectedPair
from tests.factories import practice as make
from tests.factories.patients import ana, bo
from tests.journeys.office import Keys
from tests.people import mia


@pytest.fixture
def rosa_account(elm_street):
    return make.user(role="lead")


@pytest.fixture
def pairs(elm_street):
    """Ana twice, and Bo twice."""
    made = [(ana(), ana(phone="(617) 555-0199")), (bo(), bo(phone="(617) 555-0166"))]
    patients.queue_suspected_pairs(mia(), patient_ids=[one.pk for pair in made for one in pair])
    assert SuspectedPair.objects.count() == 2
    return made


def test_walked_merged_and_kept_apart_by_keyboard(page, pairs):
    page.goto("/patients/merge-queue")
    keys = Keys(page)
    keys.see("[data-row]").press("j").press("k").press("n").see("text=1 pair waits")
    assert SuspectedPair.objects.filter(status="distinct").count() == 1
    keys.press("j").press("m").see("#sheet .panel-title").press("Enter").see("text=One chart now")
    assert Patient.objects.filter(status="merged").count() == 1
    keys.press("z").see("text=They are two charts again")
    assert not Patient.objects.filter(status="merged").exists()
    assert keys.loads == 0


def test_a_merge_is_undone_and_until_then_the_old_number_finds_the_person(page, pairs):
    (one, two), _ = pairs
    patients.merge(mia(), survivor_id=one.pk, duplicate_id=two.pk, reason="Registered twice")
    page.goto("/")
    keys = Keys(page)
    keys.press("/").see("#omnibox-text:focus").type(two.mrn).see(f"#hit-{one.pk}").press("Escape")
    page.goto(f"/patients/{one.pk}/history")
    page.get_by_role("button", name="Undo").first.focus()
    keys.press("Enter").see("text=They are two charts again")
    two.refresh_from_db()
    assert two.status == "active"

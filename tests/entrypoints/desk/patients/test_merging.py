"""The merge queue: side by side, merged once, kept apart, undone, for those who may; and on record."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import MergeRecord, Patient, SuspectedPair
from tests.entrypoints.desk.patients.conftest import HX, hidden, text
from tests.factories.patients import ana, bo
from tests.people import mia

QUEUE = "/patients/merge-queue"


@pytest.fixture
def twice(site):
    """Ana's two charts."""
    return ana(), ana(phone="(617) 555-0199", legal_first="Anna")


@pytest.fixture
def pair(twice):
    patients.queue_suspected_pairs(mia(), patient_ids=[one.pk for one in twice])
    return SuspectedPair.objects.get()


def merge(lead, pair, **more):
    return lead.post(f"{QUEUE}/{pair.pk}/merge", {"reason": "Registered twice", **more}, headers=HX)


def test_both_charts_stand_side_by_side_with_what_differs_marked(lead, twice, pair):
    html = re.sub(r"<[^>]*>", "", text(lead.get(QUEUE)))
    assert "Phone, differs" in html
    assert "Sex, differs" not in html
    for words in ("Ana Ito", "Anna Ito", "(617) 555-0134", "(617) 555-0199", twice[0].mrn, "1 pair waits"):
        assert words in html


def test_looking_at_the_queue_is_on_record_with_whose_names_stood_in_it(lead, twice, pair):
    lead.get(QUEUE)
    shown = sorted(one.pk for one in twice)
    assert AuditEntry.objects.filter(is_read=True, actor_name="Lena", extra__shown=shown).exists()


def test_the_older_chart_stays_unless_somebody_says_otherwise(lead, twice, pair):
    assert "One chart now: Ana Ito" in text(merge(lead, pair))
    older, newer = (Patient.objects.get(pk=one.pk) for one in twice)
    assert (older.status, newer.merged_into_id) == ("active", older.pk)


def test_the_newer_chart_can_be_the_one_that_stays(lead, twice, pair):
    merge(lead, pair, keep=twice[1].pk)
    assert Patient.objects.get(pk=twice[0].pk).merged_into_id == twice[1].pk


def test_a_chart_of_neither_is_never_kept(lead, twice, pair):
    merge(lead, pair, keep=bo().pk)
    assert Patient.objects.get(pk=twice[1].pk).merged_into_id == twice[0].pk


def test_a_merge_sent_twice_is_one_merge(lead, pair):
    key = hidden(text(lead.get(f"{QUEUE}/{pair.pk}/merge", headers=HX)), "_key")
    merge(lead, pair, _key=key)
    assert merge(lead, pair, _key=key).status_code in {200, 404}
    assert MergeRecord.objects.count() == 1


def test_the_old_number_finds_the_chart_that_stays(lead, twice, pair):
    merge(lead, pair)
    assert f"hit-{twice[0].pk}" in text(lead.post("/find", {"q": twice[1].mrn}, headers=HX))


def test_a_merge_is_undone_and_the_pair_waits_again(lead, twice, pair):
    merge(lead, pair)
    made = MergeRecord.objects.get()
    assert "They are two charts again" in text(lead.post(f"/patients/merges/{made.pk}/undo", headers=HX))
    assert Patient.objects.filter(status="merged").count() == 0
    assert "1 pair waits" in text(lead.get(QUEUE))
    again = lead.post(f"/patients/merges/{made.pk}/undo", headers=HX)
    assert again.status_code == 422


def test_two_people_are_kept_apart_and_not_suggested_again(lead, twice, pair):
    assert "No pair waits" in text(lead.post(f"{QUEUE}/{pair.pk}/apart", headers=HX))
    patients.queue_suspected_pairs(mia(), patient_ids=[one.pk for one in twice])
    assert "No pair waits" in text(lead.get(QUEUE))


@pytest.mark.parametrize("path", [f"{QUEUE}/999/merge", f"{QUEUE}/999/apart", "/patients/merges/999/undo"])
def test_what_is_not_there_says_so(lead, path):
    assert lead.post(path, headers=HX).status_code == 404


def test_a_pair_somebody_else_has_worked_says_so(lead, pair):
    lead.post(f"{QUEUE}/{pair.pk}/apart", headers=HX)
    answer = merge(lead, pair)
    assert "worked already" in text(answer)
    assert not MergeRecord.objects.exists()


def test_the_form_asked_for_as_a_page_leads_to_the_queue(lead, pair):
    assert lead.get(f"{QUEUE}/{pair.pk}/merge")["Location"] == QUEUE


def test_who_may_not_merge_sees_no_queue_and_is_told_so_in_words(desk, pair):
    made = patients.merge(mia(), survivor_id=ana().pk, duplicate_id=ana().pk)
    answers = [
        desk.get(QUEUE),
        desk.get(f"{QUEUE}/{pair.pk}/merge"),
        desk.post(f"{QUEUE}/{pair.pk}/merge"),
        desk.post(f"{QUEUE}/{pair.pk}/apart"),
        desk.post(f"/patients/merges/{made.pk}/undo"),
    ]
    for answer in answers:
        assert answer.status_code == 403
        assert "<h1>Not open to you</h1>" in text(answer)
        assert "Ito" not in text(answer)
    assert MergeRecord.objects.filter(undone_at=None).count() == 1
    pair.refresh_from_db()
    assert pair.status == "open"


def test_a_full_queue_takes_no_more_questions_than_a_short_one(lead, pair):
    few = questions(lead)
    for n in range(20):
        one, two = (
            bo(legal_last=f"Brandt{'abcdefghijklmnopqrst'[n]}", phone=f"(617) 555-{x}{n:02}")
            for x in (30, 31)
        )
        patients.queue_suspected_pairs(mia(), patient_ids=[one.pk, two.pk])
    assert SuspectedPair.objects.filter(status="open").count() > 20
    assert questions(lead) <= few <= 20


def test_a_pair_far_down_the_queue_can_be_worked(lead, pair):
    """Only the likeliest are drawn; the form of any other opens all the same."""
    for n in range(14):
        one, two = bo(phone=f"(617) 555-40{n:02}"), bo(phone=f"(617) 555-41{n:02}")
        SuspectedPair.objects.create(first=one, second=two, score=0.99, why=[], found_at=one.registered_at)
    assert lead.get(f"{QUEUE}/{pair.pk}/merge", headers=HX).status_code == 200


def questions(lead):
    with CaptureQueriesContext(connection) as found:
        assert lead.get(QUEUE).status_code == 200
    return len([one for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])

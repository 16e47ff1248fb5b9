"""The privacy desk: a list that is empty, one that is long, and what bears labels beside the records."""

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from frontdesk.kit import clock
from frontdesk.office.patients.models import BrokenGlass
from frontdesk.office.scheduling.models import VisitType
from tests.factories import practice as make
from tests.factories import scheduling as book
from tests.factories.patients import ana

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    make.practice()
    make.location()
    make.user("privacy", "pri", "Pri Vance")
    client.post("/sign-in", {"username": "pri", "password": "a long enough password"})
    return client


def broken(count, who):
    now = clock.now()
    given = {
        "patient": who,
        "user_id": 900,
        "user_name": "Sam Wu",
        "reason": "caller",
        "words": "They called",
    }
    BrokenGlass.objects.bulk_create(
        BrokenGlass(**given, labels="vip", at=now, until=now + timedelta(hours=1)) for _ in range(count)
    )


def test_with_nothing_to_look_at_it_says_so(officer):
    assert "Nothing to look at" in officer.get("/privacy/glass").content.decode()


def test_a_long_list_has_pages_and_asks_no_question_a_row(officer):
    from django.db import connection

    broken(60, ana())
    with CaptureQueriesContext(connection) as asked:
        html = officer.get("/privacy/glass").content.decode()
    assert len(asked) < 25
    assert html.count("They called") == 50
    more = f"/privacy/glass?before={BrokenGlass.objects.order_by('-pk')[49].pk}"
    assert more in html
    assert officer.get(more).content.decode().count("They called") == 10


def test_a_kind_of_visit_a_provider_and_a_place_bear_labels(officer):
    kind, who = book.visit_type(name="Viral load"), make.provider()
    for given in ({"kind": "visit_type", "id": kind.pk}, {"kind": "provider", "id": who.pk}):
        assert officer.post("/privacy/labels", {**given, "label": ["hiv", "minor"]}).status_code == 302
    assert VisitType.objects.get(pk=kind.pk).labels == "hiv,minor"
    assert "2 labels" in officer.get("/privacy/labels").content.decode()
    assert (
        officer.post("/privacy/labels", {"kind": "visit_type", "id": kind.pk, "label": "x"}).status_code
        == 422
    )
    assert officer.post("/privacy/labels", {"kind": "patient", "id": 1}).status_code == 422

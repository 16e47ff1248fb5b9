"""How payers answer: each connection against what CAQH CORE asks, and the questions behind each figure, without names."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.kit import clock
from frontdesk.office.coverage.models import EligibilityCheck, QuestionFile
from tests.conftest import MORNING
from tests.entrypoints.desk.reports.test_reports import signed_in
from tests.factories import practice
from tests.factories.coverage import policy
from tests.factories.patients import ana

pytestmark = pytest.mark.django_db


def asked(held, n, seconds, code="", **fields):
    """A settled question that took so long."""
    sent = MORNING - timedelta(hours=1, minutes=n)
    given = {
        "policy": held, "policy_version": held.version, "day": MORNING.date(), "services": "30", "why": "key", "state": "done",
        "trace": f"T{n}", "asked_at": sent, "asked_by": "Rosa", "not_before": sent, "give_up_at": sent, "sent_at": sent,
        "done_at": sent + timedelta(seconds=seconds), "verdict": "unknown" if code else "active", "code": code, "attempts": 1,
    }  # fmt: skip
    return EligibilityCheck.objects.create(**{**given, **fields})


@pytest.fixture
def held(db):
    practice.practice()
    practice.location()
    return policy(ana())


def test_each_connection_has_its_share_its_times_and_its_reasons(client, held):
    for n in range(8):
        asked(held, n, 0.5, connection="hub")
    asked(held, 8, 20.5, "late", connection="hub")
    asked(held, 9, 3, "away", connection="hub")
    asked(held, 10, 1, "restricted", connection="hub")  # never left
    file = QuestionFile.objects.create(made_at=MORNING, look_at=MORNING, give_up_at=MORNING, phase="done")
    asked(held, 11, 3 * 3600, connection="hub", file=file, why="night")
    manager = signed_in(client, "manager")
    text = manager.get("/reports/payers?month=2026-03").content.decode()
    assert "8 of 10 answered in real time" in text
    assert "hub, in real time" in text
    assert "80.0%" in text
    assert "below 90%" in text
    assert "1 no answer in time, 1 could not be reached" in text
    assert "hub, by file" in text
    assert "3.0 h" in text


def test_behind_a_figure_stand_its_questions_and_no_name(client, held):
    asked(held, 1, 0.5)
    late = asked(held, 2, 20.5, "late")
    manager = signed_in(client, "manager")
    text = manager.get("/reports/payers/rows?month=2026-03&way=first&kind=real_time").content.decode()
    assert "no answer in time" in text
    assert f"/answers/{late.pk}" in text
    assert text.count("data-row") == 1
    assert "Ito" not in text.replace("Monitor", "")
    assert (
        manager.get("/reports/payers/rows?month=2026-03&everybody=1").content.decode().count("data-row") == 2
    )


def test_however_many_were_asked_the_page_asks_the_database_as_often(client, held):
    manager = signed_in(client, "manager")
    counts = []
    for start, upto in ((0, 3), (3, 120)):
        for n in range(start, upto):
            asked(held, n, 30)
        for address in ("/reports/payers", "/reports/payers/rows?month=2026-03"):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                manager.get(address)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    page = manager.get("/reports/payers/rows?month=2026-03").content.decode()
    assert page.count("data-row") == 50
    assert "after=" in page


def test_a_month_that_is_none_is_this_one_and_the_desk_may_not_look(client, held):
    manager = signed_in(client, "manager")
    with clock.fixed(MORNING):
        assert "Nothing was asked by wire" in manager.get("/reports/payers?month=1999-01").content.decode()
    assert signed_in(client, "psr").get("/reports/payers").status_code == 403

"""The privacy desk: what is due and overdue, what waits, who has not answered the notice; and the notice itself."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.privacy import services
from frontdesk.office.privacy.models import Alarm, Notice
from tests.entrypoints.desk.privacy.conftest import HX, send, text
from tests.factories.patients import ana
from tests.factories.privacy import asked, published, verified
from tests.factories.scheduling import actor
from tests.people import rosa


def test_it_shows_the_most_pressing_first_and_says_how_long(office, who, other):
    late = asked(who, asked_on=date(2026, 1, 20))
    asked(other, kind="amendment")
    services.ask_restriction(
        rosa(), patient_id=other.pk, kind="other", what="Not my employer", asked_on=date(2026, 3, 1)
    )
    html = text(office.get("/privacy"))
    assert "12 days overdue, 2/19/2026" in html
    assert "60 days left, 5/2/2026" in html
    assert "Not my employer" in html
    assert html.index(f"/privacy/request/{late.pk}") < html.index("60 days left")
    entry = AuditEntry.objects.get(action="privacy.open_desk")
    assert {who.pk, other.pk} <= set(entry.extra["shown"])


def test_who_has_not_answered_the_notice_is_listed(office, who):
    assert "No notice is published yet" in text(office.get("/privacy"))
    published()
    assert f'href="/patients/{who.pk}/privacy"' in text(office.get("/privacy"))
    services.acknowledge(rosa(), patient_id=who.pk, how="signed")
    assert "Everybody has answered it" in text(office.get("/privacy"))


def test_it_is_not_the_desks_work(desk, office):
    assert desk.get("/privacy").status_code == 403
    assert 'href="/privacy"' not in text(desk.get("/patients"))
    assert 'href="/privacy"' in text(office.get("/patients"))


def test_it_asks_the_database_no_more_for_more_work(office, who):
    published()
    asked(who)
    office.get("/privacy")
    with CaptureQueriesContext(connection) as few:
        office.get("/privacy")
    for number in range(6):
        asked(ana(phone=f"(617) 555-01{80 + number}"))
    with CaptureQueriesContext(connection) as many:
        office.get("/privacy")
    assert len(many) == len(few) <= 20


def test_a_notice_is_published_and_read(office):
    fields = {
        "label": "2026-03",
        "effective": "3/1/2026",
        "text": "How we use <b>it</b>",
        "is_material": "on",
    }
    assert office.post("/privacy/notices", {**fields, "_key": "one"}).status_code == 302
    made = Notice.objects.get()
    assert made.is_material
    html = text(office.get(f"/privacy/notices/{made.pk}"))
    assert "How we use &lt;b&gt;it" in html
    again = office.post("/privacy/notices", {**fields, "_key": "two"})
    assert again.status_code == 422 and "There is a version of that name" in text(again)
    assert office.get("/privacy/notices/999").status_code == 404


def test_the_desk_reads_the_notice_and_does_not_publish_one(desk):
    published()
    assert "A new version" not in text(desk.get("/privacy/notices"))
    fields = {"label": "x", "effective": "3/1/2026", "text": "x", "_key": "one"}
    assert desk.post("/privacy/notices", fields).status_code == 403


def test_failed_verifications_stand_on_the_privacy_desk_and_are_settled_there(office, desk, who):
    for _ in range(5):
        verified(who, by=actor(id=900, name="Rosa"), said={"mrn": "1"})
    html = text(office.get("/privacy"))
    assert "Failed verifications to look at" in html
    assert "Failed verifications to look at" in text(office.get("/desk/strip", headers=HX))
    alarm = Alarm.objects.get()
    address = f"/privacy/alarms/{alarm.pk}"
    panel = text(office.get(address, headers=HX))
    assert "asked by Rosa" in panel
    assert "(wrong: mrn)" in panel
    assert desk.get(address, headers=HX).status_code == 403
    answer = send(office, address, note="")
    assert (answer.status_code, "Say in a sentence" in text(answer)) == (422, True)
    assert send(office, address, note="A wrong number, asked Rosa").status_code == 204
    assert "Failed verifications to look at" not in text(office.get("/privacy"))


def test_the_desk_is_told_that_a_lead_asks_the_next(desk, who):
    for _ in range(5):
        verified(who, said={"mrn": "1"})
    answer = send(desk, f"/patients/{who.pk}/verify", speaker="patient", channel="phone", said_mrn=who.mrn)
    assert answer.status_code == 422
    assert "A lead asks the next one" in text(answer)

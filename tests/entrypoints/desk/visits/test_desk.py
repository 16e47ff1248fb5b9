"""The desk's list: everybody of today where they belong, with the one verb that comes next, in a few questions."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.rules import account_of
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.services import set_payer
from tests import people
from tests.entrypoints.desk.visits.conftest import HX
from tests.factories import billing, coverage
from tests.factories.ledger import charged as owed
from tests.factories.privacy import published
from tests.factories.scheduling import patient


def group(html, code):
    """The names in one group of the list."""
    part = html.split(f'data-live-group="{code}"')[1].split("data-live-group=")[0]
    return re.findall(r'data-line="(\d+)"', part)


def test_everybody_of_today_stands_where_they_belong(desk, day):
    rows = {
        "now": [day.booked(8, 40), day.arrived(9)],
        "next": [day.booked(9, 30)],
        "later": [day.booked(11)],
        "here": [day.checked_in(10)],
    }
    Appointment.objects.filter(pk=(over := day.booked(8)).pk).update(status="done")
    html = desk.get("/").content.decode()
    for code, those in {**rows, "done": [over]}.items():
        assert group(html, code) == [str(one.pk) for one in those], code


def test_each_line_offers_the_one_thing_that_comes_next(desk, day):
    waits, here = day.booked(9, 30), day.arrived(9)
    html = desk.get("/").content.decode()
    assert f'action="/visits/{waits.pk}/do/arrive"' in html
    assert f'action="/visits/{here.pk}/do/check-in"' in html


def test_who_may_not_move_patients_sees_the_list_without_verbs(client, sign_in, day):
    sign_in("biller", "dev", "Dev Shah")
    row = day.booked(9, 30)
    html = client.get("/").content.decode()
    assert f'data-line="{row.pk}"' in html
    assert "/do/arrive" not in html


def test_a_late_patient_is_said_to_be_late_and_after_half_an_hour_a_no_show_is_suggested(desk, day):
    day.booked(8, 50)
    html = desk.get("/").content.decode()
    assert "10 min late" in html
    assert "No-show?" not in html
    with clock.fixed(day.at(9, 20)):
        assert "No-show?" in desk.get("/").content.decode()


def test_the_look_is_on_record_with_who_was_shown(desk, day):
    row = day.booked(9, 30)
    desk.get("/")
    entry = AuditEntry.objects.get(action="visits.open_day")
    assert (entry.is_read, entry.extra["list"], entry.extra["shown"]) == (True, "desk", [row.patient_id])


def questions_of(desk):
    desk.get("/")  # what is judged once is not judged, nor read, again
    with CaptureQueriesContext(connection) as asked:
        assert desk.get("/").status_code == 200
    return [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


@pytest.mark.parametrize("visits", [1, 24])
def test_the_page_asks_at_most_twelve_questions_and_four_about_money_however_many_come(desk, day, visits):
    aetna = coverage.payer(in_network=True)
    billing.fee()
    billing.rate(aetna)
    billing.usual(day.visit)
    rows = [day.booked(9 + at // 3, 20 * (at % 3), resource=day.lee) for at in range(visits)]
    for row in rows[:3]:
        billing.answered(row.patient, payer=aetna)
    set_payer(people.rosa(), appointment_id=rows[-1].pk, how="self_pay", reason="uninsured")
    assert len(asked := questions_of(desk)) <= 12 + 4, "\n".join(asked)


def test_somebody_who_owes_and_pays_by_a_plan_makes_four_questions_more(desk, day):
    row = day.booked(9)
    owed(60000, account_of(row.patient_id), about="scheduling.appointment:999999")
    payments.agree_plan(
        people.lena(), patient_id=row.patient_id, location_id=row.location_id, total=60000, count=12, every="month",
        first=day.at(9).date(), key="plan",
    )  # fmt: skip
    assert len(asked := questions_of(desk)) <= 12 + 4 + 4, "\n".join(asked)
    assert "Collect $50.00: payment plan" in desk.get("/").content.decode()


def test_the_card_shows_what_is_to_be_settled_and_the_list_shrinks(desk, day):
    row = day.arrived(9)
    html = desk.get(f"/visits/{row.pk}", headers=HX).content.decode()
    lines = html.count('class="check check-')
    desk.post(f"/visits/{row.pk}/settle/identity", {"_key": "k1"}, headers=HX)
    answer = desk.post(f"/visits/{row.pk}/settle/changes", {"_key": "k2"}, headers=HX).content.decode()
    assert answer.count('class="check check-') == lines - 2
    assert "Identity: stated and seen" in answer


def test_checking_in_before_identity_says_what_to_do_first(desk, day):
    row = day.arrived(9)
    answer = desk.post(f"/visits/{row.pk}/do/check-in", {"_key": "k1"}, headers=HX)
    assert answer.status_code == 200
    assert "First ask for their name and birth date" in answer["HX-Trigger"]
    row.refresh_from_db()
    assert row.status == "arrived"


def test_a_double_click_is_one_arrival(desk, day):
    row = day.booked(9)
    fields = {"_key": "one", "version": row.version}
    first = desk.post(f"/visits/{row.pk}/do/arrive", fields, headers=HX)
    again = desk.post(f"/visits/{row.pk}/do/arrive", fields, headers=HX)
    assert (first.status_code, again.status_code) == (200, 200)
    assert AuditEntry.objects.filter(action="visits.arrive").count() == 1


def test_a_line_that_somebody_else_was_quicker_with_is_refused(desk, day):
    row = day.arrived(9)
    answer = desk.post(f"/visits/{row.pk}/do/leave", {"_key": "k", "version": row.version - 1}, headers=HX)
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.status == "arrived"


def test_a_visit_of_another_site_is_taken_here_only_with_a_reason(desk, day, client):
    from tests.factories import practice as make

    other = make.location(name="Oak Street")
    client.post("/location", {"location": other.pk})
    row = day.booked(9)
    html = desk.post(f"/visits/{row.pk}/do/arrive", {"_key": "a"}, headers=HX).content.decode()
    assert "That visit is at Elm Street" in html
    assert 'name="other_site"' in html
    desk.post(f"/visits/{row.pk}/do/arrive", {"_key": "b", "other_site": "No bus"}, headers=HX)
    row.refresh_from_db()
    assert row.status == "arrived"


def test_from_the_chart_one_key_notes_the_arrival(desk, day):
    row = day.booked(9)
    html = desk.get(f"/patients/{row.patient_id}").content.decode()
    assert "Arrived for 9:00 am" in html
    answer = desk.post(f"/visits/{row.pk}/do/arrive", {"_key": "k", "_patient": row.patient_id})
    assert answer["Location"] == f"/visits/{row.pk}"
    assert "Today’s visit" in desk.get(f"/patients/{row.patient_id}").content.decode()


def test_a_follow_up_is_booked_from_three_offers(desk, day):
    row = day.checked_in(9)
    for verb in ("room", "start", "finish"):
        desk.post(f"/visits/{row.pk}/do/{verb}", {"_key": verb}, headers=HX)
    wish = {"_key": "o", "weeks": "0", "visit_type": day.visit.pk, "provider": day.lee.provider_id}
    html = desk.post(f"/visits/{row.pk}/follow-ups", wish, headers=HX).content.decode()
    offers = re.findall(r'name="offer" value="([^"]+)"', html)
    assert len(offers) == 3
    held = desk.post(f"/visits/{row.pk}/do/check-out", {"_key": "c1"}, headers=HX)
    assert "A follow-up was ordered" in held["HX-Trigger"]
    to = re.search(rf"/visits/{row.pk}/follow-ups/\d+", html)[0]
    desk.post(to, {"_key": "f", "offer": offers[0]}, headers=HX)
    desk.post(f"/visits/{row.pk}/do/check-out", {"_key": "c2"}, headers=HX)
    row.refresh_from_db()
    assert row.status == "done"
    assert Appointment.objects.exclude(pk=row.pk).count() == 1


def test_weeks_that_are_no_number_are_refused_and_nothing_is_noted(desk, day):
    from frontdesk.office.visits.models import FollowUp

    row = day.checked_in(9)
    answer = desk.post(
        f"/visits/{row.pk}/follow-ups", {"weeks": "soon", "visit_type": day.visit.pk}, headers=HX
    )
    assert answer.status_code == 422
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("path", ["do/fly", "settle/shoes"])
def test_what_is_no_step_and_no_line_is_refused(desk, day, path):
    row = day.arrived(9)
    assert desk.post(f"/visits/{row.pk}/{path}", {"_key": "k"}, headers=HX).status_code in {404, 422}
    assert desk.post(f"/visits/999999/do/arrive", {"_key": "k2"}, headers=HX).status_code == 404


def test_a_walk_in_has_arrived_and_is_told_the_wait(desk, day):
    day.booked(9)
    who = patient()
    html = desk.get("/walk-in", headers=HX).content.decode()
    assert "Fetch a nurse first" in html
    fields = {
        "_key": "w",
        "patient": who.pk,
        "type": day.visit.pk,
        "provider": day.lee.provider_id,
        "reason": "Cough",
    }
    answer = desk.post("/walk-in", fields, headers=HX)
    assert answer.status_code == 204
    assert "about 20 minutes" in answer["HX-Trigger"]
    assert Appointment.objects.get(patient=who).status == "arrived"
    assert "Walk-in" in desk.get("/").content.decode()


def test_a_walk_in_without_a_patient_says_what_is_missing(desk, day):
    answer = desk.post("/walk-in", {"_key": "w", "type": day.visit.pk, "reason": "Cough"}, headers=HX)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Choose the patient." in html
    assert 'value="Cough"' in html
    assert not Appointment.objects.exists()


def test_on_a_full_day_only_a_lead_is_offered_to_put_somebody_in(client, sign_in, day):
    sign_in("lead", "lena", "Lena Park")
    with clock.fixed(day.at(17, 30)):
        fields = {"patient": patient().pk, "type": day.visit.pk, "provider": day.lee.provider_id}
        answer = client.post("/walk-in", {"_key": "w", **fields}, headers=HX)
        assert answer.status_code == 422
        assert "Put in all the same" in answer.content.decode()
        answer = client.post(
            "/walk-in", {"_key": "x", **fields, "override_reason": "Dr. Lee agrees"}, headers=HX
        )
        assert answer.status_code == 204


def test_a_visitor_gets_a_badge_and_stands_on_the_screen_of_the_host(desk, client, day):
    from tests.factories import practice as make

    host = make.user(role="provider", username="lee", display_name="Jo Lee")
    answer = desk.post(
        "/visitors", {"_key": "v", "name": "Pat Rep", "organization": "Acme", "host_id": host.pk}, headers=HX
    )
    assert "Badge 1" in answer.content.decode()
    client.post("/sign-in", {"username": "lee", "password": "a long enough password"})
    html = client.get("/").content.decode()
    assert "is at the desk for you" in html
    to = re.search(r"/visitors/\d+/told", html)[0]
    client.post(to, {"_key": "t", "from": "desk"}, headers=HX)
    assert "is at the desk for you" not in client.get("/").content.decode()


def test_a_visitor_without_a_name_is_not_signed_in(desk):
    from frontdesk.office.visits.models import Visitor

    assert desk.post("/visitors", {"_key": "v", "name": " "}, headers=HX).status_code == 422
    assert not Visitor.objects.exists()


def test_the_privacy_notice_is_a_line_of_the_list_and_one_post_settles_it(desk, day):
    published()
    row = day.arrived(9)
    html = desk.get(f"/visits/{row.pk}", headers=HX).content.decode()
    assert "New here: give the privacy notice" in html
    assert 'data-key="t"' in html
    assert "Forms: New here" in desk.get("/").content.decode()
    answer = desk.post(
        f"/visits/{row.pk}/settle/notice", {"_key": "k", "how": "refused", "answer": ""}, headers=HX
    )
    assert answer.status_code == 422
    answer = desk.post(f"/visits/{row.pk}/settle/notice", {"_key": "k1"}, headers=HX).content.decode()
    assert "Privacy notice: signed" in answer
    assert "settle/notice" not in answer

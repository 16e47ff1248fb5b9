"""Referrals at the desk: noted, corrected, used, ended; what payers want; what is to be seen to; answers that come later."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.patients.models import Patient
from frontdesk.office.referrals.models import Authorization, AuthorizationRequest, Requirement, Use
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.models import Hold
from tests.factories import scheduling as make
from tests.factories.coverage import policy
from tests.factories.eligibility import AETNA, answered
from tests.factories.patients import ana, bo
from tests.factories.referrals import authorization, wanted
from tests.formats.x12 import corpus

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}
FORM = {
    "do": "add", "kind": "referral", "number": "r-77", "allowed": "12", "begins": "3/1/2026", "ends": "3/12/2026",
    "state": "approved", "visit_type_id": "any", "also_for_id": "none", "provider_id": "any", "used_before": "0",
}  # fmt: skip


@pytest.fixture
def held(office):
    return policy(ana())


def booked(office, held, hour=9, day=None):
    return scheduling.book(make.actor(), patient_id=held.patient_id, **office.ask(office.at(hour, day=day)))


def test_a_referral_is_noted_and_the_visits_ahead_use_it(desk, office, held):
    booked(office, held)
    to = f"/patients/{held.patient_id}/referrals/add"
    assert desk.post(to, {**FORM, "policy_id": held.pk}, **HX).status_code == 204
    row = Authorization.objects.get()
    assert (row.number, row.allowed, row.used) == ("R-77", 12, 1)
    html = desk.get(f"/patients/{held.patient_id}/insurance").content.decode()
    assert "Referral R-77" in html
    assert "11 of 12 visits left" in html
    assert AuditEntry.objects.filter(action="referrals.open_referrals", patient_id=held.patient_id).exists()


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("allowed", "twelve", "Write a number"),
        ("used_before", "13", "More were used"),
        ("ends", "2/1/2026", "end before it begins"),
        ("referred_npi", "1234567890", "check digit"),
        ("begins", "someday", "Write the day in full"),
    ],
)
def test_what_cannot_be_right_is_told_at_the_field_and_nothing_is_kept(desk, held, field, typed, says):
    sent = desk.post(
        f"/patients/{held.patient_id}/referrals/add", {**FORM, "policy_id": held.pk, field: typed}, **HX
    )
    assert sent.status_code == 422
    assert says in sent.content.decode()
    assert 'value="r-77"' in sent.content.decode()
    assert not Authorization.objects.exists()


def test_it_is_changed_used_for_a_visit_and_taken_out_of_use(desk, office, held):
    row, other = authorization(held, ends=None), authorization(held, number="R-2")
    visit = booked(office, held)
    to = f"/patients/{held.patient_id}/referrals/{other.pk}"
    assert desk.post(to, {"do": "use", "appointment": visit.pk, "version": 1}, **HX).status_code == 204
    assert Use.objects.get(back_at=None).authorization_id == other.pk
    sent = {
        **FORM,
        "do": "change",
        "number": "R-2",
        "policy_id": held.pk,
        "allowed": "3",
        "version": 1,
        "ends": "",
    }
    assert desk.post(to, sent, **HX).status_code == 204
    assert desk.post(to, {"do": "end", "reason": "Replaced", "version": 1}, **HX).status_code == 409, (
        "an old form"
    )
    assert desk.post(to, {"do": "end", "reason": "Replaced", "version": 2}, **HX).status_code == 204
    assert Use.objects.get(back_at=None).authorization_id == row.pk, "the visit takes the other one"
    assert desk.get(f"/patients/{bo().pk}/referrals/{row.pk}").status_code == 404


def test_the_panel_warns_before_the_last_key_and_the_card_says_what_is_used(desk, office, held, token):
    wanted(held.payer_id, office.visit)
    sent = {"offer": token(9), "type": office.visit.pk, "patient": held.patient_id}
    warned = desk.post("/openings/hold", sent, **HX).content.decode()
    assert "No referral on file: Aetna needs one for Follow-up." in warned
    authorization(held)
    quiet = desk.post("/openings/hold", {**sent, "offer": token(10)}, **HX).content.decode()
    assert "Before you book" not in quiet
    kept = Hold.objects.latest("pk").pk
    done = desk.post("/openings/book", {**sent, "offer": token(10), "hold": kept}, **HX).content.decode()
    assert "Referral R-1, 11 of 12 visits left" in done


def test_a_move_past_the_last_day_is_warned_of_before_the_last_key(desk, office, held, token):
    authorization(held, ends=office.day)
    visit = booked(office, held)
    to = f"/appointments/{visit.pk}/reschedule/hold"
    same = desk.post(to, {"offer": token(11), "reason_code": "patient_asked"}, **HX).content.decode()
    assert "Before you move it" not in same
    late = {"offer": token(11, day=office.day + timedelta(days=1)), "reason_code": "patient_asked"}
    assert "ends on 3/10/2026, before this visit." in desk.post(to, late, **HX).content.decode()


def test_the_verdict_of_a_visit_agrees_with_the_practices_own_table(desk, office, held):
    visit = booked(office, held)
    answered(held, office.day, *AETNA)
    assert "no referral" in desk.get(f"/visits/{visit.pk}").content.decode()
    wanted(held.payer_id, office.visit, plan="PS")
    html = desk.get(f"/visits/{visit.pk}").content.decode()
    assert "no referral" not in html
    assert "referral needed, none fits" in html
    assert "No referral on file: Aetna POS needs one for Follow-up." in html
    authorization(held)
    assert "referral R-1, 11 of 12 visits left" in desk.get(f"/visits/{visit.pk}").content.decode()


def test_tomorrow_has_it_as_something_to_see_to_and_it_can_be_accepted(desk, office, held):
    wanted(held.payer_id, office.visit)
    visit = booked(office, held)
    page = f"/tomorrow?day={office.day.isoformat()}"
    html = desk.get(page).content.decode()
    assert "No referral on file: Aetna needs one for Follow-up." in html
    assert f"/patients/{held.patient_id}/insurance#referrals" in html
    sent = {"visit": visit.pk, "reason": "will bring it", "day": office.day.isoformat()}
    desk.post("/tomorrow/do/accept", sent, **HX)
    assert "No referral on file" not in desk.get(page).content.decode()


def test_what_a_payer_wants_is_one_table_and_only_who_may_keeps_it(desk, manager_desk, office, held):
    to = f"/payers/{held.payer_id}/referrals"
    sent = {"plan": "HM", f"referral-{office.visit.pk}": "yes", f"note-{office.visit.pk}": "From the PCP"}
    assert desk.post(to, sent).status_code == 403
    assert manager_desk.post(to, sent).status_code == 302
    row = Requirement.objects.get()
    assert (row.plan, row.kind, row.is_needed, row.note) == ("HM", "referral", True, "From the PCP")
    manager_desk.post(to, {**sent, f"referral-{office.visit.pk}": ""})
    assert not Requirement.objects.exists()


def test_the_list_of_what_is_to_be_seen_to_asks_no_more_however_long_it_is(
    desk, office, held, django_assert_max_num_queries
):
    wanted(held.payer_id, office.visit, authorization=True)
    for number in range(6):
        other = policy(make.patient(), payer_id=held.payer_id)
        booked(office, other, 9 + number)
        authorization(other, used_before=12)
        authorization(
            other, kind="authorization", number="", state="draft", ends=office.day + timedelta(days=3)
        )
    with django_assert_max_num_queries(22):
        html = desk.get("/referrals").content.decode()
    assert html.count("Not asked for") >= 6
    assert "this would be visit 13 of 12" in html
    entry = AuditEntry.objects.filter(action="referrals.open_worklist").last()
    assert len(entry.extra["shown"]) == 6


def test_of_a_kind_of_visit_that_is_not_for_them_nothing_is_told(desk, office, held):
    office.visit.labels = "behavioural"
    office.visit.save()
    row = authorization(held, by=SYSTEM, visit_type_id=office.visit.pk, number="SECRET-7")
    html = desk.get(f"/patients/{held.patient_id}/insurance").content.decode()
    assert "SECRET-7" not in html
    assert desk.get(f"/patients/{held.patient_id}/referrals/{row.pk}").status_code == 404
    assert "SECRET-7" not in desk.get("/referrals").content.decode()


def test_a_file_of_decisions_is_taken_in_and_what_is_none_is_said(desk, office, held):
    row = authorization(held, kind="authorization", number="", state="pending")
    AuthorizationRequest.objects.create(
        authorization=row, trace="AUTH1", asked_at=clock.now(), asked_by="Rosa", not_before=clock.now(),
        give_up_at=clock.now(), state="done", done_at=clock.now(), outcome="pended",
    )  # fmt: skip
    none = desk.post("/referrals/answers", {"file": SimpleUploadedFile("x.edi", b"hello")}, **HX)
    assert (none.status_code, "Nothing was taken in" in none.content.decode()) == (422, True)
    file = SimpleUploadedFile("x.edi", corpus.valid("278A"))
    taken = desk.post("/referrals/answers", {"file": file}, **HX).content.decode()
    assert "1 of 1 taken in" in taken
    row.refresh_from_db()
    assert (row.state, row.number, row.allowed) == ("approved", "AUTH778", 12)
    request = AuthorizationRequest.objects.get()
    html = desk.get(f"/patients/{held.patient_id}/referrals/requests/{request.pk}").content.decode()
    assert "TWELVE VISITS ARE APPROVED" in html


def test_of_a_restricted_record_nothing_is_said_before_a_booking(desk, office, held, token):
    authorization(held, number="SECRET-7", used_before=12)
    Patient.objects.filter(pk=held.patient_id).update(labels="behavioural")
    sent = {"offer": token(9), "type": office.visit.pk, "patient": held.patient_id}
    assert "SECRET-7" not in desk.post("/openings/hold", sent, **HX).content.decode()

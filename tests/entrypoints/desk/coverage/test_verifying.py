"""Whether a policy covers today, on the record: asked by a key, followed, told in words, taken over; and by phone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.coverage import filing, services
from frontdesk.office.coverage.models import EligibilityCheck, Policy
from tests.entrypoints.desk.patients.conftest import text
from tests.factories.coverage import payer, policy
from tests.factories.eligibility import ADVANTAGE, GONE, WIRE, answer, answered, asked, failed
from tests.factories.patients import ana, bo

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def held(site):
    return policy(ana())


@pytest.fixture
def home(held):
    return f"/patients/{held.patient_id}/insurance"


@pytest.fixture
def today(site):
    return clock.today(site.zone)


def test_what_nobody_asked_says_so_and_one_key_asks(desk, held, home, settings):
    settings.CONNECTIONS = WIRE
    html = text(desk.get(home))
    assert "Not asked yet" in html
    assert 'data-key="e"' in html
    part = text(desk.post(f"{home}/{held.pk}/verify", {}, **HX))
    row = EligibilityCheck.objects.get()
    assert (row.state, row.services, row.why) == ("waiting", "30,98", "key")
    assert "Being asked" in part
    assert f'hx-get="{home}/{held.pk}/verdict?asked={row.pk}" hx-trigger="every 400ms"' in part
    assert "X-Follows" in part
    assert "<html" not in part


def test_it_follows_without_a_look_on_record_until_the_answer_is_there_and_says_it(desk, held, home, today):
    row = asked(held, today)
    looks = AuditEntry.objects.count()
    waiting = desk.get(f"{home}/{held.pk}/verdict?asked={row.pk}", **HX, HTTP_X_FOLLOWS="true")
    assert (waiting.status_code, waiting.content) == (204, b"")
    assert AuditEntry.objects.count() == looks
    answer(row)
    part = text(desk.get(f"{home}/{held.pk}/verdict?asked={row.pk}", **HX, HTTP_X_FOLLOWS="true"))
    assert 'data-say="Aetna: Active' in part
    assert "every 400ms" not in part
    assert "$35 copay" in part
    assert AuditEntry.objects.filter(action="coverage.open_coverage").exists()


def test_the_verdict_stands_with_what_it_costs_and_when_it_was_checked(desk, held, home, today):
    answered(held, today)
    html = text(desk.get(home))
    assert "AETNA CHOICE POS II · $35 copay (office" in html
    for figure in ("Copay", "$410 left", "of $1,500", "Out of pocket", "$2,900 left"):
        assert figure in html, figure
    assert "checked " in html and "circle-check" in html


def test_an_ended_coverage_is_told_with_what_to_do(desk, held, home, today):
    answered(held, today, *GONE)
    html = text(desk.get(home))
    assert "Inactive" in html and "Active</span>" not in html
    assert "Ask for a newer card" in html


def test_a_failure_says_what_to_do_and_leaves_the_last_answer_beside_it(desk, held, home, today, morning):
    with clock.fixed(morning - timedelta(days=3)):
        answered(held, today - timedelta(days=3))
    failed(held, today)
    html = text(desk.get(home))
    assert "Could not be determined" in html
    assert "the payer did not answer in 20 seconds" in html
    assert "Try again in two minutes, or call." in html
    assert "Last answer:" in html
    assert "2/28/2026, 3 days ago" in html


def test_what_the_payer_spells_otherwise_is_taken_over_by_one_key_and_asked_again(
    desk, held, home, today, settings
):
    settings.CONNECTIONS = WIRE
    answered(held, today, member="W123456780", last="ITOH")
    html = text(desk.get(home))
    assert "<del>W123456789</del>" in html and "<ins>W123456780</ins>" in html
    assert f'href="/patients/{held.patient_id}/person?edit=identity"' in html  # a name is the patient's own
    sent = {"field": "member_id", "version": held.version, "member_id": "HACKED"}
    assert desk.post(f"{home}/{held.pk}/accept", {**sent, "theirs": "W000000000"}, **HX).status_code == 422
    sent["theirs"] = "W123456780"  # what the page showed
    assert desk.post(f"{home}/{held.pk}/accept", sent).status_code == 302
    held.refresh_from_db()
    assert held.member_id == "W123456780"
    assert EligibilityCheck.objects.filter(policy=held, policy_version=2, state="waiting").count() == 1
    assert desk.post(f"{home}/{held.pk}/accept", sent, **HX).status_code == 422


def test_only_what_the_payer_told_is_taken_over(desk, held, home, today):
    answered(held, today)
    for field in ("member_id", "note", "payer_id", ""):
        sent = {"field": field, "version": 1}
        assert desk.post(f"{home}/{held.pk}/accept", sent, **HX).status_code == 422
    held.refresh_from_db()
    assert (held.member_id, held.version) == ("W123456789", 1)


def test_the_plan_that_pays_instead_is_added_from_the_answer(desk, held, home, today):
    humana = payer("Humana", "61101")
    row = answered(held, today, *ADVANTAGE)
    html = text(desk.get(home))
    assert "HUMANA" in html
    assert f"{home}/add?check={row.pk}&amp;task=0" in html
    form = text(desk.get(f"{home}/add?check={row.pk}&task=0", **HX))
    assert f'value="Humana [{humana.pk}]"' in form
    other = policy(bo(), payer_id=humana.pk)
    theirs = f"/patients/{other.patient_id}/insurance/add?check={row.pk}&task=0"
    assert desk.get(theirs, **HX).status_code == 404  # an answer about somebody else


def test_a_policy_that_is_added_or_changed_is_asked_about_at_once(desk, held, home, settings):
    settings.CONNECTIONS = WIRE
    cigna = payer("Cigna", "62308")
    given = {"do": "add", "payer": "Cigna", "member_id": "U7", "relationship": "self"}
    assert desk.post(f"{home}/add", given, **HX).status_code == 204
    made = Policy.objects.get(payer=cigna)
    assert EligibilityCheck.objects.get(policy=made).state == "waiting"
    assert "Being asked" in text(desk.get(home))
    change = given | {"do": "change", "payer": f"Aetna [{held.payer_id}]", "member_id": "W5", "version": 1}
    assert desk.post(f"{home}/{held.pk}", change, **HX).status_code == 204
    assert EligibilityCheck.objects.get(policy=held).policy_version == 2


def test_what_was_heard_by_phone_is_noted_with_whom_and_under_which_number(desk, held, home):
    form = text(desk.get(f"{home}/{held.pk}/phone", **HX))
    assert "Whom you spoke to" in form
    said = {
        "do": "phone",
        "verdict": "active",
        "representative": "Kim",
        "reference": "R-9",
        "day": "3/3/2026",
    }
    short = desk.post(f"{home}/{held.pk}/phone", said, **HX)
    assert short.status_code == 422
    assert "Write what they said" in text(short)
    assert desk.post(f"{home}/{held.pk}/phone", said | {"said": "$20 copay"}, **HX).status_code == 204
    row = EligibilityCheck.objects.get()
    assert (row.why, row.verdict, row.representative, row.reference) == ("phone", "active", "Kim", "R-9")
    html = text(desk.get(f"{home}/{held.pk}/answers/{row.pk}"))
    for words in ("Kim", "R-9", "$20 copay", "By phone"):
        assert words in html


def test_an_answer_is_shown_line_by_line_with_what_the_verdict_rests_on(desk, held, home, today):
    row = answered(held, today)
    html = text(desk.get(f"{home}/{held.pk}/answers/{row.pk}"))
    for words in ("Deductible", "Copay", "in network", "this calendar year", "left", "Limit", "20 visits"):
        assert words in html, words
    assert "answer-chosen" in html
    assert "physical therapy" in html
    assert "NO REFERRAL NEEDED" in html
    assert "The answer as it came (271)" in html
    assert "Subscriber" in html or "271" in html
    assert AuditEntry.objects.filter(action="coverage.open_check").count() == 1


def test_an_answer_of_another_policy_or_patient_is_none_of_this_page(desk, held, home, today):
    other = policy(bo(), payer_id=held.payer_id)
    row = answered(other, today)
    assert desk.get(f"{home}/{held.pk}/answers/{row.pk}").status_code == 404
    assert desk.post(f"{home}/{other.pk}/verify", {}, **HX).status_code == 404
    assert desk.get(f"{home}/{other.pk}/phone", **HX).status_code == 404


def test_what_a_payer_writes_is_never_markup(desk, held, home, today):
    hostile = "<script>alert(1)</script>"
    row = answered(
        held, today, f"EB*1**30*PS*{hostile}", f"MSG*{hostile}", last=hostile, member="<img src=x onerror=y>"
    )
    for address in (home, f"{home}/{held.pk}/answers/{row.pk}"):
        html = text(desk.get(address))
        assert "alert(1)" in html
        assert hostile not in html and "<img src=x" not in html


def test_a_trainee_looks_and_asks_nobody(trainee, held, home, today):
    answered(held, today)
    html = text(trainee.get(home))
    assert "$35 copay" in html
    assert "Verify now" not in html and "Verified by phone" not in html
    assert trainee.post(f"{home}/{held.pk}/verify", {}, **HX).status_code == 403
    assert trainee.get(f"{home}/{held.pk}/phone", **HX).status_code == 403


def test_a_payer_that_takes_files_alone_says_in_place_that_its_answers_come_overnight(
    desk, held, home, settings
):
    drop = replace(WIRE["house"], url="sftp://files.test", mode="batch")
    settings.CONNECTIONS = {"house": drop}
    html = text(desk.post(f"{home}/{held.pk}/verify", {}, **HX))
    assert "answers come overnight" in html
    assert "Call the payer if it cannot wait" in html
    night = services.ask(SYSTEM, policy_id=held.pk, day=EligibilityCheck.objects.get().day, why="night")
    assert night.pk == EligibilityCheck.objects.get().pk  # it was said a moment ago
    EligibilityCheck.objects.update(asked_at=clock.now() - timedelta(hours=1))
    row = services.ask(SYSTEM, policy_id=held.pk, day=night.day, why="night")
    with clock.fixed(clock.now() + timedelta(minutes=2)):
        assert filing.gather() == 1
    row.refresh_from_db()
    assert row.file_id
    html = text(desk.get(home))
    assert "Asked by file at" in html
    assert "answers come overnight" in html
    assert "Verify now" not in html
    settings.CONNECTIONS = {
        "house": replace(drop, url="https://payer.test/core", mode="both", batch=drop.url)
    }
    assert "Verify now" in text(desk.get(home))

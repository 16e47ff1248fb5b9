"""The insurance of a visit: on its card, asked by one key, followed; and how far a day is verified."""

import re
from datetime import timedelta

import pytest

from frontdesk.entrypoints.desk.visits.tomorrow_rows import insured
from frontdesk.kit import clock
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.coverage.rules import Cover, PolicyCover, cover
from frontdesk.office.coverage.services import answer_medicare
from tests.factories.coverage import RETIRED, case, medicare, policy
from tests.factories.eligibility import WIRE, answer, failed
from tests.factories.visits import ROSA

HX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _wired(settings):
    settings.CONNECTIONS = WIRE


def test_the_card_asks_and_follows_until_the_answer_is_there(desk, day):
    row = day.booked(9, 30)
    policy(row.patient)
    card = f"/visits/{row.pk}"
    assert "Not asked yet" in desk.get(card, headers=HX).content.decode()
    html = desk.post(f"{card}/verify", {}, headers=HX).content.decode()
    check = EligibilityCheck.objects.get()
    assert check.about == f"scheduling.appointment:{row.pk}"
    assert "Being asked" in html
    follows = f"{card}/cover?asked={check.pk}"
    assert f'hx-get="{follows}"' in html
    assert desk.get(follows, headers=HX).status_code == 204
    answer(check)
    part = desk.get(follows, headers=HX).content.decode()
    assert "$35 copay" in part and 'data-say="Aetna: Active' in part
    assert "every 400ms" not in part


def test_the_card_they_carry_is_looked_at_even_when_the_payer_says_yes(desk, day):
    row = day.booked(9, 30)
    policy(row.patient)
    desk.post(f"/visits/{row.pk}/verify", {}, headers=HX)
    answer(EligibilityCheck.objects.get())
    html = desk.get(f"/visits/{row.pk}", headers=HX).content.decode()
    assert "Look whether the card is still the same" in html
    assert f'action="/visits/{row.pk}/settle/card"' in html


def test_without_insurance_the_card_offers_to_add_it(desk, day):
    row = day.booked(9, 30)
    html = desk.get(f"/visits/{row.pk}", headers=HX).content.decode()
    assert "No insurance on file" in html
    assert f'hx-get="/patients/{row.patient_id}/insurance/add"' in html
    assert "/verify" not in html


def test_what_could_not_be_determined_says_what_to_do_on_the_card(desk, day):
    row = day.booked(9, 30)
    failed(policy(row.patient), clock.today(row.zone))
    html = desk.get(f"/visits/{row.pk}", headers=HX).content.decode()
    assert "Could not be determined" in html and "Try again in two minutes, or call." in html


def test_no_key_of_the_card_means_two_things(desk, day):
    row = day.booked(9, 30)
    medicare(row.patient)
    html = desk.get(f"/visits/{row.pk}", headers=HX).content.decode()
    assert "Ask the questions" in html and "Scan card" in html
    pressed = re.findall(r'data-key="(\w)"', html)
    assert len(pressed) == len(set(pressed)), pressed


def test_a_visit_of_a_restricted_record_is_not_told_about(desk, day):
    row = day.booked(9, 30)
    policy(row.patient)
    desk.post(f"/visits/{row.pk}/verify", {}, headers=HX)
    check = EligibilityCheck.objects.get()
    type(row.patient).objects.filter(pk=row.patient_id).update(labels="vip")
    for path in (f"cover?asked={check.pk}", "cover"):
        assert desk.get(f"/visits/{row.pk}/{path}", headers=HX).status_code == 403
    assert desk.post(f"/visits/{row.pk}/verify", {}, headers=HX).status_code == 403


def test_tomorrow_verifies_a_line_and_many(desk, day):
    row = day.booked(9, 30)
    policy(row.patient)
    when = row.wall[:10]
    page = desk.get(f"/tomorrow?day={when}").content.decode()
    assert "Insurance: 0 of 1 verified" in page
    assert 'action="/tomorrow/do/verify"' in page
    sent = {"visit": row.pk, "day": when, "_patient": row.patient_id}
    assert desk.post("/tomorrow/do/verify", sent, headers=HX).status_code == 200
    answer(EligibilityCheck.objects.get())
    assert "Insurance: 1 of 1 verified" in desk.get(f"/tomorrow?day={when}").content.decode()


def test_how_far_a_day_is_verified_in_words():
    def of(*states):
        return insured(Cover(state, "") for state in states)

    assert of() == of("none") == ""
    assert of("active", "none", "inactive", "unknown", "waiting", "not_asked") == (
        "2 of 5 verified, 1 inactive, 1 could not be determined, 1 being asked"
    )


def test_what_was_asked_by_file_is_told_apart_from_what_is_being_asked():
    filed = PolicyCover(1, "State plan", 1, waits=True, by_file=True)
    asked = PolicyCover(2, "Aetna", 2, waits=True)
    assert insured([cover([filed]), cover([asked]), cover([filed])]) == (
        "0 of 3 verified, 1 being asked, 2 asked by file, answers come overnight"
    )
    assert cover([filed]).words == "State plan was asked by file, its answers come overnight"


def test_who_pays_is_said_on_the_card_by_one_key(desk, day):
    row = day.booked(9, 30)
    policy(row.patient)
    injury = case(row.patient, note="Return to work note goes to the employer")
    html = desk.get(f"/visits/{row.pk}", headers=HX).content.decode()
    assert "Paid by <strong>insurance as on file" in html and 'data-key="h"' in html
    panel = desk.get(f"/visits/{row.pk}/payer", headers=HX).content.decode()
    assert panel.index("Cut left hand") < panel.index("Insurance as on file") < panel.index("Self-pay")
    wrong = desk.post(f"/visits/{row.pk}/payer", {"do": "pay", "payer": "self_pay:rich"}, headers=HX)
    assert wrong.status_code == 422
    sent = {"do": "pay", "payer": f"case:{injury.pk}"}
    answered = desk.post(f"/visits/{row.pk}/payer", sent, headers=HX)
    assert (answered["HX-Retarget"], "sheet-close" in answered["HX-Trigger"]) == ("#visit-card", True)
    html = answered.content.decode()
    for words in ("Workers&#39; compensation", "WC-1", "Kim Lee", "no copay", "Return to work note"):
        assert words in html, words
    assert "/verify" not in html
    desk.post(f"/visits/{row.pk}/payer", {"do": "pay", "payer": "self_pay:uninsured"}, headers=HX)
    html = desk.get(f"/visits/{row.pk}", headers=HX).content.decode()
    assert "the patient has no insurance" in html and "Kim Lee" not in html
    assert 'class="chip' in desk.get("/").content.decode() and "Self-pay" in desk.get("/").content.decode()


def test_a_new_injury_is_opened_from_the_visit_it_pays_for(desk, day):
    row = day.booked(9, 30)
    fresh = f"/patients/{row.patient_id}/insurance/cases/add?visit={row.pk}"
    assert f'href="{fresh}"' in desk.get(f"/visits/{row.pk}/payer", headers=HX).content.decode()
    assert f'action="{fresh}"' in desk.get(fresh, headers=HX).content.decode()
    sent = {"do": "add", "kind": "auto", "injury": "Neck", "happened_on": "3/9/2026", "state": "MA"}
    answered = desk.post(fresh, sent, headers=HX)
    assert answered["HX-Redirect"] == f"/visits/{row.pk}"
    html = desk.get(f"/visits/{row.pk}", headers=HX).content.decode()
    assert "Auto accident" in html and "ask for the carrier" in html
    gone = desk.post(fresh.replace(f"={row.pk}", "=9999"), sent, headers=HX)
    assert gone.status_code == 404


def test_a_medicare_patient_is_asked_at_the_desk_and_unchanged_is_one_key(desk, day):
    row = day.booked(9, 30)
    medicare(row.patient)
    html = desk.get(f"/visits/{row.pk}", headers=HX).content.decode()
    assert "Medicare: ask who pays first" in html and "never asked" in html
    assert desk.post(f"/visits/{row.pk}/medicare-unchanged", {}, headers=HX).status_code == 422
    with clock.fixed(day.at(9) - timedelta(days=100)):
        answer_medicare(ROSA, patient_id=row.patient_id, answers=RETIRED)
    html = desk.get(f"/visits/{row.pk}", headers=HX).content.decode()
    assert "Unchanged since 11/30/2025" in html and 'data-key="d"' in html
    assert "Ask the questions" in desk.get(f"/tomorrow?day={row.wall[:10]}").content.decode()
    html = desk.post(f"/visits/{row.pk}/medicare-unchanged", {}, headers=HX).content.decode()
    assert "Medicare: ask who pays first" not in html


def test_how_many_others_pay_for_is_told_beside_what_is_verified():
    states = ("active", "self_pay", "case", "not_asked", "self_pay")
    assert insured(Cover(state, "") for state in states) == "1 of 2 verified, 2 self-pay, 1 paid by a case"
    assert insured([Cover("self_pay", "")]) == "1 self-pay"

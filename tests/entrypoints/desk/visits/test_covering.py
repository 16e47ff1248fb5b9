"""The insurance of a visit: on its card, asked by one key, followed; and how far a day is verified."""

import pytest

from frontdesk.entrypoints.desk.visits.tomorrow_rows import insured
from frontdesk.kit import clock
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.coverage.rules import Cover, PolicyCover, cover
from tests.factories.coverage import policy
from tests.factories.eligibility import WIRE, answer, failed

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

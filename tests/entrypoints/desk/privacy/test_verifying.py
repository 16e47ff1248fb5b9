"""The panel of one key: nothing is read out, what was stated is compared, the banner shows what came of it."""

import pytest

from frontdesk.kit import clock
from frontdesk.office.privacy import services
from frontdesk.office.privacy.models import Verification
from tests.entrypoints.desk.privacy.conftest import HX, form, send, text
from tests.factories.privacy import related
from tests.people import mia

RIGHT = {"speaker": "patient", "channel": "phone", "said_name": "Ana Ito", "said_birth_date": "3/14/62"}


def at(who):
    return f"/patients/{who.pk}/verify"


def test_it_is_one_key_away_from_every_page_of_the_record(desk, who):
    html = text(desk.get(f"/patients/{who.pk}"))
    assert 'data-key="i"' in html and f'href="{at(who)}"' in html


def test_the_panel_gives_nothing_away_to_be_read_out(desk, who):
    html = text(desk.get(at(who), headers=HX))
    for told in ("3/14/1962", "1962", "555-0134", "0134", who.mrn):
        assert told not in html, told


def test_two_right_answers_show_on_the_banner_until_the_half_hour(desk, who):
    answer = send(desk, at(who), **RIGHT)
    assert "Verified until 9:30 am" in text(answer)
    assert "book-changed" in answer["HX-Trigger"]
    assert "Verified until 9:30 am" in text(desk.get(f"/patients/{who.pk}"))
    with clock.fixed(clock.now().replace(minute=30)):
        assert "Verified until" not in text(desk.get(f"/patients/{who.pk}"))


def test_a_wrong_answer_says_so_and_not_what_would_have_been_right(desk, who):
    html = text(send(desk, at(who), **{**RIGHT, "said_birth_date": "3/15/1962"}))
    assert "Not verified" in html and "Two identifiers must be stated" in html
    assert "3/14/1962" not in html
    assert "Not verified" in text(desk.get(f"/patients/{who.pk}"))


def test_a_colleague_sees_no_chip_of_a_call_that_is_not_theirs(desk, lead, who):
    send(desk, at(who), **RIGHT)
    assert "Verified until" not in text(lead.get(f"/patients/{who.pk}"))


def test_who_stands_on_the_record_is_offered_and_held_to_their_leave(desk, who):
    sister = related(who)
    assert "Mika Ito" in text(desk.get(at(who), headers=HX))
    html = text(send(desk, at(who), **{**RIGHT, "speaker": f"authorized:{sister.pk}"}))
    assert "May be told of appointments." in html


def test_only_a_message(desk, who):
    html = text(send(desk, at(who), speaker="other", channel="phone", speaker_name="Pat Doyle", only="1"))
    assert "Take a message" in html
    assert Verification.objects.get().speaker_name == "Pat Doyle"


def test_a_phrase_is_asked_for_and_never_shown(desk, who):
    services.set_phrase(mia(), patient_id=who.pk, phrase="purple canary")
    html = text(desk.get(at(who), headers=HX))
    assert "password_phrase" in html and "canary" not in html
    html = text(send(desk, at(who), **RIGHT, password_phrase="yellow wombat"))
    assert "Not verified" in html and "wombat" not in html


def test_the_call_is_over(desk, who):
    send(desk, at(who), **RIGHT)
    desk.post(f"{at(who)}/end", {**form(desk, at(who))}, headers=HX)
    assert "Verified until" not in text(desk.get(f"/patients/{who.pk}"))


def test_without_scripts_it_is_a_page(desk, who):
    answer = desk.post(at(who), {**form(desk, at(who)), **RIGHT})
    assert (answer.status_code, answer["Location"]) == (302, f"/patients/{who.pk}")


def test_a_tab_of_another_patient_verifies_nobody(desk, who, other):
    fields = form(desk, at(other))
    assert desk.post(at(who), {**fields, **RIGHT}, headers=HX).status_code == 409
    assert not Verification.objects.exists()


@pytest.mark.parametrize("speaker", ["", "authorized:", "authorized:999", "king", "guardian:1"])
def test_a_speaker_nobody_knows_is_asked_again(desk, who, speaker):
    answer = send(desk, at(who), **{**RIGHT, "speaker": speaker})
    assert answer.status_code == 422
    assert not Verification.objects.exists()


def test_booking_goes_on_for_who_is_not_verified(desk, who):
    """The chip asks; the book does not refuse (docs/decisions)."""
    assert desk.get(f"/patients/{who.pk}/book", headers=HX).status_code == 200


def test_no_fingerprint_is_made_of_a_phrase(desk, who):
    """Whoever holds the database could try phrases against it; two forms that differ in it alone look the same."""
    fields = {**form(desk, at(who)), **RIGHT}
    first = desk.post(at(who), {**fields, "password_phrase": "purple canary"}, headers=HX)
    second = desk.post(at(who), {**fields, "password_phrase": "yellow wombat"}, headers=HX)
    assert (first.status_code, second.status_code) == (200, 200)
    assert Verification.objects.count() == 1

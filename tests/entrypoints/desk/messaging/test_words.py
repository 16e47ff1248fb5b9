"""The words that are sent, changed with the result in sight; and the rules of what is sent when."""

import pytest

from frontdesk.office.messaging.models import Policy, Template
from tests.entrypoints.desk.messaging.conftest import HX

TEXT = "/messages/templates/reminder/text/en"


@pytest.fixture
def lena(client, sign_in):
    sign_in(role="lead", username="lena", display_name="Lena")
    return client


def test_every_kind_way_and_language_stands_in_the_list(desk):
    html = desk.get("/messages/templates").content.decode()
    assert html.count("/messages/templates/") == 11 * 4


def test_what_is_typed_is_seen_as_a_patient_reads_it_and_counted(lena, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        answer = lena.post(f"{TEXT}/preview", {"body": "See you on {day}. " + "x" * 160}, headers=HX)
    html = answer.content.decode()
    assert "See you on Tuesday, March 17." in html
    assert "2 text messages" in html
    assert not Template.objects.exists()


def test_an_unknown_name_is_refused_by_name(lena):
    assert "{diagnosis}" in lena.post(f"{TEXT}/preview", {"body": "{diagnosis}"}, headers=HX).content.decode()
    kept = lena.post(TEXT, {"_key": "k", "body": "You have {diagnosis}", "version": "0"})
    assert kept.status_code == 422
    assert "may not hold {diagnosis}" in kept.content.decode()
    assert "You have {diagnosis}" in kept.content.decode()
    assert not Template.objects.exists()


def test_own_words_are_kept_and_given_back(lena):
    assert lena.post(TEXT, {"_key": "k", "body": "Come on {day}.", "version": "0"}).status_code == 302
    assert "Own words" in lena.get("/messages/templates").content.decode()
    stale = lena.post(TEXT, {"_key": "l", "body": "Come!", "version": "7"})
    assert stale.status_code == 409
    lena.post(TEXT, {"_key": "m", "reset": "1"})
    assert not Template.objects.exists()


def test_who_may_not_change_words_reads_them(desk):
    html = desk.get(TEXT).content.decode()
    assert "<textarea" not in html
    assert desk.post(TEXT, {"_key": "k", "body": "Hi {day}"}, headers=HX).status_code == 403


@pytest.mark.parametrize("address", ["reminder/fax/en", "gossip/text/en", "reminder/text/fr"])
def test_there_are_no_others(lena, address):
    assert lena.get(f"/messages/templates/{address}").status_code == 404


class TestRules:
    ASKED = {
        "_key": "k",
        "version": "0",
        "sent": ["confirmation", "reminder"],
        "days": "3 days, 24 hours",
        "text_from": "09:00",
        "text_to": "20:00",
        "neutral_name": "your clinic",
    }

    @pytest.fixture
    def mia(self, client, sign_in):
        sign_in(role="manager", username="mia", display_name="Mia")
        return client

    def test_the_manager_says_what_is_sent_and_when(self, mia, day):
        asked = {**self.ASKED, "neutral_visit_types": [str(day.visit.pk)]}
        assert mia.post("/messages/policy", asked).status_code == 302
        kept = Policy.objects.get()
        assert (kept.reminder_hours, kept.text_from.hour, kept.text_to.hour) == ([72, 24], 9, 20)
        assert set(kept.off) >= {"recall", "running_late"}
        assert kept.neutral_visit_types == [day.visit.pk]
        html = mia.get("/messages/policy").content.decode()
        assert 'value="3 days, 1 day"' in html
        assert "Not sent" in mia.get("/messages/templates").content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"days": "soon"},
            {"days": "1 hour"},
            {"text_from": "07:00"},
            {"text_to": "late"},
            {"neutral_name": " "},
        ],
    )
    def test_what_may_not_be_is_refused_with_the_form_as_typed(self, mia, wrong):
        answer = mia.post("/messages/policy", {**self.ASKED, **wrong})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert not Policy.objects.exists()

    def test_others_read_the_rules(self, desk):
        assert "Keep these rules" not in desk.get("/messages/policy").content.decode()
        assert desk.post("/messages/policy", self.ASKED).status_code == 403

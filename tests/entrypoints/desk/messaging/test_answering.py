"""Where no carrier is set up, an answer is tried on the text itself: what it brings about is what a carrier's would."""

import pytest

from frontdesk.office.messaging.models import Message, OptOut
from tests.entrypoints.desk.messaging.conftest import HX
from tests.factories.messaging import reachable

NUMBER = "+16175550134"


@pytest.fixture
def kept(written):
    """A text that stayed in the outbox."""
    who = reachable(email="", mobile=NUMBER, may_text=True)
    return written("sent", patient=who, channel="text", address=NUMBER, via="outbox", words="See you at two.")


def answer(desk, message, said, key="a", headers=HX):
    return desk.post(f"/messages/{message.pk}/reply", {"_key": key, "said": said}, headers=headers)


def test_a_stop_is_tried_and_what_they_would_read_is_shown(desk, kept):
    assert "Answer as the patient" in desk.get(f"/messages/{kept.pk}", headers=HX).content.decode()
    html = answer(desk, kept, "Stop!").content.decode()
    assert "They read: " in html
    assert "no more texts will come to this number" in html
    assert OptOut.objects.get().address == NUMBER


def test_without_scripts_the_page_says_it(desk, kept):
    sent = answer(desk, kept, "help", headers={})
    assert (sent.status_code, sent["Location"]) == (302, f"/messages/{kept.pk}")
    assert "They read: " in desk.get(sent["Location"]).content.decode()


def test_an_empty_answer_is_refused(desk, kept):
    assert answer(desk, kept, "  ").status_code == 422


@pytest.mark.parametrize("changes", [{"state": "queued"}, {"channel": "email"}, {"via": "smtp"}])
def test_only_a_text_that_stayed_here_is_answered_here(desk, kept, changes):
    Message.objects.filter(pk=kept.pk).update(**changes)
    assert "Answer as the patient" not in desk.get(f"/messages/{kept.pk}", headers=HX).content.decode()
    assert answer(desk, kept, "stop").status_code == 422
    assert not OptOut.objects.exists()


def test_with_a_carrier_nobody_answers_here(desk, kept, monkeypatch):
    class Carrier:
        name = "carrier"

    monkeypatch.setattr("frontdesk.entrypoints.desk.messaging.outbox.gateway", Carrier)
    assert answer(desk, kept, "stop").status_code == 422


def test_a_trainee_does_not(client, sign_in, kept):
    sign_in(role="trainee", username="sam", display_name="Sam")
    assert "Answer as the patient" not in client.get(f"/messages/{kept.pk}", headers=HX).content.decode()
    assert answer(client, kept, "stop").status_code == 403
    assert not OptOut.objects.exists()

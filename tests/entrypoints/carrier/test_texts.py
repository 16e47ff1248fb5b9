"""The address a carrier calls: only the carrier, only so much, heard once, and answered."""

import json
import logging
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from frontdesk.entrypoints.carrier.texts import PATH
from frontdesk.exchange.texting.inbound import MOST, sign
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.messaging.models import OptOut
from frontdesk.site.logs import JsonLines
from tests.factories import practice
from tests.factories.messaging import reachable

pytestmark = pytest.mark.django_db
SECRET = "12345678901234567890123456789012"
SITE = "https://desk.example.org"
NUMBER = "+16175550134"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def carrier(client, settings):
    """Let the carrier tell of a text: what somebody said, under the carrier's number for it."""
    settings.TEXTS_SECRET, settings.PUBLIC_URL = SECRET, SITE
    practice.practice()

    def tell(said, id="SM1", sender=NUMBER, secret=SECRET, **fields):
        form = {"MessageSid": id, "From": sender, "To": "+16175550100", "Body": said, **fields}
        signed = sign(form, f"{SITE}{PATH}", secret)
        return client.post(PATH, urlencode(form), content_type=FORM, headers={"X-Twilio-Signature": signed})

    return tell


def words(answer):
    return "".join(ElementTree.fromstring(answer.content).itertext())


def test_a_stop_is_heard_and_answered(carrier):
    reachable(email="", mobile=NUMBER, may_text=True)
    answer = carrier("STOP")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert words(answer).startswith("Elm Street Family Medicine: no more texts")
    stop = OptOut.objects.get()
    assert (stop.channel, stop.address, stop.source, stop.by_name) == (
        "text",
        NUMBER,
        "reply",
        "a reply by text",
    )


def test_help_is_answered_and_a_question_too(carrier):
    assert "Call (617) 555-0100" in words(carrier("HELP"))
    assert "nobody reads replies" in words(carrier("where are you?", id="SM2"))


def test_a_text_told_of_twice_is_heard_once(carrier):
    carrier("STOP")
    carrier("START", id="SM2")
    carrier("STOP", id="SM3")
    again = carrier("START", id="SM2")
    assert (again.status_code, words(again)) == (200, "")
    assert OptOut.objects.filter(ended_at=None).count() == 1
    assert AuditEntry.objects.filter(action="messaging.hear").count() == 3


def test_one_number_for_two_texts_is_refused(carrier):
    carrier("STOP")
    assert carrier("START").status_code == 409
    assert OptOut.objects.filter(ended_at=None).exists()


def test_what_the_carrier_answered_itself_is_not_answered_twice(carrier):
    assert words(carrier("Genug", OptOutType="STOP")) == ""
    assert OptOut.objects.exists()


def test_who_does_not_know_the_secret_is_turned_away(carrier, client):
    refused = [
        carrier("STOP", secret="another-secret-of-some-length"),
        client.post(PATH, urlencode({"From": NUMBER, "Body": "STOP", "MessageSid": "1"}), content_type=FORM),
        client.post(PATH, {"From": NUMBER}),
        client.post(PATH, b"{}", content_type="application/json"),
    ]
    assert [(answer.status_code, answer.content) for answer in refused] == [(403, b"")] * 4
    assert not OptOut.objects.exists()
    assert not AuditEntry.objects.exists()


def test_without_a_secret_nobody_is_heard(carrier, settings):
    settings.TEXTS_SECRET = ""
    assert carrier("STOP").status_code == 403
    assert carrier("STOP", secret="").status_code == 403
    assert not OptOut.objects.exists()


def test_what_is_too_long_is_not_even_read(carrier, client):
    assert carrier("x" * MOST).status_code == 413
    assert client.post(PATH, b"", content_type=FORM, CONTENT_LENGTH="many").status_code == 413


def test_only_a_post_is_taken(client, settings):
    settings.TEXTS_SECRET = SECRET
    assert {client.get(PATH).status_code, client.put(PATH).status_code} == {405}


def test_no_line_of_the_log_holds_who_or_what(carrier, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    said = "STOP it, my result was positive"
    carrier(said)
    carrier(said, id="SM2", secret="another-secret-of-some-length")
    carrier(said, id="SM3", sender="whatsapp:+16175550134")
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any(json.loads(line).get("status") == 403 for line in lines)
    assert not [line for line in lines if "5550134" in line or "positive" in line]

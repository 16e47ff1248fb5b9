"""The outbox: what needs somebody stands first, one message opens beside it with its words, and its verbs act on it."""

import re

import pytest

from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.messaging.models import Message
from tests.entrypoints.desk.messaging.conftest import HX, tomorrow
from tests.factories.messaging import reachable


def order(html):
    return [int(pk) for pk in re.findall(r'id="m(\d+)" data-row', html)]


def test_what_needs_somebody_stands_first(desk, written):
    failed, sent = written("failed", why="550 no such user"), written("sent", hour=15)
    html = desk.get("/messages").content.decode()
    assert order(html) == [failed.pk, sent.pk]
    assert "Needs somebody" in html
    looked = AuditEntry.objects.filter(action="messaging.open_list").latest("pk")
    assert looked.extra["shown"] == sorted({failed.patient_id, sent.patient_id})


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("state=sent", ["sent"]),
        ("kind=confirmation", ["sent", "failed"]),
        ("channel=text", []),
        ("state=nonsense", ["sent", "failed"]),
        ("where=here", ["sent", "failed"]),
    ],
)
def test_the_list_is_narrowed(desk, written, asked, shown):
    made = {"failed": written("failed").pk, "sent": written("sent", hour=15).pk}
    assert order(desk.get(f"/messages?{asked}").content.decode()) == [made[state] for state in shown]


def test_it_goes_on_below_the_last_line(desk, written, monkeypatch):
    monkeypatch.setattr("frontdesk.entrypoints.desk.messaging.outbox.SHOWN", 2)
    made = [written("sent", hour=hour).pk for hour in (10, 11, 13)]
    first = desk.get("/messages").content.decode()
    assert order(first) == made[:0:-1]
    older = re.search(r'href="(/messages\?before=\d+)"', first)[1]
    assert order(desk.get(older).content.decode()) == made[:1]


def test_the_page_costs_the_same_however_much_was_written(desk, written, django_assert_max_num_queries):
    for hour in (10, 11, 13, 14):
        written("sent", hour=hour)
    with django_assert_max_num_queries(12):
        desk.get("/messages")


def test_a_message_opens_with_its_words_as_they_went_out(desk, written):
    made = written("sent", subject="Your appointment", words="Hello Ana,\nsee you at two.", via="smtp")
    html = desk.get(f"/messages/{made.pk}", headers=HX).content.decode()
    for words in ("Your appointment", "Hello Ana,\nsee you at two.", "ana@example.org"):
        assert words in html
    assert AuditEntry.objects.filter(action="messaging.open_message", patient_id=made.patient_id).exists()


def test_one_that_waits_shows_what_it_would_say(desk, written):
    html = desk.get(f"/messages/{written().pk}", headers=HX).content.decode()
    assert "as they would go out now" in html
    assert "Tuesday, March 10" in html


def test_where_nothing_carries_it_the_page_says_so(desk, written, settings):
    made = written("sent", via="outbox", words="Hello")
    html = desk.get("/messages").content.decode()
    assert "No mail server and no carrier for texts is set up" in html
    assert "Kept here" in html
    assert "Nobody has received this" in desk.get(f"/messages/{made.pk}", headers=HX).content.decode()


def test_a_failed_message_is_sent_again_settled_or_its_address_corrected(desk, written):
    made = written("failed")
    html = desk.get(f"/messages/{made.pk}", headers=HX).content.decode()
    assert f"/patients/{made.patient_id}/contacts" in html
    answer = desk.post(f"/messages/{made.pk}/again", {"_key": "a"}, headers=HX)
    assert answer.status_code == 200
    assert f'hx-swap-oob="innerHTML:#m{made.pk}"' in answer.content.decode()
    made.refresh_from_db()
    assert made.state == "queued"


@pytest.mark.parametrize(
    ("state", "how", "becomes"), [("failed", "told", "failed"), ("in_doubt", "went_out", "sent")]
)
def test_settling_says_what_became_of_it(desk, written, state, how, becomes):
    made = written(state)
    desk.post(f"/messages/{made.pk}/settle", {"_key": "s", "how": how}, headers=HX)
    made.refresh_from_db()
    assert (made.state, made.settled_by) == (becomes, "Rosa Diaz")
    assert "Needs somebody" not in desk.get("/messages").content.decode()


def test_what_has_not_gone_out_can_be_taken_back_and_what_has_cannot(desk, written):
    waits, gone = written(), written("sent", hour=15)
    assert desk.post(f"/messages/{waits.pk}/withdraw", {"_key": "w"}, headers=HX).status_code == 200
    refused = desk.post(f"/messages/{gone.pk}/withdraw", {"_key": "x"}, headers=HX)
    assert refused.status_code == 422
    assert "has gone out" in refused.content.decode()
    assert set(Message.objects.values_list("state", flat=True)) == {"withdrawn", "sent"}


def test_what_is_asked_wrongly_is_refused(desk, written):
    made = written("failed")
    assert (
        desk.post(f"/messages/{made.pk}/settle", {"_key": "s", "how": "guess"}, headers=HX).status_code == 422
    )
    assert desk.post(f"/messages/{made.pk}/burn", {"_key": "b"}).status_code == 404
    assert desk.get("/messages/999999").status_code == 404
    assert desk.get("/messages?before=x&state=é").status_code == 200


def test_a_trainee_sees_messages_and_does_nothing_with_them(client, sign_in, written):
    sign_in(role="trainee", username="sam", display_name="Sam")
    made = written("failed")
    html = client.get(f"/messages/{made.pk}", headers=HX).content.decode()
    assert "Send again" not in html
    assert client.post(f"/messages/{made.pk}/settle", {"how": "told"}, headers=HX).status_code == 403


def test_the_desk_counts_what_did_not_arrive(desk, written):
    written("failed")
    html = desk.get("/desk/strip").content.decode()
    assert re.search(r'href="/messages"><span class="figure-n">1</span>.*?Messages that did not arrive', html)


def test_the_card_of_a_visit_says_what_its_patient_was_told(desk, written):
    made = written("sent", sent_at=tomorrow())
    html = desk.get(f"/appointments/{made.about_id}").content.decode()
    assert "Told to the patient about this visit" in html
    assert f'href="/messages/{made.pk}"' in html


def test_the_record_shows_what_was_written_and_the_way(desk, written, django_assert_max_num_queries):
    made = written("sent")
    with django_assert_max_num_queries(40):
        html = desk.get(f"/patients/{made.patient_id}/messages").content.decode()
    assert order(html) == [made.pk]
    assert "A reminder goes by e-mail to ana@example.org" in html


def test_no_more_messages_and_messages_again(desk, written):
    who = reachable(mobile="+16175550134", may_text=True)
    to = f"/patients/{who.pk}/opt/"
    asked = {"channel": "email", "address": "ana@example.org"}
    desk.post(to + "out", {"_key": "o", **asked})
    html = desk.get(f"/patients/{who.pk}/messages").content.decode()
    assert "asked for no more messages here" in html
    assert "goes by text to (617) 555-0134" in html
    desk.post(to + "in", {"_key": "i", **asked})
    assert "asked for no more" not in desk.get(f"/patients/{who.pk}/messages").content.decode()
    other = desk.post(to + "out", {"_key": "p", "channel": "email", "address": "bo@example.org"})
    assert other.status_code == 422
    assert desk.post(to + "sideways", {"_key": "q", **asked}).status_code == 404

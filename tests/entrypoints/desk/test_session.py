"""Signing in and out, and what a stranger sees."""

import pytest
from django.test import Client

from frontdesk.kit import clock
from frontdesk.office.accounts.services.passwords import PAUSE, TRIES
from frontdesk.office.audit.models import AuditEntry
from tests.factories import practice as make
from tests.people import mia

pytestmark = pytest.mark.django_db
RIGHT = {"username": "rosa", "password": "a long enough password"}
WRONG = {"username": "rosa", "password": "not the right password"}


@pytest.fixture
def rosa(db):
    make.practice()
    make.location()
    return make.user()


def test_a_stranger_is_sent_to_the_sign_in_page(client, rosa):
    assert client.get("/")["Location"] == "/sign-in"


def test_a_part_of_a_page_tells_a_stranger_where_to_go(client, rosa):
    answer = client.get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/sign-in")


def test_the_right_password_opens_the_desk(client, rosa):
    assert client.post("/sign-in", RIGHT)["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_wrong_name_and_a_wrong_password_read_alike(client, rosa):
    one = client.post("/sign-in", WRONG).content
    other = client.post("/sign-in", {**WRONG, "username": "nobody"}).content
    sentence = b"That name and password do not belong together."
    assert sentence in one
    assert sentence in other


def test_ten_wrong_tries_make_the_name_wait_and_then_it_works_again(client, rosa):
    for _ in range(TRIES):
        client.post("/sign-in", WRONG)
    assert b"Too many tries" in client.post("/sign-in", RIGHT).content
    with clock.fixed(clock.now() + PAUSE * 1.1):
        assert client.post("/sign-in", RIGHT).status_code == 302


def test_signing_in_and_failing_to_are_on_record(client, rosa):
    client.post("/sign-in", WRONG)
    client.post("/sign-in", RIGHT)
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["accounts.sign_in_refused", "accounts.sign_in", "accounts.begin_session"]


def test_a_session_ends_with_the_account(client, rosa):
    from frontdesk.office.accounts.services import deactivate

    client.post("/sign-in", RIGHT)
    deactivate(mia(), user_id=rosa.pk)
    assert client.get("/")["Location"] == "/sign-in"


def test_a_new_password_ends_the_old_sessions(client, rosa):
    client.post("/sign-in", RIGHT)
    rosa.set_password("another long password")
    rosa.save()
    assert client.get("/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(client, rosa):
    client.post("/sign-in", RIGHT)
    kept = client.cookies["session"].value
    client.post("/sign-out")
    other = Client()
    other.cookies["session"] = kept
    assert other.get("/").status_code == 302


def test_a_form_without_its_token_is_refused_and_nothing_is_changed(rosa):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in", RIGHT).status_code == 403


def test_every_answer_keeps_out_of_caches_and_says_what_may_run(client, rosa):
    answer = client.get("/sign-in")
    assert answer["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]

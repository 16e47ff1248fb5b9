"""People: a manager makes accounts, and whoever is let in chooses a password of their own."""

import re

import pytest
from django.test import Client

from frontdesk.office.accounts.models import User
from frontdesk.office.audit.models import FormKey
from tests.entrypoints.desk.scheduling.conftest import hidden
from tests.factories import practice as make

pytestmark = pytest.mark.django_db
OWN = "four plain words here"


@pytest.fixture
def manager(client):
    make.practice()
    make.location()
    return signed_in(client, "manager", "mia", "Mia Novak")


def signed_in(client, role, username, name):
    make.user(role=role, username=username, display_name=name)
    client.post("/sign-in", {"username": username, "password": "a long enough password"})
    return client


def send(browser, path, **fields):
    html = browser.get(path).content.decode()
    kept = {name: hidden(html, name) for name in ("_key", "version") if hidden(html, name)}
    if (secret := re.search(r'id="f-password"[^>]* value="([^"]+)"', html)) and "password" not in fields:
        kept["password"] = secret[1]
    return browser.post(path, {**kept, **fields})


def sam(manager):
    """Add Sam; return the password the page tells."""
    answer = send(manager, "/people/new", display_name="Sam Wu", username="sam", role="psr")
    assert answer.status_code == 200, answer.content.decode()
    return re.search(r'class="secret">([^<]+)<', answer.content.decode())[1]


def come_in(secret):
    browser = Client()
    browser.post("/sign-in", {"username": "sam", "password": secret})
    return browser


def choose(browser, secret, own=OWN):
    return send(browser, "/password", password_current=secret, password_new=own, password_again=own)


def test_a_colleague_is_added_comes_in_and_must_choose_a_password(manager):
    secret = sam(manager)
    browser = come_in(secret)
    assert browser.get("/").url == "/password"
    assert browser.get("/patients", headers={"HX-Request": "true"})["HX-Redirect"] == "/password"
    assert "Welcome, Sam Wu" in browser.get("/password").content.decode()
    assert choose(browser, secret).url == "/"
    assert browser.get("/").status_code == 200
    assert Client().post("/sign-in", {"username": "sam", "password": secret}).status_code == 422


def test_the_list_shows_who_works_here_and_who_left(manager):
    sam(manager)
    html = manager.get("/people").content.decode()
    assert all(
        words in html
        for words in ("the account of Sam Wu", "Patient Service Representative", "One-time password")
    )
    manager.post(f"/people/{User.objects.get(username='sam').pk}/end", {})
    assert "the account of Sam Wu" not in manager.get("/people").content.decode()
    assert "Sam Wu" in manager.get("/people?show=former").content.decode()


def test_a_role_is_changed_and_holds_from_the_next_click(manager):
    secret = sam(manager)
    browser = come_in(secret)
    choose(browser, secret)
    assert browser.get("/people").status_code == 403
    path = f"/people/{User.objects.get(username='sam').pk}"
    assert send(manager, path, display_name="Sam Wu", role="manager").url == "/people"
    assert browser.get("/people").status_code == 200


def test_ending_an_access_ends_every_session_and_it_does_not_come_back_with_the_account(manager):
    secret = sam(manager)
    browser = come_in(secret)
    choose(browser, secret)
    path = f"/people/{User.objects.get(username='sam').pk}"
    manager.post(f"{path}/end", {})
    assert browser.get("/").url == "/sign-in"
    send(manager, f"{path}/password")
    assert browser.get("/").url == "/sign-in"


def test_a_new_one_time_password_ends_every_session(manager):
    secret = sam(manager)
    browser = come_in(secret)
    choose(browser, secret)
    answer = send(manager, f"/people/{User.objects.get(username='sam').pk}/password")
    assert browser.get("/").url == "/sign-in"
    told = re.search(r'class="secret">([^<]+)<', answer.content.decode())[1]
    assert come_in(told).get("/").url == "/password"


def test_the_same_form_sent_twice_tells_the_same_password(manager):
    html = manager.get("/people/new").content.decode()
    given = {
        "_key": hidden(html, "_key"),
        "display_name": "Sam Wu",
        "username": "sam",
        "role": "psr",
        "password": "bkdt-7rmq-x4hw-2znp",
    }
    first, second = manager.post("/people/new", given), manager.post("/people/new", given)
    assert "bkdt-7rmq-x4hw-2znp" in second.content.decode()
    assert (first.status_code, second.status_code, User.objects.filter(username="sam").count()) == (
        200,
        200,
        1,
    )


def test_ones_own_password_is_changed_and_elsewhere_one_is_signed_out(client):
    make.location()
    here = signed_in(client, "psr", "rosa", "Rosa Diaz")
    elsewhere = Client()
    elsewhere.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    assert choose(here, "a long enough password").url == "/"
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").url == "/sign-in"


@pytest.mark.parametrize(
    ("current", "new", "again", "says"),
    [
        ("not the right one at all", OWN, OWN, "current password is not right"),
        ("a long enough password", "short", "short", "15 characters"),
        ("a long enough password", OWN, OWN + "!", "do not read the same"),
        ("a long enough password", "a long enough password", "a long enough password", "another one"),
    ],
)
def test_a_password_that_cannot_be_is_refused_in_words_and_never_shown(client, current, new, again, says):
    make.location()
    here = signed_in(client, "psr", "rosa", "Rosa Diaz")
    answer = send(here, "/password", password_current=current, password_new=new, password_again=again)
    html = answer.content.decode()
    assert (answer.status_code, says in html) == (422, True)
    assert f'value="{new}"' not in html


def test_no_fingerprint_of_a_password_is_kept(client):
    make.location()
    here = signed_in(client, "psr", "rosa", "Rosa Diaz")
    key = hidden(here.get("/password").content.decode(), "_key")
    for tried in ("tried first of all", "and then another one"):
        here.post("/password", {"_key": key, "password_current": "a long enough password",
                                "password_new": tried, "password_again": tried})  # fmt: skip
    # Were it part of the fingerprint, the second would have been refused as another form.
    assert FormKey.objects.count() == 1


def test_who_keeps_no_accounts_is_told_whom_to_ask(client):
    make.location()
    here = signed_in(client, "lead", "lena", "Lena Park")
    for path in ("/people", "/people/new", "/people/1", "/people/1/password", "/locations", "/locations/new"):
        answer = here.get(path)
        assert answer.status_code == 403
        assert "Ask the practice manager" in answer.content.decode()
    assert here.post("/people/1/end", {}).status_code == 403


def test_a_manager_is_offered_no_administrators_role(manager):
    assert "Administrator" not in manager.get("/people/new").content.decode()
    assert send(manager, "/people/new", display_name="X", username="x", role="admin").status_code == 403


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "²"])
def test_a_page_that_is_not_there_is_no_error(manager, page):
    assert manager.get("/people", {"page": page}).status_code == 200

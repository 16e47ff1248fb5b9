"""P55, P56: screens of their own, and the secrets by which something is known that is nobody."""

import re
import time
from unittest import mock

import pytest
from django.apps import apps
from django.test import Client

from frontdesk.entrypoints.desk.visits import wall
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import Device, User
from frontdesk.office.jobs.models import Job
from tests.attacks.asking import FRAGMENT, ROWS, ask, name_of, ways
from tests.attacks.practice import changing_nothing, undone
from tests.factories.messaging import link_to
from tests.people import gus

pytestmark = pytest.mark.django_db
NAMES = re.compile(r"Ana|Ito|Bo\b|Brandt|555-|1962|1980|MRN")


def screen_of(world, kind, name="Corridor"):
    """A browser that was made a screen of Elm's."""
    secret = accounts.new_device_secret(gus())
    made = accounts.register_device(
        gus(), name=name, kind=kind, location_id=world.elm.location.pk, secret=secret
    )
    here = Client()
    here.cookies["screen"] = secret
    return here, made, secret


def test_p55_a_kiosk_shows_no_patient_no_way_out_and_nothing_to_fill_in(world):
    with undone():
        here, _, _ = screen_of(world, Device.KIOSK)
        for query in ("", "?theme=dark", "?patient=1", "?next=/patients", "?print=1"):
            html = here.get(f"/screen{query}").content.decode()
            body = html.partition("<body")[2]
            assert not NAMES.search(body)
            assert not re.search(r"<a |<form|<input|<button|<iframe|window\.print|target=", body)
        assert "no-store" in here.get("/screen")["Cache-Control"]


def test_p55_a_wall_shows_initials_of_its_own_site_and_forgets_when_it_must(world):
    with undone():
        here, made, _ = screen_of(world, Device.WALL)
        html = here.get("/screen").content.decode()
        assert not NAMES.search(html.partition("<body")[2])
        lines = re.search(r'data-lines="([^"]+)"', html)[1]
        elsewhere = Client()
        told = elsewhere.get(lines)
        assert (told.status_code, NAMES.search(told.content.decode())) == (200, None)
        later = time.time() + wall.HOURS + 1
        with mock.patch("django.core.signing.time.time", lambda: later):
            gone = elsewhere.get(lines)
            assert (gone.status_code, gone.content) == (410, b"")
        accounts.end_device(gus(), device_id=made.pk)
        assert elsewhere.get(lines).status_code == 410
        assert here.get("/screen")["Location"] == "/sign-in"


def test_p55_the_word_of_one_site_opens_no_other(world):
    with undone():
        here, _, _ = screen_of(world, Device.WALL)
        lines = re.search(r'data-lines="([^"]+)"', here.get("/screen").content.decode())[1]
        assert "Oak" not in here.get(lines).content.decode()
        head, _, tail = lines.rpartition("/")
        for forged in (
            tail[:-1] + ("A" if tail[-1] != "A" else "B"),
            tail[::-1],
            f"{world.oak.location.pk}",
            "x",
        ):
            assert here.get(f"{head}/{forged}").status_code in {404, 410}


def test_p55_nothing_typed_on_a_page_of_patients_is_kept_by_the_browser(world):
    """Every field somebody signs in or proves themselves with says what it is; and no page is kept (P63)."""
    html = Client().get("/sign-in").content.decode()
    assert re.findall(r'autocomplete="([^"]+)"', html)
    with undone():
        assert "no-store" in Client().get(f"/a/{world.elm.word}")["Cache-Control"]


def test_p56_a_secret_in_an_address_or_a_header_is_not_heard(world):
    with undone():
        _, _, secret = screen_of(world, Device.WALL)
        for query in ("screen", "secret", "key", "api_key", "token", "access_token"):
            assert Client().get(f"/screen?{query}={secret}")["Location"] == "/sign-in"
            assert Client().post(f"/screen?{query}={secret}").status_code == 405
        for head in ("Authorization", "X-Api-Key", "X-Screen"):
            for value in (secret, f"Bearer {secret}", f"Token {secret}"):
                assert Client(headers={head: value}).get("/screen")["Location"] == "/sign-in"
                assert Client(headers={head: value}).get("/")["Location"] == "/sign-in"


def test_p56_no_secret_is_kept_that_could_be_read_again(world):
    """The database holds a digest of each, under a key it does not hold; the page that gave it out shows it once."""
    with undone():
        _, _, secret = screen_of(world, Device.WALL)
        word = link_to(world.elm.message)
        made = accounts.invite(gus(), user_id=world.colleague.pk, email="pat@example.org")
        token = accounts.token_of(made).rpartition("-")[2]
        kept = "\n".join(
            str(row)
            for model in apps.get_models()
            if model.__module__.startswith("frontdesk.")
            for row in model.objects.values_list()
        )
    for one in (secret, word, token):
        assert len(one) >= 24
        assert one not in kept


def test_p56_the_secret_of_a_screen_is_on_no_page(world):
    with undone():
        here = world.browsers["manager"]
        answer = here.post("/people/devices/here", {"name": "Corridor 2", "kind": "wall"})
        secret = answer.cookies["screen"].value
        assert answer.cookies["screen"]["httponly"]
        assert answer.cookies["screen"]["samesite"] == "Strict"
        for page in ("/people/devices", "/screen"):
            assert secret not in here.get(page).content.decode()
        assert secret not in answer.content.decode()
        assert secret not in str(list(Job.objects.values_list("payload")))


def test_p56_a_service_account_has_no_password_to_sign_in_with(world):
    """A program is let in by no form; it has no key yet either, for there is nothing it could ask."""
    service = world.people["service"]
    assert User.objects.get(pk=service.pk).role == "service"
    with undone():
        answer = Client().post(
            "/sign-in", {"username": service.username, "password": "a long enough password"}
        )
        assert answer.status_code == 422

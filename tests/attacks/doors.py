"""The ways in, as those who attack them use them: passwords right and wrong, an app's codes, a browser signed in."""

import re
from datetime import timedelta

from django.test import Client

from frontdesk.kit import clock
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.accounts.rules import STEP, app_code

PASSWORD = "a long enough password"
RIGHT = {"username": "rosa", "password": PASSWORD}
WRONG = {"username": "rosa", "password": "not the right password"}


def add_app(user):
    with clock.fixed(clock.now() - timedelta(minutes=5)):
        secret = accounts.begin_app(actor_for(user))
        accounts.confirm_app(actor_for(user), code=code_of(secret))
    return secret


def code_of(secret, later=0):
    return app_code(secret, int(clock.now().timestamp()) // STEP + later)


def signed_in(username="rosa", **headers):
    browser = Client(headers=headers)
    browser.post("/sign-in", {"username": username, "password": PASSWORD})
    return browser


def is_in(browser):
    return browser.get("/").status_code == 200


def sentence(answer):
    return re.sub(r"<[^>]+>", " ", re.search(r'note-title">([^<]*)<', answer.content.decode())[1])

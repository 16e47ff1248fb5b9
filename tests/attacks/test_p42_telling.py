"""P42: what an answer tells. A name nobody has, a wrong password and a wrong code say the same, and take as long."""

import statistics
import time

import pytest
from django.test import Client

from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.errors import SecondFactorRefused, SignInRefused
from frontdesk.office.accounts.models import Tally
from tests.attacks.doors import RIGHT, WRONG, sentence

ROUNDS = 40


def test_a_wrong_name_a_wrong_password_and_a_closed_account_read_alike(rosa):
    browser = Client()
    told = {sentence(browser.post("/sign-in", {**WRONG, "username": name})) for name in ("rosa", "nobody")}
    type(rosa).objects.update(is_active=False)
    told.add(sentence(browser.post("/sign-in", RIGHT)))
    assert len(told) == 1


def test_they_take_as_long(rosa, mia, app):
    """Counted in the work this process does, in all its threads: the clock on the wall tells what else the machine does."""

    def refused(ask):
        Tally.objects.all().delete()
        begun = time.process_time()
        with pytest.raises((SignInRefused, SecondFactorRefused)):
            ask()
        return time.process_time() - begun

    asked = {
        "name": lambda: accounts.sign_in(username="nobody", password="not the right one"),
        "password": lambda: accounts.sign_in(username="rosa", password="not the right one"),
        "code": lambda: accounts.show_code(user_id=mia.pk, code="000000"),
    }
    took = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, ask in asked.items():
            took[name].append(refused(ask))
    medians = [statistics.median(times) for times in took.values()]
    assert max(medians) - min(medians) < 0.020, medians

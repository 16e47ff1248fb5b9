"""P41: wrong passwords in numbers. Who guesses waits; the desk, and everybody else behind its address, does not."""

from datetime import timedelta

from django.test import Client

from frontdesk.kit import clock
from frontdesk.office.accounts.models import Tally
from frontdesk.office.accounts.services.passwords import ALTOGETHER, PAUSE, TRIES
from frontdesk.office.accounts.services.tallies import UNKNOWN
from frontdesk.office.audit.models import AuditEntry
from tests.attacks.doors import PASSWORD, RIGHT, WRONG, is_in, signed_in
from tests.factories import practice as make


def guess(times, address="10.0.0.9", browser=None, **given):
    browser = browser or Client(REMOTE_ADDR=address)
    return [browser.post("/sign-in", {**WRONG, **given}, REMOTE_ADDR=address) for _ in range(times)]


def test_twenty_wrong_passwords_wait_and_the_right_one_after_the_wait_works(rosa):
    answers = guess(20)
    assert sum(b"Too many tries" in one.content for one in answers) == 20 - TRIES
    browser = Client(REMOTE_ADDR="10.0.0.9")
    assert b"Too many tries" in browser.post("/sign-in", RIGHT).content
    with clock.fixed(clock.now() + PAUSE + timedelta(seconds=1)):
        assert browser.post("/sign-in", RIGHT).status_code == 302


def test_a_colleague_behind_the_same_address_signs_in_meanwhile(rosa):
    make.user(username="lena", display_name="Lena")
    guess(20)
    browser = Client(REMOTE_ADDR="10.0.0.9")
    browser.post("/sign-in", {"username": "lena", "password": PASSWORD})
    assert is_in(browser)


def test_the_same_person_at_another_desk_signs_in_meanwhile(rosa):
    guess(20, address="203.0.113.7")
    assert is_in(signed_in())


def test_guesses_from_a_thousand_addresses_wait_too_but_not_where_the_person_works(rosa):
    own = signed_in()
    own.post("/sign-out")
    for n in range(ALTOGETHER + 5):
        last = guess(1, address=f"198.51.100.{n % 250}")[0]
    assert b"Too many tries" in last.content
    assert b"Too many tries" in Client(REMOTE_ADDR="192.0.2.1").post("/sign-in", RIGHT).content
    own.post("/sign-in", RIGHT)
    assert is_in(own)


def test_the_counts_stay_bounded_however_many_names_are_tried(site):
    assert UNKNOWN <= 4096
    for n in range(60):
        guess(1, username=f"nobody-{n}")
    assert Tally.objects.count() <= 120
    assert all(row.key.partition(":")[2].isdigit() for row in Tally.objects.all())


def test_who_waits_writes_no_more_into_the_record(rosa):
    guess(30)
    assert AuditEntry.objects.filter(action="accounts.sign_in_refused").count() == TRIES


def test_a_made_up_forwarded_address_is_not_believed_on_plain_http(rosa):
    browser = Client(REMOTE_ADDR="10.0.0.9")
    for n in range(20):
        answer = browser.post("/sign-in", WRONG, headers={"X-Forwarded-For": f"198.51.100.{n}"})
    assert b"Too many tries" in answer.content


def test_a_forged_station_is_nobodys_station(rosa):
    browser = Client(REMOTE_ADDR="10.0.0.9")
    for n in range(20):
        browser.cookies["station"] = f'{{"id": "{n}", "who": [{rosa.pk}]}}'
        answer = browser.post("/sign-in", WRONG)
    assert b"Too many tries" in answer.content

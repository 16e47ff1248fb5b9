"""P48: the link of an invitation. Used once, not for long, bound to one account, its address not from the request."""

from datetime import timedelta

import pytest
from django.test import Client

from frontdesk.exchange.mail.inviting import composed, link_of
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid, NotPermitted
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import Invitation
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.jobs.models import Job
from tests.attacks.doors import PASSWORD, is_in, signed_in
from tests.factories import practice as make
from tests.people import mia as manager
from tests.people import rosa as clerk

CHOSEN = "three plain words more"
NEW = {"password_new": CHOSEN, "password_again": CHOSEN}
HOME = "https://desk.example.org"


@pytest.fixture
def sam(site, settings):
    settings.PUBLIC_URL = HOME
    return make.user("trainee", "sam", "Sam Wu")


@pytest.fixture
def link(sam):
    made = accounts.invite(manager(), user_id=sam.pk, email="sam@example.org")
    return f"/welcome/{accounts.token_of(made)}"


def test_it_lets_in_once_with_the_password_that_was_chosen(link):
    browser = Client()
    assert b"Welcome, Sam Wu" in browser.get(link).content
    assert browser.post(link, NEW)["Location"] == "/"
    assert is_in(browser)
    assert Client().post(link, NEW).status_code == 410
    assert Client().get(link).status_code == 410
    assert Client().post("/sign-in", {"username": "sam", "password": CHOSEN})["Location"] == "/"


def test_looking_at_it_as_a_mail_scanner_does_uses_nothing_up(link):
    for _ in range(3):
        assert Client().get(link).status_code == 200
    assert Client().post(link, NEW).status_code == 302


def test_it_runs_out(link):
    with clock.fixed(clock.now() + timedelta(hours=24, seconds=1)):
        assert Client().get(link).status_code == 410
        assert Client().post(link, NEW).status_code == 410


@pytest.mark.parametrize("lasts", [timedelta(minutes=19), timedelta(hours=73)])
def test_it_lasts_from_twenty_minutes_to_three_days(sam, lasts):
    with pytest.raises(Invalid):
        accounts.invite(manager(), user_id=sam.pk, email="sam@example.org", lasts=lasts)


def test_a_newer_one_ends_the_older(link, sam):
    accounts.invite(manager(), user_id=sam.pk, email="sam@example.org")
    assert Client().get(link).status_code == 410


def test_it_is_bound_to_its_account(link, sam):
    rosa = make.user()
    other = accounts.invite(manager(), user_id=rosa.pk, email="rosa@example.org")
    number, _, digest = link.rpartition("/")[2].partition("-")
    for forged in (
        f"{other.pk}-{digest}",
        f"{number}-{digest[:-1]}",
        f"{number}-",
        number,
        "0-0",
        "²-x",
        "9" * 40,
    ):
        assert Client().get(f"/welcome/{forged}").status_code == 410


def test_it_cannot_be_used_after_access_ended(link, sam):
    accounts.deactivate(manager(), user_id=sam.pk)
    assert Client().post(link, NEW).status_code == 410


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Server": "evil.example"},
        {"Forwarded": "host=evil.example"},
    ],
)
def test_a_forged_host_has_no_effect_on_the_link(sam, headers, settings):
    from frontdesk.exchange.mail.server import Settings

    settings.MAIL = Settings("mail.example.org", 25, "desk@example.org")
    make.user("manager", "mia", "Mia Novak")
    browser = signed_in("mia")
    answer = browser.post(
        f"/people/{sam.pk}/invite", {"email": "sam@example.org", "hours": "24"}, headers=headers
    )
    assert answer.status_code == 302
    made = Invitation.objects.get()
    assert link_of(made).startswith(f"{HOME}/welcome/")
    letter = composed(made, "desk@example.org").decode()
    assert f"{HOME}/welcome/" in letter
    assert "evil" not in letter
    assert "evil" not in str(list(Job.objects.values_list("payload", flat=True)))


def test_a_host_that_is_not_ours_is_not_answered_at_all(sam):
    assert Client().get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_a_line_break_in_an_address_or_a_name_makes_no_header(sam):
    with pytest.raises(Invalid):
        accounts.invite(manager(), user_id=sam.pk, email="sam@example.org\r\nBcc: all@evil.example")
    from frontdesk.office.practice.models import Practice

    Practice.objects.update(name="Elm\r\nBcc: all@evil.example")
    made = accounts.invite(manager(), user_id=sam.pk, email="sam@example.org")
    from email.errors import MessageError

    try:
        letter = composed(made, "desk@example.org").decode()
    except (MessageError, ValueError):
        return
    assert "\nBcc:" not in letter


def test_the_link_stands_in_no_record_and_no_job(link):
    token = link.rpartition("-")[2]
    kept = [
        *AuditEntry.objects.values_list("before", "after", "extra", "subject"),
        *Job.objects.values_list("payload"),
    ]
    assert token not in str(kept)


def test_a_weak_password_is_refused_and_the_link_still_works(link):
    weak = {"password_new": "elm street family medicine", "password_again": "elm street family medicine"}
    assert b"little more than a name" in Client().post(link, weak).content
    assert Client().post(link, NEW).status_code == 302


def test_who_may_not_invite_invites_nobody(sam):
    with pytest.raises(NotPermitted):
        accounts.invite(clerk(), user_id=sam.pk, email="sam@example.org")
    chief = make.user("admin", "chief", "Chief")
    with pytest.raises(NotPermitted):
        accounts.invite(manager(), user_id=chief.pk, email="me@example.org")


@pytest.mark.parametrize(
    "path", ["/register", "/sign-up", "/signup", "/accounts/signup/", "/welcome/", "/users/new"]
)
def test_there_is_no_page_on_which_anybody_registers(site, path):
    assert Client().get(path).status_code == 404


def test_the_new_persons_role_asks_for_a_second_factor_at_once(link, sam, settings):
    settings.FRONTDESK_SECOND_FACTOR = ["trainee"]
    browser = Client()
    assert browser.post(link, NEW)["Location"] == "/my/sign-in"
    assert not is_in(browser)
    assert PASSWORD

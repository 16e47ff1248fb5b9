"""P95: the clock is set back an hour. No number comes twice, and nothing that was used or ended is good again."""

from datetime import timedelta

import pytest
from django.test import Client

from frontdesk.kit import clock
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import Device
from frontdesk.office.audit import seals
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.downtime import services as downtime
from frontdesk.office.jobs import services as jobs
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.errors import LinkUsed
from frontdesk.office.patients.models import Patient
from tests.attacks.doors import PASSWORD, add_app, code_of, is_in, signed_in
from tests.factories import practice as make
from tests.factories.messaging import about, facts, link_to, reachable
from tests.factories.patients import bo
from tests.people import gus, mia
from tests.people import rosa as clerk

pytestmark = pytest.mark.django_db


@pytest.fixture
def back():
    """An hour earlier than now."""
    return clock.fixed(clock.now() - timedelta(hours=1))


def test_no_record_number_and_no_number_of_a_paper_form_comes_twice(site, back):
    kept = [bo(phone="(617) 555-0101").mrn]
    forms = [one.number for one in downtime.issue_forms(gus(), location_id=site.pk, day=clock.now().date())]
    with back:
        kept.append(bo(phone="(617) 555-0102", legal_first="Ben").mrn)
        tomorrow = clock.now().date() + timedelta(days=1)
        forms += [one.number for one in downtime.issue_forms(gus(), location_id=site.pk, day=tomorrow)]
    kept.append(bo(phone="(617) 555-0103", legal_first="Bob").mrn)
    assert len(set(kept)) == 3 == Patient.objects.count()
    assert len(set(forms)) == len(forms)


def test_the_record_of_deeds_goes_on_in_its_order_and_fits_its_seals(site, back, tmp_path):
    anchor = seals.Anchor(tmp_path / "anchor.txt", (b"the key of today",), tmp_path / "copy.txt")
    bo()
    seals.seal(anchor, settled=timedelta(0))
    first = AuditEntry.objects.latest("pk").pk
    with back:
        bo(legal_first="Ben", phone="(617) 555-0102")
        assert AuditEntry.objects.latest("pk").pk > first
        seals.seal(anchor, settled=timedelta(0))
        assert seals.breaches(anchor) == []


def test_a_code_that_was_used_is_used_however_early_it_is(rosa, site, back):
    secret = add_app(rosa)
    code = code_of(secret)
    browser = Client()
    browser.post("/sign-in", {"username": "rosa", "password": PASSWORD})
    assert browser.post("/sign-in/code", {"code": code})["Location"] == "/"
    with back:
        for later in (-1, 0, 1):
            other = Client()
            other.post("/sign-in", {"username": "rosa", "password": PASSWORD})
            other.post("/sign-in/code", {"code": code_of(secret, later)})
            assert not is_in(other)
        again = Client()
        again.post("/sign-in", {"username": "rosa", "password": PASSWORD})
        again.post("/sign-in/code", {"code": code})
        assert not is_in(again)


def test_a_session_and_a_screen_that_were_ended_stay_so(rosa, site, back):
    browser = signed_in()
    browser.post("/people/devices/here", {"name": "x", "kind": "wall"})
    secret = accounts.new_device_secret(gus())
    made = accounts.register_device(gus(), name="Hall", kind="wall", location_id=site.pk, secret=secret)
    accounts.end_device(gus(), device_id=made.pk)
    browser.post("/sign-out")
    with back:
        assert not is_in(browser)
        screen = Client()
        screen.cookies["screen"] = secret
        assert screen.get("/screen")["Location"] == "/sign-in"
    assert Device.objects.get(pk=made.pk).ended_at


def test_an_invitation_and_a_link_that_were_used_up_stay_so(site, back, settings):
    settings.PUBLIC_URL = "https://desk.example.org"
    sam = make.user("trainee", "sam", "Sam Wu")
    made = accounts.invite(mia(), user_id=sam.pk, email="sam@example.org")
    link = f"/welcome/{accounts.token_of(made)}"
    new = {"password_new": "three plain words more", "password_again": "three plain words more"}
    assert Client().post(link, new).status_code == 302
    message = messaging.announce(
        clerk(), patient_id=reachable().pk, kind="confirmation", about=about(), version=1,
        after=facts(clock.now() + timedelta(days=2)),
    )  # fmt: skip
    word = link_to(message)
    from frontdesk.entrypoints.portal.http import PATIENT

    messaging.use_link(PATIENT, token=word, action="cancel", deed=lambda link: None)
    with back:
        assert Client().get(link).status_code == 410
        assert Client().post(link, new).status_code == 410
        # The same answer again is heard and does nothing; any other is too late.
        messaging.use_link(PATIENT, token=word, action="cancel", deed=pytest.fail)
        with pytest.raises(LinkUsed):
            messaging.use_link(PATIENT, token=word, action="reschedule", deed=pytest.fail)


def test_work_that_was_done_is_not_done_again(site, back):
    jobs.enqueue("jobs.forget_done", {}, dedupe="once")
    assert jobs.work_off("w") == 1
    with back:
        jobs.enqueue("jobs.forget_done", {}, dedupe="once")
        assert jobs.work_off("w") == 0

"""P13: a right that is taken away is gone with the next request of a session that is still open."""

import pytest

from frontdesk.kit.actor import SYSTEM
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.scheduling.services import open_appointment
from tests.attacks.practice import browser, undone
from tests.factories import practice as make
from tests.people import gus

pytestmark = pytest.mark.django_db


def test_another_role_holds_from_the_next_click(world):
    with undone():
        who = make.user("lead", "lea", "Lea Ng")
        here = browser(who)
        assert here.get("/patients/merge-queue").status_code == 200
        accounts.change_user(gus(), user_id=who.pk, changes={"role": "trainee"})
        assert here.get("/patients/merge-queue").status_code == 403


def test_a_site_taken_away_is_gone_from_the_next_click(world):
    with undone():
        who = make.user("lead", "lea", "Lea Ng")
        here, path = browser(who), f"/appointments/{world.oak.visit.pk}"
        assert here.get(path).status_code == 200
        accounts.change_user(gus(), user_id=who.pk, changes={"site_ids": [world.elm.location.pk]})
        assert here.get(path).status_code == 404
        assert here.get(f"/appointments/{world.elm.visit.pk}").status_code == 200


def test_whose_access_is_ended_is_out_with_the_next_click(world):
    with undone():
        who = make.user("lead", "lea", "Lea Ng")
        here = browser(who)
        assert here.get("/board").status_code == 200
        accounts.deactivate(gus(), user_id=who.pk)
        assert here.get("/board").status_code == 302
        assert here.get("/board/lines", HTTP_HX_REQUEST="true").status_code == 401


def test_a_service_account_never_does_more_than_its_owner_and_nothing_without_them(world):
    with undone():
        owner = make.user("lead", "lea", "Lea Ng", site_ids=[world.elm.location.pk])
        made = accounts.create_user(
            SYSTEM,
            username="lab-feed",
            display_name="Lab feed",
            role="service",
            password="a long enough password 1",
            owner_id=owner.pk,
        )
        by = actor_for(made)
        assert open_appointment(by, appointment_id=world.elm.visit.pk)
        assert not by.works_at(world.oak.location.pk)
        accounts.deactivate(gus(), user_id=owner.pk)
        gone = actor_for(User.objects.get(pk=made.pk))
        assert not gone.permissions

"""P19: nobody approves what they did themselves."""

from datetime import timedelta

import pytest

from frontdesk.kit import clock
from frontdesk.kit.errors import NotPermitted, Refused
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import EmergencyAccess, User
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.oversight import services as oversight
from frontdesk.office.oversight.models import Look
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import BrokenGlass, Patient
from tests.attacks.practice import browser
from tests.factories import practice as make
from tests.factories.patients import ana

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["manager", "privacy", "admin"])
def keeper(request, db):
    make.practice()
    make.location()
    return make.user(request.param, "kay", "Kay Keeper")


def test_ones_own_role_and_places_are_changed_by_somebody_else(keeper):
    here = browser(keeper)
    elsewhere = make.location(name="Oak", short_name="Oak")
    for changes in ({"role": "admin"}, {"role": "lead"}, {"site_ids": [elsewhere.pk]}):
        if changes.get("role") == keeper.role:
            continue
        with pytest.raises((Refused, NotPermitted)):
            accounts.change_user(actor_for(keeper), user_id=keeper.pk, changes=changes)
    here.post(f"/people/{keeper.pk}", {"display_name": "Kay Keeper", "role": "admin", "everywhere": "on"})
    assert User.objects.get(pk=keeper.pk).role == keeper.role


def test_nobody_ends_their_own_access_or_gives_themselves_a_password(keeper):
    for verb, asked in (
        (accounts.deactivate, {}),
        (accounts.give_one_time_password, {"password": "another long enough password"}),
        (accounts.invite, {"email": "kay@example.org"}),
    ):
        with pytest.raises((Refused, NotPermitted)):
            verb(actor_for(keeper), user_id=keeper.pk, **asked)
    assert User.objects.get(pk=keeper.pk).is_active


def test_ones_own_emergency_is_looked_at_by_somebody_else(keeper):
    made = EmergencyAccess.objects.create(
        user=keeper,
        role="manager",
        reason="It cannot wait",
        began_at=clock.now(),
        ends_at=clock.now() + timedelta(hours=1),
    )
    with pytest.raises((Refused, NotPermitted)):
        accounts.see_emergency_access(actor_for(keeper), access_id=made.pk)
    browser(keeper).post(f"/emergencies/{made.pk}")
    assert EmergencyAccess.objects.get().seen_at is None


def test_an_emergency_gives_no_right_to_look_at_emergencies_or_to_make_accounts(db):
    make.practice()
    make.location()
    rosa = make.user()
    accounts.take_emergency_access(actor_for(rosa), reason="Nobody with these rights can be reached")
    rosa.refresh_from_db()
    by = actor_for(rosa)
    for name in (
        "accounts.administrators",
        "accounts.review_emergency",
        "patients.review_glass",
        "oversight.snooping",
        "audit.read",
    ):
        assert not by.can(name), name


def test_ones_own_broken_glass_is_looked_at_by_somebody_else(keeper):
    who = ana()
    Patient.objects.filter(pk=who.pk).update(labels="hiv")
    made = BrokenGlass.objects.create(
        patient=who,
        user_id=keeper.pk,
        user_name=keeper.display_name,
        reason="other",
        words="A test",
        labels="hiv",
        at=clock.now(),
        until=clock.now() + timedelta(hours=1),
    )
    with pytest.raises((Refused, NotPermitted)):
        patients.review_glass(actor_for(keeper), glass_id=made.pk, verdict="right")
    assert BrokenGlass.objects.get().reviewed_at is None


def test_ones_own_looks_are_settled_by_somebody_else(keeper):
    moment = clock.now()
    look = Look.objects.create(
        week=moment.date(),
        user=keeper,
        reasons=["own"],
        weight=5,
        times=1,
        first_at=moment,
        last_at=moment,
        entry_id=1,
        found_at=moment,
    )
    with pytest.raises((Refused, NotPermitted)):
        oversight.settle_look(
            actor_for(keeper), look_id=look.pk, state="explained", note="It was me", version=1
        )
    assert Look.objects.get().state == "open"


def test_who_may_approve_is_more_than_one_role():
    """Or there would be nobody else to ask."""
    from frontdesk.kit.permissions import declared

    for name in (
        "patients.review_glass",
        "accounts.review_emergency",
        "oversight.snooping",
        "accounts.change",
    ):
        assert declared()[name].roles, name

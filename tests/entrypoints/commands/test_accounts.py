"""Accounts on the command line: where somebody works, and who answers for a service account."""

import pytest

from frontdesk.entrypoints.commands import accounts
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.office.accounts.models import User
from tests.factories import practice as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites(db):
    make.practice()
    return [make.location(name=f"{name} Street", short_name=name) for name in ("Elm", "Oak")]


def test_without_a_location_somebody_works_at_all_of_them(sites, capsys):
    accounts.create_user("rosa", "Rosa Diaz")
    made = User.objects.get(username="rosa")
    assert (made.role, made.site_ids, made.owner_id) == ("psr", None, None)
    assert "rosa can sign in now" in capsys.readouterr().out


def test_locations_are_given_by_their_names_and_the_first_is_home(sites):
    elm, oak = (site.pk for site in sites)
    accounts.create_user("rosa", "Rosa Diaz", at=["oak", "Elm Street"])
    made = User.objects.get(username="rosa")
    assert (made.site_ids, made.home_location_id) == (sorted([elm, oak]), oak)


def test_a_location_there_is_none_of_is_refused_with_those_there_are(sites):
    with pytest.raises(NotFound, match="There is no location called Ash. There are: Elm, Oak."):
        accounts.create_user("rosa", "Rosa Diaz", at=["Ash"])
    assert not User.objects.exists()


def test_a_service_account_has_an_owner_who_works_here(sites):
    with pytest.raises(Invalid):
        accounts.create_user("scanner", "Scanner", role="service")
    with pytest.raises(NotFound, match="Nobody signs in as mia"):
        accounts.create_user("scanner", "Scanner", role="service", owner="mia")
    mia = make.user("manager", "mia", "Mia Novak")
    accounts.create_user("scanner", "Scanner", role="service", owner="mia", at=["Elm"])
    made = User.objects.get(username="scanner")
    assert (made.owner_id, made.site_ids) == (mia.pk, [sites[0].pk])


def test_somebody_who_is_no_service_has_no_owner(sites):
    make.user("manager", "mia", "Mia Novak")
    with pytest.raises(Invalid) as refused:
        accounts.create_user("rosa", "Rosa Diaz", owner="mia")
    assert list(refused.value.fields) == ["owner_id"]

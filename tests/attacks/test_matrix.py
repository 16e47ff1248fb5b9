"""Every address x every role x page, fragment, paper and file, and every verb, compared with the one table."""

import inspect
from importlib import import_module

import pytest

from frontdesk.entrypoints.commands.permissions import verbs
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotPermitted
from frontdesk.kit.permissions import ROLES, SERVICE, held_by
from tests.attacks.asking import FRAGMENT, NOT_THERE, ROWS, ask, name_of, ways
from tests.attacks.practice import changing_nothing, undone
from tests.halves import half

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("row", half(ROWS), ids=name_of)
def test_a_role_is_let_in_as_the_table_says_and_no_other(world, row):
    name, route, stands_on = row
    for method, more, permission in ways(name, stands_on, route):
        for role, browser in world.browsers.items():
            for headers in ({}, FRAGMENT):
                may = permission in held_by(role)
                with undone():
                    if may and role != SERVICE:
                        answer = ask(world, browser, name, route, method, more, world.elm, **headers)
                        _let_in(answer, name, f"{role} {method} {route} {more}")
                        continue
                    with changing_nothing():
                        answer = ask(world, browser, name, route, method, more, world.elm, **headers)
                    _kept_out(answer, role, name, f"{role} {method} {route} {more}: {answer.status_code}")


def _let_in(answer, name, told):
    # To a wrong PIN the cover answers again, with its own 401.
    assert answer.status_code not in {403, 500, 0 if name == "unlock" else 401}, (
        f"{told}: {answer.status_code}"
    )
    if name not in NOT_THERE:
        assert answer.status_code != 404, told
    assert answer.headers.get("Location", answer.headers.get("HX-Redirect", "")) != "/sign-in", told


def _kept_out(answer, role, name, told):
    if role == SERVICE:  # a program has no screen
        assert answer.status_code in {302, 401}, told
    elif role == "kiosk" and name == "home":
        assert answer.headers["Location"] == "/board/wall", told
    else:
        assert answer.status_code == 403, told


def test_the_matrix_has_every_row_of_the_table():
    assert len(ROWS) > 110
    assert {role for role in ROLES} >= {"psr", "kiosk", "service", "privacy"}


@pytest.mark.parametrize("action", verbs())
def test_a_verb_asked_directly_is_refused_to_every_role_that_does_not_hold_it(world, action):
    verb, needed = _verb(action), verbs()[action]
    for role in ROLES:
        by = Actor("staff", world.people[role].pk, role, held_by(role), source="attack")
        if needed in held_by(role):
            with undone():
                try:
                    verb(by)
                except NotPermitted as refusal:
                    pytest.fail(f"{role} holds {needed} and was refused {refusal.about}")
                except Exception:  # what it is to be done to was not said
                    continue
        else:
            with undone(), changing_nothing(), pytest.raises(NotPermitted):
                verb(by)


def _verb(action):
    services = import_module(f"frontdesk.office.{action.partition('.')[0]}.services")
    return next(
        one
        for _, one in inspect.getmembers(services, inspect.isfunction)
        if getattr(one, "action", "") == action
    )

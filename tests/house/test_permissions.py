"""One table says who may do what: an address or a verb without a row in it is a mistake of the house."""

from frontdesk.entrypoints.commands.permissions import routes, table, verbs
from frontdesk.kit.permissions import (
    ABOUT,
    EVERYONE,
    KIOSK,
    ROLES,
    SERVICE,
    declared,
    held_by,
    stand_of,
    stands,
)

# Held by no role: the program does these, or whoever was sent a link.
PROGRAMS_OWN = {
    "billing.follow",
    *("coverage.settle", "ledger.keep", "messaging.deliver", "messaging.use_link", "referrals.settle"),
    *("payments.watch_plans", "payments.run_autopay"),
    *("payments.settle", "payments.hear"),
}
ASKED_OUTSIDE = {"accounts.sign_in_refused"}  # put on record by the program, whoever it was


def test_every_address_says_what_it_stands_on():
    unsaid = [f"{name} ({route})" for name, route, _ in routes() if stand_of(name) is None]
    assert not unsaid, f"no row in entrypoints/*/may.py: {', '.join(unsaid)}"


def test_no_row_is_for_an_address_that_is_not_there():
    assert stands().keys() == {name for name, _, _ in routes()}


def test_every_address_has_a_name_of_its_own():
    names = [name for name, _, _ in routes()]
    assert all(names)
    assert len(names) == len(set(names))


def test_only_what_says_why_answers_somebody_who_is_not_signed_in():
    for name, route, view in routes():
        asks = getattr(view, "asks_may", False)
        assert asks or stand_of(name).open_to, f"{route} asks nobody who they are, and does not say why"
        assert not (asks and stand_of(name).open_to), f"{route} says it is open and is not"


def test_what_a_row_stands_on_is_declared_and_held_by_somebody():
    for name, stands_on in stands().items():
        for permission in stands_on.all:
            assert permission in declared(), f"{name} stands on {permission}, which nobody declared"
            assert declared()[permission].roles, f"{name} stands on {permission}, which nobody holds"


def test_every_verb_stands_on_a_permission_that_somebody_holds_or_is_the_programs_own():
    for action, permission in verbs().items():
        if permission in ASKED_OUTSIDE:
            continue
        assert permission in declared(), f"{action} asks for {permission}"
        assert declared()[permission].roles or permission in PROGRAMS_OWN, f"nobody may {action}"


def test_the_printed_table_has_every_verb_and_every_address():
    named = {row.name.partition(" [")[0] for row in table()}
    assert set(verbs()) | {route for _, route, _ in routes()} <= named
    assert not [row for row in table() if not row.roles and row.permission not in PROGRAMS_OWN]


def test_every_role_says_what_it_is_for():
    assert ABOUT.keys() == ROLES.keys()


def test_a_screen_and_a_program_hold_only_what_is_named_for_them():
    assert set(EVERYONE) == set(ROLES) - {KIOSK, SERVICE}
    assert held_by(KIOSK) == {"accounts.sign_in", "accounts.change_password", "visits.wall"}
    assert "patients.view" not in held_by(SERVICE)

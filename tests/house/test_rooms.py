"""The shape of the house: what import-linter cannot see."""

import inspect
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

import pytest
from django.apps import apps

import frontdesk
import frontdesk.office

ROOT = Path(frontdesk.__file__).parent
# Highest first; a room may point only at rooms of a lower line.
ROWS = [
    ["downtime", "oversight"],
    ["billing"],
    ["visits", "payments"],
    ["referrals"],
    ["scheduling", "coverage", "messaging", "privacy", "ledger"],
    ["patients"],
    ["practice"],
    ["accounts", "keys"],
    ["audit", "jobs"],
]
ROOMS = [name for row in ROWS for name in row]
FILES = {
    *(
        "__init__",
        "models",
        "rules",
        "services",
        "queries",
        "events",
        "errors",
        "permissions",
        "apps",
        "migrations",
    ),
}
# Files that a room has beside the ones all rooms have, each for its reason.
OWN = {
    "accounts": {"keeping"},  # what the worker forgets by itself; no person's verb
    "audit": {"seals"},  # proves the record whole; called by the worker and by `check`, not a person's verb
    # The worker's side of a question to a payer, of the night's files, and of a card that waits to be read.
    "coverage": {"asking", "filing", "scanning"},
    "ledger": {"locks"},  # what the database itself refuses; put on by the migration, looked after by `check`
    "patients": {
        "linkage",
        "names",
        "typed",
        "finding",
        "index",
        "fields",
        "lookup",
        "weighing",
    },  # linking files; the parts of the search
    "payments": {"charging", "refunding"},  # the worker's side of a card that is charged, or given back to
    "referrals": {"asking"},  # the worker's side of a request to a payer
    "scheduling": {
        "bulk",
        "solver",
        "bits",
    },  # loading millions of rows; the search for openings over bitmaps
    "messaging": {
        "delivery",
        "bounds",
    },  # the worker's side of the outbox, called by exchange; how often a link may be opened, asked before any verb
}
# A proof refused stays on record, and a try counted, though nothing else does: these call a verb once it is right, another
# when not. The rest of those named here only look, or draw something by lot.
OUTSIDE = {
    "ledger": {"alone"},  # waits its turn, and writes nothing
    # The last three are for verbs of other rooms that post: whose day it is, and what is to stand again.
    "payments": {"close_drawer", "hand_over", "day_now", "last_entry", "put_back"},
    "accounts": {
        *("sign_in", "change_password", "show_code", "come_in", "prove", "open_again"),
        *("shown_passkey", "confirm_app", "accept_invitation"),
        *("begin_passkey", "ask_passkey", "begun_app", "asked_of", "asking_roles", "has_factor"),
        *("invited", "identified", "token_of", "known_device", "new_device_secret"),
    },
    "ledger": {"alone"},  # waits for whoever else posts; writes nothing
}
NAMELESS = {"utils", "common", "core", "helpers", "misc"}


def test_every_room_stands_in_the_plan():
    assert {m.name for m in iter_modules(frontdesk.office.__path__)} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_the_files_all_rooms_have(room):
    found = {m.name for m in iter_modules([str(ROOT / "office" / room)])} | {"__init__"}
    assert found <= FILES | OWN.get(room, set()), found - FILES


@pytest.mark.parametrize("room", ROOMS)
def test_everything_a_room_offers_to_do_is_a_verb(room):
    for name, function in _offered(room):
        if room in {"audit", "jobs"} or name in OUTSIDE.get(room, ()):
            continue  # audit makes verbs; jobs stores work inside them
        assert hasattr(function, "action"), f"{room}.services.{name} is not under @service"
        assert function.action.split(".")[0] == room, f"{room}.services.{name} is called {function.action}"


def _offered(room):
    """The functions of a room's `services`, as the other floors see them."""
    if find_spec(f"frontdesk.office.{room}.services") is None:
        return
    module = import_module(f"frontdesk.office.{room}.services")
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if not name.startswith("_") and inspect.unwrap(function).__module__.startswith(module.__name__):
            yield name, function


def test_nobody_reaches_behind_the_verbs_of_another_room():
    behind = re.compile(r"from frontdesk\.office\.(\w+)\.services\.\w+ import")
    for path in ROOT.rglob("*.py"):
        for room in behind.findall(path.read_text()):
            assert ROOT / "office" / room in path.parents, (
                f"{path.relative_to(ROOT)} reaches into {room}.services"
            )


def test_tables_point_only_downwards_and_leave_no_mark_on_what_they_point_at():
    height = {room: -number for number, row in enumerate(ROWS) for room in row}
    for model in apps.get_models():
        here = model._meta.app_label
        if here not in height:
            continue
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            there = field.related_model._meta.app_label
            if there != here:
                assert height[there] < height[here], f"{model.__name__}.{field.name} points up"
                assert field.remote_field.hidden, f"{model.__name__}.{field.name} needs related_name='+'"


def test_no_folder_or_file_is_named_for_nothing():
    names = {path.stem for path in ROOT.rglob("*.py")} | {
        path.name for path in ROOT.rglob("*") if path.is_dir()
    }
    assert not names & NAMELESS


def test_every_permission_a_verb_asks_for_is_declared():
    from frontdesk.kit.permissions import declared

    own = {"accounts.sign_in_refused"}  # asked only by the program itself
    for room in ROOMS:
        for name, function in _offered(room):
            permission = getattr(function, "permission", None)
            if permission and permission not in own:
                assert permission in declared(), f"{room}.{name} asks for {permission}, which nobody can hold"


@pytest.mark.parametrize("path", sorted((ROOT).rglob("templates/**/*.html")), ids=lambda p: p.name)
def test_a_template_trusts_no_text_and_holds_no_script_or_style(path):
    text = path.read_text()
    for forbidden in (
        "|safe",
        "| safe",
        "autoescape false",
        "<style",
        "style=",
        "onclick=",
        "hx-on",
        "javascript:",
    ):
        assert forbidden not in text, f"{path.name} has {forbidden}"
    assert "<script>" not in text

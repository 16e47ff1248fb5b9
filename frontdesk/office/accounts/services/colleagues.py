"""The accounts of colleagues: made, changed, ended, and let in again with a one-time password."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted, Refused
from frontdesk.kit.permissions import ADMIN, EVERYONE, ROLES, SERVICE
from frontdesk.kit.versioned import save_changes
from frontdesk.office.accounts.errors import LastAdministrator, UsernameTaken
from frontdesk.office.accounts.models import (
    EmergencyAccess,
    Factor,
    Identity,
    Invitation,
    RecoveryCode,
    User,
)
from frontdesk.office.accounts.rules import USERNAME
from frontdesk.office.accounts.services.factors import asked_of
from frontdesk.office.accounts.services.passwords import has_factor, set_password
from frontdesk.office.accounts.services.sessions import end_all_of
from frontdesk.office.audit.services import record, service

ONE_TIME_LASTS = timedelta(days=7)
CHANGED_HERE = frozenset({"display_name", "role", "home_location_id", "site_ids", "owner_id"})


@service("accounts.invite")
def create_user(
    by: Actor,
    /,
    *,
    username: str,
    display_name: str,
    role: str,
    password: str,
    home_location_id: int | None = None,
    one_time: bool = False,
    avoid: Iterable[str] = (),
    site_ids: Sequence[int] | None = None,
    owner_id: int | None = None,
) -> User:
    """Make an account; with `one_time` the password holds for a week and must be changed at the first sign-in.

    `avoid` are names everybody here knows, of which no password is made.
    Raises `Invalid` (user name, name, role), `UsernameTaken`, `WeakPassword`, `NotPermitted` for an administrator's.
    """
    name = username.strip().lower()
    given = {
        "display_name": display_name.strip(),
        "role": role,
        "home_location_id": home_location_id,
        "site_ids": None if site_ids is None else sorted(set(site_ids)),
        "owner_id": owner_id,
    }
    wrong = _misfits(given)
    if not USERNAME.fullmatch(name):
        wrong["username"] = "Small letters, digits, dot, dash; it begins with a letter or a digit."
    _refuse(wrong)
    may_touch(by, role)
    _may_give(by, given)
    if User.objects.filter(username=name).exists():
        msg = "That user name is taken."
        raise UsernameTaken(msg)
    user = User(username=name, created_at=clock.now(), **given)
    _set_password(user, password, one_time=one_time, avoid=avoid)
    user.save()
    record(by, subject=user, after={"username": user.username, **given})
    return user


@service("accounts.change")
def change_user(
    by: Actor, /, *, user_id: int, changes: Mapping[str, Any], version: int | None = None
) -> User:
    """Change a colleague's `display_name`, `role`, `home_location_id`, `site_ids` (None: all) or `owner_id`.

    A new role, and other sites, hold from their next click on.

    Raises `NotFound`, `Invalid`, `NotPermitted` for an administrator's, `LastAdministrator`, `StaleVersion`.
    """
    user = _user(user_id)
    _refuse(_misfits(changes, user))
    may_touch(by, user.role, changes.get("role", user.role))
    if changes.get("role", user.role) != user.role:
        must_not_be_oneself(by, user, "Somebody else changes your own role.")
        _must_leave_an_administrator(user)
    told = {name: value for name, value in changes.items() if getattr(user, name) != value}
    if "site_ids" in told:
        must_not_be_oneself(by, user, "Somebody else changes where you work.")
    _may_give(by, told)
    before = save_changes(user, told, expected=version)
    if "role" in told and asked_of(user) and not has_factor(user):
        end_all_of(user, "new role")  # whoever may do more shows more before they do it
    record(by, subject=user, before=before, after=told)
    return user


@service("accounts.deactivate")
def deactivate(by: Actor, /, *, user_id: int) -> User:
    """End a person's access: the next request of any of their sessions is refused, in every process within a second.

    Their password, PIN, second factors and invitations are forgotten, so that nothing of it comes back with the account.
    Raises `NotFound`, `Refused` for oneself, `NotPermitted` for an administrator's, `LastAdministrator`.
    """
    user = _user(user_id)
    may_touch(by, user.role)
    must_not_be_oneself(by, user, "Somebody else ends your own access.")
    _must_leave_an_administrator(user)
    # A session is bound to the password it began with: without it none comes back with the account.
    user.set_unusable_password()
    changes = {"is_active": False, "password": user.password, "one_time_until": None, "pin": ""}
    changes["emergency_until"] = None
    before = save_changes(user, changes)
    now = clock.now()
    _forget_what_lets_in(user)
    Identity.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user, used_at=None, ends_at__gt=now).update(ends_at=now)
    EmergencyAccess.objects.filter(user=user, ends_at__gt=now).update(ends_at=now)
    gone = end_all_of(user, "access ended")
    told = {"is_active": before["is_active"]}
    record(by, subject=user, before=told, after={"is_active": False}, extra={"sessions": gone})
    return user


@service("accounts.reset_password")
def give_one_time_password(
    by: Actor, /, *, user_id: int, password: str, lost_factors: bool = False, avoid: Iterable[str] = ()
) -> User:
    """Let a colleague in with a password that holds for a week and must be changed at once; who had left is back.

    All their sessions end; with `lost_factors` their second factors too: whoever gives this has seen who they are.
    Raises `NotFound`, `WeakPassword`, `Refused` for oneself, `NotPermitted` for an administrator's.
    """
    user = _user(user_id)
    may_touch(by, user.role)
    must_not_be_oneself(by, user, "Change your own password in the menu under your name.")
    _set_password(user, password, one_time=True, avoid=avoid)
    changes = {
        "is_active": True,
        "password": user.password,
        "one_time_until": user.one_time_until,
        "short_password": user.short_password,
        "pin": "",
    }
    before = save_changes(user, changes)
    if lost_factors:
        _forget_what_lets_in(user)
    end_all_of(user, "new one-time password")
    told = {"is_active": before["is_active"]}
    record(by, subject=user, before=told, after={"is_active": True}, extra={"lost_factors": lost_factors})
    return user


def _user(user_id: int) -> User:
    found = User.objects.filter(pk=user_id).first()
    if found is None:
        msg = "There is no such account."
        raise NotFound(msg)
    return found


def _set_password(user: User, password: str, *, one_time: bool, avoid: Iterable[str] = ()) -> None:
    set_password(user, password, avoid=avoid, alone=True)
    user.one_time_until = clock.now() + ONE_TIME_LASTS if one_time else None


def _forget_what_lets_in(user: User) -> None:
    Factor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def _misfits(given: Mapping[str, Any], user: User | None = None) -> dict[str, str]:
    wrong = dict.fromkeys(given.keys() - CHANGED_HERE, "That is not changed here.")
    role = given.get("role", user.role if user else "")
    owner_id = given.get("owner_id", user.owner_id if user else None)
    if given.get("site_ids") == []:
        wrong["site_ids"] = "Choose at least one site, or all of them."
    if role == SERVICE and not _can_answer(owner_id, user):
        wrong["owner_id"] = "Choose who answers for it: a colleague who works here."
    if role != SERVICE and given.get("owner_id"):
        wrong["owner_id"] = "Only a service account has somebody who answers for it."
    if "display_name" in given and not 0 < len(given["display_name"].strip()) <= 120:
        wrong["display_name"] = "It needs a name, of 120 characters at most."
    if "role" in given and given["role"] not in ROLES:
        wrong["role"] = "Choose what they do."
    return wrong


def _can_answer(owner_id: int | None, user: User | None) -> bool:
    owner = User.objects.filter(pk=owner_id or 0, is_active=True).first()
    return owner is not None and owner.role in EVERYONE and (user is None or owner.pk != user.pk)


def _refuse(wrong: Mapping[str, str]) -> None:
    if wrong:
        msg = "Some of this cannot be yet."
        raise Invalid(msg, fields=wrong)


def may_touch(by: Actor, /, *roles: str) -> None:
    """Raise `NotPermitted` for an administrator's account: only who may do everything gives that away, or takes it."""
    if ADMIN in roles and not by.can("accounts.administrators"):
        msg = "Only an administrator makes, changes or ends an administrator's account."
        raise NotPermitted(msg, "accounts.administrators")


def _may_give(by: Actor, given: Mapping[str, Any]) -> None:
    """Nobody gives a site they do not work at themselves; a usual location is one somebody works at."""
    if by.sites is None:
        return
    sites, home = given.get("site_ids", ()), given.get("home_location_id")
    if sites is None or not by.sites.issuperset(sites) or not by.works_at(home):
        msg = "You can give only locations where you work yourself."
        raise Invalid(msg, fields={"site_ids": msg})


def must_not_be_oneself(by: Actor, user: User, sentence: str) -> None:
    """Raise `Refused` with `sentence` when who asks is whom it is about."""
    if (by.kind, by.id) == ("staff", user.pk):
        raise Refused(sentence)


def _must_leave_an_administrator(user: User) -> None:
    """Refuse what would leave nobody who can help everybody else; two at once wait for each other here."""
    if user.role != ADMIN or not user.is_active:
        return
    holders = User.objects.select_for_update().filter(role=ADMIN, is_active=True).order_by("pk")
    if {one.pk for one in holders} <= {user.pk}:
        msg = "This is the last administrator. Make another one first."
        raise LastAdministrator(msg)

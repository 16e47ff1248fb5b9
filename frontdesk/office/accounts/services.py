"""Accounts: make one, sign in, end one."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM, Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.permissions import ROLES
from frontdesk.office.accounts.errors import SignInRefused, TooManyTries, UsernameTaken, WeakPassword
from frontdesk.office.accounts.models import User
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.audit.services import record, service

# Saved views of the book: how many a person keeps, and how long a name or an address may be.
VIEWS, VIEW_LENGTH = 8, 400
TRIES, PAUSE = 10, timedelta(minutes=5)
# Checked when no such person exists, so that a wrong name takes as long as a wrong password.
_NOBODY = make_password("nobody has this password")


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
) -> User:
    """Make an account. Raises `Invalid` (role), `UsernameTaken`, `WeakPassword` (under 15 characters, or well known)."""
    if role not in ROLES:
        msg = f"There is no role called {role}."
        raise Invalid(msg, fields={"role": msg})
    if User.objects.filter(username__iexact=username).exists():
        msg = "That user name is taken."
        raise UsernameTaken(msg)
    _must_be_strong(password)
    user = User(
        username=username.lower(), display_name=display_name, role=role, home_location_id=home_location_id
    )
    user.created_at = clock.now()
    user.set_password(password)
    user.save()
    record(by, subject=user, after={"username": user.username, "role": role})
    return user


def sign_in(*, username: str, password: str, source: str = "desk") -> User:
    """Return the person whose name and password these are.

    Refused tries are on record even though nothing else is; ten of them for one name within five minutes make
    that name wait, whichever workstation they came from. Raises `SignInRefused`, `TooManyTries`.
    """
    name = username.strip().lower()
    user = User.objects.filter(username=name).first()
    if _recent_failures(user) >= TRIES:
        msg = "Too many tries. Wait five minutes, or ask a manager."
        raise TooManyTries(msg)
    good = check_password(password, user.password if user else _NOBODY)
    if user is None or not good or not user.is_active:
        _note_refusal(user, source)
        msg = "That name and password do not belong together."
        raise SignInRefused(msg)
    return _let_in(
        Actor("staff", user.pk, user.display_name, frozenset({"accounts.sign_in"}), source=source), user=user
    )


@service("accounts.sign_in")
def _let_in(by: Actor, /, *, user: User) -> User:
    """Put on record that somebody signed in."""
    record(by, subject=user)
    return user


@service("accounts.sign_in_refused")
def _refuse(by: Actor, /, *, user: User | None, source: str) -> None:
    """Put on record that a sign-in was refused; several in a row make the account wait."""
    record(by, subject=user, extra={"source": source})


def _note_refusal(user: User | None, source: str) -> None:
    _refuse(SYSTEM, user=user, source=source)


def _recent_failures(user: User | None) -> int:
    if user is None:
        return 0
    recent = AuditEntry.objects.filter(subject=f"accounts.user:{user.pk}", action="accounts.sign_in_refused")
    return recent.filter(at__gt=clock.now() - PAUSE).count()


@service("accounts.deactivate")
def deactivate(by: Actor, /, *, user_id: int) -> User:
    """End a person's access: the next request of any of their sessions is refused. Raises `NotFound`."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        msg = "There is no such account."
        raise NotFound(msg)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(by, subject=user, before={"is_active": True}, after={"is_active": False})
    return user


@service("accounts.set_preferences")
def set_preferences(by: Actor, /, *, changes: dict[str, Any]) -> User:
    """Keep how a person likes their screens: density, theme, whether single-letter keys act, saved `views` of the book."""
    allowed = {
        "density": {"comfortable", "compact"},
        "theme": {"light", "dark", "system"},
        "keys": {"on", "off"},
    }
    wrong = {k: "Not a choice." for k, v in changes.items() if k != "views" and v not in allowed.get(k, ())}
    views = changes.get("views", [])
    if len(views) > VIEWS or not all(_is_view(one) for one in views):
        wrong["views"] = f"Up to {VIEWS} views, each with a name."
    if wrong:
        msg = "That is not one of the choices."
        raise Invalid(msg, fields=wrong)
    user = User.objects.get(pk=by.id or 0)
    user.preferences = {**user.preferences, **changes}
    user.save(update_fields=["preferences"])
    return user


def _is_view(one: object) -> bool:
    words = one.values() if isinstance(one, dict) and one.keys() == {"name", "query"} else ()
    return bool(words) and all(isinstance(text, str) and 0 < len(text) <= VIEW_LENGTH for text in words)


def _must_be_strong(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as weak:
        raise WeakPassword(" ".join(weak.messages), fields={"password": " ".join(weak.messages)}) from None

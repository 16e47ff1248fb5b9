"""Who may come in: a name and a password, and a second factor where the person has one."""

from functools import cache

from django.contrib.auth.hashers import check_password, make_password

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.permissions import SERVICE
from frontdesk.office.accounts.errors import SecondFactorRefused, SignInRefused
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.rules import LONGEST, as_shown
from frontdesk.office.accounts.services import factors, tallies
from frontdesk.office.accounts.services.passwords import has_factor, must_not_guess, note_refusal
from frontdesk.office.audit.services import record, service

# Said of a name nobody has, a wrong password and a wrong code alike.
REFUSED = "That name and password do not belong together."
SECOND_REFUSED = "That code does not let you in. Each works once, and not for long."


@cache
def _nobodys() -> str:
    """A password to check when no such person exists, so that a wrong name takes as long as a wrong password."""
    return make_password("nobody has this password")


def sign_in(
    *, username: str, password: str, source: str = "desk", address: str = "", station: str = ""
) -> User:
    """Return the person whose name and password these are; whoever has a second factor is not in with it yet.

    Refused tries are on record even though nothing else is; see `must_not_guess` for who waits after how many. A
    one-time password that nobody used in time lets nobody in. Raises `SignInRefused`, `TooManyTries`.
    """
    name = username.replace("\0", "").strip().lower()[:200]
    user = User.objects.filter(username=name).first()
    keys = must_not_guess(user, name, address, station)
    good = check_password(as_shown(password), user.password if user else _nobodys())
    # A program signs in at no form, whoever knows its password.
    if user is None or not good or not user.is_active or user.role == SERVICE:
        note_refusal(user, source)
        raise SignInRefused(REFUSED)
    if user.one_time_until and user.one_time_until < clock.now():
        note_refusal(user, source)
        msg = "That one-time password has run out. Ask for a new one."
        raise SignInRefused(msg)
    tallies.forget(*keys)
    if has_factor(user):
        return _half_in(_coming(user, source), user=user)
    return _let_in(_coming(user, source), user=user, how="password")


def show_code(*, user_id: int, code: str, source: str = "desk") -> tuple[User, str]:
    """Return the person whose second factor this code is, and what it was: "app" or "recovery code".

    A code is taken once; five wrong ones within five minutes make the second step wait. It takes as long as a password.
    Raises `SecondFactorRefused`, `TooManyTries`.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    key = f"code:{user_id}"
    factors.count_try(key)
    check_password(code[:LONGEST], _nobodys())
    how = factors.taken(user, code) if user else ""
    if user is None or not how:
        note_refusal(user, source, "code")
        raise SecondFactorRefused(SECOND_REFUSED)
    tallies.forget(key)
    return _let_in(_coming(user, source), user=user, how=how), how


def come_in(*, user: User, how: str, source: str = "desk") -> User:
    """Put on record that somebody whose passkey or sign-in elsewhere was checked is in. Raises `SignInRefused`."""
    if not user.is_active or user.role == SERVICE:
        note_refusal(user, source, how)
        raise SignInRefused(REFUSED)
    return _let_in(_coming(user, source), user=user, how=how)


def _coming(user: User, source: str) -> Actor:
    return Actor("staff", user.pk, user.display_name, frozenset({"accounts.sign_in"}), source=source)


@service("accounts.sign_in")
def _let_in(by: Actor, /, *, user: User, how: str) -> User:
    """Put on record that somebody signed in."""
    record(by, subject=user, extra={"how": how})
    return user


@service("accounts.password_accepted", permission="accounts.sign_in")
def _half_in(by: Actor, /, *, user: User) -> User:
    """Put on record that somebody gave the right password; the second factor is still to come."""
    record(by, subject=user)
    return user

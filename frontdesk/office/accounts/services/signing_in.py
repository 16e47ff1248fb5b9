"""Who may come in."""

from django.contrib.auth.hashers import check_password, make_password

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.office.accounts.errors import SignInRefused
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.rules import as_kept
from frontdesk.office.accounts.services.passwords import must_not_guess, note_refusal
from frontdesk.office.audit.services import record, service

# Checked when no such person exists, so that a wrong name takes as long as a wrong password.
_NOBODY = make_password("nobody has this password")


def sign_in(*, username: str, password: str, source: str = "desk") -> User:
    """Return the person whose name and password these are.

    Refused tries are on record even though nothing else is; ten of them for one name within five minutes make
    that name wait, whichever workstation they came from. A one-time password that nobody used in time lets nobody
    in. Raises `SignInRefused`, `TooManyTries`.
    """
    user = User.objects.filter(username=username.strip().lower()).first()
    must_not_guess(user)
    good = check_password(as_kept(password), user.password if user else _NOBODY)
    if user is None or not good or not user.is_active:
        note_refusal(user, source)
        msg = "That name and password do not belong together."
        raise SignInRefused(msg)
    if user.one_time_until and user.one_time_until < clock.now():
        note_refusal(user, source)
        msg = "That one-time password has run out. Ask for a new one."
        raise SignInRefused(msg)
    by = Actor("staff", user.pk, user.display_name, frozenset({"accounts.sign_in"}), source=source)
    return _let_in(by, user=user)


@service("accounts.sign_in")
def _let_in(by: Actor, /, *, user: User) -> User:
    """Put on record that somebody signed in."""
    record(by, subject=user)
    return user

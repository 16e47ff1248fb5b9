"""Passwords by NIST SP 800-63B: long enough, not well known, not about the person; never asked to change by the calendar."""

from datetime import timedelta

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM, Actor
from frontdesk.kit.errors import NotFound
from frontdesk.office.accounts.errors import SignInRefused, TooManyTries, WeakPassword
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.rules import as_kept, says_little
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.audit.services import record, service

TRIES, PAUSE = 10, timedelta(minutes=5)


def change_password(by: Actor, /, *, current: str, new: str) -> User:
    """Change one's own password; every other session of the account ends with it.

    Refused tries are on record even though nothing else is, and count as those of signing in do: a desk left open is
    no place to guess at a password. Raises `SignInRefused`, `TooManyTries`, `WeakPassword`, `NotFound`.
    """
    user = User.objects.filter(pk=by.id or 0, is_active=True).first() if by.kind == "staff" else None
    if user is None:
        msg = "There is no such account."
        raise NotFound(msg)
    must_not_guess(user)
    if not check_password(as_kept(current), user.password):
        note_refusal(user, by.source)
        msg = "The current password is not right."
        raise SignInRefused(msg)
    return _change(by, user=user, current=current, new=new)


@service("accounts.change_password")
def _change(by: Actor, /, *, user: User, current: str, new: str) -> User:
    """Put a new password in place of the current one."""
    if as_kept(new) == as_kept(current):
        msg = "Choose another one than the current password."
        raise WeakPassword(msg, fields={"password_new": msg})
    must_be_strong(new, user, field="password_new")
    user.set_password(as_kept(new))
    user.one_time_until = None
    user.save(update_fields=["password", "one_time_until"])
    record(by, subject=user)
    return user


@service("accounts.sign_in_refused")
def _refuse(by: Actor, /, *, user: User | None, source: str) -> None:
    """Put on record that a password was refused; several in a row make the account wait."""
    record(by, subject=user, extra={"source": source})


def note_refusal(user: User | None, source: str) -> None:
    """Put on record, in a transaction of its own, that a password was refused."""
    _refuse(SYSTEM, user=user, source=source)


def must_not_guess(user: User | None) -> None:
    """Raise `TooManyTries` after ten refused passwords for one name within five minutes, from wherever they came."""
    if user is None:
        return
    recent = AuditEntry.objects.filter(subject=f"accounts.user:{user.pk}", action="accounts.sign_in_refused")
    if recent.filter(at__gt=clock.now() - PAUSE).count() >= TRIES:
        msg = "Too many tries. Wait five minutes, or ask a manager."
        raise TooManyTries(msg)


def must_be_strong(password: str, user: User, *, field: str = "password") -> None:
    """Raise `WeakPassword` for one under 15 characters, well known, made of the person's own names, or of one piece."""
    try:
        validate_password(as_kept(password), user)
        wrong = ["This password is too easy to guess."] if says_little(password) else []
    except ValidationError as weak:
        wrong = weak.messages
    if wrong:
        raise WeakPassword(" ".join(wrong), fields={field: " ".join(wrong)})

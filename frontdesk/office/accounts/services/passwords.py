"""Passwords by NIST SP 800-63B: long enough, not well known, not about the person; never asked to change by the calendar."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from frontdesk.kit.actor import SYSTEM, Actor
from frontdesk.kit.errors import NotFound
from frontdesk.office.accounts.errors import SignInRefused, WeakPassword
from frontdesk.office.accounts.models import Factor, User
from frontdesk.office.accounts.rules import ALONE, BESIDE, LONGEST, as_kept, as_shown, is_mostly, says_little
from frontdesk.office.accounts.services import sealing, tallies
from frontdesk.office.accounts.services.sessions import end_all_of
from frontdesk.office.audit.services import record, service

TRIES, PAUSE = 10, timedelta(minutes=5)
ALTOGETHER = 50
WAIT = "Too many tries. Wait five minutes, or ask a manager."


def change_password(by: Actor, /, *, current: str, new: str, avoid: Iterable[str] = ()) -> User:
    """Change one's own password; every other session of the account ends with it.

    `avoid` are names everybody here knows. Refused tries are on record even though nothing else is, and count as those
    of signing in do: a desk left open is no place to guess at a password. Raises `SignInRefused`, `TooManyTries`,
    `WeakPassword`, `NotFound`.
    """
    user = User.objects.filter(pk=by.id or 0, is_active=True).first() if by.kind == "staff" else None
    if user is None:
        msg = "There is no such account."
        raise NotFound(msg)
    prove(user, current, source=by.source)
    return _change(by, user=user, current=current, new=new, avoid=tuple(avoid))


def prove(user: User, password: str, *, source: str, address: str = "") -> None:
    """Return when this is the person's password. Raises `SignInRefused`, `TooManyTries`."""
    keys = must_not_guess(user, user.username, address)
    if not check_password(as_shown(password), user.password):
        note_refusal(user, source, "password")
        msg = "The current password is not right."
        raise SignInRefused(msg)
    tallies.forget(*keys)


@service("accounts.change_password")
def _change(by: Actor, /, *, user: User, current: str, new: str, avoid: tuple[str, ...]) -> User:
    """Put a new password in place of the current one."""
    if as_kept(new) == as_kept(current):
        msg = "Choose another one than the current password."
        raise WeakPassword(msg, fields={"password_new": msg})
    set_password(user, new, field="password_new", avoid=avoid)
    user.one_time_until = None
    user.save(update_fields=["password", "one_time_until", "short_password"])
    end_all_of(user, "password changed")
    record(by, subject=user)
    return user


@service("accounts.sign_in_refused")
def _refuse(by: Actor, /, *, user: User | None, source: str, what: str) -> None:
    """Put on record that a password or a second factor was refused; several in a row make the account wait."""
    record(by, subject=user, extra={"source": source, "what": what})


def note_refusal(user: User | None, source: str, what: str = "password") -> None:
    """Put on record, in a transaction of its own, that a proof of who somebody is was refused."""
    _refuse(SYSTEM, user=user, source=source, what=what)


def must_not_guess(user: User | None, username: str, address: str = "", station: str = "") -> tuple[str, ...]:
    """Count a try at a password; return the keys it was counted under. Raises `TooManyTries`.

    Ten within five minutes for one name from one place, fifty for one name from everywhere together: a clinic behind
    one address does not wait for each other, and a stranger elsewhere does not lock anybody's desk. A `station` on
    which this person signed in before counts by itself alone, so that it stays open while strangers knock.
    """
    where = station or address
    whom = str(user.pk) if user else f"?{username.strip().lower()}"
    pair = tallies.bounded(f"at:{user.pk}" if user else "at", sealing.digest(f"{whom}|{where}", "tally"))
    tallies.take(pair, most=TRIES, within=PAUSE, sentence=WAIT)
    if station:
        return (pair,)
    every = f"of:{user.pk}" if user else tallies.bounded("of", whom)
    tallies.take(every, most=ALTOGETHER, within=PAUSE, sentence=WAIT)
    return pair, every


def set_password(
    user: User, password: str, *, field: str = "password", avoid: Iterable[str] = (), alone: bool = False
) -> None:
    """Give `user` a password that is strong enough, without saving it; `alone`: whatever second factor they have."""
    beside = not alone and user.pk is not None and has_factor(user)
    must_be_strong(password, user, field=field, avoid=avoid, beside=beside)
    user.set_password(as_kept(password))
    user.short_password = len(as_kept(password)) < ALONE


def has_factor(user: User) -> bool:
    """Say whether a second factor stands beside the password."""
    return Factor.objects.filter(user=user).exclude(confirmed_at=None).exists()


def must_be_strong(
    password: str, user: User, *, field: str = "password", avoid: Iterable[str] = (), beside: bool = False
) -> None:
    """Raise `WeakPassword` for one too short, well known, made of names known here, or of one piece."""
    told = as_kept(password)
    least = BESIDE if beside else ALONE
    wrong = []
    if len(told) < least:
        wrong.append(f"It needs {least} characters or more: a few words are easy to keep and hard to guess.")
    elif len(told) > LONGEST:
        wrong.append(f"It may have {LONGEST} characters at most.")
    else:
        try:
            validate_password(told, user)
        except ValidationError as weak:
            wrong += weak.messages
        if says_little(told):
            wrong.append("This password is too easy to guess.")
        if is_mostly(told, [user.username, user.display_name, *avoid]):
            wrong.append("It is little more than a name that everybody here knows.")
    if wrong:
        raise WeakPassword(" ".join(wrong), fields={field: " ".join(wrong)})

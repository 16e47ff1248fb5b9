"""Opening a covered screen again: a PIN of the same person, tried five times at most, then the password."""

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.accounts.errors import SignInRefused, TooManyTries
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.rules import LONGEST, PIN, as_shown, is_easy_pin
from frontdesk.office.accounts.services import tallies
from frontdesk.office.accounts.services.factors import myself
from frontdesk.office.accounts.services.passwords import must_not_guess, note_refusal
from frontdesk.office.audit.services import record, service

PIN_TRIES, PIN_PAUSE = 5, timedelta(hours=12)


@service("accounts.set_pin", permission="accounts.second_factor")
def set_pin(by: Actor, /, *, pin: str) -> User:
    """Choose the PIN that opens one's own covered screens; an empty one takes it away. Raises `Invalid`."""
    user = myself(by)
    if pin and not PIN.fullmatch(pin):
        msg = "Six to twelve digits."
        raise Invalid(msg, fields={"pin": msg})
    if pin and is_easy_pin(pin):
        msg = "That one is among the first anybody tries."
        raise Invalid(msg, fields={"pin": msg})
    user.pin = make_password(pin) if pin else ""
    user.save(update_fields=["pin"])
    record(by, subject=user, extra={"has_pin": bool(pin)})
    return user


def open_again(
    by: Actor, /, *, session_key: str, pin: str = "", password: str = "", address: str = ""
) -> str:
    """Return how the person of a covered screen showed that it is they: "pin" or "password".

    Raises `SignInRefused`; `TooManyTries` for a PIN after five tries in this session, then only the password helps.
    """
    user = myself(by)
    if password:
        keys = must_not_guess(user, user.username, address)
        right = check_password(as_shown(password), user.password)
    else:
        keys = (pin_key(user, session_key),)
        try:
            tallies.take(
                keys[0], most=PIN_TRIES, within=PIN_PAUSE, sentence="Too many tries. Use your password."
            )
        except TooManyTries:
            note_refusal(user, by.source, "pin")
            raise
        right = bool(user.pin) and check_password(pin[:LONGEST], user.pin)
    how = "password" if password else "pin"
    if not right:
        note_refusal(user, by.source, how)
        msg = "That is not right."
        raise SignInRefused(msg)
    tallies.forget(*keys, pin_key(user, session_key))
    opened_again(by, how=how)
    return how


def pin_key(user: User, session_key: str) -> str:
    """Return what tries at a PIN are counted under: this person in this session, of a bounded number."""
    return tallies.bounded(f"pin:{user.pk}", session_key)


@service("accounts.lock", permission="accounts.sign_in")
def cover(by: Actor, /, *, why: str) -> None:
    """Put on record that somebody's screen was covered: by themselves, or because nobody used it."""
    record(by, extra={"why": why})


@service("accounts.unlock", permission="accounts.sign_in")
def opened_again(by: Actor, /, *, how: str) -> None:
    """Put on record that the same person opened their covered screen."""
    record(by, extra={"how": how})

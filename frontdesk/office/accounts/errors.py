"""Refusals of the accounts room."""

from frontdesk.kit.errors import Conflict, Invalid, Refused


class SignInRefused(Refused):
    """The name and the password do not belong together, or the account has ended; it does not say which."""


class TooManyTries(Refused):
    """Too many wrong passwords for one name in a short time."""


class LastAdministrator(Refused):
    """Nobody would be left who keeps the accounts."""


class WeakPassword(Invalid):
    """A password that is too short or too well known (NIST SP 800-63B)."""


class UsernameTaken(Conflict):
    """Another person already has that user name."""


class SecondFactorRefused(Refused):
    """The code or the key shown is not right, was used before, or belongs to somebody else."""


class NotProven(Refused):
    """Something about one's own sign-in changes only soon after having shown who one is."""


class LinkEnded(Refused):
    """An invitation that was used, has run out, or never was."""

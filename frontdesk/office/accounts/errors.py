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

"""Refusals of the oversight room."""

from frontdesk.kit.errors import Invalid, NotFound, Refused


class TooLong(Invalid):
    """A question about everybody over more days than it can be answered for at once."""


class NoSuchLook(NotFound):
    """There is no such line."""


class NoteMissing(Invalid):
    """A look is settled with a sentence that says why."""


class OnesOwn(Refused):
    """Nobody settles what is said about their own looks."""

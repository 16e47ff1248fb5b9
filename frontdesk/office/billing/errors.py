"""Refusals of the billing room.

Refused
├── NoMedicare       an ABN is for patients whom Original Medicare covers that day
├── AlreadyDecided   what the patient chose is on record
└── TooLate          the notice has to be given before the service
NotFound
└── NoSuchPaper      there is no such estimate or notice
"""

from frontdesk.kit.errors import NotFound, Refused


class NoMedicare(Refused):
    """Original Medicare does not cover the patient on the day of the visit."""


class AlreadyDecided(Refused):
    """The choice is noted already."""


class TooLate(Refused):
    """The service is over."""


class NoSuchPaper(NotFound):
    """There is no such estimate or notice."""

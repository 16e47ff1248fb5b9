"""Refusals of the billing room.

Refused
├── NoFee            a service is to be charged that the practice has no fee for
├── ChargedAlready   the visit is charged; what is wrong with that is taken back first
├── NotOwed          more is to be waived than the patient owes of the visit
├── NoMedicare       an ABN is for patients whom Original Medicare covers that day
├── AlreadyDecided   what the patient chose is on record
└── TooLate          the notice has to be given before the service
NotFound
├── NoSuchCharge     there is no such charge, or it was taken back
└── NoSuchPaper      there is no such estimate or notice
"""

from frontdesk.kit.errors import NotFound, Refused


class NoFee(Refused):
    """A service has no fee on the day of the visit."""


class ChargedAlready(Refused):
    """A charge of this visit stands; `about` holds it."""


class NotOwed(Refused):
    """More was to be waived than is left of what the visit costs the patient."""


class NoSuchCharge(NotFound):
    """There is no such charge, or it was taken back."""


class NoMedicare(Refused):
    """Original Medicare does not cover the patient on the day of the visit."""


class AlreadyDecided(Refused):
    """The choice is noted already."""


class TooLate(Refused):
    """The service is over."""


class NoSuchPaper(NotFound):
    """There is no such estimate or notice."""

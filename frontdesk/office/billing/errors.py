"""Refusals of the billing room.

Refused
├── NoFee            a service is to be charged that the practice has no fee for
├── ChargedAlready   the visit is charged; what is wrong with that is taken back first
└── NotOwed          more is to be waived than the patient owes of the visit
NotFound
└── NoSuchCharge
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

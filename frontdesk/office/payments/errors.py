"""Refusals of the payments room.

Refused
├── DrawerClosed   cash or a check was to be taken, and no drawer is open here
├── NotCovered     the tenders do not come to what is to be paid
├── NoReader       a card was to be charged, and no reader or processor is set up here
└── NotCharged     more is to be given back to a card than was charged, or the card is not one that was
Conflict
└── CardUnderWay   a card of this patient is being charged, or it is not known yet whether it was
NotFound
└── NoSuchCharge
"""

from frontdesk.kit.errors import Conflict, NotFound, Refused


class DrawerClosed(Refused):
    """Cash and checks go into an open drawer, and there is none."""


class NotCovered(Refused):
    """What was given and what it is for are not the same amount."""


class NoReader(Refused):
    """No card processor or reader is set up here."""


class NotCharged(Refused):
    """A card gets back what it was charged with, and no more."""


class CardUnderWay(Conflict):
    """A card of this patient is being charged, or it is not known yet whether it was; `about` holds that charge."""


class NoSuchCharge(NotFound):
    """There is no such charge."""

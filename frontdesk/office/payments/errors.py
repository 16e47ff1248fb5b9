"""Refusals of the payments room.

Refused
├── DrawerClosed   cash or a check was to be taken, and no drawer is open here
├── NotCovered     the tenders do not come to what is to be paid
├── TooLate        the day is over, or the drawer closed: it is a refund now
├── NoReader       a card was to be charged or credited, and nothing is set up for it
└── BeyondWhatIsLeft  more is to be given back, written off or moved than there is
NotFound
└── NoSuchPayment  there is no such payment, plan, or open amount
"""

from frontdesk.kit.errors import NotFound, Refused


class DrawerClosed(Refused):
    """Cash and checks go into an open drawer, and there is none."""


class NotCovered(Refused):
    """What was given and what it is for are not the same amount."""


class TooLate(Refused):
    """A payment is taken back on its own day, out of its own open drawer."""


class NoReader(Refused):
    """No card processor is set up."""


class BeyondWhatIsLeft(Refused):
    """More than there is."""


class NoSuchPayment(NotFound):
    """There is no such payment, plan or open amount."""

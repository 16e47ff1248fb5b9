"""Refusals of the payments room.

Refused
├── DrawerClosed      cash or a check was to be taken, and no drawer is open here
├── NotCovered        the tenders do not come to what is to be paid
├── TooLate           the day is over, or the drawer closed: it is a refund now
├── NoReader          a card was to be charged or credited, and nothing is set up for it
├── NotCharged        more is to be given back to a card than was charged, or the card is not one that was
├── BeyondWhatIsLeft  more is to be given back, written off or moved than there is
├── NotYours          a drawer is somebody else's
├── NothingToSend     a payment was taken back, or a link can be paid no more
├── NotInTheDrawer    more cash was to go out than lies in it
└── NotClosedYet      a day or a month cannot be closed before what is in it
Conflict
├── CardUnderWay      a card of this patient is being charged, or it is not known yet whether it was
├── PaidAlready       the same form was taken in cash, or sent to a card, before
├── DrawerOpen        the drawer is open already, or one's own other one is
├── ClosedAlready     somebody else closed the drawer, the day or the month
└── CountedBefore     money moved after the count, or it was counted again
NotFound
├── NoSuchPayment     there is no such payment, plan, or open amount
├── NoSuchCharge      there is no such card charge
└── NoSuchDrawer      there is none, or none of a place where one works
"""

from frontdesk.kit.errors import Conflict, NotFound, Refused


class DrawerClosed(Refused):
    """Cash and checks go into an open drawer, and there is none."""


class NotCovered(Refused):
    """What was given and what it is for are not the same amount."""


class TooLate(Refused):
    """A payment is taken back on its own day, out of its own open drawer."""


class NothingToSend(Refused):
    """What a message would say is not so (any more)."""


class BeyondWhatIsLeft(Refused):
    """More than there is."""


class NoSuchPayment(NotFound):
    """There is no such payment, plan or open amount."""


class NotYours(Refused):
    """Whose drawer it is moves its cash, or a lead does."""


class NotInTheDrawer(Refused):
    """No more cash leaves a drawer than lies in it."""


class NotClosedYet(Refused):
    """Something that belongs to it is still open."""


class DrawerOpen(Conflict):
    """A drawer is open once, and a person has one open at a place."""


class ClosedAlready(Conflict):
    """Somebody else was first."""


class CountedBefore(Conflict):
    """The count no longer fits what the books expect."""


class NoSuchDrawer(NotFound):
    """There is no such drawer."""


class NoReader(Refused):
    """No card processor or reader is set up here."""


class NotCharged(Refused):
    """A card gets back what it was charged with, and no more."""


class CardUnderWay(Conflict):
    """A card of this patient is being charged, or it is not known yet whether it was; `about` holds that charge."""


class PaidAlready(Conflict):
    """One form is one payment: in cash or by card, not both."""


class NoSuchCharge(NotFound):
    """There is no such charge."""

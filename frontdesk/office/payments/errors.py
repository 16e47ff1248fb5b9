"""Refusals of the payments room.

Refused
├── DrawerClosed   cash or a check was to be taken, and no drawer is open here
└── NotCovered     the tenders do not come to what is to be paid
"""

from frontdesk.kit.errors import Refused


class DrawerClosed(Refused):
    """Cash and checks go into an open drawer, and there is none."""


class NotCovered(Refused):
    """What was given and what it is for are not the same amount."""

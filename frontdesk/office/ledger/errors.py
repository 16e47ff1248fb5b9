"""Refusals of the ledger.

Refused
├── NotBalanced       the lines of an entry do not come to zero, or there are fewer than two
├── BeyondWhatIsOpen  more is to be applied than is left of what it is applied to
└── CannotReverse     an entry that was reversed already, is a reversal, or on which others rest
Conflict
└── KeyReused         the same deed was sent again with other contents
NotFound
└── NoSuchEntry
"""

from frontdesk.kit.errors import Conflict, NotFound, Refused


class NotBalanced(Refused):
    """What an entry takes and what it gives are not the same."""


class BeyondWhatIsOpen(Refused):
    """More is to be applied than is left of a charge or a payment; `about` holds the line's number."""


class CannotReverse(Refused):
    """The entry cannot be taken back, and why; `about` holds it."""


class KeyReused(Conflict):
    """An entry of this key stands already, and is another; `about` holds it."""


class NoSuchEntry(NotFound):
    """There is no such entry."""

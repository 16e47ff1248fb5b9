"""Refusals of the coverage room.

Conflict
├── PolicyKnown         the patient has this policy already; `about` holds it
└── CardSettled         somebody has confirmed or dismissed the card already
Refused
├── CannotMergePayers   the two payers cannot be made one, and why
├── CaseClosed          the case was closed; `about` holds it
└── NeverAsked          what was never asked cannot be unchanged
NotFound
├── NoSuchPayer
├── NoSuchPolicy
├── NoSuchCase
├── NoSuchCheck
└── NoSuchCard
"""

from frontdesk.kit.errors import Conflict, NotFound, Refused


class PolicyKnown(Conflict):
    """The patient has this very policy on record; `about` holds it."""


class CardSettled(Conflict):
    """Somebody has confirmed what was read on the card, or dismissed it."""


class CannotMergePayers(Refused):
    """The two payers cannot be made one."""


class CaseClosed(Refused):
    """The case was closed; `about` holds it."""


class NeverAsked(Refused):
    """The Medicare questions were never asked of this patient, or have changed since."""


class NoSuchPayer(NotFound):
    """There is no such payer, or none that is still in use."""


class NoSuchPolicy(NotFound):
    """There is no such policy on this patient's record."""


class NoSuchCase(NotFound):
    """There is no such case."""


class NoSuchCheck(NotFound):
    """There is no such question to a payer about this patient."""


class NoSuchCard(NotFound):
    """There is no such card, or no such picture of one, on this patient's record."""

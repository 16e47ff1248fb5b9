"""Refusals of the coverage room.

Conflict
└── PolicyKnown         the patient has this policy already; `about` holds it
Refused
└── CannotMergePayers   the two payers cannot be made one, and why
NotFound
├── NoSuchPayer
├── NoSuchPolicy
└── NoSuchCheck
"""

from frontdesk.kit.errors import Conflict, NotFound, Refused


class PolicyKnown(Conflict):
    """The patient has this very policy on record; `about` holds it."""


class CannotMergePayers(Refused):
    """The two payers cannot be made one."""


class NoSuchPayer(NotFound):
    """There is no such payer, or none that is still in use."""


class NoSuchPolicy(NotFound):
    """There is no such policy on this patient's record."""


class NoSuchCheck(NotFound):
    """There is no such question to a payer about this patient."""

"""Refusals of the referrals room.

Conflict
├── NothingLeft         somebody else has taken the last visit; `about` holds the authorization
└── AskedAlready        the payer is being asked about it now
Refused
├── DoesNotFit          it is not for this visit, and why
└── CannotAsk           the payer cannot be asked by wire, and why
NotFound
├── NoSuchAuthorization
└── NoSuchRequest
"""

from frontdesk.kit.errors import Conflict, NotFound, Refused


class NothingLeft(Conflict):
    """All its visits are used; `about` holds it."""


class AskedAlready(Conflict):
    """Its payer is being asked about it at this moment."""


class DoesNotFit(Refused):
    """It is not for this visit."""


class CannotAsk(Refused):
    """Its payer cannot be asked by wire."""


class NoSuchAuthorization(NotFound):
    """There is no such referral or authorization on this patient's record."""


class NoSuchRequest(NotFound):
    """There is no such request to a payer about this patient."""

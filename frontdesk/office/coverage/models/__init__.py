"""Tables of the coverage room."""

from frontdesk.office.coverage.models.cards import CardPicture, CardProposal, CardScan
from frontdesk.office.coverage.models.checks import EligibilityCheck
from frontdesk.office.coverage.models.payers import Payer, PayerName, PayerNumber
from frontdesk.office.coverage.models.policies import Policy

__all__ = [
    "CardPicture",
    "CardProposal",
    "CardScan",
    "EligibilityCheck",
    "Payer",
    "PayerName",
    "PayerNumber",
    "Policy",
]

"""Tables of the coverage room."""

from frontdesk.office.coverage.models.cards import CardPicture, CardProposal, CardScan
from frontdesk.office.coverage.models.checks import EligibilityCheck
from frontdesk.office.coverage.models.files import AnswerFile, QuestionFile
from frontdesk.office.coverage.models.payers import Payer, PayerName, PayerNumber
from frontdesk.office.coverage.models.policies import Policy

__all__ = [
    "AnswerFile",
    "CardPicture",
    "CardProposal",
    "CardScan",
    "EligibilityCheck",
    "Payer",
    "PayerName",
    "PayerNumber",
    "Policy",
    "QuestionFile",
]

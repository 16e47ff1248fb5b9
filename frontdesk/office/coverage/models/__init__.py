"""Tables of the coverage room."""

from frontdesk.office.coverage.models.cards import CardPicture, CardProposal, CardScan
from frontdesk.office.coverage.models.cases import Case
from frontdesk.office.coverage.models.checks import EligibilityCheck
from frontdesk.office.coverage.models.files import AnswerFile, QuestionFile
from frontdesk.office.coverage.models.ordering import MedicareAnswers, NetworkRow, OrderDecision, PolicyFacts
from frontdesk.office.coverage.models.payers import Payer, PayerName, PayerNumber
from frontdesk.office.coverage.models.policies import Policy

__all__ = [
    "AnswerFile",
    "CardPicture",
    "CardProposal",
    "CardScan",
    "Case",
    "EligibilityCheck",
    "MedicareAnswers",
    "NetworkRow",
    "OrderDecision",
    "Payer",
    "PayerName",
    "PayerNumber",
    "Policy",
    "PolicyFacts",
    "QuestionFile",
]

"""The tables of the billing room."""

from frontdesk.office.billing.models.asking import BalanceRule
from frontdesk.office.billing.models.charges import ChargeLine, VisitCharge
from frontdesk.office.billing.models.estimates import (
    Estimate,
    EstimateGiven,
    EstimateItem,
    EstimateProvider,
    EstimateVersion,
    PaperNumbers,
)
from frontdesk.office.billing.models.fees import ContractRate, Fee, UsualService
from frontdesk.office.billing.models.notices import Abn
from frontdesk.office.billing.models.scale import SlidingPlace, SlidingScale
from frontdesk.office.billing.models.uncollected import Uncollected

__all__ = [
    "Abn",
    "BalanceRule",
    "ChargeLine",
    "ContractRate",
    "Estimate",
    "EstimateGiven",
    "EstimateItem",
    "EstimateProvider",
    "EstimateVersion",
    "Fee",
    "PaperNumbers",
    "SlidingPlace",
    "SlidingScale",
    "Uncollected",
    "UsualService",
    "VisitCharge",
]

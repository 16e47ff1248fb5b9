"""The tables of the billing room."""

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

__all__ = [
    "Abn",
    "ContractRate",
    "Estimate",
    "EstimateGiven",
    "EstimateItem",
    "EstimateProvider",
    "EstimateVersion",
    "Fee",
    "PaperNumbers",
    "UsualService",
]

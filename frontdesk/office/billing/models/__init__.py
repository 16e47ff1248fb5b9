"""The tables of the billing room."""

from frontdesk.office.billing.models.asking import BalanceRule
from frontdesk.office.billing.models.charges import ChargeLine, VisitCharge
from frontdesk.office.billing.models.fees import ContractRate, Fee, UsualService
from frontdesk.office.billing.models.scale import SlidingPlace, SlidingScale
from frontdesk.office.billing.models.uncollected import Uncollected

__all__ = [
    "BalanceRule",
    "ChargeLine",
    "ContractRate",
    "Fee",
    "SlidingPlace",
    "SlidingScale",
    "Uncollected",
    "UsualService",
    "VisitCharge",
]

"""The tables of the payments room."""

from frontdesk.office.payments.models.afterwards import Receipt, Refund, ReturnedCheck
from frontdesk.office.payments.models.cards import CardCharge
from frontdesk.office.payments.models.drawers import Drawer, DrawerSession
from frontdesk.office.payments.models.plans import DeskRules, Instalment, Plan
from frontdesk.office.payments.models.taking import Payment, Tender, Toward

__all__ = [
    "CardCharge",
    "DeskRules",
    "Drawer",
    "DrawerSession",
    "Instalment",
    "Payment",
    "Plan",
    "Receipt",
    "Refund",
    "ReturnedCheck",
    "Tender",
    "Toward",
]

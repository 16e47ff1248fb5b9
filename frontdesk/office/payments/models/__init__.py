"""The tables of the payments room."""

from frontdesk.office.payments.models.afterwards import Receipt, Refund, ReturnedCheck
from frontdesk.office.payments.models.autopay import Autopay, AutopayCharge
from frontdesk.office.payments.models.card_refunds import CardRefund
from frontdesk.office.payments.models.cards import CardCharge
from frontdesk.office.payments.models.cards_on_file import CardOnFile
from frontdesk.office.payments.models.closing import DayLock, Deposit, DrawerClose, DrawerCount, MonthLock
from frontdesk.office.payments.models.drawers import CloseRule, Drawer, DrawerMove, DrawerSession
from frontdesk.office.payments.models.plans import DeskRules, Instalment, Plan
from frontdesk.office.payments.models.processor import Dispute, ProcessorEvent
from frontdesk.office.payments.models.taking import Payment, Tender, Toward

__all__ = [
    "Autopay",
    "AutopayCharge",
    "CardCharge",
    "CardOnFile",
    "CardRefund",
    "CloseRule",
    "DayLock",
    "Deposit",
    "DeskRules",
    "Dispute",
    "Drawer",
    "DrawerClose",
    "DrawerCount",
    "DrawerMove",
    "DrawerSession",
    "Instalment",
    "MonthLock",
    "Payment",
    "Plan",
    "ProcessorEvent",
    "Receipt",
    "Refund",
    "ReturnedCheck",
    "Tender",
    "Toward",
]

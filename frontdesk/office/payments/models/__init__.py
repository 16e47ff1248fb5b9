"""The tables of the payments room."""

from frontdesk.office.payments.models.card_refunds import CardRefund
from frontdesk.office.payments.models.cards import CardCharge
from frontdesk.office.payments.models.cards_on_file import CardOnFile
from frontdesk.office.payments.models.drawers import Drawer, DrawerSession
from frontdesk.office.payments.models.processor import Dispute, ProcessorEvent
from frontdesk.office.payments.models.taking import Payment, Tender, Toward

__all__ = [
    "CardCharge",
    "CardOnFile",
    "CardRefund",
    "Dispute",
    "Drawer",
    "DrawerSession",
    "Payment",
    "ProcessorEvent",
    "Tender",
    "Toward",
]

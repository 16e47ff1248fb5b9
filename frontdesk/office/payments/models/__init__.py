"""The tables of the payments room."""

from frontdesk.office.payments.models.cards import CardCharge
from frontdesk.office.payments.models.drawers import Drawer, DrawerSession
from frontdesk.office.payments.models.taking import Payment, Tender, Toward

__all__ = ["CardCharge", "Drawer", "DrawerSession", "Payment", "Tender", "Toward"]

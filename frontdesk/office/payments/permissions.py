"""Who may take money, give it back, and keep the drawers."""

from frontdesk.kit.permissions import BILLER, LEAD, MANAGER, PSR, declare

_DESK = (PSR, LEAD, BILLER, MANAGER)

declare("payments.take", "Take payments and print receipts", *_DESK)

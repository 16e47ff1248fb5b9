"""Who may take money, give it back, and keep the drawers."""

from frontdesk.kit.permissions import BILLER, LEAD, MANAGER, PSR, declare

_DESK = (PSR, LEAD, BILLER, MANAGER)

declare("payments.take", "Take payments and print receipts", *_DESK)
declare("payments.drawer", "Open a drawer, pay out of it, drop money in the safe, hand it over", *_DESK)
declare("payments.close", "Count and close a drawer and the day, print deposit slip and day sheet", *_DESK)
declare("payments.sign_off", "Be the second person of a close that is over or short", LEAD, MANAGER)
declare("payments.keep_drawers", "Name the drawers of a location", LEAD, MANAGER)
declare("payments.close_rules", "Say from what on over or short needs a second person, and the bank", MANAGER)
declare("payments.close_month", "Close a month", MANAGER)
declare(
    "payments.reports", "Read over and short, what was collected at the visit, waived copays", LEAD, MANAGER
)

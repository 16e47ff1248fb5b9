"""Who may take money, give it back, and keep the drawers."""

from frontdesk.kit.permissions import BILLER, LEAD, MANAGER, PSR, declare

_DESK = (PSR, LEAD, BILLER, MANAGER)

declare("payments.take", "Take payments and print receipts", *_DESK)
declare("payments.refund", "Give money back to how it was paid, with a reason", LEAD, BILLER, MANAGER)
declare("payments.keep_card", "Keep a patient's card with the processor, and end that", *_DESK)
declare(
    "payments.watch_cards",
    "See charges in doubt, refunds that failed and disputes, and say they are seen to",
    LEAD,
    BILLER,
    MANAGER,
)
declare("payments.settle", "Post what the card processor says became of a charge; the program's own")
declare("payments.hear", "Note what the card processor tells of by itself; the processor's own")

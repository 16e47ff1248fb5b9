"""Who may take money, give it back, and keep the drawers."""

from frontdesk.kit.permissions import ADMIN, BILLER, LEAD, MANAGER, PSR, declare

_DESK = (PSR, LEAD, BILLER, MANAGER)

declare("payments.take", "Take payments and print receipts", *_DESK)
declare("payments.view", "See a patient's account, payments and receipts", *_DESK, ADMIN)
declare("payments.apply", "Put a patient's credit against what is owed", *_DESK)
declare("payments.take_back", "Take back a payment of the same day, with a reason", LEAD, MANAGER)
declare("payments.refund", "Give money back to how it was paid, with a reason", LEAD, BILLER, MANAGER)
declare("payments.return_check", "Note that a check came back unpaid", LEAD, BILLER, MANAGER)
declare("payments.adjust", "Write off a part of what a patient owes, with a reason", BILLER, MANAGER)
declare("payments.transfer", "Move what is owed between patient and payer, with a reason", BILLER, MANAGER)
declare("payments.agree_plan", "Agree on a payment plan", *_DESK)
declare("payments.end_plan", "End or break a payment plan, with a reason", LEAD, BILLER, MANAGER)
declare(
    "payments.set_autopay", "Let a card be charged by itself with the parts of a plan, and stop it", *_DESK
)
declare("payments.run_autopay", "Charge the parts of plans that are due; the program's own")
declare("payments.set_rules", "Set what a returned check costs", BILLER, MANAGER, ADMIN)
declare("payments.watch_plans", "Note which plans have a missed part; the program's own")
declare("payments.drawer", "Open a drawer, pay out of it, drop money in the safe, hand it over", *_DESK)
declare("payments.close", "Count and close a drawer and the day, print deposit slip and day sheet", *_DESK)
declare("payments.sign_off", "Be the second person of a close that is over or short", LEAD, MANAGER)
declare("payments.keep_drawers", "Name the drawers of a location", LEAD, MANAGER)
declare("payments.close_rules", "Say from what on over or short needs a second person, and the bank", MANAGER)
declare("payments.close_month", "Close a month", MANAGER)
declare(
    "payments.reports", "Read over and short, what was collected at the visit, waived copays", LEAD, MANAGER
)
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

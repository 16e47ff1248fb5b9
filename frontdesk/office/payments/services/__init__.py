"""The verbs of the payments room."""

from frontdesk.office.payments.services.adjusting import adjust, transfer
from frontdesk.office.payments.services.applying import apply_credit
from frontdesk.office.payments.services.giving_back import refund, return_check, take_back
from frontdesk.office.payments.services.looking import open_account, open_payment, open_plans
from frontdesk.office.payments.services.planning import agree_plan, end_plan, note_missed, set_rules
from frontdesk.office.payments.services.refunding_cards import refund_card
from frontdesk.office.payments.services.taking import take

__all__ = [
    "adjust",
    "agree_plan",
    "apply_credit",
    "end_plan",
    "note_missed",
    "open_account",
    "open_payment",
    "open_plans",
    "refund",
    "refund_card",
    "return_check",
    "set_rules",
    "take",
    "take_back",
    "transfer",
]

"""The verbs of the payments room."""

from frontdesk.office.payments.services.adjusting import adjust, transfer
from frontdesk.office.payments.services.applying import apply_credit
from frontdesk.office.payments.services.autopay import (
    charge_part,
    resume_autopay,
    set_autopay,
    stop_autopay,
)
from frontdesk.office.payments.services.cards import begin_card, call_off, settle_card
from frontdesk.office.payments.services.cards_on_file import charge_on_file, end_card, keep_card
from frontdesk.office.payments.services.closing import Ending, close_day, close_drawer, count_drawer
from frontdesk.office.payments.services.days import close_month
from frontdesk.office.payments.services.drawers import (
    hand_over,
    move_cash,
    name_drawer,
    open_drawer,
    set_close_rule,
)
from frontdesk.office.payments.services.giving_back import refund, return_check, take_back
from frontdesk.office.payments.services.hearing import hear_event, note_dispute, see_to
from frontdesk.office.payments.services.links import make_link
from frontdesk.office.payments.services.looking import open_account, open_payment, open_plans
from frontdesk.office.payments.services.looking_at_cards import open_charge, watch_cards
from frontdesk.office.payments.services.planning import agree_plan, end_plan, note_missed, set_rules
from frontdesk.office.payments.services.refunding_cards import refund_card, settle_card_refund
from frontdesk.office.payments.services.resting import last_entry, put_back
from frontdesk.office.payments.services.sending import send_link, send_receipt
from frontdesk.office.payments.services.showing import open_close, print_close, print_day, read_reports
from frontdesk.office.payments.services.taking import take
from frontdesk.office.payments.services.today import day_now

__all__ = [
    "Ending",
    "adjust",
    "agree_plan",
    "apply_credit",
    "begin_card",
    "call_off",
    "charge_on_file",
    "charge_part",
    "close_day",
    "close_drawer",
    "close_month",
    "count_drawer",
    "day_now",
    "end_card",
    "end_plan",
    "hand_over",
    "hear_event",
    "keep_card",
    "last_entry",
    "make_link",
    "move_cash",
    "name_drawer",
    "note_dispute",
    "note_missed",
    "open_account",
    "open_charge",
    "open_close",
    "open_drawer",
    "open_payment",
    "open_plans",
    "print_close",
    "print_day",
    "put_back",
    "read_reports",
    "refund",
    "refund_card",
    "resume_autopay",
    "return_check",
    "see_to",
    "send_link",
    "send_receipt",
    "set_autopay",
    "set_close_rule",
    "set_rules",
    "settle_card",
    "settle_card_refund",
    "stop_autopay",
    "take",
    "take_back",
    "transfer",
    "watch_cards",
]

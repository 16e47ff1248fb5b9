"""The verbs of the payments room."""

from frontdesk.office.payments.services.cards import begin_card, call_off, settle_card
from frontdesk.office.payments.services.cards_on_file import charge_on_file, end_card, keep_card
from frontdesk.office.payments.services.hearing import hear_event, note_dispute, see_to
from frontdesk.office.payments.services.links import make_link
from frontdesk.office.payments.services.looking_at_cards import open_charge, watch_cards
from frontdesk.office.payments.services.refunding_cards import refund_card, settle_card_refund
from frontdesk.office.payments.services.taking import take

__all__ = [
    "begin_card",
    "call_off",
    "charge_on_file",
    "end_card",
    "hear_event",
    "keep_card",
    "make_link",
    "note_dispute",
    "open_charge",
    "refund_card",
    "see_to",
    "settle_card",
    "settle_card_refund",
    "take",
    "watch_cards",
]

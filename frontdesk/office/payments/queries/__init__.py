"""Reads of the payments room."""

from frontdesk.office.payments.queries.cards import (
    Watched,
    card_invariants,
    cards_on_file,
    charge_stamp,
    stamp,
    watched,
)
from frontdesk.office.payments.queries.drawers import business_day, open_session

__all__ = [
    "Watched",
    "business_day",
    "card_invariants",
    "cards_on_file",
    "charge_stamp",
    "open_session",
    "stamp",
    "watched",
]

"""The verbs of the payments room."""

from frontdesk.office.payments.services.closing import Ending, close_day, close_drawer, count_drawer
from frontdesk.office.payments.services.days import close_month
from frontdesk.office.payments.services.drawers import (
    hand_over,
    move_cash,
    name_drawer,
    open_drawer,
    set_close_rule,
)
from frontdesk.office.payments.services.looking import open_close, print_close, print_day, read_reports
from frontdesk.office.payments.services.taking import take

__all__ = [
    "Ending",
    "close_day",
    "close_drawer",
    "close_month",
    "count_drawer",
    "hand_over",
    "move_cash",
    "name_drawer",
    "open_close",
    "open_drawer",
    "print_close",
    "print_day",
    "read_reports",
    "set_close_rule",
    "take",
]

"""The arithmetic and the wording of taking money: pure functions over integer cents."""

from frontdesk.office.payments.rules.giving_back import refunded, returned, shares
from frontdesk.office.payments.rules.posting import (
    BANK,
    CARD,
    account_of,
    applied,
    drawer_account,
    payment,
    put_against,
)
from frontdesk.office.payments.rules.sheet import (
    BY_CARD,
    IN_DRAWER,
    KIND,
    PURPOSE,
    Given,
    Part,
    Sheet,
    needs_drawer,
    refuse_wrong,
    sheet_of,
    written,
)

__all__ = [
    "BANK",
    "BY_CARD",
    "CARD",
    "IN_DRAWER",
    "KIND",
    "PURPOSE",
    "Given",
    "Part",
    "Sheet",
    "account_of",
    "applied",
    "drawer_account",
    "needs_drawer",
    "payment",
    "put_against",
    "refunded",
    "refuse_wrong",
    "returned",
    "shares",
    "sheet_of",
    "written",
]
